/** @file Rows of the context's own tables under the columns that golds have: all of them, the first ones, some at random. */
import type { AuditItem } from '../item.ts';
import { analogy } from './analogy.ts';
import { type BlindPolicy, type Learner, median } from './policy.ts';

interface GoldTable {
  readonly columns?: readonly string[];
  readonly data?: readonly unknown[];
}

function goldTable(text: string): GoldTable {
  try {
    return JSON.parse(text) as GoldTable;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** The rows of the first table that has the columns, cut to them. */
function project({ facts }: AuditItem, columns: readonly string[]): string[][] | undefined {
  const fold = (text: string): string => text.toLowerCase().trim();
  for (const table of facts.tables) {
    const places = columns.map((column) => table.columns.map(fold).indexOf(fold(column)));
    if (places.every((place) => place >= 0)) return table.rows.map((row) => places.map((place) => row[place] ?? ''));
  }
  return undefined;
}

export const tables: Learner = (known) => {
  if (known.group[0]?.spec.metric !== 'IoU') return [];
  const columnsLike = analogy(known.group, ({ spec }) => JSON.stringify(goldTable(spec.gold[0] ?? '').columns ?? []));
  const rows = median(known.group.map(({ spec }) => goldTable(spec.gold[0] ?? '').data?.length ?? 1));
  const limits: Readonly<Record<string, (length: number) => number>> = {
    'all rows': (length) => length,
    'half of the rows': (length) => Math.ceil(length / 2),
    [`${rows} rows`]: () => rows,
    [`${2 * rows} rows`]: () => 2 * rows,
  };
  return Object.entries(limits).map(
    ([name, limit]): BlindPolicy => ({
      name: `${name} of the table`,
      answer(item, rng) {
        const columns = goldTable(`{"columns":${columnsLike(item)[0] ?? '[]'}}`).columns ?? [];
        const data = project(item, columns);
        return data && JSON.stringify({ columns, data: rng.shuffle(data).slice(0, limit(data.length)) });
      },
    }),
  );
};
