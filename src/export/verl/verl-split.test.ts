import { expect, test } from 'vitest';
import { knownModel } from '../../planning/model-shape.ts';
import { splitOfOverrides, splitRefusals } from '../../planning/verl-split.ts';
import { overrideKey, verlOverrides } from './overrides.ts';
import { verlPresetNames, verlPresets } from './preset.ts';

const valuesOf = (name: keyof typeof verlPresets, set: readonly string[] = []) =>
  new Map(
    verlOverrides(verlPresets[name], { profile: 'paper', set }).flatMap(({ overrides }) =>
      overrides.map((text) => [overrideKey(text), text.slice(text.indexOf('=') + 1)] as const),
    ),
  );
const refusalsOf = (name: keyof typeof verlPresets, set: readonly string[] = []) => {
  const { model, scale } = verlPresets[name];
  const split = splitOfOverrides(valuesOf(name, set), scale.nodes, scale.gpusPerNode);
  return splitRefusals(split, knownModel(model)).map(({ found }) => found);
};

test.each(verlPresetNames)('verl refuses nothing of the split of %s', (name) => {
  expect(refusalsOf(name)).toEqual([]);
});

test.each([
  ['actor_rollout_ref.actor.fsdp_config.ulysses_sequence_parallel_size=3', /8 GPUs are no multiple of the 3/],
  ['actor_rollout_ref.actor.fsdp_config.ulysses_sequence_parallel_size=3', /ulysses_sequence_parallel_size 3/],
  ['actor_rollout_ref.rollout.tensor_model_parallel_size=6', /no multiple of the 6 of a rollout engine/],
  ['actor_rollout_ref.rollout.tensor_model_parallel_size=64', /64 does not go with 32 heads/],
  ['actor_rollout_ref.actor.ppo_mini_batch_size=64', /64 is more than train_batch_size 32/],
  ['actor_rollout_ref.rollout.max_model_len=4096', /4096 is less than prompt and response together, 32768/],
])('a job with %s is refused', (override, found) => {
  expect(refusalsOf('qwen3-30b-a3b-8x80-32k', [override]).join('; ')).toMatch(found);
});

test.each([
  ['qwen3-4b-grpo', 'expert_model_parallel_size=2', /does not divide 0 experts/],
  ['qwen3-30b-a3b-grpo', 'expert_model_parallel_size=3', /3 does not divide 128 experts/],
  ['qwen3-30b-a3b-grpo', 'tensor_model_parallel_size=8', /8 does not divide 32 heads and 4 key\/value heads/],
  ['qwen3-4b-grpo', 'pipeline_model_parallel_size=5', /5 does not divide 36 layers/],
  ['qwen3-4b-grpo', 'context_parallel_size=32', /128 GPUs are no multiple of the 256/],
] as const)('the split of %s with %s is refused', (name, override, found) => {
  expect(refusalsOf(name, [`actor_rollout_ref.actor.megatron.${override}`]).join('; ')).toMatch(found);
});
