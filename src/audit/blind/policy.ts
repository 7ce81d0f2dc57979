/** @file A blind policy: it answers from the form of a dataset, and nothing that it says depends on having read the context. */
import type { Random } from '../../random.ts';
import type { AuditItem } from '../item.ts';

export interface BlindPolicy {
  readonly name: string;
  /** The answer behind the mark; undefined where the policy has none. */
  readonly answer: (item: AuditItem, rng: Random) => string | undefined;
}

/** What a policy may learn from: samples that it is not measured on. */
export interface Known {
  /** Of the same task and generator. */
  readonly group: readonly AuditItem[];
  /** Of the same task, whoever made them. */
  readonly task: readonly AuditItem[];
}

/** Policies of one kind, learnt from golds and questions. */
export type Learner = (known: Known) => readonly BlindPolicy[];

/** The values of a list by how often they occur, the most frequent first. */
export function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

/** The middle of some whole numbers; 1 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
