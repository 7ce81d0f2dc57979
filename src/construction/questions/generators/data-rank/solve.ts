/** @file Groups the lines of the table anew and sorts the groups. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { longestTable, meanIn, valuesIn } from '../../solving/data-sets.ts';
import { columnOf } from '../../solving/tables.ts';
import { bys } from './wordings.ts';

export function solve({ documents, slots: { title = '', group = '', by = '' } }: ShownPrompt): string[] | undefined {
  const table = longestTable(documents, title);
  const at = table === undefined ? -1 : columnOf(table, group);
  if (table === undefined || at < 0) return undefined;
  const measure = bys.mean.read(by)?.measure;
  const groups = valuesIn(table, group).map((value) => {
    const rows = table.rows.filter((row) => row[at] === value);
    return { value, size: measure === undefined ? rows.length : meanIn(table, rows, measure) };
  });
  if (groups.some(({ size }) => !Number.isFinite(size))) return undefined;
  return groups.sort((a, b) => b.size - a.size).map(({ value }) => value);
}
