/**
 * @file T1: a cell whose row is told by what stands in another table: the largest figure of a column, the second-largest growth. Rows of the same
 * name stand in the tables of other years and other reports.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { comparable, comparableColumns, countedRows, filtersOf, whereOf, within } from '../../views/tables/filters.ts';
import { figuresOfGrowth, periodOf, wholeGrowths } from '../../views/tables/growths.ts';
import { leastShared, sharedRows } from '../../views/tables/quotients.ts';
import {
  alike,
  contextTables,
  type Figure,
  figureAt,
  figuresOf,
  plainTotals,
  proofsOf,
  type ReportTable,
  rowNamed,
  told,
} from '../../views/tables/report-tables.ts';
import { solve } from './solve.ts';
import { asked, clues, places, ranks } from './wordings.ts';

interface Valued {
  readonly name: string;
  readonly value: number;
  readonly figures: readonly Figure[];
}

/** Rows in an order, and how a question says it. */
interface Order {
  readonly kind: 'value' | 'growth';
  readonly slots: Readonly<Record<string, string>>;
  readonly rows: readonly Valued[];
}

/** Neighbours are this far apart, in percentage points or as a share of the figure. */
const leastGap = { growth: 0.3, value: 0.005 };

function growthOrder(table: ReportTable): Order[] {
  const period = periodOf(table);
  const growths = period === undefined ? undefined : wholeGrowths(period);
  if (period === undefined || growths === undefined) return [];
  const rows = growths.map((growth) => ({
    name: growth.name,
    value: growth.percent,
    figures: figuresOfGrowth(growth),
  }));
  return [{ kind: 'growth', slots: { from: String(period.from), to: String(period.to) }, rows }];
}

function valueOrders(table: ReportTable): Order[] {
  if (table.unlike || !plainTotals(table)) return [];
  const counted = countedRows(table);
  return figuresOf(table).flatMap((column): Order[] => {
    const rows = counted.flatMap((row): Valued[] => {
      const figure = figureAt(table, row, column);
      return figure === undefined ? [] : [{ name: row.name, value: figure.number, figures: [figure] }];
    });
    const header = table.columns[column]?.header ?? '';
    return rows.length < counted.length ? [] : [{ kind: 'value', slots: { column: header }, rows }];
  });
}

/** The row at an end of an order, where it is clearly there. */
function placed({ kind, rows }: Order, lowest: boolean): Valued | undefined {
  const sign = lowest ? -1 : 1;
  const [found, next] = [...rows].sort((a, b) => sign * (b.value - a.value));
  if (found === undefined || next === undefined || (kind === 'growth' && lowest)) return undefined;
  const least = kind === 'growth' ? leastGap.growth : leastGap.value * Math.abs(found.value);
  return Math.abs(found.value - next.value) > least ? found : undefined;
}

/** Tables in which the rows of another can be looked up: the same in another report, or others with rows in common. */
function partners(table: ReportTable, all: readonly ReportTable[]): ReportTable[] {
  return all.filter(
    (other) =>
      other !== table &&
      (alike(table, other) || (other.document === table.document && sharedRows(table, other).length >= leastShared)),
  );
}

