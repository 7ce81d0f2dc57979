/** @file Looks every option up among those who speak in the two scenes. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { isCalled, shownSpeeches, speakersIn, within } from '../../solving/talk.ts';
import { readPart } from '../../views/talk/where.ts';

/** The one option that speaks in the first and not in the second. */
export function solve({
  documents,
  slots: { title = '', a = '', b = '', options },
}: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, title);
  const [first, second] = [readPart(a), readPart(b)];
  if (document === undefined || first === undefined || second === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const [inA, inB] = [first, second].map((part) => speakersIn(within(speeches, part)));
  const has = (names: readonly string[] | undefined, text: string): boolean =>
    names?.some((name) => isCalled(name, text)) === true;
  const right = shownOptions(options).filter(({ text }) => has(inA, text) && !has(inB, text));
  return inB?.length && right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
