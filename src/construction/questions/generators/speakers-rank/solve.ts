/** @file Counts the speeches of everybody anew. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, isOne, shownSpeeches, speakersIn, within } from '../../solving/talk.ts';
import { readWhere } from '../../views/talk/where.ts';
import { countRead } from './wordings.ts';

export function solve({ documents, slots: { where = '', count = '' } }: ShownPrompt): string[] | undefined {
  const place = readWhere(where);
  const document = documentCalled(documents, place?.title ?? '');
  if (document === undefined || place === undefined) return undefined;
  const speeches = within(shownSpeeches(document), place);
  const times = (name: string): number => speeches.filter(({ speaker }) => speaker === name).length;
  return speakersIn(speeches)
    .filter(isOne)
    .sort((a, b) => times(b) - times(a))
    .slice(0, countRead(count));
}
