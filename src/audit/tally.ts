/** @file Counts variants by side and kind, and keeps the worst. */
import type { JobResult } from '../rewards/pool/job.ts';
import type { AuditItem } from './item.ts';
import type { KindFinding, Tally, WorstAnswer } from './report.ts';
import type { Variant } from './variants/variant.ts';

interface Counts {
  tried: number;
  bad: number;
  badByPaper: number;
  sum: number;
}

const empty = (): Counts => ({ tried: 0, bad: 0, badByPaper: 0, sum: 0 });

const tallyOf = ({ tried, bad, badByPaper, sum }: Counts): Tally => ({
  tried,
  bad,
  badByPaper,
  reward: tried === 0 ? 0 : sum / tried,
});

export type Side = 'right' | 'wrong';

/** Right answers under 0.5; wrong ones over 0.5 and over what they are worth. */
export const isBad = (side: Side, score: number, most = 0): boolean =>
  side === 'right' ? score < 0.5 : score > Math.max(0.5, most) + 1e-9;

/** Most answers of one generator and kind among the worst. */
const alike = 2;
const longestResponse = 400;

export class VariantTally {
  private readonly groups = new Map<string, Record<Side, Counts>>();
  private readonly byKind = new Map<string, { side: Side; kind: string; counts: Counts }>();
  private readonly worst: WorstAnswer[] = [];
  private readonly seen = new Map<string, number>();

  add(item: AuditItem, side: Side, variant: Variant, result: JobResult, paper: JobResult): void {
    const bad = isBad(side, result.score, variant.most);
    const group = this.of(item);
    const key = `${side} ${variant.kind}`;
    const kind = this.byKind.get(key) ?? { side, kind: variant.kind, counts: empty() };
    this.byKind.set(key, kind);
    for (const counts of [group[side], kind.counts]) {
      counts.tried++;
      counts.sum += result.score;
      if (bad) counts.bad++;
      if (isBad(side, paper.score, variant.most)) counts.badByPaper++;
    }
    if (bad) this.note(item, side, variant, result);
  }

  private of({ task, generator }: AuditItem): Record<Side, Counts> {
    const key = `${task}\u0000${generator}`;
    const group = this.groups.get(key) ?? { right: empty(), wrong: empty() };
    this.groups.set(key, group);
    return group;
  }

  private note(item: AuditItem, side: Side, { kind, response }: Variant, { score, reason }: JobResult): void {
    const { id, task, generator, spec } = item;
    const key = `${task} ${generator} ${side} ${kind}`;
    const times = this.seen.get(key) ?? 0;
    this.seen.set(key, times + 1);
    if (times >= alike) return;
    this.worst.push({
      id,
      task,
      generator,
      side,
      kind,
      gold: spec.gold.join('\n').slice(0, longestResponse),
      response: response.slice(0, longestResponse),
      score,
      reason,
    });
  }

  /** Of one generator. */
  group(task: string, generator: string): Record<Side, Tally> {
    const { right, wrong } = this.groups.get(`${task}\u0000${generator}`) ?? { right: empty(), wrong: empty() };
    return { right: tallyOf(right), wrong: tallyOf(wrong) };
  }

  /** Kinds, those with the most bad answers first. */
  kinds(): KindFinding[] {
    return [...this.byKind.values()]
      .map(({ side, kind, counts }) => ({ side, kind, ...tallyOf(counts) }))
      .sort((a, b) => b.bad - a.bad || (a.side + a.kind < b.side + b.kind ? -1 : 1));
  }

  /** Paid wrong answers before unpaid right ones: they teach what is false. */
  worstAnswers(most: number): WorstAnswer[] {
    return this.worst.toSorted((a, b) => (a.side === b.side ? 0 : a.side === 'wrong' ? -1 : 1)).slice(0, most);
  }
}