function lookup(
  table: ReportTable,
  other: ReportTable,
  { language }: Context,
  random: Random,
): QuestionDraft | undefined {
  // The largest line of one report says nothing of another's; the one that grew most does.
  const sizes = table.document === other.document ? random.sample(valueOrders(table), 1) : [];
  for (const order of random.shuffle([...growthOrder(table), ...sizes])) {
    const rank = random.integer(0, 1);
    const row = placed(order, rank === 1);
    const line = row === undefined ? undefined : rowNamed(other, row.name);
    if (row === undefined || line === undefined) continue;
    // The same year in a newer report of the same body may state the very figure that tells the row.
    const own = table.document === other.document;
    const columns = figuresOf(other).filter((column) =>
      row.figures.every(({ column: used }) => used.header !== other.columns[column]?.header),
    );
    const [answer] = random.sample(
      columns.flatMap((column) => figureAt(other, line, column) ?? []),
      1,
    );
    // What two places state is looked up in either.
    const twice = row.figures.some(({ cell }) => cell.value === answer?.cell.value);
    if (answer === undefined || twice) continue;
    const aside = table.rows.some(({ total }) => total) ? (`${order.kind}Aside` as const) : order.kind;
    const slots = {
      ...order.slots,
      table: table.name,
      document: table.document.title,
      rank: ranks[language][rank] ?? '',
    };
    const rest: Proof[] = proofsOf(order.rows.flatMap(({ figures }) => figures));
    return {
      slots: {
        clue: clues[aside].say(language, slots),
        place: places[own ? 'own' : 'other'].say(language, { in: other.name, other: other.document.title }),
        wanted: answer.column.header,
      },
      gold: [answer.cell.value],
      rationale: [...row.figures, answer].map(told).join('\n'),
      proof: [...proofsOf([answer]), ...rest],
    };
  }
  return undefined;
}

/** Rows that a condition leaves: the first of two is easily guessed. */
const leastLeft = 3;

/** A cell of the row that leads those which meet a condition on another column. */
function amongRows(table: ReportTable, { language }: Context, random: Random): QuestionDraft | undefined {
  const columns = comparableColumns(table);
  const filters = columns.length < 2 ? [] : filtersOf(table, language).filter(({ rows }) => rows.length >= leastLeft);
  for (const filter of random.shuffle(filters)) {
    const [by, wanted] = random.sample(
      columns.filter((column) => column !== filter.column),
      2,
    );
    const figures = by === undefined ? undefined : within(filter, table, by);
    const header = table.columns[by ?? -1]?.header ?? '';
    if (figures === undefined || wanted === undefined) continue;
    const rank = random.integer(0, 1);
    const rows = figures.map((figure) => ({ name: figure.row.name, value: figure.number, figures: [figure] }));
    const row = placed({ kind: 'value', slots: {}, rows }, rank === 1);
    const [found] = row?.figures ?? [];
    const answer = found === undefined ? undefined : figureAt(table, found.row, wanted);
    // Who skips the condition must come to another row.
    const all = comparable(table, by ?? -1)?.toSorted((a, b) =>
      rank === 1 ? a.number - b.number : b.number - a.number,
    );
    if (found === undefined || answer === undefined || answer.cell.value === found.cell.value) continue;
    if (all?.[0]?.row === found.row) continue;
    const clue = table.rows.some(({ total }) => total) ? clues.amongAside : clues.among;
    const slots = { rank: ranks[language][rank] ?? '', column: header, condition: filter.said };
    return {
      slots: {
        clue: clue.say(language, { ...slots, where: whereOf(table, language) }),
        place: places.same.say(language, {}),
        wanted: answer.column.header,
      },
      gold: [answer.cell.value],
      rationale: [...figures, answer].map(told).join('\n'),
      proof: proofsOf([answer, found, ...figures, ...filter.looked]),
    };
  }
  return undefined;
}

export const tableLookup: QuestionGenerator = {
  id: 'table-lookup',
  version: 3,
  task: 'T1',
  subtask: 'retrieval through another table, among near duplicates',
  asks: 'Asks for a cell whose row is told by its place in an order that another table or report gives, or among the rows that a condition leaves.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 140,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the figure as it is printed, on one line.',
    zh: '请在[答案]后用一行写出该数字，与原文写法一致。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random) {
    const all = contextTables(context);
    for (const table of random.shuffle(all))
      for (const other of random.shuffle(partners(table, all))) {
        const draft = lookup(table, other, context, random);
        if (draft !== undefined) return draft;
      }
    for (const table of random.shuffle(all)) {
      const draft = amongRows(table, context, random);
      if (draft !== undefined) return draft;
    }
    return 'no two tables that have rows in common, and none with columns to choose rows by';
  },
  solve,
};
