/**
 * @file T4: a figure that no cell states, reckoned from cells of one or two tables of a document: a share of what rows with a property have
 * together, growth between two columns, the difference of two sums, a ratio of two rows.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator, Refusal } from '../../question.ts';
import { dividedBy, type Exact, exact, minus, rounded, sumOf, times } from '../../views/exact.ts';
import {
  type DataRow,
  type DataTable,
  dataTables,
  figureColumns,
  isAdditive,
  numberedRows,
  periodPairs,
  tablePlaces,
} from '../../views/tables/data-table.ts';
import { solve } from './solve.ts';
import { asked, whats } from './wordings.ts';

/** Decimals of the answer, said in the question. */
const decimals = { percent: 1, ratio: 2, figure: 2 } as const;
/** Rows that are added up. */
const summed = { least: 3, most: 12 };

interface Reckoned {
  readonly kind: keyof typeof whats;
  readonly slots: Readonly<Record<string, string>>;
  readonly value: Exact | undefined;
  readonly decimals: number;
  readonly rows: readonly { readonly row: DataRow; readonly columns: readonly number[] }[];
}

interface Place {
  readonly table: DataTable;
  readonly language: Context['language'];
  readonly random: Random;
}

const listed = (names: readonly string[], language: Context['language']): string =>
  names.map((name) => `“${name}”`).join(language === 'zh' ? '、' : ', ');

const numberAt = (row: DataRow, column: number): Exact => exact(row.cells[column]?.number ?? 0);

/** Two columns that state the same for two periods. */
function columnPair({ table, random }: Place): readonly [number, number] | undefined {
  return random.shuffle(periodPairs(table))[0];
}

const header = ({ table }: Place, column: number): string => table.columns[column]?.header ?? '';

const filled = ({ table }: Place, columns: readonly number[]): DataRow[] =>
  table.rows.filter((row) => columns.every((column) => row.cells[column]?.number !== undefined));

function growthOfSum(place: Place): Reckoned | undefined {
  const pair = columnPair(place);
  if (pair === undefined || !isAdditive(place.table, pair[0])) return undefined;
  const [a, b] = pair;
  const rows = place.random.sample(filled(place, pair), place.random.integer(summed.least, 5));
  if (rows.length < summed.least) return undefined;
  const [from, to] = [a, b].map((column) => sumOf(rows.map((row) => numberAt(row, column)))) as [Exact, Exact];
  const ratio = from.over <= 0n ? undefined : dividedBy(times(exact(100), minus(to, from)), from);
  return {
    kind: 'growth',
    slots: {
      rows: listed(
        rows.map(({ name }) => name),
        place.language,
      ),
      from: header(place, a),
      to: header(place, b),
    },
    value: ratio,
    decimals: decimals.percent,
    rows: rows.map((row) => ({ row, columns: [a, b] })),
  };
}

/** The share that the rows over a bound in one column have of another column. */
function shareAbove(place: Place): Reckoned | undefined {
  const columns = place.random.shuffle(figureColumns(place.table));
  const b = columns.find((column) => isAdditive(place.table, column));
  const a = columns.find((column) => column !== b);
  if (a === undefined || b === undefined) return undefined;
  const rows = filled(place, [a, b]);
  const ordered = [...rows].sort((x, y) => (y.cells[a]?.number ?? 0) - (x.cells[a]?.number ?? 0));
  const count = place.random.integer(2, Math.max(2, Math.floor(rows.length / 2)));
  const [last, next] = [ordered[count - 1]?.cells[a]?.number, ordered[count]?.cells[a]?.number];
  if (rows.length < 5 || rows.length > 40 || last === undefined || next === undefined || last === next)
    return undefined;
  // Every row counts towards the whole: one without the figure would leave it open.
  if (rows.length < place.table.rows.length) return undefined;
  const bound = ordered[count]?.cells[a]?.value ?? '';
  const chosen = ordered.slice(0, count);
  const whole = sumOf(rows.map((row) => numberAt(row, b)));
  if (whole.over <= 0n) return undefined;
  const value = dividedBy(times(exact(100), sumOf(chosen.map((row) => numberAt(row, b)))), whole);
  return {
    kind: 'share',
    slots: { by: header(place, a), bound, column: header(place, b) },
    value,
    decimals: decimals.percent,
    rows: rows.map((row) => ({ row, columns: [a, b] })),
  };
}

