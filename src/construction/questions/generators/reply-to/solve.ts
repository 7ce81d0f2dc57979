/** @file Finds the one speech that ends with the question, and reads who comes next. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, isCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/talk/where.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const { where = '', speaker = '', quote = '' } = slots;
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const found = speeches.flatMap((speech, i) =>
    isCalled(speech.speaker, speaker) && speech.words.endsWith(quote) ? [i] : [],
  );
  const next = found.length === 1 ? speeches[(found[0] ?? 0) + 1] : undefined;
  return next === undefined ? undefined : [next.speaker];
}
