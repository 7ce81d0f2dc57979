/** @file Looks for the one speech that has each line. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { documentCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({ documents, slots: { where = '', items } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const found = shownItems(items).map(({ letter, text }) => {
    const [said, again] = speeches.filter(({ words }) => words.includes(text));
    return said === undefined || again !== undefined ? undefined : `${letter}: ${said.speaker}`;
  });
  return found.every((line) => line !== undefined) ? found : undefined;
}
