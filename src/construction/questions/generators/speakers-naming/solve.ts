/** @file Looks for the name in every speech. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, isOne, shownSpeeches, speakersIn } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({ documents, slots: { where = '', word = '' } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined || word === '') return undefined;
  const pattern = /\p{Script=Han}/u.test(word) ? word : `(?<![\\p{L}\\p{N}'’-])${word}(?![\\p{L}\\p{N}'’-])`;
  const names = new RegExp(pattern, 'iu');
  return speakersIn(shownSpeeches(document).filter(({ words }) => names.test(words))).filter(isOne);
}
