/** @file A page of a dataset's samples: what a query means, in order, from `offset` on. The server and a bundle's page count alike. */
import type { SamplePage, SampleRow } from '../dataset-api.ts';
import { facetsOf } from './sample-facets.ts';
import { sampleTest } from './sample-query.ts';

/** What a list asks for. */
export interface SampleAsk {
  readonly query: string;
  /** A field, `-field` from the highest down. */
  readonly sort: string;
  readonly offset: number;
  readonly limit: number;
}

/** Fields that a list is ordered by. */
const orders: Readonly<Record<string, (row: SampleRow) => string | number>> = {
  task: ({ task }) => task,
  generator: ({ generator }) => generator,
  length: ({ tokens }) => tokens,
  windows: ({ windows }) => windows ?? -1,
  spread: ({ spread }) => spread ?? -1,
  documents: ({ documents }) => documents,
  cracked: ({ crackedBy }) => crackedBy.length,
  repairs: ({ repairs }) => repairs,
};

function sorted(rows: SampleRow[], sort: string): SampleRow[] {
  const name = sort.replace(/^-/, '');
  const read = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (read === undefined) return rows;
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows.sort((a, b) => {
    const [x, y] = [read(a), read(b)];
    return x === y ? a.row - b.row : x < y ? -sign : sign;
  });
}

/** @throws UsageError that says what is wrong with the query */
export function samplePage(
  all: readonly SampleRow[],
  { query, sort, offset, limit }: SampleAsk,
): Omit<SamplePage, 'read' | 'toRead'> {
  const rows = sorted(all.filter(sampleTest(query)), sort);
  return {
    total: rows.length,
    of: all.length,
    offset,
    rows: rows.slice(offset, offset + limit),
    facets: facetsOf(rows),
  };
}
