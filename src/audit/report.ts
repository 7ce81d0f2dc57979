/** @file What an audit finds, and what of it is too much. */
import { percent } from '../format.ts';
import type { Profile } from '../rewards/reward.ts';
import type { BlindFinding } from './blind/blind-finding.ts';
import type { LintFinding } from './lints.ts';
import type { ReaderName } from './readers/reader-names.ts';

/** What a dataset may show at most before the audit fails it. */
export interface AuditLimits {
  /** Largest share of right answers that earn less than 0.5. */
  readonly maxLost: number;
  /** Largest share of wrong answers that earn more than they are worth. */
  readonly maxGained: number;
  /** Most that a policy which reads nothing may earn of one generator, on average. */
  readonly maxBlind: number;
  /** Generators with fewer samples are shown, and not judged. */
  readonly minSamples: number;
  /** Largest share of samples that one lint finds fault with; 1 shows all and judges none. */
  readonly maxLinted: number;
}

/** The limits of `golongrl audit`. */
export const defaultLimits: AuditLimits = {
  maxLost: 0.03,
  maxGained: 0.005,
  maxBlind: 0.34,
  minSamples: 10,
  maxLinted: 1,
};

/** Answers of one kind: how many, how many badly judged, and by how much. */
export interface Tally {
  readonly tried: number;
  /** Right answers under 0.5, or wrong ones over max(0.5, what they are worth). */
  readonly bad: number;
  /** The same by the second grader, `paper`. */
  readonly badByPaper: number;
  /** Mean reward. */
  readonly reward: number;
}

/** What was found of the samples of one generator. */
export interface GroupFinding {
  readonly task: string;
  readonly generator: string;
  /** In the dataset, and of these tried. */
  readonly samples: number;
  readonly tried: number;
  /** Samples whose own gold earns less than 1. */
  readonly notItself: number;
  /** Samples whose gold nobody can judge. */
  readonly unjudgeable: number;
  readonly right: Tally;
  readonly wrong: Tally;
  readonly blind: BlindFinding;
  /** Mean reward of each solver that reads without understanding. */
  readonly readers: Readonly<Record<ReaderName, number>>;
  /** What a reader of its questions would stumble over. */
  readonly lints: readonly LintFinding[];
}

export interface KindFinding extends Tally {
  readonly side: 'right' | 'wrong';
  readonly kind: string;
}

/** An answer that was judged badly. */
export interface WorstAnswer {
  readonly id: string;
  readonly task: string;
  readonly generator: string;
  readonly side: 'right' | 'wrong';
  readonly kind: string;
  readonly gold: string;
  /** Cut to 400 characters. */
  readonly response: string;
  readonly score: number;
  readonly reason: string;
}

/** What an audit found, by generator, by task and by kind of answer. */
export interface AuditReport {
  readonly profile: Profile;
  readonly seed: number;
  readonly limits: AuditLimits;
  readonly samples: number;
  readonly tried: number;
  /** Rows that are no samples, and why the first of them are none. */
  readonly skipped: { readonly rows: number; readonly reasons: readonly string[] };
  readonly groups: readonly GroupFinding[];
  /** All generators of a task together; what is blind there earns is the mean of what it earns of each, by samples. */
  readonly tasks: readonly (Omit<GroupFinding, 'generator' | 'blind' | 'lints'> & { readonly blind: number })[];
  readonly kinds: readonly KindFinding[];
  readonly worst: readonly WorstAnswer[];
  /** What is over its limit, in words; empty when nothing is. */
  readonly over: readonly string[];
}

const share = ({ bad, tried }: Tally): number => (tried === 0 ? 0 : bad / tried);
const shown = (value: number): string => percent(value, 1);

/** What is over a limit: a blind policy only where chance does not explain it. */
export function overLimits(
  groups: readonly GroupFinding[],
  { maxLost, maxGained, maxBlind, minSamples, maxLinted }: AuditLimits,
): string[] {
  return groups
    .filter(({ tried }) => tried >= minSamples)
    .flatMap(({ task, generator, notItself, right, wrong, blind, tried, lints }) => {
      const name = `${task} ${generator}`;
      const found: string[] = [];
      if (notItself > 0) found.push(`${name}: ${notItself} of ${tried} golds do not earn 1`);
      if (share(right) > maxLost) found.push(`${name}: ${shown(share(right))} of right answers lost`);
      if (share(wrong) > maxGained) found.push(`${name}: ${shown(share(wrong))} of wrong answers paid`);
      if (blind.ci95[0] > maxBlind) found.push(`${name}: ${blind.reward.toFixed(2)} for "${blind.policy}"`);
      for (const { lint, samples, example } of lints)
        if (samples > maxLinted * tried) found.push(`${name}: ${lint} in ${samples} of ${tried}, as in “${example}”`);
      return found;
    });
}
