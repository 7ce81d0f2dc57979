/** @file Makes the table anew from the lines that state the fields. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { fieldOf, shownNumber } from '../../solving/tables.ts';

export function solve({ documents, slots: { columns = '', by = '', bound = '' } }: ShownPrompt): string[] | undefined {
  const heads = [...columns.matchAll(/“([^”]+)”/g)].map(([, head = '']) => head);
  const least = shownNumber(bound);
  if (least === undefined) return undefined;
  const data = documents.flatMap((document) => {
    const value = shownNumber(fieldOf(document, by) ?? '');
    if (value === undefined || value <= least) return [];
    return [[document.title, ...heads.slice(1).map((head) => fieldOf(document, head) ?? '')]];
  });
  return [JSON.stringify({ columns: heads, data })];
}
