/** @file Finds the one speech of the speaker that has both words, and reads who comes next. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

const wordIn = (text: string, word: string): boolean =>
  new RegExp(/\p{Script=Han}/u.test(word) ? word : `(?<![\\p{L}\\p{N}'’-])${word}(?![\\p{L}\\p{N}'’-])`, 'iu').test(
    text,
  );

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const { where = '', speaker = '', one = '', two = '' } = slots;
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const found = speeches.flatMap((speech, i) =>
    speech.speaker === speaker && wordIn(speech.words, one) && wordIn(speech.words, two) ? [i] : [],
  );
  const next = found.length === 1 ? speeches[(found[0] ?? 0) + 1] : undefined;
  return next === undefined ? undefined : [next.speaker];
}
