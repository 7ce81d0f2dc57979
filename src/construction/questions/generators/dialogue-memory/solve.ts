/** @file Goes through what the speaker says and stops at the first speech that has the word. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { documentCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({
  documents,
  slots: { where = '', speaker, word = '', options },
}: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const asWord = /\p{Script=Han}/u.test(word) ? word : `(?<![\\p{L}\\p{N}'’-])${word}(?![\\p{L}\\p{N}'’-])`;
  const first = shownSpeeches(document).find(
    (speech) => speech.speaker === speaker && new RegExp(asWord, 'iu').test(speech.words),
  );
  const said = shownOptions(options).filter(({ text }) => first?.words.includes(text));
  return said.length === 1 ? said.map(({ letter }) => letter) : undefined;
}
