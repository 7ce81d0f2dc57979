/**
 * @file Ratios that people form of the figures of two tables: an amount as a percentage of a headline amount, an amount for each person.
 */
import { dividedBy, type Exact, exact, times } from './exact.ts';
import {
  columnOfYear,
  type Figure,
  figureAt,
  folded,
  isRate,
  type ReportTable,
  sameUnit,
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

const headline =
  /^(?:total |net |consolidated |operating |group )*(?:revenues?|sales|turnover|assets|income|output|gross value added|production|generation|consumption)$|^(?:营业)?(?:总)?收入$|^资产[合总]计$|^净资产$|^总资产$/i;
const people =
  /\bpopulation\b|\binhabitants?\b|\bemployees?\b|\bheadcount\b|\bstaff\b|\bworkforce\b|\bjobs\b|\bpersons?\b|人口|员工|职工|人数/i;
const personUnit = /^(?:persons?|people|employees|人|万人)$/i;

const counts = ({ table, column, row }: Figure): boolean =>
  people.test(`${table.name} ${column.header} ${row.name}`) || personUnit.test(column.unit ?? '');

/** What others are measured by: a headline amount, or the total number of people. */
function isBase(figure: Figure): boolean {
  if (figure.number <= 0 || isRate(figure)) return false;
  return (
    headline.test(figure.row.name) ||
    (figure.row.total && (counts(figure) || /^total$|^[合总]计$/i.test(figure.row.name)))
  );
}

function figuresOfYear(table: ReportTable, year: number): Figure[] {
  const column = columnOfYear(table, year);
  if (column === undefined || table.unlike) return [];
  return table.rows.flatMap((row) => figureAt(table, row, column) ?? []).filter(({ number }) => number > 0);
}

const keyOf = (over: Figure, under: Figure): string =>
  [over.table.name, over.row.name, under.table.name, under.row.name].map(folded).join('/');

/** The ratio that two figures make, where people form it. */
function ratioOf(over: Figure, under: Figure, year: number): Ratio | undefined {
  if (over.table === under.table || over.row.total || isRate(over) || headline.test(over.row.name)) return undefined;
  const key = keyOf(over, under);
  if (counts(under)) {
    if (counts(over) || over.column.unit === undefined) return undefined;
    return { over, under, year, percent: false, key };
  }
  if (counts(over) || over.column.unit === undefined || !sameUnit(over.column, under.column)) return undefined;
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
