/** @file Reads the cells by the names of table, row and year, and divides in floating point. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { cellNumber } from '../../solving/report-tables.ts';
import { decimalsIn, ratios, whats } from './wordings.ts';

export function solve({ documents, slots: { what = '' } }: ShownPrompt): string[] | undefined {
  const value = (document: string, year: string, ratio: string): number => {
    const percent = ratios.percent.read(ratio);
    const { over = '', overTable = '', under = '', underTable = '' } = percent ?? ratios.each.read(ratio) ?? {};
    const a = cellNumber(documents, { document, table: overTable, row: over, year });
    const b = cellNumber(documents, { document, table: underTable, row: under, year });
    return ((percent === undefined ? 1 : 100) * a) / b;
  };
  const shown = (figure: number, precision: string): string[] | undefined =>
    Number.isFinite(figure) ? [figure.toFixed(decimalsIn(precision))] : undefined;
  const between = whats.between.read(what);
  if (between !== undefined) {
    const { one = '', other = '', year = '', ratio = '', precision = '' } = between;
    return shown(value(one, year, ratio) - value(other, year, ratio), precision);
  }
  const across = whats.across.read(what);
  const {
    one = '',
    other = one,
    from = '',
    to = '',
    ratio = '',
    precision = '',
  } = across ?? whats.change.read(what) ?? {};
  return shown(value(other, to, ratio) - value(one, from, ratio), precision);
}
