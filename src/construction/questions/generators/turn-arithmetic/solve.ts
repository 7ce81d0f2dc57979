/** @file Counts the speeches of the three anew. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, shownSpeeches, within } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const { where = '', first = '', a = '', b = '' } = slots;
  const place = readWhere(where);
  const document = documentCalled(documents, place?.title ?? '');
  if (document === undefined || place === undefined) return undefined;
  const speeches = within(shownSpeeches(document), place);
  const [x, y, z] = [first, a, b].map((name) => speeches.filter(({ speaker }) => speaker === name).length);
  return x && y && z ? [String(x - y - z)] : undefined;
}
