/**
 * @file What changed between two years: the figures of a row in two columns of one table, or of two tables of the same layout in an older and
 * a newer report.
 */
import {
  alike,
  columnOfYear,
  type Figure,
  figureAt,
  isPart,
  isRate,
  plainTotals,
  type ReportTable,
  rowNamed,
  sameIssuer,
  sameUnit,
  yearSaid,
  yearsOf,
} from './report-tables.ts';

/** A row's figure in an earlier and in a later year. */
export interface Growth {
  readonly name: string;
  readonly from: Figure;
  readonly to: Figure;
  /** In percent of the earlier. */
  readonly percent: number;
  /** Whether the row sums up others. */
  readonly total: boolean;
}

/** Two columns whose figures can be compared row by row. */
export interface Period {
  readonly older: ReportTable;
  readonly newer: ReportTable;
  readonly from: number;
  readonly to: number;
}

/** Both years as the headings write them. */
export function saidYears({ older, newer, from, to }: Period): { readonly from: string; readonly to: string } {
  const [a, b] = [older.columns[columnOfYear(older, from) ?? -1], newer.columns[columnOfYear(newer, to) ?? -1]];
  return { from: a === undefined ? String(from) : yearSaid(a), to: b === undefined ? String(to) : yearSaid(b) };
}

/** Those of a growth. */
export const yearsOfGrowth = ({ from, to }: Growth): { readonly from: string; readonly to: string } => ({
  from: yearSaid(from.column),
  to: yearSaid(to.column),
});

/** Equal for periods whose years are written alike. */
export function yearsKey(period: Period): string {
  const { from, to } = saidYears(period);
  return `${from}\n${to}`;
}

/** The first and last year of a table. */
export function periodOf(table: ReportTable): Period | undefined {
  const years = yearsOf(table);
  const [from, to] = [years[0], years.at(-1)];
  return from === undefined || to === undefined || from === to ? undefined : { older: table, newer: table, from, to };
}

/** From the first year of an older report's table to the last of a newer one's: longer than either tells. */
export function longPeriod(older: ReportTable, newer: ReportTable): Period | undefined {
  const [first, last] = [yearsOf(older), yearsOf(newer)];
  const [from, to] = [first[0], last.at(-1)];
  if (from === undefined || to === undefined || !alike(older, newer) || !sameIssuer(older.document, newer.document))
    return undefined;
  return from < (last[0] ?? from) && to > (first.at(-1) ?? to) ? { older, newer, from, to } : undefined;
}

/** What each row that both have did; only amounts above zero have a growth. */
export function growthsOf({ older, newer, from, to }: Period): Growth[] {
  const [a, b] = [columnOfYear(older, from), columnOfYear(newer, to)];
  const [left, right] = [older.columns[a ?? -1], newer.columns[b ?? -1]];
  if (a === undefined || b === undefined || left === undefined || right === undefined || !sameUnit(left, right))
    return [];
  return older.rows.flatMap((row): Growth[] => {
    const other = rowNamed(newer, row.name);
    const one = figureAt(older, row, a);
    const two = other === undefined ? undefined : figureAt(newer, other, b);
    if (one === undefined || two === undefined || one.number <= 0 || two.number <= 0) return [];
    if (isRate(one) || isRate(two)) return [];
    const percent = (100 * (two.number - one.number)) / one.number;
    return [{ name: row.name, from: one, to: two, percent, total: row.total || two.row.total }];
  });
}

/** Growths beyond this start near nothing, and nobody tells them in percent. */
const mostPercent = 200;
const leastCount = 10;

/** What is left of others is no row beside them: it is never added to them. */
export const isBalance = (name: string): boolean =>
  /\b(?:surplus|deficit|profit|loss|net|balance|result|ebitd?a|earnings|overall position)\b|结余|盈余|亏损|净额|净利|利润|余额/i.test(
    name,
  );

/** Whether a growth is one that people tell: of a row by itself, from a figure that is not small. */
export const isTelling = ({ name, percent, from, to, total }: Growth): boolean =>
  !total &&
  !isPart(name) &&
  Math.abs(percent) <= mostPercent &&
  [from, to].every(({ cell, number }) => number >= leastCount || /\.\d/.test(cell.value));

/** Both figures. */
export const figuresOfGrowth = ({ from, to }: Growth): Figure[] => [from, to];

const known = new WeakMap<readonly ReportTable[], readonly Period[]>();

/** Periods of pairs of tables in two documents, the older report first. */
export function longPeriods(tables: readonly ReportTable[]): readonly Period[] {
  const found =
    known.get(tables) ?? tables.flatMap((older) => tables.flatMap((newer) => longPeriod(older, newer) ?? []));
  known.set(tables, found);
  return found;
}

/** What every row but totals did; undefined where one has no growth, or readers may disagree on what a total is. */
export function wholeGrowths(period: Period): Growth[] | undefined {
  const { older, newer } = period;
  const growths = growthsOf(period).filter(({ total }) => !total);
  const counted = older.rows.filter(
    ({ name, total }) => !total && (older === newer || rowNamed(newer, name) !== undefined),
  );
  const isOneKind = counted.every(({ name }) => !isBalance(name));
  return isOneKind &&
    counted.length === growths.length &&
    growths.length > 0 &&
    plainTotals(older) &&
    plainTotals(newer)
    ? growths
    : undefined;
}
