/** @file Rows that sum up others, and rows that only name those under them. */
import { Statement } from './statements.ts';
import type { Cell, TableRow } from './table.ts';

const says =
  /^(?:(?:grand |sub-?|net )?totals?|subtotals?|overall|sum|all|итого|всего|合\s*计|总\s*计|insgesamt|gesamt|ensemble|共\s*计|小\s*计|总\s*和|总\s*数|总额|汇总)(?:[:：]|$)/i;
const begins = /^(?:(?:grand |sub-?)?total|合计|总计|共计|小计)(?=[\s,:(（：])/i;
/** `All reservoirs`, as the last row. */
const all = /^(?:all|全部|所有)\b|^(?:全部|所有)/i;
/** `Year` below the seasons, where one of its figures is their sum. */
const year = /^(?:(?:full|whole) )?year$|^全年$/i;
const ends = /\b(?:sub-?)?totals?$|(?:合计|总计|小计)$/i;

/** Fewer addends hold by chance: 1, 2, 3. */
const leastAddends = 3;

const figureOf = (cell: Cell | undefined): number | undefined =>
  cell?.type === 'number' && cell.number !== undefined ? cell.number : undefined;

/** Decimals that a column shows: sums of rounded figures are off by half a unit each. */
const decimals = (cell: Cell): number => /[.,](\d{1,2})(?!\d)/.exec(cell.value)?.[1]?.length ?? 0;

/** The sum of each column over some rows, kept as they come, so that a long table costs one look a row. */
class Sums {
  rows = 0;
  private readonly sums: number[] = [];
  private readonly counts: number[] = [];

  /** @param sign -1 takes a row out again */
  add(row: readonly Cell[], sign: 1 | -1 = 1): void {
    this.rows += sign;
    for (const [column, cell] of row.entries()) {
      const value = figureOf(cell);
      if (value === undefined) continue;
      this.sums[column] = (this.sums[column] ?? 0) + sign * value;
      this.counts[column] = (this.counts[column] ?? 0) + sign;
    }
  }

  /** In how many columns a row is the sum of these rows, in how many its figures have digits enough, and in how many it is not. */
  compare(row: readonly Cell[]): { readonly holds: number; readonly sure: number; readonly fails: number } {
    let [holds, sure, fails] = [0, 0, 0];
    for (const [column, cell] of row.entries()) {
      const stated = figureOf(cell);
      const count = this.counts[column] ?? 0;
      if (stated === undefined || cell.unit === '%' || count < 2) continue;
      const places = decimals(cell);
      const near = 10 ** -places * (places === 0 ? 0.001 : 0.5 * count);
      if (stated === 0 || Math.abs((this.sums[column] ?? 0) - stated) > near) fails++;
      else {
        holds++;
        if (cell.value.replace(/\D/g, '').length >= sureDigits) sure++;
      }
    }
    return { holds, sure, fails };
  }
}

/** `1 + 2 = 3` holds by chance, `279.9 + 108.7 = 388.6` does not. */
const sureDigits = 3;

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
  const open = new OpenRows();
  const statement = new Statement();
  for (const [i, cells] of rows.entries()) {
    if (cells.every(({ value }, column) => value === header[column]) && cells.some(({ value }) => value !== '')) {
      marked.push({ cells, total: false, heading: true });
      continue;
    }
    const next = rows[i + 1];
    if (isHeading(cells, numeric, values) && next !== undefined) {
      group = labelOf(cells).replace(/[:：]$/, '');
      marked.push({ cells, total: false, heading: true });
      open.startGroup();
      continue;
    }
    const label = labelOf(cells);
    const last = next === undefined || isHeading(next, numeric, values);
    const total = numeric && (isTotal(cells, label, last, open.candidates) || statement.isResult(label, cells));
    statement.add(cells, total);
    const whole = total && says.test(label) && !/^sub|小计/i.test(label);
    marked.push({ cells, total, heading: false, ...(group === undefined || whole ? {} : { group }) });
    if (total) open.endWith(cells);
    else open.add(cells);
  }
  return marked;
}

/** The rows that the next total may sum up: those since the last heading or total, with that total, or all that none has summed up. */
class OpenRows {
  private since: (readonly Cell[])[] = [];
  private group = new Sums();
  private readonly all = new Sums();
  private running: Sums | undefined;

  get candidates(): readonly Sums[] {
    return [this.group, this.all, ...(this.running === undefined ? [] : [this.running])];
  }

  startGroup(): void {
    this.since = [];
    this.group = new Sums();
  }

  add(row: readonly Cell[]): void {
    this.since.push(row);
    for (const sums of this.candidates) sums.add(row);
  }

  /** A total stands for its rows from here on. */
  endWith(total: readonly Cell[]): void {
    for (const row of this.since) this.all.add(row, -1);
    this.all.add(total);
    this.startGroup();
    this.running = new Sums();
    this.running.add(total);
  }
}

function isTotal(cells: readonly Cell[], label: string, last: boolean, candidates: readonly Sums[]): boolean {
  if (!cells.some(({ type }) => type === 'number')) return false;
  if (says.test(label)) return true;
  const found = candidates.map((open) => ({ ...open.compare(cells), addends: open.rows }));
  const adds = found.some(({ holds }) => holds > 0);
  // `Total Recall` is a film: a longer name must sum up, end a group, or go on in small letters.
  if (begins.test(label)) return last || adds || /^\S+\s+(?!\p{Lu})/u.test(label);
  if (ends.test(label)) return last || adds;
  if (all.test(label) && last) return true;
  if (year.test(label) && last && found.some(({ holds, addends }) => holds > 0 && addends >= leastAddends)) return true;
  return found.some(({ holds, sure, fails, addends }) => {
    if (fails > 0 || holds === 0) return false;
    if (sure >= 2) return true;
    return last && (holds >= 2 ? addends >= leastAddends || label === '' : addends > leastAddends);
  });
}
