/** @file Rows that sum up others, and rows that only name those under them. */
import type { Cell, TableRow } from './table.ts';

const says =
  /^(?:(?:grand |sub-?|net )?totals?|subtotals?|overall|sum|all|итого|всего|合\s*计|总\s*计|insgesamt|gesamt|ensemble|共\s*计|小\s*计|总\s*和|总\s*数|总额|汇总)(?:[:：]|$)/i;
const begins = /^(?:(?:grand |sub-?)?total|合计|总计|共计|小计)(?=[\s,:(（：])/i;
/** `All reservoirs`, as the last row. */
const all = /^(?:all|全部|所有)\b|^(?:全部|所有)/i;
const ends = /\b(?:sub-?)?totals?$|(?:合计|总计|小计)$/i;

/** Fewer addends hold by chance: 1, 2, 3. */
const leastAddends = 3;

const figureOf = (cell: Cell | undefined): number | undefined =>
  cell?.type === 'number' && cell.number !== undefined ? cell.number : undefined;

/** Decimals that a column shows: sums of rounded figures are off by half a unit each. */
const decimals = (cell: Cell): number => /[.,](\d{1,2})(?!\d)/.exec(cell.value)?.[1]?.length ?? 0;

interface Sums {
  /** Columns in which the row is the sum, and those of them whose figures have digits enough. */
  readonly holds: number;
  readonly sure: number;
  readonly fails: number;
  readonly addends: number;
}

/** `1 + 2 = 3` holds by chance, `279.9 + 108.7 = 388.6` does not. */
const sureDigits = 3;

/** In how many columns a row holds the sum of the rows in `open`. */
function sums(row: readonly Cell[], open: readonly (readonly Cell[])[]): Sums {
  let [holds, sure, fails] = [0, 0, 0];
  for (const [column, cell] of row.entries()) {
    const stated = figureOf(cell);
    if (stated === undefined || cell.unit === '%') continue;
    const addends = open.map((above) => figureOf(above[column])).filter((value) => value !== undefined);
    if (addends.length < 2) continue;
    const sum = addends.reduce((all, value) => all + value, 0);
    const near = 10 ** -decimals(cell) * (decimals(cell) === 0 ? 0.001 : 0.5 * addends.length);
    if (stated === 0 || Math.abs(sum - stated) > near) fails++;
    else {
      holds++;
      if (cell.value.replace(/\D/g, '').length >= sureDigits) sure++;
    }
  }
  return { holds, sure, fails, addends: open.length };
}

const isUniform = (cells: readonly Cell[]): boolean => cells.every(({ value }) => value === cells[0]?.value);

/**
 * A row whose first cell alone is filled, or which says the same in all columns.
 *
 * @param values What the other rows hold: `Yes | Yes | Yes` is no heading.
 */
function isHeading(cells: readonly Cell[], numeric: boolean, values: ReadonlySet<string>): boolean {
  const [first, ...others] = cells;
  if (first === undefined || others.length === 0 || first.type !== 'text') return false;
  if (isUniform(cells)) return !values.has(first.value);
  return (numeric || /[:：]$/.test(first.value)) && others.every(({ value }) => value === '');
}

const labelOf = (cells: readonly Cell[]): string => cells.find(({ type }) => type === 'text')?.value ?? '';

/** Marks totals and headings, and gives the rows under a heading its name. */
export function markRows(header: readonly string[], rows: readonly (readonly Cell[])[]): TableRow[] {
  const numeric = rows.some((row) => row.some((cell, column) => column > 0 && cell.type === 'number'));
  const values = new Set(rows.flatMap((row) => (isUniform(row) ? [] : row.map(({ value }) => value))));
  const marked: TableRow[] = [];
  let group: string | undefined;
  let subtotal: readonly Cell[] | undefined;
  // Rows since the last heading or total; and all rows that no total has summed up yet.
  let [open, parts]: [(readonly Cell[])[], (readonly Cell[])[]] = [[], []];
  for (const [i, cells] of rows.entries()) {
    if (cells.every(({ value }, column) => value === header[column]) && cells.some(({ value }) => value !== '')) {
      marked.push({ cells, total: false, heading: true });
      continue;
    }
    const next = rows[i + 1];
    if (isHeading(cells, numeric, values) && next !== undefined) {
      group = labelOf(cells).replace(/[:：]$/, '');
      marked.push({ cells, total: false, heading: true });
      open = [];
      continue;
    }
    const label = labelOf(cells);
    const last = next === undefined || isHeading(next, numeric, values);
    const total =
      numeric && isTotal(cells, label, last, [open, parts, subtotal === undefined ? [] : [subtotal, ...open]]);
    marked.push({
      cells,
      total,
      heading: false,
      ...(group === undefined || (total && says.test(label) && !/^sub|小计/i.test(label)) ? {} : { group }),
    });
    if (total) {
      subtotal = cells;
      parts = [...parts.slice(0, Math.max(0, parts.length - open.length)), cells];
      open = [];
    } else {
      open.push(cells);
      parts.push(cells);
    }
  }
  return marked;
}

function isTotal(
  cells: readonly Cell[],
  label: string,
  last: boolean,
  candidates: readonly (readonly (readonly Cell[])[])[],
): boolean {
  if (!cells.some(({ type }) => type === 'number')) return false;
  if (says.test(label)) return true;
  const found = candidates.map((open) => sums(cells, open));
  const adds = found.some(({ holds }) => holds > 0);
  // `Total Recall` is a film: a longer name must sum up, end a group, or go on in small letters.
  if (begins.test(label)) return last || adds || /^\S+\s+(?!\p{Lu})/u.test(label);
  if (ends.test(label)) return last || adds;
  if (all.test(label) && last) return true;
  return found.some(({ holds, sure, fails, addends }) => {
    if (fails > 0 || holds === 0) return false;
    if (sure >= 2) return true;
    return last && (holds >= 2 ? addends >= leastAddends || label === '' : addends > leastAddends);
  });
}
