/** @file Finds the one speech that ends with the question, and reads who comes next. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { isCalled } from '../../solving/talk.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const { speaker = '', quote = '' } = shown.slots;
  const found = speeches.flatMap((speech, i) =>
    isCalled(speech.speaker, speaker) && speech.words.endsWith(quote) ? [i] : [],
  );
  const next = found.length === 1 ? speeches[(found[0] ?? 0) + 1] : undefined;
  return next === undefined ? undefined : [next.speaker];
}
