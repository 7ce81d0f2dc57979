/**
 * @file T1: a cell whose row is told by what stands elsewhere in its table or in another: the largest figure of a column, the largest growth.
 * Rows of the same name stand in the tables of other years and other reports.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { comparable, comparableColumns, countedRows, whereOf } from '../../views/tables/filters.ts';
import { figuresOfGrowth, periodOf, saidYears, wholeGrowths } from '../../views/tables/growths.ts';
import { areOneVariable } from '../../views/tables/one-variable.ts';
import { leastShared, sharedRows } from '../../views/tables/quotients.ts';
import {
  alike,
  contextTables,
  type Figure,
  figureAt,
  figuresOf,
  plainTotals,
  proofsOf,
  type ReportColumn,
  type ReportTable,
  rowNamed,
  sameIssuer,
  told,
  yearSaid,
  yearsOf,
} from '../../views/tables/report-tables.ts';
import { solve } from './solve.ts';
import { asked, clues, places, figures as saidFigures } from './wordings.ts';

interface Valued {
  readonly name: string;
  readonly value: number;
  readonly figures: readonly Figure[];
}

/** Rows in an order, and how a question says it. */
interface Order {
  readonly kind: 'value' | 'growth';
  readonly slots: Readonly<Record<string, string>>;
  /** The only column that is looked at. */
  readonly column?: ReportColumn;
  readonly rows: readonly Valued[];
}

/** Rows of a table that is asked about by itself. */
const leastOfOne = 4;
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
  return [{ kind: 'growth', slots: saidYears(period), rows }];
}

function valueOrders(table: ReportTable, language: Context['language']): Order[] {
  if (table.unlike || !plainTotals(table)) return [];
  const counted = countedRows(table);
  return comparableColumns(table).flatMap((at): Order[] => {
    const rows = (comparable(table, at) ?? []).map((figure): Valued => {
      return { name: figure.row.name, value: figure.number, figures: [figure] };
    });
    const column = table.columns[at];
    if (column === undefined || rows.length < counted.length) return [];
    return [{ kind: 'value', slots: { figure: figureSaid(column, language) }, column, rows }];
  });
}

/** `figure for 2022`, `figure under “Share”`. */
const figureSaid = (column: ReportColumn, language: Context['language']): string =>
  column.rest === '' && column.year !== undefined
    ? saidFigures.year.say(language, { year: yearSaid(column) })
    : saidFigures.column.say(language, { column: column.header });

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
      ((alike(table, other) && sameIssuer(table.document, other.document)) ||
        (other.document === table.document && sharedRows(table, other).length >= leastShared)),
  );
}

/** Columns of the other table that can be asked for, once an order has told the row. */
function wantedColumns(table: ReportTable, other: ReportTable, { kind, column }: Order): number[] {
  // What both reports state is looked up in either; a report of another time has years of its own.
  const known = new Set(alike(table, other) ? yearsOf(table) : []);
  const period = kind === 'growth' && table === other ? periodOf(table) : undefined;
  return figuresOf(other).filter((at) => {
    const { header, year } = other.columns[at] ?? {};
    if (year !== undefined && known.has(year)) return false;
    if (period !== undefined) return year !== period.from;
    if (column === undefined) return true;
    const isTold = table === other && areOneVariable(table, at, table.columns.indexOf(column));
    return header !== column.header && !isTold;
  });
}

function draftOf(
  [table, other]: readonly [ReportTable, ReportTable],
  order: Order,
  { language }: Context,
  random: Random,
): QuestionDraft | undefined {
  const lowest = order.kind === 'value' && random.chance(0.4);
  const row = placed(order, lowest);
  const line = row === undefined ? undefined : rowNamed(other, row.name);
  if (row === undefined || line === undefined) return undefined;
  const [answer] = random.sample(
    wantedColumns(table, other, order).flatMap((column) => figureAt(other, line, column) ?? []),
    1,
  );
  const twice = table !== other && row.figures.some(({ cell }) => cell.value === answer?.cell.value);
  if (answer === undefined || twice) return undefined;
  const end = order.kind === 'growth' ? 'growth' : lowest ? 'lowest' : 'highest';
  const aside = table.rows.some(({ total }) => total) ? (`${end}Aside` as const) : end;
  const place = table === other ? 'same' : table.document === other.document ? 'own' : 'other';
  return {
    slots: {
      clue: clues[aside].say(language, { ...order.slots, where: whereOf(table, language) }),
      place: places[place].say(language, { in: other.name, other: other.document.title }),
      wanted: figureSaid(answer.column, language),
    },
    gold: [answer.cell.value],
    rationale: [...row.figures, answer].map(told).join('\n'),
    proof: [...proofsOf([answer]), ...proofsOf(order.rows.flatMap(({ figures }) => figures))],
  };
}

/** A cell whose row an order of one table tells. */
function lookup(table: ReportTable, other: ReportTable, context: Context, random: Random): QuestionDraft | undefined {
  // The largest line of one report says nothing of another's; the one that grew most does.
  const isOwn = table.document === other.document;
  const sizes = isOwn ? random.sample(valueOrders(table, context.language), 2) : [];
  for (const order of random.shuffle([...growthOrder(table), ...sizes])) {
    const draft = draftOf([table, other], order, context, random);
    if (draft !== undefined) return draft;
  }
  return undefined;
}

export const tableLookup: QuestionGenerator = {
  id: 'table-lookup',
  version: 5,
  task: 'T1',
  subtask: 'retrieval through another table, among near duplicates',
  asks: 'Asks for a cell whose row is told by its place in an order that another table or report gives, or the table itself.',
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
      const draft = countedRows(table).length < leastOfOne ? undefined : lookup(table, table, context, random);
      if (draft !== undefined) return draft;
    }
    return 'no table that tells one of its rows from the others';
  },
  solve,
};
