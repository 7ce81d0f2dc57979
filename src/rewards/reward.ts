/**
 * @file The one signature of all rewards, and the two profiles.
 * `paper` reproduces the reference implementation, its defects included; `hardened` closes the known exploits.
 */
import type { Metric } from '../tasks/task.ts';
import type { AnswerFormat, AnswerState, PolicyMarks } from './reading/reading.ts';

/** The two ways to judge; training's default is `hardened`. */
export const profiles = ['paper', 'hardened'] as const;
/** A value of `reward.profile` and `--profile`. */
export type Profile = (typeof profiles)[number];

/** All but `ok` say that there is no verdict: too slow, failed or unreadable, or a gold that cannot be judged. */
export const rewardStatuses = ['ok', 'timeout', 'error', 'unjudgeable'] as const;
/** Whether a score is a verdict. */
export type RewardStatus = (typeof rewardStatuses)[number];

/** What a sample claims about its reward. */
export interface RewardSpec {
  readonly metric: Metric;
  /** Gold answer lines. EM, Accuracy, math_verify and IoU (one JSON object) use the first; Summary: one reference each. */
  readonly gold: readonly string[];
  readonly language: 'en' | 'zh';
  /** EM and SubEM: whether letter case matters (default false under `hardened`). */
  readonly caseSensitive?: boolean;
  /** The question with its options: tells what a sentence around an answer adds to it. */
  readonly question?: string;
  /** Accuracy: the options' texts by letter, or in order from A on. Else they are read from `question`. */
  readonly options?: Readonly<Record<string, string>> | readonly string[];
  /** F1, IoU, NDCG: how many items, or rows, there were to choose from. */
  readonly candidates?: number;
  /** SubEM: whether the lines stand in an order that counts; math_verify: whether lists do. */
  readonly ordered?: boolean;
  /** math_verify: the largest relative difference that is forgiven. */
  readonly tolerance?: number;
  /** math_verify: whether an answer without its unit is wrong. */
  readonly unitsDemanded?: boolean;
  /** What an answer that knows nothing earns, in [0, 1): taken off, the rest is scaled to [0, 1]. */
  readonly floor?: number;
  /** Summary: the fewest and the most words that are paid. */
  readonly lengthWindow?: readonly [number, number];
  /** `reward`: an answer out of its form earns half. Default `ignore`: the form is told, not paid. */
  readonly format?: 'ignore' | 'reward';
  /** What the policy's template and tokenizer say of thinking and ends. */
  readonly marks?: PolicyMarks;
}

/** What scoring a response ends in; scoring never throws. */
export interface RewardResult {
  /** In [0, 1]. 0 when status is not `ok` (the status says that it is not a verdict). */
  readonly score: number;
  /** `unjudgeable`: the gold is none that anybody can judge; its group is no sample of the policy. */
  readonly status: RewardStatus;
  /** What the reader found; under `paper` a value to watch, which changes no score. */
  readonly state: AnswerState;
  /** How strictly the form that the prompt asks for was kept. */
  readonly format: AnswerFormat;
  /** The answer that was scored, as extracted from the response. */
  readonly extracted: string;
  /** Why this score, in one line for a person. */
  readonly reason: string;
}

/** What one metric says of an answer. */
export interface MetricVerdict {
  readonly score: number;
  readonly reason: string;
  /** Where it is not `answered`: what the metric's own form reader found. */
  readonly state?: AnswerState;
  /** Where the gold cannot be judged. */
  readonly unjudgeable?: boolean;
}

/** One metric: `answer` is the extracted answer area. One file each, one registry line. */
export type Reward = (answer: string, spec: RewardSpec, profile: Profile) => MetricVerdict;

/** `score` over what chance, or an answer that knows nothing, earns: `(score - floor) / (1 - floor)`, no less than 0. */
export const aboveFloor = (score: number, floor: number): number =>
  floor <= 0 || floor >= 1 ? score : Math.max(0, (score - floor) / (1 - floor));
