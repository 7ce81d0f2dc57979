/** @file Finds the speech that asks each question, and which of the answers the next speech holds. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems, shownOptions } from '../../solving/options.ts';
import { documentCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({ documents, slots: { where = '', items, options } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const answers = shownOptions(options);
  const found = shownItems(items).map(({ letter, text }) => {
    const next = speeches[speeches.findIndex(({ words }) => words.includes(text)) + 1];
    const given = answers.filter((answer) => next?.words.includes(answer.text));
    return given.length === 1 ? `${letter}: ${given[0]?.letter}` : undefined;
  });
  return found.every((line) => line !== undefined) ? found : undefined;
}
