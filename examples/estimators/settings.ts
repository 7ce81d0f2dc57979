/**
 * @file What is compared: seven estimators, five seeds, two settings that differ as the paper says estimators differ in. All that two
 * runs of one seed and setting do not share is `advantage.type`.
 */
import type { EstimatorName } from '../../src/advantages/index.ts';
import type { DatasetSizes } from '../../src/construction/index.ts';
import { mixtures, type Shares } from '../../src/construction/index.ts';

/** In the order of the tables. */
export const compared = [
  'grpo',
  'dr-grpo',
  'qwenlong',
  'tmn',
  'tmn-reweight',
  'rloo',
  'maxrl',
] as const satisfies readonly EstimatorName[];

/** A dataset and how a run goes through it. */
export interface Setting {
  readonly sizes: DatasetSizes;
  /** Weights of the tasks among the training samples. */
  readonly shares: Shares;
  /** Training samples. */
  readonly samples: number;
  readonly order: 'balanced' | 'shuffled';
}

/**
 * `equal`: dossiers of five to eight records, the tasks in turn. `paper-like`: the shares of the released dataset, T1 to T4 over 90 %,
 * so that a step has many prompts of EM and one or none of NDCG, and dossiers of 4 to 12 records, so that prompts of one task are
 * easy and hard. Rewards are each task's own in both. The held-out samples are as many of every task in both.
 */
export const settings = {
  equal: {
    sizes: { train: 1350, heldout: 270, long: 0 },
    shares: mixtures.balanced,
    samples: 1350,
    order: 'balanced',
  },
  'paper-like': {
    sizes: { train: 1890, heldout: 270, long: 0, records: { least: 4, most: 12, logarithmic: true } },
    shares: mixtures['paper-like'],
    samples: 600,
    order: 'shuffled',
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** Of a run, where its flags say nothing else. Held-out reward gains half of what 76 steps of the preset bring. */
export const defaults = { steps: 10, prompts: 24, group: 5, samplesPerTask: 20 } as const;

/** A key of `settings`. */
export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];

/** The folder of a run inside the folder of all. */
export const runName = (setting: SettingName, seed: number, estimator: EstimatorName): string =>
  `${setting}-${seed}-${estimator}`;
