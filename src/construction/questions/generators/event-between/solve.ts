/** @file Derives the answer anew: reads the dates of all six events where their words stand. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { compareDates, dateOf } from '../../solving/narrative/shown-events.ts';
import { shownOptions } from '../../solving/options.ts';

/** The only option whose date lies between the two. */
export function solve({ documents, slots: { earlier = '', later = '', options } }: ShownPrompt): string[] | undefined {
  const [from, to] = [dateOf(documents, earlier), dateOf(documents, later)];
  if (from === undefined || to === undefined || compareDates(from, to) >= 0) return undefined;
  const dated = shownOptions(options).map(({ letter, text }) => ({ letter, date: dateOf(documents, text) }));
  if (dated.some(({ date }) => date === undefined || compareDates(date, from) === 0 || compareDates(date, to) === 0))
    return undefined;
  const between = dated.filter(
    ({ date }) => date !== undefined && compareDates(from, date) < 0 && compareDates(date, to) < 0,
  );
  const [only] = between;
  return between.length === 1 && only !== undefined ? [only.letter] : undefined;
}
