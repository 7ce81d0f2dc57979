/** @file A figure that is reckoned, and the total that shares are taken of. */
import type { QuestionLanguage } from '../../language.ts';
import { dividedBy, type Exact, exact, minus, sumOf, times } from '../../views/exact.ts';
import { countedRows } from '../../views/tables/filters.ts';
import { type Figure, figureAt, isRate, plainTotals, type ReportTable } from '../../views/tables/report-tables.ts';
import { type whats, wholes } from './wordings.ts';

/** A figure with what it is reckoned from. */
export interface Reckoned {
  readonly kind: keyof typeof whats;
  readonly slots: Readonly<Record<string, string>>;
  readonly value: Exact | undefined;
  readonly figures: readonly Figure[];
  /** Decimals of the gold, one where nothing is said; `stated`: as many as it has. */
  readonly decimals?: number | 'stated';
  /** Whether one of the growths is a fall. */
  readonly falls?: boolean;
}

const hundred = exact(100);

export const sumFigures = (figures: readonly Figure[]): Exact => sumOf(figures.map(({ number }) => exact(number)));

export const percentOf = (part: Exact, whole: Exact): Exact | undefined => dividedBy(times(hundred, part), whole);

/** What some figures grew by together, in percent. */
export const growthIn = (from: readonly Figure[], to: readonly Figure[]): Exact | undefined =>
  percentOf(minus(sumFigures(to), sumFigures(from)), sumFigures(from));

/** The only total of a table whose other rows add up to it in a column; undefined where there is none. */
export function wholeOf(
  table: ReportTable,
  column: number,
): { readonly total: Figure; readonly parts: Figure[] } | undefined {
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

/** Totals that are called so and no more. */
const bareTotal = /^(?:totals?|grand total|sum|all|合计|总计|共计|小计|总额)$/i;

/** The total as a share is taken of it. */
export const wholeSaid = ({ row }: Figure, language: QuestionLanguage): string =>
  bareTotal.test(row.name.trim()) ? wholes.bare.say(language, {}) : wholes.named.say(language, { total: row.name });
