/**
 * @file What a sentence of a summary states that can be looked up: figures by their value, days, names, and numbers in words with what they count.
 */
import { partsOfYear, statedDates } from './stated-dates.ts';

/** Figures of a text without the commas in them: 6,800 and 6800 are one, 6.80 is 6.8. */
export const valuesOf = (text: string): number[] =>
  (text.match(/\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g) ?? []).map((figure) => Number(figure.replaceAll(',', '')));

const ones = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
/** `three rural departments`, `every department`, `all but one`, `a fifth`. */
const counted = new RegExp(
  `(?<![\\p{L}-])(?:(${ones}|both|every|each|no) (?:of )?(?:the |its |their )?(\\p{L}{4,})(?: (\\p{L}{4,}))?|all but \\p{L}+|(?:a|one|two|three) (?:third|quarter|fifth|tenth|half|halve)s?|more than half)(?!\\p{L})`,
  'giu',
);

/** The beginning of a word, as other forms of it have it. */
const stemOf = (word: string): string => word.toLowerCase().slice(0, Math.max(4, word.length - 1));

/** Whether a text in small letters states what is counted in words: the same words, or the number as a figure before the same noun. */
function countsStated(sentence: string, hay: string): boolean {
  return [...sentence.matchAll(counted)].every(([said, number = '', noun = '', next = '']) => {
    if (hay.includes(said.toLowerCase())) return true;
    const at = ones.split('|').indexOf(number.toLowerCase());
    if (at < 0) return hay.includes(`${number} ${noun}`.toLowerCase()) && number !== '';
    // What is counted may stand behind a word that says of which kind: `three rural clinics` are three clinics.
    const nouns = [noun, next].filter((word) => word !== '').map(stemOf);
    return new RegExp(
      `(?<![\\p{L}\\d.,])(?:${number.toLowerCase()}|${at + 2}) (?:\\p{L}+ ){0,2}(?:${nouns.join('|')})`,
      'u',
    ).test(hay);
  });
}

/** What ranks a thing among all that were: it has to be said so. */
const ranking =
  /\b(?:again|record|in (?:its|the) history|for the (?:first|second|third) (?:time|year)|(?:best|worst) (?:year|result))\b|再次|历史(?:最|新)|创.{0,4}新高|首次/giu;

/** What sentences are held against. */
export interface Borne {
  /** Whether the text states all that a sentence states of that sort. */
  readonly by: (sentence: string) => boolean;
}

/**
 * Whether the days, figures, counts in words and rankings of a sentence stand in a text.
 *
 * @param scaled Amounts of its tables in larger units, which are the same by value.
 */
export function borneOut(shown: string, scaled: ReadonlySet<string>): Borne {
  const hay = shown.toLowerCase().replace(/\s+/g, ' ');
  const values = new Set([...valuesOf(shown), ...[...scaled].flatMap(valuesOf)]);
  // The columns of tables have years without a word beside them.
  const dates = new Set([...statedDates(shown), ...[...values].map((value) => `y${value}`)]);
  const states = (said: string): boolean => hay.includes(said.toLowerCase());
  return {
    by: (sentence) =>
      [...statedDates(sentence)].every((date) => dates.has(date)) &&
      (sentence.match(partsOfYear) ?? []).every(states) &&
      valuesOf(sentence).every((value) => values.has(value)) &&
      countsStated(sentence, hay) &&
      (sentence.match(ranking) ?? []).every(states),
  };
}

const opens =
  /^(?:(?:this|that|these|those|such|it|its|they|their|he|she|both|the (?:former|latter|two|ensuing|resulting|matter)|also|however|moreover|but|and|so|thus|hence|as a (?:precursor|result|consequence)|where the two|of (?:this|these|which|them)|in (?:this|these|that) (?:case|respect|year)|the (?:other|rest|remainder))\b|这|该|其|此|上述|同时|但|而|因此|为此|对此|前者|后者|两者)/i;
const within =
  /\b(?:of (?:this|that|such a) kind|the (?:matter|former|latter)|where the two|the two (?:differ|agree))\b|前者|后者|两者/i;

/** Whether a sentence leans on the one before it. */
export const leans = (sentence: string): boolean => opens.test(sentence) || within.test(sentence);

/** Without marks of footnotes: `[2]` behind a word. */
export const withoutNotes = (words: string): string =>
  words.replace(
    /(?<=[\p{L}\p{N}\p{P}])\s?(?:\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|[①-⑳]|[¹²³⁴-⁹]+(?=\s|$|[，。；、]))/gu,
    '',
  );
