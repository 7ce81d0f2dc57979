/**
 * @file T4: a figure that no cell states, reckoned from cells of the tables of a document: what rows grew by together, how far two growths are
 * apart, how a share of the total changed, what the largest rows make up.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { approximate, dividedBy, type Exact, exact, minus, rounded, sumOf, times } from '../../views/exact.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { countedRows, drawFigures, filtersOf, isAlone, kindsOf } from '../../views/tables/filters.ts';
import {
  type Growth,
  growthsOf,
  isBalance,
  isTelling,
  periodOf,
  yearsOfGrowth as years,
} from '../../views/tables/growths.ts';
import {
  columnOfYear,
  type Figure,
  figureAt,
  isPart,
  isRate,
  listed,
  plainTotals,
  proofsOf,
  type ReportTable,
  reportTables,
  sameUnit,
  told,
  yearSaid,
} from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked, whats } from './wordings.ts';

/** Rows that are taken together. */
const together = { least: 2, most: 3 };
/** The largest rows whose share is asked for, and the rows that there are at least. */
const largest = { rows: 3, of: 6 };
/** A change of a share that rounding does not make nothing of, in percentage points. */
const leastPoints = 0.2;

interface Reckoned {
  readonly kind: keyof typeof whats;
  readonly slots: Readonly<Record<string, string>>;
  readonly value: Exact | undefined;
  readonly figures: readonly Figure[];
}

const hundred = exact(100);
const sumFigures = (figures: readonly Figure[]): Exact => sumOf(figures.map(({ number }) => exact(number)));
const percentOf = (part: Exact, whole: Exact): Exact | undefined => dividedBy(times(hundred, part), whole);
const growthIn = (from: readonly Figure[], to: readonly Figure[]): Exact | undefined =>
  percentOf(minus(sumFigures(to), sumFigures(from)), sumFigures(from));

const telling = (table: ReportTable): Growth[] => {
  const period = periodOf(table);
  return period === undefined ? [] : growthsOf(period).filter(isTelling);
};

/** Whether rows of a table are of one kind, so that some of them can be taken together: parts of its total, or with no balance among them. */
function addsUp(table: ReportTable): boolean {
  const period = periodOf(table);
  if (table.rows.some(({ name }) => isBalance(name)) || period === undefined) return false;
  return (
    table.rows.every(({ total }) => !total) || wholeOf(table, columnOfYear(table, period.from) ?? -1) !== undefined
  );
}

function combinedGrowth(table: ReportTable, random: Random, context: Context): Reckoned[] {
  const growths = telling(table);
  const [first] = growths;
  if (first === undefined || table.unlike || first.from.column.unit === undefined) return [];
  if (growths.length <= together.least || !addsUp(table)) return [];
  const rows = random.sample(growths, random.integer(together.least, Math.min(together.most, growths.length - 1)));
  const [from, to] = [rows.map((row) => row.from), rows.map((row) => row.to)];
  const slots = {
    rows: listed(
      rows.map(({ name }) => name),
      context.language,
    ),
    table: table.name,
    ...years(first),
  };
  return [{ kind: 'growth', slots, value: growthIn(from, to), figures: [...from, ...to] }];
}

/** Rows of one table, or the totals of two. */
function growthsApart(tables: readonly ReportTable[], random: Random): Reckoned[] {
  const totals = tables.flatMap((table) => {
    const period = periodOf(table);
    return (period === undefined ? [] : growthsOf(period)).filter(({ total }) => total);
  });
  const [seed] = random.sample(totals, 1);
  // People do not set money against cases.
  const like = totals.filter(
    ({ to: { column } }) => seed !== undefined && column.unit !== undefined && sameUnit(column, seed.to.column),
  );
  const alike = tables.filter((table) => !table.unlike && !table.rows.some(({ name }) => isBalance(name)));
  const pairs = [random.sample(like, 2), ...alike.map((table) => random.sample(telling(table), 2))];
  return pairs.flatMap(([a, b]): Reckoned[] => {
    if (a === undefined || b === undefined || years(a).from !== years(b).from || years(a).to !== years(b).to) return [];
    const [more, less] = a.percent > b.percent ? [a, b] : [b, a];
    const [one, other] = [growthIn([more.from], [more.to]), growthIn([less.from], [less.to])];
    if (one === undefined || other === undefined || more.percent - less.percent < leastPoints) return [];
    const named = {
      one: more.name,
      oneTable: more.from.table.name,
      other: less.name,
      otherTable: less.from.table.name,
    };
    const figures = [more.from, more.to, less.from, less.to];
    const kind = named.oneTable === named.otherTable ? 'apart' : 'totals';
    return [{ kind, slots: { ...named, ...years(a) }, value: minus(one, other), figures }];
  });
}

/** The only total of a table whose other rows add up to it in a column; undefined where there is none. */
function wholeOf(table: ReportTable, column: number): { readonly total: Figure; readonly parts: Figure[] } | undefined {
  const totals = table.rows.filter(({ total }) => total);
  const [row] = totals;
  if (row === undefined || totals.length > 1 || table.unlike || !plainTotals(table)) return undefined;
  const total = figureAt(table, row, column);
  const others = countedRows(table);
  const parts = others.flatMap((other) => figureAt(table, other, column) ?? []);
  if (total === undefined || total.number <= 0 || isRate(total) || parts.length < others.length) return undefined;
  const sum = parts.reduce((all, { number }) => all + number, 0);
  const fits = Math.abs(sum - total.number) <= 0.005 * total.number && parts.every(({ number }) => number >= 0);
  return fits ? { total, parts } : undefined;
}

