import { expect, test } from 'vitest';
import { contextShortfall, qwen3Context } from './context.ts';
import { contextOfConfig } from './context-of-config.ts';

const yarn = { rope_type: 'yarn', factor: 4, original_max_position_embeddings: 32_768 };

test.each([
  ['plain', { max_position_embeddings: 40_960 }, { positions: 40_960, trained: 40_960 }],
  ['yarn on top', { max_position_embeddings: 40_960, rope_scaling: yarn }, { positions: 131_072, trained: 32_768 }],
  ['yarn stated', { max_position_embeddings: 131_072, rope_scaling: yarn }, { positions: 131_072, trained: 32_768 }],
  ['of 2025', { max_position_embeddings: 40_960, rope_parameters: yarn }, { positions: 131_072, trained: 32_768 }],
  [
    'linear',
    { max_position_embeddings: 4096, rope_scaling: { type: 'linear', factor: 2 } },
    { positions: 8192, trained: 4096 },
  ],
  [
    'llama3, whose factor is in the stated positions',
    { max_position_embeddings: 131_072, rope_scaling: { ...yarn, rope_type: 'llama3', factor: 8 } },
    { positions: 131_072, trained: 32_768 },
  ],
])('positions of a configuration: %s', (_, json, expected) => {
  expect(contextOfConfig(json)).toEqual(expected);
});

test('a configuration that states no positions promises none', () => {
  expect(contextOfConfig({ rope_scaling: yarn })).toBeUndefined();
  expect(contextShortfall(1e6, undefined)).toBeUndefined();
});

test('what is too long comes with a scaling that makes it fit', () => {
  expect(contextShortfall(40_960, qwen3Context)).toBeUndefined();
  const shortfall = contextShortfall(180_224, qwen3Context);
  expect(shortfall?.found).toBe('the job asks for 180,224 tokens of a sequence, the model has 40,960 positions');
  const scaled = /"rope_scaling": (\{[^}]*\})/.exec(shortfall?.change ?? '')?.[1] ?? '';
  const changed = contextOfConfig({ max_position_embeddings: 180_224, rope_scaling: JSON.parse(scaled) });
  expect(contextShortfall(180_224, changed)).toBeUndefined();
});
