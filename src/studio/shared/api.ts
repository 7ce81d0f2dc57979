/** @file What the studio's server says and its pages read. The server, the bundle and the client share these shapes. */

import type { RewardSpec } from '../../rewards/reward.ts';
import type { TokenTrace } from '../../rollouts/token-trace.ts';
import type { RatioBounds } from './token-looks.ts';

/** One run in the list. */
export interface RunSummary {
  /** Stands for its folder in addresses. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly kind: string;
  readonly status: 'running' | 'stalled' | 'interrupted' | 'done' | 'damaged';
  /** Why it is damaged. */
  readonly problem?: string;
  readonly step: number;
  readonly steps: number | undefined;
  /** Mean reward by step, thinned to a few dozen points. */
  readonly sparkline: readonly (number | null)[];
  readonly reward: number | undefined;
  /** Change of the held-out mean with its 95 % interval. */
  readonly heldout: { readonly before: number; readonly after: number; readonly ci95: readonly number[] } | undefined;
  readonly checkpoint: number | undefined;
  readonly model: string | undefined;
  readonly estimator: string | undefined;
  readonly machine: string | undefined;
  /** Of all stages that ended, or of the steps so far. */
  readonly seconds: number | undefined;
  readonly peakRssMb: number | undefined;
  /** Milliseconds since 1970 of the newest change. */
  readonly changed: number;
}

/** A line of metrics.jsonl: numbers, tallies and the same by task. */
export type MetricLine = Readonly<Record<string, unknown>> & { readonly step: number };

export interface RunDetail extends RunSummary {
  readonly config: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly metrics: readonly MetricLine[];
  readonly timings: readonly MetricLine[];
  readonly checkpoints: readonly number[];
  /** What somebody earns who reads nothing, by task; empty where no audit lies with the dataset. */
  readonly blind: Readonly<Record<string, { readonly reward: number; readonly policy: string }>>;
  /** Names of the files of eval/. */
  readonly evaluations: readonly string[];
  /** Steps of rollouts/ that are indexed, of those that are there. */
  readonly indexed: IndexState;
}

export interface IndexState {
  readonly steps: number;
  readonly ofSteps: number;
  readonly rollouts: number;
  readonly groups: number;
}

/** One rollout in the table. */
export interface RolloutRow {
  /** Number in the run. */
  readonly row: number;
  readonly step: number;
  /** Line of the step's file, from 0. */
  readonly group: number;
  /** Number in its group, from 0. */
  readonly member: number;
  readonly task: string;
  readonly generator: string;
  readonly sample: string;
  readonly prompt: string;
  readonly promptTokens: number;
  readonly use: string;
  readonly staleness: number;
  readonly reward: number;
  /** Null where the rollout was not trained on. */
  readonly advantage: number | null;
  readonly state: string;
  readonly format: string;
  readonly status: string;
  readonly stop: string;
  readonly tokens: number;
  /** Beginning of the extracted answer, else of the text. */
  readonly answer: string;
}

export interface RolloutPage {
  readonly total: number;
  readonly of: number;
  readonly offset: number;
  readonly rows: readonly RolloutRow[];
  /** Rollouts of the selection by reward, bins of 0.05; the last one is full reward. */
  readonly histogram: readonly number[];
  readonly histogramAll: readonly number[];
  readonly mean: number | null;
  readonly indexed: IndexState;
  /** Said where a search in texts stopped early. */
  readonly note?: string;
}

/** A rollout as the run wrote it. */
export interface StoredRollout {
  readonly text: string;
  readonly score: number;
  readonly status: string;
  readonly state?: string;
  readonly format?: string;
  readonly extracted: string;
  readonly reason: string;
  readonly tokens: number;
  readonly stopReason: string;
  readonly advantage?: number;
  readonly trace?: TokenTrace;
}

/** A line of rollouts/step-*.jsonl. Lines of before December 2026 lack what may be absent. */
export interface StoredGroup {
  readonly sample: string;
  readonly task: string;
  readonly prompt: string;
  readonly gold: readonly string[];
  readonly use: string;
  /** The sample's reward without its gold. */
  readonly reward?: Omit<RewardSpec, 'gold'>;
  readonly generator?: string;
  readonly question?: string;
  readonly rationale?: string;
  readonly promptTokens?: number;
  readonly staleness?: number;
  readonly rollouts: readonly StoredRollout[];
}

/** The batch that an advantage was estimated from: the judged rollouts of the trained groups of a step. */
export interface StepBatch {
  readonly rewards: readonly number[];
  /** Line of the group, as key of the prompt. */
  readonly prompts: readonly number[];
  readonly tasks: readonly string[];
}

/** Both profiles' verdict of one rollout, and where the answer stands in its text. */
export interface Verdict {
  readonly paper: { readonly score: number; readonly reason: string };
  readonly hardened: {
    readonly score: number;
    readonly reason: string;
    readonly state: string;
    readonly format: string;
  };
  readonly at: { readonly start: number; readonly end: number };
}

export interface GroupDetail {
  readonly step: number;
  readonly number: number;
  readonly group: StoredGroup;
  readonly verdicts: readonly Verdict[];
  readonly batch: StepBatch;
  readonly estimator: string;
  readonly alpha: number;
  readonly gamma: number;
  /** The same sample at other steps: where, and its mean reward. */
  readonly history: readonly { readonly step: number; readonly group: number; readonly rewards: readonly number[] }[];
  readonly groupsOfStep: number;
  /** Of the run's loss, for the tokens. */
  readonly clip: RatioBounds;
}

/** The same sample in another run. */
export interface ElsewhereRun {
  readonly id: string;
  readonly name: string;
  readonly history: GroupDetail['history'];
}

/** What a server-sent event says: something changed; of a run, how far it is. */
export interface ChangeEvent {
  readonly kind: 'run' | 'dataset' | 'evaluation';
  readonly id: string;
  readonly step?: number;
  readonly status?: RunSummary['status'];
}

/** One sample that two evaluations answered. */
export interface ComparedSample {
  readonly sample: string;
  readonly task: string;
  readonly question: string;
  readonly gold: readonly string[];
  /** Mean score of its responses. */
  readonly before: number;
  readonly after: number;
  readonly responses: readonly [before: ComparedResponse, after: ComparedResponse];
}

/** The first response of a sample. */
export interface ComparedResponse {
  readonly text: string;
  readonly extracted: string;
  readonly reason: string;
  readonly state: string;
}

/** Two means on the same samples with the 95 % interval of their difference. */
export interface PairedChange {
  readonly before: number;
  readonly after: number;
  readonly ci95: readonly number[];
  readonly samples: number;
}

/** A cell of the heat-map: a task at a length. */
export interface HeatCell {
  readonly task: string;
  /** Bin of the prompt's length: characters from here on. */
  readonly from: number;
  readonly samples: number;
  readonly before: number;
  readonly after: number;
}

export interface EvaluationComparison {
  readonly tasks: Readonly<Record<string, PairedChange>>;
  readonly mean: PairedChange | undefined;
  readonly clusters: number;
  readonly cells: readonly HeatCell[];
  /** Samples whose score changed, the largest change first; at most 400. */
  readonly flips: readonly ComparedSample[];
  readonly unchanged: number;
}