function shareChange(table: ReportTable, random: Random): Reckoned[] {
  const period = periodOf(table);
  if (period === undefined) return [];
  const [a, b] = [period.from, period.to].map((year) => wholeOf(table, columnOfYear(table, year) ?? -1));
  if (a === undefined || b === undefined) return [];
  return random.sample(a.parts, 2).flatMap((part): Reckoned[] => {
    const later = b.parts.find(({ row }) => row === part.row);
    if (later === undefined || isPart(part.row.name) || part.number === 0) return [];
    const shares = [
      percentOf(exact(part.number), exact(a.total.number)),
      percentOf(exact(later.number), exact(b.total.number)),
    ];
    const [before, after] = shares;
    if (before === undefined || after === undefined) return [];
    const value = minus(after, before);
    if (Math.abs(approximate(value)) < leastPoints) return [];
    const slots = {
      row: part.row.name,
      total: a.total.row.name,
      table: table.name,
      from: yearSaid(a.total.column),
      to: yearSaid(b.total.column),
    };
    return [{ kind: 'share', slots, value, figures: [part, a.total, later, b.total] }];
  });
}

function largestShare(table: ReportTable, random: Random): Reckoned[] {
  const columns = table.columns.flatMap(({ figures }, i) => (figures ? [i] : []));
  return random.sample(columns, 2).flatMap((column): Reckoned[] => {
    const whole = wholeOf(table, column);
    if (whole === undefined || whole.parts.length < largest.of) return [];
    const order = [...whole.parts].sort((x, y) => y.number - x.number);
    const [last, next] = [order[largest.rows - 1], order[largest.rows]];
    if (last === undefined || next === undefined || last.number === next.number) return [];
    const top = order.slice(0, largest.rows);
    const header = table.columns[column]?.header ?? '';
    const slots = { table: table.name, total: whole.total.row.name, column: header };
    return [
      {
        kind: 'top',
        slots,
        value: percentOf(sumFigures(top), exact(whole.total.number)),
        figures: [...order, whole.total],
      },
    ];
  });
}

/** Rows that are averaged, and how large their figures are at least: of small ones one decimal says little. */
const averaged = { rows: 3, least: 5, tries: 6 };

/** The average of a column over the rows that a condition on another leaves. */
function averages(table: ReportTable, random: Random, { language }: Context): Reckoned[] {
  // Where a table tells of several years, nobody averages the lines that were above a bound in one.
  const fitting = periodOf(table) === undefined ? filtersOf : kindsOf;
  const filters = fitting(table, language).filter(({ rows }) => rows.length >= averaged.rows);
  return random.sample(filters, averaged.tries).flatMap((filter): Reckoned[] => {
    const figures = drawFigures(filter, table, random) ?? [];
    const [first] = figures;
    if (first === undefined || figures.some(({ number }) => Math.abs(number) < averaged.least)) return [];
    const slots = {
      table: isAlone(table) ? table.document.title : table.name,
      column: first.column.header,
      condition: filter.said,
    };
    const value = dividedBy(sumFigures(figures), exact(figures.length));
    if (value === undefined || rounded(value, 1) === undefined) return [];
    return [{ kind: 'average', slots, value, figures: [...figures, ...filter.looked] }];
  });
}

function reckonings(context: Context, random: Random): (Reckoned & { readonly document: string })[] {
  return context.documents.flatMap((document) => {
    const tables = reportTables(document);
    const all = [
      ...growthsApart(tables, random),
      ...tables.flatMap((table) => [
        ...combinedGrowth(table, random, context),
        ...shareChange(table, random),
        ...largestShare(table, random),
        ...averages(table, random, context),
      ]),
    ];
    return all.map((one) => ({ ...one, document: document.title }));
  });
}

export const tableCalculation: QuestionGenerator = {
  id: 'table-calculation',
  version: 5,
  task: 'T4',
  subtask: 'single-document table calculation',
  asks: 'Asks for a growth, the difference of two growths, the change of a share or a share of the total, an average over rows that meet a condition, from the tables of a document.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 384,
  reserve: 120,
  turns: 2,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the number alone, without a percent sign.',
    zh: '请在[答案]后只写数字，不写百分号。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const kinds = random.shuffle(Object.keys(whats) as (keyof typeof whats)[]);
    const all = random.shuffle(reckonings(context, random));
    // Kinds take turns: of some every table has several.
    const inTurn = kinds.flatMap((kind) => all.filter((one) => one.kind === kind).slice(0, 2));
    for (const { kind, slots, value, figures, document } of spreadFirst(inTurn, (one) =>
      spreadOf(context, proofsOf(one.figures)),
    )) {
      const gold = value === undefined ? undefined : rounded(value, 1);
      if (gold === undefined || Number(gold) === 0) continue;
      return {
        slots: { document, what: whats[kind].say(context.language, slots) },
        gold: [gold],
        rationale: figures.map(told).join('; '),
        proof: proofsOf(figures),
      };
    }
    return 'no table whose figures can be reckoned with';
  },
  solve,
};
