/** @file Lists who speaks in either scene and keeps those of both. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { isOne, shownSpeeches, speakersIn, within } from '../../solving/talk.ts';
import { readPart } from '../../views/talk/where.ts';

export function solve({ documents, slots: { title = '', a = '', b = '' } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, title);
  const [first, second] = [readPart(a), readPart(b)];
  if (document === undefined || first === undefined || second === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const inB = new Set(speakersIn(within(speeches, second)));
  return speakersIn(within(speeches, first)).filter((speaker) => inB.has(speaker) && isOne(speaker));
}
