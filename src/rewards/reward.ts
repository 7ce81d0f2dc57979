/**
 * @file The one signature of all rewards, and the two profiles.
 * `paper` reproduces the reference implementation, its defects included; `hardened` closes the known exploits.
 */
import type { Metric } from '../tasks/task.ts';

export const profiles = ['paper', 'hardened'] as const;
export type Profile = (typeof profiles)[number];

/** What a sample claims about its reward. */
export interface RewardSpec {
  readonly metric: Metric;
  /** Gold answer lines. EM, Accuracy, math_verify and IoU (one JSON object) use the first; Summary: one reference each. */
  readonly gold: readonly string[];
  readonly language: 'en' | 'zh';
  /** EM and SubEM: whether letter case matters (default false under `hardened`). */
  readonly caseSensitive?: boolean;
}

export interface RewardResult {
  /** In [0, 1]. 0 when status is not `ok` (the status says that it is not a verdict). */
  readonly score: number;
  readonly status: 'ok' | 'timeout' | 'error';
  /** The answer that was scored, as extracted from the response. */
  readonly extracted: string;
  /** Why this score, in one line for a person. */
  readonly reason: string;
}

/** One metric: `answer` is the extracted answer area. One file each, one registry line. */
export type Reward = (answer: string, spec: RewardSpec, profile: Profile) => { score: number; reason: string };