function differenceOfChanges(place: Place): Reckoned | undefined {
  const pair = columnPair(place);
  const rows = pair === undefined ? [] : place.random.sample(filled(place, pair), 2);
  const [one, other] = rows;
  if (pair === undefined || one === undefined || other === undefined) return undefined;
  const [a, b] = pair;
  const change = (row: DataRow): Exact => minus(numberAt(row, b), numberAt(row, a));
  const value = minus(change(one), change(other));
  if (value.over <= 0n) return undefined;
  return {
    kind: 'changes',
    slots: { one: one.name, other: other.name, from: header(place, a), to: header(place, b) },
    value,
    decimals: decimals.figure,
    rows: [one, other].map((row) => ({ row, columns: [a, b] })),
  };
}

/** How many times the mean of the others the largest figure of a column is. */
function topOverMean(place: Place): Reckoned | undefined {
  const column = place.random.sample(figureColumns(place.table), 1)[0];
  if (column === undefined || !isAdditive(place.table, column)) return undefined;
  const rows = numberedRows(place.table, column).sort((x, y) => y.number - x.number);
  const [top, second] = rows;
  if (top === undefined || second === undefined || rows.length < 5 || rows.length > 40 || top.number === second.number)
    return undefined;
  const others = rows.slice(1);
  const mean = dividedBy(sumOf(others.map(({ number }) => exact(number))), exact(others.length));
  if (mean === undefined || mean.over <= 0n) return undefined;
  return {
    kind: 'times',
    slots: { column: header(place, column) },
    value: dividedBy(exact(top.number), mean),
    decimals: decimals.ratio,
    rows: rows.map(({ row }) => ({ row, columns: [column] })),
  };
}

const programs = [growthOfSum, shareAbove, differenceOfChanges, topOverMean];

function draftOf(
  { table, language }: Place,
  { kind, slots, value, decimals: places, rows }: Reckoned,
): QuestionDraft | Refusal {
  const gold = value === undefined ? undefined : rounded(value, places);
  if (gold === undefined) return 'the figure lies half way between two roundings';
  const trimmed = kind === 'changes' ? gold.replace(/\.?0+$/, '') : gold;
  if (Number(trimmed) === 0) return 'the figure is zero';
  const proof = rows.flatMap(({ row, columns }): Proof[] =>
    columns.flatMap((column) => row.cells[column]?.proof ?? []),
  );
  const what = whats[kind].say(language, slots);
  return {
    slots: { table: table.name, what, document: table.document?.title ?? '' },
    gold: [trimmed],
    rationale: rows
      .map(
        ({ row, columns }) =>
          `${row.name}: ${columns.map((column) => `${table.columns[column]?.header} ${row.cells[column]?.value}`).join(', ')}`,
      )
      .join('\n'),
    proof,
  };
}

/** Whether the prompt has one table with these columns under this name. */
const isOnly = (table: DataTable, all: readonly DataTable[]): boolean =>
  all.filter(
    (other) =>
      other.columns.map(({ header: head }) => head).join('\n') ===
        table.columns.map(({ header: head }) => head).join('\n') && other.name === table.name,
  ).length === 1;

export const tableCalculation: QuestionGenerator = {
  id: 'table-calculation',
  version: 1,
  task: 'T4',
  subtask: 'single-source targeted aggregation',
  asks: 'Reckons a share, a growth, a difference of changes or a multiple from the cells of a table.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 140,
  wordings: asked,
  places: (_, facts) => tablePlaces(facts),
  draw(context, random) {
    const all = context.documents.flatMap(dataTables);
    const tables = context.chosen.flatMap((i) =>
      context.documents[i] === undefined ? [] : dataTables(context.documents[i]),
    );
    for (const table of random.shuffle(tables)) {
      if (figureColumns(table).length === 0 || !isOnly(table, all)) continue;
      for (const program of random.shuffle(programs)) {
        const place = { table, language: context.language, random };
        const reckoned = program(place);
        if (reckoned !== undefined) return draftOf(place, reckoned);
      }
    }
    return 'no table whose figures can be reckoned with';
  },
  solve,
};
