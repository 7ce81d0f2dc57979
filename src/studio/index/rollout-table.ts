/**
 * @file All rollouts of a run as columns, with the place of each group's line in its file. 22 bytes a rollout and about 50 a group: a million
 * rollouts take 30 MB. Texts stay on disk.
 */
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { StoredGroup } from '../shared/api.ts';
import type { RolloutColumns } from '../shared/query/columns.ts';
import { Column, Words } from './columns.ts';

/** A step's file as it was indexed: another size or time means that it was written again. */
export interface IndexedStep {
  readonly step: number;
  readonly size: number;
  readonly changed: number;
  readonly firstGroup: number;
  readonly firstRow: number;
}

/** Where a group's line stands. */
export interface GroupPlace {
  readonly step: number;
  readonly offset: number;
  readonly bytes: number;
}

const groupColumns = () => ({
  step: new Column(Uint32Array),
  line: new Column(Uint32Array),
  offset: new Column(Float64Array),
  bytes: new Column(Uint32Array),
  firstRow: new Column(Uint32Array),
  task: new Column(Uint16Array),
  generator: new Column(Uint16Array),
  sample: new Column(Uint32Array),
  prompt: new Column(Uint32Array),
  metric: new Column(Uint16Array),
  use: new Column(Uint8Array),
  staleness: new Column(Uint16Array),
  promptTokens: new Column(Uint32Array),
});
const rowColumns = () => ({
  group: new Column(Uint32Array),
  member: new Column(Uint16Array),
  reward: new Column(Float32Array),
  /** NaN where the rollout was not trained on. */
  advantage: new Column(Float32Array),
  state: new Column(Uint8Array),
  format: new Column(Uint8Array),
  status: new Column(Uint8Array),
  stop: new Column(Uint8Array),
  tokens: new Column(Uint32Array),
});
const wordLists = [
  'task',
  'generator',
  'sample',
  'prompt',
  'metric',
  'use',
  'state',
  'format',
  'status',
  'stop',
] as const;
/** A column of words. */
export type WordList = (typeof wordLists)[number];

/** A table without its numbers: words, steps, and how many bytes each column has. */
export interface TableHead {
  readonly words: Readonly<Record<WordList, readonly string[]>>;
  readonly steps: readonly IndexedStep[];
  readonly bytes: readonly number[];
}

/** The task key of the advantages: lines of before December 2026 do not say it, but each task has one. */
export const metricOf = ({ reward, task }: StoredGroup): string =>
  reward?.metric ?? tasks[task as TaskId]?.metric ?? task;

/** The columns of one run. Grows by whole steps, in their order. */
export class RolloutTable implements RolloutColumns {
  readonly groups = groupColumns();
  readonly rows = rowColumns();
  readonly words: Readonly<Record<WordList, Words>>;
  steps: IndexedStep[] = [];

  constructor(words: Partial<Readonly<Record<WordList, readonly string[]>>> = {}) {
    this.words = Object.fromEntries(wordLists.map((name) => [name, new Words(words[name])])) as Record<WordList, Words>;
  }

  /** A table from its parts. @throws RangeError when they are cut */
  static from({ words, steps, bytes }: TableHead, body: Uint8Array): RolloutTable {
    const table = new RolloutTable(words);
    let at = 0;
    for (const [i, column] of table.columns().entries()) {
      const size = bytes[i] ?? 0;
      if (at + size > body.length) throw new RangeError('an index that was cut');
      column.load(body.subarray(at, at + size));
      at += size;
    }
    table.steps = [...steps];
    return table;
  }

  private columns(): Column<Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>[] {
    return [...Object.values(this.groups), ...Object.values(this.rows)];
  }

  /** What `from` makes the table of. */
  parts(): { readonly head: TableHead; readonly columns: readonly Uint8Array[] } {
    const columns = this.columns().map((column) => column.bytes());
    const words = Object.fromEntries(
      wordLists.map((name) => [name, this.words[name].list]),
    ) as unknown as TableHead['words'];
    return { head: { words, steps: this.steps, bytes: columns.map(({ length }) => length) }, columns };
  }

  get length(): number {
    return this.rows.group.length;
  }

  /** Adds one line of a step's file. */
  add(group: StoredGroup, line: number, place: GroupPlace): void {
    const { groups, words } = this;
    const number = groups.step.length;
    groups.step.push(place.step);
    groups.line.push(line);
    groups.offset.push(place.offset);
    groups.bytes.push(place.bytes);
    groups.firstRow.push(this.length);
    groups.staleness.push(group.staleness ?? 0);
    groups.promptTokens.push(group.promptTokens ?? 0);
    for (const name of ['task', 'generator', 'sample', 'prompt', 'use'] as const)
      groups[name].push(words[name].number(String(group[name] ?? '')));
    groups.metric.push(words.metric.number(metricOf(group)));
    for (const [member, rollout] of group.rollouts.entries()) {
      const { rows } = this;
      rows.group.push(number);
      rows.member.push(member);
      rows.reward.push(rollout.score);
      rows.advantage.push(rollout.advantage ?? Number.NaN);
      rows.state.push(words.state.number(rollout.state ?? 'unknown'));
      rows.format.push(words.format.number(rollout.format ?? 'unknown'));
      rows.status.push(words.status.number(rollout.status));
      rows.stop.push(words.stop.number(rollout.stopReason));
      rows.tokens.push(rollout.tokens);
    }
  }

  /** Forgets the steps from number `steps` on. */
  truncate(steps: number): void {
    const first = this.steps[steps];
    if (first === undefined) return;
    for (const column of Object.values(this.groups)) column.truncate(first.firstGroup);
    for (const column of Object.values(this.rows)) column.truncate(first.firstRow);
    this.steps = this.steps.slice(0, steps);
  }

  placeOf(group: number): GroupPlace {
    const { step, offset, bytes } = this.groups;
    return { step: step.at(group), offset: offset.at(group), bytes: bytes.at(group) };
  }

  /** The groups of a step as [first, behind the last]; undefined where it is not indexed. */
  groupsOf(step: number): readonly [number, number] | undefined {
    const at = this.steps.findIndex((entry) => entry.step === step);
    const found = this.steps[at];
    if (found === undefined) return undefined;
    return [found.firstGroup, this.steps[at + 1]?.firstGroup ?? this.groups.step.length];
  }

  /** Rows of a group as [first, behind the last]. */
  rowsOf(group: number): readonly [number, number] {
    const { firstRow } = this.groups;
    return [firstRow.at(group), group + 1 < firstRow.length ? firstRow.at(group + 1) : this.length];
  }
}
