/**
 * @file The samples that are tried: up to so many of each generator, drawn by seed and id, so that neither the order of the file nor its
 * length decides. The others are counted.
 */
import { random } from '../random.ts';
import { type AuditItem, type AuditSource, itemOf } from './item.ts';

export interface Group {
  readonly task: string;
  readonly generator: string;
  /** Samples that the dataset has. */
  samples: number;
  readonly items: readonly AuditItem[];
}

interface Kept {
  readonly rank: number;
  readonly item: AuditItem;
}

/** The `limit` samples of lowest rank. */
class LowestRanks {
  private kept: Kept[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  offer(source: AuditSource, rank: number): void {
    const last = this.kept.at(-1);
    if (this.kept.length >= this.limit && last !== undefined && rank >= last.rank) return;
    const at = this.kept.findIndex((one) => one.rank > rank);
    this.kept.splice(at < 0 ? this.kept.length : at, 0, { rank, item: itemOf(source) });
    this.kept.length = Math.min(this.kept.length, this.limit);
  }

  items = (): AuditItem[] => this.kept.map(({ item }) => item);
}

/** Takes samples one at a time and keeps no prompt. */
export class Collector {
  private readonly groups = new Map<
    string,
    { task: string; generator: string; samples: number; lowest: LowestRanks }
  >();
  private readonly limit: number;
  private readonly seed: number;

  constructor({ limit, seed }: { readonly limit: number; readonly seed: number }) {
    this.limit = limit;
    this.seed = seed;
  }

  add(source: AuditSource): void {
    const { task, generator, id } = source;
    const key = `${task}\u0000${generator}`;
    const group = this.groups.get(key) ?? { task, generator, samples: 0, lowest: new LowestRanks(this.limit) };
    this.groups.set(key, group);
    group.samples++;
    group.lowest.offer(source, random(this.seed, 'audit', 'draw', id).next());
  }

  /** By task, then generator. */
  finish(): Group[] {
    return [...this.groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { task, generator, samples, lowest }]) => ({ task, generator, samples, items: lowest.items() }));
  }
}
