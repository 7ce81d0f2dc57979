/**
 * @file Ratios that people form of the figures of two tables: an amount as a percentage of a headline amount, an amount for each person.
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
  /** Of two amounts in one unit: told in percent. */
  readonly percent: boolean;
  /** Equal for the same ratio in another year or document. */
  readonly key: string;
}

/** Tables of what comes in, which costs and spending are told as a percentage of. */
const comesIn = /revenue|\bsales\b|turnover|营业收入|营业额/i;
const spent =
  /cost|expens|income statement|profit|loss|invest|capital expenditure|capex|spend|research|wages|personnel|economic value|成本|费用|利润|投资|支出|研发|薪酬/i;
/** What is left of it. */
const left = /profit|loss|margin|result|cost|expens|利润|亏损|毛利|成本|费用/i;
/** Totals that others are told for each unit of. */
const made = /\boutput\b|\bproduction\b|\bgeneration\b|产量|上网电量|发电量/i;

const headline =
  /^(?:total |net |consolidated |operating |group )*(?:revenues?|sales|turnover|assets|income|output|gross value added|production|generation|consumption)$|^(?:营业)?(?:总)?收入$|^资产[合总]计$|^净资产$|^总资产$/i;
const people =
  /\bpopulation\b|\binhabitants?\b|\bemployees?\b|\bheadcount\b|\bstaff\b|\bworkforce\b|\bjobs\b|\bpersons?\b|人口|员工|职工|人数/i;
const personUnit = /^(?:persons?|people|employees|人|万人)$/i;

/** Whether a figure is a number of people. */
export const counts = ({ table, column, row }: Figure): boolean =>
  people.test(`${table.name} ${column.header} ${row.name}`) || personUnit.test(column.unit ?? '');

/** What others are measured by: a headline amount, or the total number of people. */
function isBase(figure: Figure): boolean {
  if (figure.number <= 0 || isRate(figure)) return false;
  const { row, table } = figure;
  return (
    headline.test(row.name) || (row.total && (counts(figure) || comesIn.test(table.name) || made.test(table.name)))
  );
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
  if (over.table === under.table || isRate(over) || counts(over) || over.column.unit === undefined) return undefined;
  if (yearSaid(over.column) !== yearSaid(under.column)) return undefined;
  const key = keyOf(over, under);
  // Sums are told for each person of all, not of one department.
  if (counts(under) && !under.row.total) return undefined;
  const isHeadline = over.row.total || headline.test(over.row.name);
  if (counts(under) || (made.test(under.table.name) && !sameUnit(over.column, under.column)))
    // For each head or tonne people tell what there is of a thing in all.
    return isHeadline && (over.column.scale ?? 1) > 1 && (counts(under) || under.column.unit !== undefined)
      ? { over, under, year, percent: false, key }
      : undefined;
  // A total in a table of revenue and profit is one of the two.
  const isRevenue = comesIn.test(under.table.name) && !left.test(`${under.table.name} ${under.row.name}`);
  const base = comesIn.test(under.row.name) || (under.row.total && isRevenue);
  if (isHeadline || !base || !spent.test(over.table.name) || comesIn.test(over.table.name)) return undefined;
  if (!sameUnit(over.column, under.column)) return undefined;
  return over.number < 5 * under.number ? { over, under, year, percent: true, key } : undefined;
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

/** Its value, in percent where it is told so. */
export function ratioValue({ over, under, percent }: Ratio): Exact {
  const whole = times(exact(over.number), exact(percent ? 100 : 1));
  // A base is positive.
  return dividedBy(whole, exact(under.number)) ?? exact(0);
}

/** As a floating number, for comparisons with a gap. */
export const sizeOf = ({ over, under, percent }: Ratio): number => ((percent ? 100 : 1) * over.number) / under.number;

/** Whether two ratios can be compared: percentages always, others in one unit. */
export const comparable = (a: Ratio, b: Ratio): boolean =>
  a.key === b.key &&
  a.percent === b.percent &&
  (a.percent || (sameUnit(a.over.column, b.over.column) && sameUnit(a.under.column, b.under.column)));
