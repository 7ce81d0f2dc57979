import { expect, test } from 'vitest';
import { parseModelConfig } from './read-config.ts';

const hintOf = (model_type: unknown): string => {
  try {
    parseModelConfig({ model_type }, 'config.json');
  } catch (error) {
    const { message, hint } = error as { message: string; hint: string };
    expect(message).toContain(`got ${JSON.stringify(model_type)}`);
    return hint;
  }
  throw new Error('Nothing was refused.');
};

test('a family that is not run is refused with what it has, what is near, and what it lacks there', () => {
  expect(hintOf('gemma2')).toMatch(/runs is gemma3_text, .*gemma2 has: soft caps.*llama, qwen2/);
  expect(hintOf('mixtral')).toContain('runs is qwen3_moe');
  expect(hintOf('phi3')).toContain('runs is llama');
});

test('of an unknown family the nearest name is told, or none', () => {
  expect(hintOf('olmo9_hybrid')).toContain('nearest name that it runs is olmo');
  expect(hintOf('zamba')).not.toContain('nearest');
  expect(hintOf(7)).not.toContain('nearest');
});
