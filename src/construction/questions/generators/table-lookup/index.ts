/**
 * @file T1: a cell whose row is told by what stands elsewhere in its table or in another: the largest figure of a column, the largest growth.
 * Rows of the same name stand in the tables of other years and other reports.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import {
  comparable,
  comparableColumns,
  countedRows,
  extremeSaid,
  figureSaid,
  whereOf,
} from '../../views/tables/filters.ts';
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
  yearsOf,
} from '../../views/tables/report-tables.ts';
import { areBands, areCodes, isAccount, isSpell, rowNoun } from '../../views/tables/row-kinds.ts';
import { solve } from './solve.ts';
import { aside, asked, clues, plainNoun, wanted } from './wordings.ts';

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

/** Measures that people single a row out by. */
const natural =
  /area|population|height|length|altitude|elevation|depth|price|cost|amount|total|revenue|income|sales|value|output|budget|passengers|visitors|calls|employees|headcount|capacity|weight|speed|change|growth|面积|人口|高度|海拔|长度|价|总|额|产值|收入|支出|产量|销量|人次|人数|容量|重量|增减|增长|增幅/i;

const isNatural = ({ header, year, rest }: ReportColumn): boolean =>
  natural.test(header) || (year !== undefined && rest.length < 2);

function valueOrders(table: ReportTable, wide: boolean): Order[] {
  if (table.unlike || !plainTotals(table)) return [];
  const counted = countedRows(table);
  return comparableColumns(table).flatMap((at): Order[] => {
    const rows = (comparable(table, at) ?? []).map((figure): Valued => {
      return { name: figure.row.name, value: figure.number, figures: [figure] };
    });
    const column = table.columns[at];
    if (column === undefined || isSpell(column) || rows.length < counted.length) return [];
    if (!wide && !isNatural(column)) return [];
    return [{ kind: 'value', slots: {}, column, rows }];
  });
}

/** The row at an end of an order, where it is clearly there. */
function placed({ kind, rows }: Order, lowest: boolean): Valued | undefined {
  const sign = lowest ? -1 : 1;
  const [found, next] = [...rows].sort((a, b) => sign * (b.value - a.value));
  if (found === undefined || next === undefined || (kind === 'growth' && (lowest || found.value <= 0)))
    return undefined;
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

/** Share of the rows that may have the figure that is asked for: what most rows have is guessed. */
const mostAlike = 0.34;

/** Whether few of a table's rows have a figure. */
function isTelling(table: ReportTable, at: number, value: string): boolean {
  const rows = countedRows(table);
  return rows.filter((row) => row.cells[at]?.value === value).length <= Math.max(1, mostAlike * rows.length);
}

/** The row as a question calls it. */
function nounOf(table: ReportTable, language: Context['language']): string {
  const noun = rowNoun(table, language);
  if (noun !== undefined) return noun;
  const plain = plainNoun[language];
  return table.rows.some(({ total }) => total) ? aside.say(language, { noun: plain }) : plain;
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
    wantedColumns(table, other, order).flatMap((column) => {
      const figure = figureAt(other, line, column);
      return figure === undefined || !isTelling(other, column, figure.cell.value) ? [] : [figure];
    }),
    1,
  );
  const twice = table !== other && row.figures.some(({ cell }) => cell.value === answer?.cell.value);
  if (answer === undefined || twice) return undefined;
  const place = table === other ? 'same' : table.document === other.document ? 'own' : 'other';
  const figure = figureSaid(answer.column, language);
  return {
    slots: {
      clue: clues[order.kind === 'growth' ? 'growth' : 'extreme'].say(language, {
        ...order.slots,
        extreme: order.column === undefined ? '' : extremeSaid(order.column, lowest, language),
        noun: nounOf(table, language),
        where: whereOf(table, language),
      }),
      wanted: wanted[place].say(language, { figure, in: other.name, other: other.document.title }),
    },
    gold: [answer.cell.value],
    rationale: [...row.figures, answer].map(told).join('\n'),
    proof: [...proofsOf([answer]), ...proofsOf(order.rows.flatMap(({ figures }) => figures))],
  };
}

/** A cell whose row an order of one table tells; `wide`: by whatever column. */
function lookup(
  [table, other]: readonly [ReportTable, ReportTable],
  wide: boolean,
  context: Context,
  random: Random,
): QuestionDraft | undefined {
  // The largest line of one report says nothing of another's; the one that grew most does.
  const isOwn = table.document === other.document;
  const sizes = isOwn && !isAccount(table) ? random.sample(valueOrders(table, wide), 2) : [];
  for (const order of random.shuffle([...growthOrder(table), ...sizes])) {
    const draft = draftOf([table, other], order, context, random);
    if (draft !== undefined) return draft;
  }
  return undefined;
}

export const tableLookup: QuestionGenerator = {
  id: 'table-lookup',
  version: 6,
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
    const all = contextTables(context).filter((table) => !areBands(table) && !areCodes(table));
    const two = random
      .shuffle(all)
      .flatMap((table) => random.shuffle(partners(table, all)).map((other) => [table, other] as const));
    const one = random
      .shuffle(all)
      .flatMap((table) => (countedRows(table).length < leastOfOne ? [] : [[table, table] as const]));
    // Rows that have a word for them, and measures that people single them out by, come first.
    for (const wide of [false, true])
      for (const pair of [...two, ...one]) {
        if (!wide && rowNoun(pair[0], context.language) === undefined) continue;
        const draft = lookup(pair, wide, context, random);
        if (draft !== undefined) return draft;
      }
    return 'no table that tells one of its rows from the others';
  },
  solve,
};
