/** @file How many drafts came to each check, and how many it discarded: with a weak model or judge, the answer to "why so few samples". */
import { textTable } from '../../../text-table.ts';
import type { Outcome } from '../make-sample.ts';

/** One check of the funnel; `drafts` minus `discarded` come to the next one. */
export interface CheckRow {
  readonly check: string;
  /** Drafts that came to it, and that it discarded. */
  readonly drafts: number;
  readonly discarded: number;
  /** Discarded by stage, where a check has several. */
  readonly stages: Readonly<Record<string, number>>;
}

/** In the order in which a draft meets them. */
const checks: readonly (readonly [string, RegExp])[] = [
  ['document', /^(?:injection|route|refused|no-reply)$/],
  ['form', /^schema$/],
  ['text', /^text$/],
  ['gates', /^g\d+$/],
  ['closed book', /^closed-book$/],
  ['blind', /^blind$/],
  ['judge control', /^judge-control$/],
  ['judge', /^judge-(?!control$)/],
  ['robustness', /^robustness$/],
  ['cascade', /^cascade$/],
];

/**
 * One row a check, in the order in which drafts meet them.
 *
 * @param discarded Drafts by the stage that discarded them.
 * @param drafts All that were asked for.
 */
export function checksTable(discarded: Readonly<Record<string, number>>, drafts: number): CheckRow[] {
  let left = drafts;
  return checks.map(([check, pattern]) => {
    const stages = Object.fromEntries(Object.entries(discarded).filter(([stage]) => pattern.test(stage)));
    const out = Object.values(stages).reduce((sum, count) => sum + count, 0);
    const row = { check, drafts: left, discarded: out, stages };
    left -= out;
    return row;
  });
}

/** Drafts by the stage that discarded them; those that became samples are left out. */
export const discardedOf = (outcomes: readonly Outcome[]): Record<string, number> => {
  const discarded: Record<string, number> = {};
  for (const { stage } of outcomes) if (stage !== undefined) discarded[stage] = (discarded[stage] ?? 0) + 1;
  return discarded;
};

/** For a terminal. */
export function renderChecks(rows: readonly CheckRow[]): string {
  const lines = rows.map(({ check, drafts, discarded, stages }) => {
    const parts = Object.entries(stages).map(([stage, count]) => `${stage} ${count}`);
    return [check, String(drafts), String(discarded), parts.join(', ')];
  });
  return textTable([['check', 'drafts', 'discarded', ''], ...lines], [0, 3]);
}
