/** @file Second implementation for events that are quoted without their date: the sentence is found by its words, one after the other. */
import { datesIn, dayOf, type When } from './dates.ts';
import { documentsOf, only, optionsOf, type Second } from './prompt.ts';

const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}](?:[\p{L}\p{N}.,’'-]*[\p{L}\p{N}])?/gu) ?? [];

/** Words of a date and what leads to it, at most. */
const longestDate = { en: 8, zh: 14 } as const;

/** Whether a sentence has the words in their order, and no more than a date beside them. */
function hasAll(sentence: readonly string[], wanted: readonly string[], more: number): boolean {
  if (sentence.length < wanted.length || sentence.length > wanted.length + more) return false;
  let at = 0;
  for (const word of sentence) if (word === wanted[at]) at++;
  return at === wanted.length;
}

/** Sentences of a text; a point behind a single capital or a title ends none. */
const sentencesOf = (text: string): string[] =>
  text.split(
    /(?<=[.!?](?<!\b(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Gen|No|a\.m|p\.m)\.)["”’)]*)\s+(?=["“(]*[\p{Lu}\d])|(?<=[。！？])|\n+/u,
  );

/** The dates of a sentence; behind a year may stand a comma. */
const dated = (sentence: string): When[] => {
  const found = datesIn(sentence);
  return found.length > 0
    ? found
    : [...sentence.matchAll(/\b(?:1\d{3}|20\d\d)\b/g)].map(([year]) => ({ year: Number(year) }));
};

const eventsInOrder: Second = (asked) => {
  const sentences = documentsOf(asked).flatMap(({ lines }) =>
    sentencesOf(lines.join('\n')).map((sentence) => ({ sentence, words: wordsOf(sentence) })),
  );
  const told = optionsOf(asked.question).map(({ letter, text }) => {
    const wanted = wordsOf(text);
    const found = sentences.filter(({ words }) => hasAll(words, wanted, longestDate[asked.language]));
    const when = only(dated(only(found)?.sentence ?? ''));
    return { letter, day: when === undefined ? Number.NaN : dayOf(when) };
  });
  if (told.some(({ day }) => Number.isNaN(day))) return undefined;
  return told.sort((a, b) => a.day - b.day).map(({ letter }) => letter);
};

/** By the id of the generator. */
export const events: Readonly<Record<string, Second>> = {
  'events-order': eventsInOrder,
  'events-across': eventsInOrder,
};
