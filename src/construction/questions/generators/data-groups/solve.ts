/** @file Groups the lines of the table anew, counts and averages. */

import type { ShownPrompt } from '../../read-prompt.ts';
import { longestTable, meanIn, valuesIn } from '../../solving/data-sets.ts';
import { columnOf } from '../../solving/tables.ts';
import { decimalsRead } from '../../views/tables/decimal-words.ts';
import { average, count, measured } from './wordings.ts';

export function solve({ documents, language, slots }: ShownPrompt): string[] | undefined {
  const { title = '', group = '' } = slots;
  const { measure = '', decimals = '' } = measured.read(slots.measure ?? '') ?? {};
  const table = longestTable(documents, title);
  if (table === undefined || columnOf(table, group) < 0) return undefined;
  const at = columnOf(table, group);
  const data = valuesIn(table, group).map((value) => {
    const rows = table.rows.filter((row) => row[at] === value);
    return [value, String(rows.length), meanIn(table, rows, measure).toFixed(decimalsRead(decimals) ?? 1)];
  });
  if (data.length === 0 || data.some(([, , mean]) => mean === 'NaN')) return undefined;
  return [JSON.stringify({ columns: [group, count[language], average.say(language, { measure })], data })];
}
