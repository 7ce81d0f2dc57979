import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { huggingFaceConfig, parseModelConfig } from '../weights/read-config.ts';
import { ropePeriods } from './rope-scaling.ts';
import { ropeTables } from './rope-tables.ts';

interface Golden {
  readonly positions: number[];
  readonly cases: Record<
    string,
    {
      config: Record<string, unknown>;
      inverseFrequencies: number[];
      attentionFactor: number;
      cos: number[][];
      sin: number[][];
    }
  >;
}

/** Numbers of transformers (bench/parity/reference.py golden). */
const golden: Golden = JSON.parse(
  readFileSync(new URL('../../../../test/golden/engine/rope.json', import.meta.url), 'utf8'),
);

for (const [name, { config: json, inverseFrequencies, attentionFactor, cos, sin }] of Object.entries(golden.cases)) {
  const config = parseModelConfig({ ...json, model_type: 'llama' }, 'config.json');

  test(`frequencies and tables are those of transformers: ${name}`, () => {
    const { ropeTheta: theta, ropeScaling: scaling, headDim } = config;
    const { periods, magnitude } = ropePeriods({ headDim, theta, scaling });
    for (const [i, frequency] of inverseFrequencies.entries())
      expect(1 / (periods[i] as number) / frequency).toBeCloseTo(1, 5);
    expect(magnitude).toBeCloseTo(attentionFactor, 7);
    const tables = ropeTables(config);
    for (const [row, position] of golden.positions.entries()) {
      // transformers takes the angle in fp32: at position p it is off by up to p times the rounding of fp32.
      const bound = 1e-6 + 2 * position * 2 ** -24;
      for (let i = 0; i < 32; i++) {
        const at = position * 32 + i;
        expect(Math.abs((tables.cos[at] as number) - (cos[row]?.[i] as number))).toBeLessThanOrEqual(bound);
        expect(Math.abs((tables.sin[at] as number) - (sin[row]?.[i] as number))).toBeLessThanOrEqual(bound);
      }
    }
  });

  test(`what is written to config.json reads as the same frequencies: ${name}`, () => {
    expect(parseModelConfig(huggingFaceConfig(config), 'config.json')).toEqual(config);
  });
}

test.each([
  [{ rope_type: 'dynamic', factor: 2 }, 'rope_scaling.rope_type: got "dynamic"'],
  [{ rope_type: 'longrope', factor: 2 }, 'rope_scaling.rope_type: got "longrope"'],
  [{ rope_type: 'linear' }, 'rope_scaling.factor: got null, expected a positive number'],
  [{ rope_type: 'llama3', factor: 8 }, 'rope_scaling.low_freq_factor: got null'],
])('scaling that is not computed, or lacks its numbers, is refused: %j', (scaling, message) => {
  const json = { ...golden.cases.default?.config, model_type: 'llama', rope_scaling: scaling };
  expect(() => parseModelConfig(json, 'config.json')).toThrow(message);
});

const llama = { ...golden.cases.default?.config, model_type: 'llama', max_position_embeddings: 256 };
const yarn = { rope_type: 'yarn', factor: 4, rope_theta: 700 };

test.each([
  ['the base inside counts', { rope_theta: 5, rope_parameters: { rope_theta: 7 } }, { ropeTheta: 7 }],
  [
    'rope_scaling counts, without the base of the other',
    { rope_theta: undefined, rope_scaling: { rope_type: 'linear', factor: 2 }, rope_parameters: { rope_theta: 7 } },
    { ropeTheta: 10_000, ropeScaling: { type: 'linear', factor: 2 } },
  ],
  [
    'an empty rope_scaling says nothing',
    { rope_scaling: {}, rope_parameters: { rope_type: 'linear', factor: 3, rope_theta: 9 } },
    { ropeTheta: 9, ropeScaling: { type: 'linear', factor: 3 } },
  ],
  [
    'the original context beside counts',
    { original_max_position_embeddings: 32, rope_parameters: { ...yarn, original_max_position_embeddings: 64 } },
    { ropeTheta: 700, ropeScaling: { originalContext: 32 } },
  ],
])('of fields that contradict each other, %s, as in transformers', (_, fields, expected) => {
  expect(parseModelConfig({ ...llama, ...fields }, 'config.json')).toMatchObject(expected);
});

test.each([
  [{ rope_parameters: { full_attention: { rope_theta: 7 } } }, 'rope_parameters.full_attention: got'],
  [{ partial_rotary_factor: 0.5 }, 'partial_rotary_factor: got 0.5'],
  [{ layer_types: ['full_attention', 'sliding_attention'] }, 'layer_types: got "sliding_attention"'],
  [{ per_layer_config: { 0: {} } }, 'per_layer_config: got'],
])('layers that are not alike are refused: %j', (fields, message) => {
  expect(() => parseModelConfig({ ...llama, ...fields }, 'config.json')).toThrow(message);
});

test('a field that is left out takes the default of the family', () => {
  const {
    head_dim: _,
    num_key_value_heads: __,
    max_position_embeddings: ___,
    ...bare
  } = { ...llama, head_dim: 64, num_key_value_heads: 2 };
  const heads = { ...bare, num_attention_heads: 64, hidden_size: 4096 };
  expect(parseModelConfig(heads, 'c')).toMatchObject({ kvHeads: 64, headDim: 64, maxContext: 2048 });
  const qwen = { kvHeads: 32, headDim: 128, maxContext: 32_768 };
  expect(parseModelConfig({ ...heads, model_type: 'qwen3' }, 'c')).toMatchObject(qwen);
});
