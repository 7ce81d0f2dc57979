/**
 * @file Ratios that people form of the figures of two tables: an amount as a percentage of a headline amount.
 */
import { dividedBy, type Exact, exact, times } from '../exact.ts';
import {
  columnOfYear,
  type Figure,
  figureAt,
  folded,
  isPart,
  isRate,
  type ReportTable,
  sameUnit,
  yearSaid,
  yearsOf,
} from './report-tables.ts';

/** Two figures of one year and document, from two tables. */
export interface Ratio {
  readonly over: Figure;
  readonly under: Figure;
  readonly year: number;
  /** Equal for the same ratio in another year or document. */
  readonly key: string;
}

/** Tables of what comes in, which costs and spending are told as a percentage of. */
const comesIn = /revenue|\bsales\b|turnover|营业收入|营业额/i;
const spent =
  /cost|expens|income statement|profit|loss|invest|capital expenditure|capex|spend|research|wages|personnel|economic value|成本|费用|利润|投资|支出|研发|薪酬/i;
/** What is left of it. */
const left = /profit|loss|margin|result|cost|expens|利润|亏损|毛利|成本|费用/i;
const headline =
  /^(?:total |net |consolidated |operating |group )*(?:revenues?|sales|turnover|assets|income|output|gross value added|production|generation|consumption)$|^(?:营业)?(?:总)?收入$|^资产[合总]计$|^净资产$|^总资产$/i;
/** What others are measured by: a headline amount. */
function isBase(figure: Figure): boolean {
  if (figure.number <= 0 || isRate(figure)) return false;
  const { row, table } = figure;
  return headline.test(row.name) || (row.total && comesIn.test(table.name));
}

function figuresOfYear(table: ReportTable, year: number): Figure[] {
  const column = columnOfYear(table, year);
  if (column === undefined || table.unlike) return [];
  return table.rows
    .filter(({ name }) => !isPart(name))
    .flatMap((row) => figureAt(table, row, column) ?? [])
    .filter(({ number }) => number > 0);
}

const keyOf = (over: Figure, under: Figure): string =>
  [over.table.name, over.row.name, under.table.name, under.row.name].map(folded).join('/');

/** The ratio that two figures make, where people form it. */
function ratioOf(over: Figure, under: Figure, year: number): Ratio | undefined {
  if (over.table === under.table || isRate(over) || over.column.unit === undefined) return undefined;
  if (yearSaid(over.column) !== yearSaid(under.column)) return undefined;
  const key = keyOf(over, under);
  // A total in a table of revenue and profit is one of the two.
  const isRevenue = comesIn.test(under.table.name) && !left.test(`${under.table.name} ${under.row.name}`);
  const base = comesIn.test(under.row.name) || (under.row.total && isRevenue);
  const isHeadline = over.row.total || headline.test(over.row.name);
  if (isHeadline || !base || !spent.test(over.table.name) || comesIn.test(over.table.name)) return undefined;
  if (!sameUnit(over.column, under.column)) return undefined;
  return over.number < 5 * under.number ? { over, under, year, key } : undefined;
}

/** Every ratio of a document's tables, for each year. */
export function ratiosOf(tables: readonly ReportTable[]): Ratio[] {
  const all = [...new Set(tables.flatMap(yearsOf))];
  return all.flatMap((year) => {
    const figures = tables.flatMap((table) => figuresOfYear(table, year));
    const bases = figures.filter(isBase);
    const named = new Set(bases.filter(({ row }) => headline.test(row.name)).map(({ number }) => number));
    // Where the same amount has a name of its own, nobody says "Total".
    const plain = bases.filter(({ row, number }) => headline.test(row.name) || !named.has(number));
    return plain.flatMap((under) => figures.flatMap((over) => ratioOf(over, under, year) ?? []));
  });
}

/** Its value in percent. */
export function ratioValue({ over, under }: Ratio): Exact {
  const whole = times(exact(over.number), exact(100));
  // A base is positive.
  return dividedBy(whole, exact(under.number)) ?? exact(0);
}
