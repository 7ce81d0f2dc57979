/** @file Looks for the name in every speech. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, isOne, shownSpeeches, speakersIn, wordIn } from '../../solving/talk.ts';
import { readWhere } from '../../views/talk/where.ts';

export function solve({ documents, slots: { where = '', name = '' } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined || name === '') return undefined;
  return speakersIn(shownSpeeches(document).filter(({ words }) => wordIn(words, name))).filter(isOne);
}
