/** @file Goes through what is said and stops at the first speech that has the name. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { documentCalled, isCalled, shownSpeeches, wordIn } from '../../solving/talk.ts';
import { readWhere } from '../../views/talk/where.ts';

export function solve({ documents, slots: { where = '', name = '', options } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined || name === '') return undefined;
  const first = shownSpeeches(document).find(({ words }) => wordIn(words, name));
  const right = shownOptions(options).filter(({ text }) => isCalled(first?.speaker ?? '', text));
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
