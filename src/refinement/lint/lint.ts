/**
 * @file A lint: a pass over a dataset that counts one way in which it can teach the wrong thing, and judges the count.
 */
import type { Profile } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';

/** Thresholds; the command's options carry the same names. */
export interface LintSettings {
  /** A deviation fails when chance alone explains it with less than this probability. */
  readonly alpha: number;
  /** Below so many samples a share is shown and not judged. */
  readonly minSamples: number;
  /** Most that one tenth of the prompt may hold of all evidence. */
  readonly maxTenth: number;
  /** Most of the answers that may stand in their question. */
  readonly maxOverlap: number;
  /** Most that a policy which reads nothing may earn on average in one task. */
  readonly maxHack: number;
  /** Largest closed-book pass rate. */
  readonly maxClosedBook: number;
  /** Rewards are paid under this profile, but for imported samples that only another one fits. */
  readonly profile: Profile;
  /** Rewards of answers given without the context, by sample id. */
  readonly closedBook: ReadonlyMap<string, readonly number[]>;
}

/** Thresholds where the user gives none; no closed-book answers. */
export const defaultLintSettings: LintSettings = {
  alpha: 0.01,
  minSamples: 30,
  maxTenth: 0.3,
  maxOverlap: 0.05,
  maxHack: 0.34,
  maxClosedBook: 0.25,
  profile: 'hardened',
  closedBook: new Map(),
};

/** `skipped`: too few samples to judge. */
export type Verdict = 'pass' | 'fail' | 'skipped';

/** What one lint found. */
export interface Finding {
  readonly verdict: Verdict;
  /** Samples that the lint applies to. */
  readonly samples: number;
  /** One line for a person. */
  readonly summary: string;
  /** The figures behind it. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Counts samples as they stream by: prompts are long, so none is kept. */
export interface LintPass {
  add(sample: Sample): void;
  finish(): Finding;
}

/** A check of a whole dataset; `start` begins a new pass over it. */
export interface Lint {
  readonly name: string;
  readonly start: (settings: LintSettings) => LintPass;
}

/** A p value for a summary, to four decimals. */
export const probability = (p: number): string => (p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(4)}`);

/** Failed or not, where there are samples enough. */
export function judge(samples: number, bad: boolean, { minSamples }: LintSettings): Verdict {
  if (samples < minSamples) return 'skipped';
  return bad ? 'fail' : 'pass';
}

/** Lower case words with single spaces around: containment of whole words is then containment of text. */
export const foldWords = (text: string): string =>
  ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .replace(/\.(?!\p{N})/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()} `;
