/**
 * @file Jobs of verl as data: the released launch scripts of the paper (16 nodes, 160K tokens, Megatron), and the same training on one
 * node of eight GPUs of 80 GB (FSDP2, one sequence over all of them). What they share is in `overrides.ts`.
 * The paper's 4B scripts differ in estimator and name alone, the 30B script in the sharding of its experts.
 */
import { unknownValue } from '../../errors.ts';
import { type ModelContext, qwen3Context, type RopeScaling, ropeScalingFor } from '../../planning/context.ts';

/** Sizes of a job. Tokens, prompts, rollouts, GPUs. */
export interface VerlScale {
  readonly nodes: number;
  readonly gpusPerNode: number;
  readonly prompts: number;
  readonly group: number;
  readonly promptTokens: number;
  readonly responseTokens: number;
}

/** What differs among jobs; sizes are in GPUs. */
export interface VerlPreset {
  /** Hub id of the policy. */
  readonly model: string;
  /** The name of the experiment; of the paper's presets that of the released script. */
  readonly experiment: string;
  /** verl's name of the estimator. */
  readonly estimator: 'grpo' | 'tmn_grpo';
  readonly difficultyReweight: boolean;
  readonly scale: VerlScale;
  /** `megatron`: TP and CP of one copy. `fsdp2`: parameters over all GPUs, a sequence over `context` of them (Ulysses). */
  readonly backend: 'megatron' | 'fsdp2';
  readonly tensorParallel: number;
  /** GPUs that share one sequence. */
  readonly context: number;
  readonly expertParallel: number;
  readonly rolloutTensorParallel: number;
}

/** What all three scripts of the paper have. */
export const paperScale = {
  nodes: 16,
  gpusPerNode: 8,
  prompts: 128,
  group: 16,
  promptTokens: 163_840,
  responseTokens: 16_384,
} as const satisfies VerlScale;

const paper = {
  scale: paperScale,
  backend: 'megatron',
  context: 8,
  rolloutTensorParallel: 8,
} as const satisfies Partial<VerlPreset>;

const oneNode = (promptTokens: number, responseTokens: number): VerlScale => ({
  nodes: 1,
  gpusPerNode: 8,
  prompts: 32,
  group: 8,
  promptTokens,
  responseTokens,
});

const reweighted = {
  estimator: 'tmn_grpo',
  difficultyReweight: true,
  backend: 'fsdp2',
  tensorParallel: 1,
  expertParallel: 1,
  context: 8,
} as const satisfies Partial<VerlPreset>;

/** The paper's three scripts, and four jobs for one node of 8 x 80 GB. */
export const verlPresets = {
  'qwen3-4b-grpo': {
    ...paper,
    model: 'Qwen/Qwen3-4B',
    experiment: 'Qwen3-4B-GRPO',
    estimator: 'grpo',
    difficultyReweight: false,
    tensorParallel: 8,
    expertParallel: 1,
  },
  'qwen3-4b-tmn-reweight': {
    ...paper,
    model: 'Qwen/Qwen3-4B',
    experiment: 'Qwen3-4B-tmn-reweight',
    estimator: 'tmn_grpo',
    difficultyReweight: true,
    tensorParallel: 8,
    expertParallel: 1,
  },
  'qwen3-30b-a3b-grpo': {
    ...paper,
    model: 'Qwen/Qwen3-30B-A3B',
    experiment: 'Qwen3-30B-A3B-GoLongRL',
    estimator: 'grpo',
    difficultyReweight: false,
    tensorParallel: 4,
    expertParallel: 4,
  },
  'qwen3-4b-8x80-32k': {
    ...reweighted,
    model: 'Qwen/Qwen3-4B',
    experiment: 'Qwen3-4B-tmn-reweight-32K',
    scale: oneNode(28_672, 4096),
    rolloutTensorParallel: 1,
  },
  'qwen3-4b-8x80-64k': {
    ...reweighted,
    model: 'Qwen/Qwen3-4B',
    experiment: 'Qwen3-4B-tmn-reweight-64K',
    scale: oneNode(57_344, 8192),
    rolloutTensorParallel: 2,
  },
  'qwen3-30b-a3b-8x80-32k': {
    ...reweighted,
    model: 'Qwen/Qwen3-30B-A3B',
    experiment: 'Qwen3-30B-A3B-tmn-reweight-32K',
    scale: oneNode(28_672, 4096),
    rolloutTensorParallel: 4,
  },
  'qwen3-30b-a3b-8x80-64k': {
    ...reweighted,
    model: 'Qwen/Qwen3-30B-A3B',
    experiment: 'Qwen3-30B-A3B-tmn-reweight-64K',
    scale: oneNode(57_344, 8192),
    rolloutTensorParallel: 4,
  },
} as const satisfies Readonly<Record<string, VerlPreset>>;

/** What `--preset` of `export verl` and `plan` takes. */
export type VerlPresetName = keyof typeof verlPresets;
/** In the order of the table above. */
export const verlPresetNames = Object.keys(verlPresets) as VerlPresetName[];

/** Tokens of the longest sequence of a job. */
export const sequenceTokens = ({ scale }: VerlPreset): number => scale.promptTokens + scale.responseTokens;

/** The rotary scaling that gives the preset's model the positions it asks for; undefined where it has them. */
export const presetRope = (preset: VerlPreset, context: ModelContext = qwen3Context): RopeScaling | undefined =>
  ropeScalingFor(sequenceTokens(preset), context);

/** @throws UsageError with a suggestion. */
export function parseVerlPreset(text: string): VerlPresetName {
  const found = verlPresetNames.find((name) => name === text);
  if (found === undefined) throw unknownValue('--preset', text, verlPresetNames);
  return found;
}
