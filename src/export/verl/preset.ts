/**
 * @file The released launch scripts of the paper as data: what differs among the three. What they share is in `overrides.ts`.
 * The 4B scripts differ in estimator and name alone, the 30B script in the sharding of its experts.
 */
import { unknownValue } from '../../errors.ts';

/** What differs among the released scripts; sizes are in GPUs. */
export interface VerlPreset {
  /** Hub id of the policy. */
  readonly model: string;
  /** The name of the experiment in the released script. */
  readonly experiment: string;
  /** verl's name of the estimator. */
  readonly estimator: 'grpo' | 'tmn_grpo';
  readonly difficultyReweight: boolean;
  readonly tensorParallel: number;
  readonly expertParallel: number;
}

/** Two estimators for Qwen3-4B, one script for Qwen3-30B-A3B. */
export const verlPresets = {
  'qwen3-4b-grpo': {
    model: 'Qwen/Qwen3-4B',
    experiment: 'Qwen3-4B-GRPO',
    estimator: 'grpo',
    difficultyReweight: false,
    tensorParallel: 8,
    expertParallel: 1,
  },
  'qwen3-4b-tmn-reweight': {
    model: 'Qwen/Qwen3-4B',
    experiment: 'Qwen3-4B-tmn-reweight',
    estimator: 'tmn_grpo',
    difficultyReweight: true,
    tensorParallel: 8,
    expertParallel: 1,
  },
  'qwen3-30b-a3b-grpo': {
    model: 'Qwen/Qwen3-30B-A3B',
    experiment: 'Qwen3-30B-A3B-GoLongRL',
    estimator: 'grpo',
    difficultyReweight: false,
    tensorParallel: 4,
    expertParallel: 4,
  },
} as const satisfies Readonly<Record<string, VerlPreset>>;

/** What `--preset` of `export verl` and `plan` takes. */
export type VerlPresetName = keyof typeof verlPresets;
/** In the order of the table above. */
export const verlPresetNames = Object.keys(verlPresets) as VerlPresetName[];

/** What all three scripts have. Tokens, prompts, rollouts. */
export const paperScale = {
  nodes: 16,
  gpusPerNode: 8,
  prompts: 128,
  group: 16,
  promptTokens: 163_840,
  responseTokens: 16_384,
  contextParallel: 8,
  rolloutTensorParallel: 8,
} as const;

/** @throws UsageError with a suggestion. */
export function parseVerlPreset(text: string): VerlPresetName {
  const found = verlPresetNames.find((name) => name === text);
  if (found === undefined) throw unknownValue('--preset', text, verlPresetNames);
  return found;
}
