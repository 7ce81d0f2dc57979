/**
 * @file What makes a comparison of rows or columns an empty one: rows that split one total in several ways, and columns that state one thing in two
 * units.
 */
import { figureAt, figuresOf, type ReportTable } from './report-tables.ts';

/** Ways in which people are split: one table may have several below each other. */
const splits: readonly RegExp[] = [
  /^(?:男性?|女性?|(?:fe)?males?|(?:wo)?men|boys|girls)$/i,
  /^(?:城镇|城市|乡村|农村|urban|rural)/i,
  /^\d+(?: ?[-–—~至] ?\d+)? ?(?:岁|years)|^\d+岁?(?:及|以)|^(?:aged?|under|over) \d+|^\d+ (?:and|or) over$/i,
];
/** Figures are rounded. */
const close = { total: 0.005, ratio: 0.03 };
/** Of small figures rounding leaves no ratio: they are this share of the greatest at most. */
const small = 0.05;

/** How many runs of rows in a column come to the same total. */
function runsTo(total: number, numbers: readonly number[]): number {
  let [sum, length, runs] = [0, 0, 0];
  for (const number of numbers) {
    sum += number;
    length++;
    if (Math.abs(sum - total) <= close.total * total && length > 1) {
      runs++;
      [sum, length] = [0, 0];
    } else if (sum > total) [sum, length] = [0, 0];
  }
  return runs;
}

/** Whether a table splits one thing in several ways, as by sex and by age: the lowest of such lines is the lowest of nothing. */
export function mixesSplits(table: ReportTable): boolean {
  const named = splits.filter((split) => table.rows.some(({ name }) => split.test(name.trim()))).length;
  if (named > 1) return true;
  return figuresOf(table).some((column) => {
    const numbers = table.rows.flatMap((row) => figureAt(table, row, column)?.number ?? []);
    const [whole = 0, ...others] = numbers;
    return whole > 0 && runsTo(whole, others) > 1;
  });
}

/** Whether two columns of a table state one thing in two units, as a number and its share: each row tells the same of both. */
export function areOneVariable(table: ReportTable, one: number, other: number): boolean {
  const pairs = table.rows.flatMap((row) => {
    const [a, b] = [row.cells[one]?.number, row.cells[other]?.number];
    return a === undefined || b === undefined || a === 0 || row.total ? [] : [{ a, b }];
  });
  const greatest = Math.max(...pairs.map(({ a }) => Math.abs(a)));
  const large = pairs.filter(({ a }) => Math.abs(a) > small * greatest);
  const ratios = (large.length > 2 ? large : pairs).map(({ a, b }) => b / a);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return ratios.length > 2 && least > 0 && most - least <= close.ratio * most;
}
