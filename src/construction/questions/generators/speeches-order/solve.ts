/** @file Finds the speech of every line and sorts by its number. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { documentCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({ documents, slots: { where = '', options } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const placed = shownOptions(options).map(({ letter, text }) => {
    const at = speeches.flatMap(({ words }, i) => (words.includes(text) ? [i] : []));
    return { letter, at: at.length === 1 ? at[0] : undefined };
  });
  if (placed.some(({ at }) => at === undefined)) return undefined;
  return placed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ letter }) => letter);
}
