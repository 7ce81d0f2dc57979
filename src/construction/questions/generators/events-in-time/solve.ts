/** @file Derives the order anew: each event's sentence is found by its words, and its date read there. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { compareDates, dateOf } from '../../solving/narrative/shown-events.ts';
import { shownOptions } from '../../solving/options.ts';

/** The letters, earliest event first. */
export function solve({ documents, slots: { options } }: ShownPrompt): string[] | undefined {
  const events = shownOptions(options).map(({ letter, text }) => ({ letter, date: dateOf(documents, text) }));
  const dated = events.flatMap(({ letter, date }) => (date === undefined ? [] : [{ letter, date }]));
  if (dated.length < events.length) return undefined;
  const sorted = dated.sort((a, b) => compareDates(a.date, b.date));
  const tied = sorted.some(({ date }, i) => i > 0 && compareDates((sorted[i - 1] ?? { date }).date, date) === 0);
  return tied ? undefined : sorted.map(({ letter }) => letter);
}
