/** @file Results of an income statement: `Gross profit` is the sales less their cost, `Net income` what is left of the line before the taxes. */
import type { Cell } from './table.ts';

const results =
  /^(?:gross (?:profit|margin|loss)|(?:operating|net|comprehensive) (?:income|profit|loss|earnings|result|surplus|deficit)|(?:income|profit|loss|earnings|surplus|result) (?:before|after|from|for) |毛利润?$|营业利润|利润总额|净利润)/i;

const figures = (cells: readonly Cell[]): (number | undefined)[] =>
  cells.map((cell) => (cell.type === 'number' ? cell.number : undefined));

/** The lines since the last result, with it. */
export class Statement {
  private rows: (number | undefined)[][] = [];

  /** Whether every figure of a line is what the lines before it leave. */
  isResult(label: string, cells: readonly Cell[]): boolean {
    const [base, ...others] = this.rows;
    if (base === undefined || others.length === 0 || !results.test(label)) return false;
    const stated = figures(cells).flatMap((value, column) => (value === undefined ? [] : [{ value, column }]));
    if (stated.length === 0) return false;
    return ([-1, 1] as const).some((sign) =>
      stated.every(({ value, column }) => {
        const from = base[column];
        const rest = others.reduce((sum, row) => sum + (row[column] ?? 0), 0);
        return from !== undefined && rest !== 0 && Math.abs(from + sign * rest - value) < 0.5 * 10 ** -digits(value);
      }),
    );
  }

  add(cells: readonly Cell[], isResult: boolean): void {
    const row = figures(cells);
    if (row.every((value) => value === undefined)) return;
    if (isResult) this.rows = [row];
    else this.rows.push(row);
  }
}

const digits = (value: number): number => String(value).split('.')[1]?.length ?? 0;
