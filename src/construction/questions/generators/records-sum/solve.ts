/** @file Adds the figures up anew, from the lines that state them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { fieldOf, shownNumber } from '../../solving/tables.ts';
import { operations } from './wordings.ts';

export function solve({
  documents,
  slots: { operation = '', of: told = '', by = '', bound = '' },
}: ShownPrompt): string[] | undefined {
  const least = shownNumber(bound) ?? Number.NaN;
  const of = /“([^”]+)”/.exec(told)?.[1] ?? '';
  const values = documents.flatMap((document) => {
    const value = shownNumber(fieldOf(document, by) ?? '');
    return value === undefined || !(value > least) ? [] : [shownNumber(fieldOf(document, of) ?? '') ?? Number.NaN];
  });
  const scale =
    { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }[
      /”[^”]*\b(thousand|million|billion|trillion)/.exec(told)?.[1] ?? ''
    ] ?? 1;
  const sum = values.reduce((a, b) => a + b, 0) / scale;
  if (values.length === 0 || !Number.isFinite(sum)) return undefined;
  if (operations.mean.read(operation) !== undefined) return [(sum / values.length).toFixed(1)];
  return [String(Number(sum.toFixed(6)))];
}
