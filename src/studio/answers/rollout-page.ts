/** @file A page of the table of rollouts: the rows that a query means, from `offset` on, with the histogram of all of them. */
import path from 'node:path';
import { stepName } from '../../runs/run-directory.ts';
import { readPlace } from '../index/read-line.ts';
import type { RolloutTable } from '../index/rollout-table.ts';
import type { RunIndex, Selection } from '../index/run-index.ts';
import type { RolloutPage, RolloutRow, StoredGroup } from '../shared/api.ts';
import { rewardHistogram } from '../shared/query/histogram.ts';
import { rowOf } from '../shared/query/row-of.ts';

/** What the table asks for. */
export interface PageRequest {
  readonly query: string;
  /** A field, `-field` from the highest down. */
  readonly sort: string;
  readonly offset: number;
  readonly limit: number;
}

/** Characters of an answer in a row. */
const shownAnswer = 160;
/** Groups whose texts one search reads. */
const mostSearched = 4000;

/** The line of a group, parsed. */
export async function readGroup(index: RunIndex, group: number): Promise<StoredGroup> {
  const { step, offset, bytes } = index.table.placeOf(group);
  const file = path.join(index.path, 'rollouts', `${stepName(step)}.jsonl`);
  return JSON.parse(await readPlace(file, offset, bytes)) as StoredGroup;
}

/** Rows whose texts hold the words; reads each group once, and says where it stopped. */
async function searchTexts(index: RunIndex, { rows, texts }: Selection): Promise<{ rows: Uint32Array; note?: string }> {
  if (texts.length === 0) return { rows };
  const { group: groupOf, member } = index.table.rows;
  const found: number[] = [];
  const known = new Map<number, readonly string[]>();
  for (const row of rows) {
    const group = groupOf.at(row);
    let said = known.get(group);
    if (said === undefined) {
      if (known.size === mostSearched)
        return {
          rows: Uint32Array.from(found),
          note: `searched the texts of ${mostSearched} groups; narrow it with a condition`,
        };
      said = (await readGroup(index, group)).rollouts.map(({ text }) => text.toLowerCase());
      known.set(group, said);
    }
    const text = said[member.at(row)] ?? '';
    if (texts.every(({ needle, wanted }) => text.includes(needle) === wanted)) found.push(row);
  }
  return { rows: Uint32Array.from(found) };
}

async function shownRows(index: RunIndex, rows: Uint32Array): Promise<RolloutRow[]> {
  const { table } = index;
  const groups = new Map<number, StoredGroup>();
  for (const group of new Set([...rows].map((row) => table.rows.group.at(row))))
    groups.set(group, await readGroup(index, group));
  return [...rows].map((row) => {
    const rollout = groups.get(table.rows.group.at(row))?.rollouts[table.rows.member.at(row)];
    const answer = (rollout?.extracted || rollout?.text || '').slice(0, shownAnswer);
    return { ...rowOf(table, row), answer };
  });
}

const wholeOf = new WeakMap<RolloutTable, { length: number; bins: readonly number[] }>();

/** The histogram of all rollouts, counted again when there are more. */
function wholeHistogram(table: RolloutTable): readonly number[] {
  const known = wholeOf.get(table);
  if (known?.length === table.length) return known.bins;
  const { bins } = rewardHistogram(table, undefined);
  wholeOf.set(table, { length: table.length, bins });
  return bins;
}

/** @throws UsageError that says what is wrong with the query */
export async function rolloutPage(index: RunIndex, { query, sort, offset, limit }: PageRequest): Promise<RolloutPage> {
  const { rows, note } = await searchTexts(index, index.select(query, sort));
  const { bins, mean } = rewardHistogram(index.table, rows);
  return {
    total: rows.length,
    of: index.table.length,
    offset,
    rows: await shownRows(index, rows.subarray(offset, offset + limit)),
    histogram: bins,
    histogramAll: wholeHistogram(index.table),
    mean,
    indexed: index.state,
    ...(note === undefined ? {} : { note }),
  };
}

/** The selection as JSON Lines, a rollout a line. */
export async function* exportRows(index: RunIndex, query: string, sort: string): AsyncGenerator<string> {
  const { rows } = await searchTexts(index, index.select(query, sort));
  let [number, group]: [number, StoredGroup | undefined] = [-1, undefined];
  for (const row of rows) {
    const own = index.table.rows.group.at(row);
    if (own !== number || group === undefined) [number, group] = [own, await readGroup(index, own)];
    const { rollouts, ...shared } = group;
    const { step, member, group: line } = rowOf(index.table, row);
    yield `${JSON.stringify({ step, group: line, member, ...shared, ...rollouts[member] })}\n`;
  }
}
