/** @file Filters the lines of the table and counts, or averages in floating point. */

import type { ShownPrompt } from '../../read-prompt.ts';
import { longestTable, meanIn, rowsMeeting } from '../../solving/data-sets.ts';
import { decimalsRead } from '../../views/tables/decimal-words.ts';
import { figures } from './wordings.ts';

export function solve({ documents, slots: { title = '', what = '' } }: ShownPrompt): string[] | undefined {
  const table = longestTable(documents, title);
  if (table === undefined) return undefined;
  const mean = figures.mean.read(what);
  const rows = rowsMeeting(table, (mean ?? figures.count.read(what))?.rows ?? '');
  if (rows === undefined || rows.length === 0) return undefined;
  if (mean === undefined) return [String(rows.length)];
  const value = meanIn(table, rows, mean.measure ?? '');
  return Number.isFinite(value) ? [value.toFixed(decimalsRead(mean.decimals ?? '') ?? 1)] : undefined;
}
