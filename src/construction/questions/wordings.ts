/**
 * @file The wordings of a question: at least eight in each language, in the registers of the people who ask such things, chosen by the
 * seed. A solver reads the slots back out of whichever was said.
 */
import { type Phrase, phrase, type Slots } from '../reading/phrase.ts';
import type { QuestionLanguage } from './language.ts';

/** Who asks: their words differ, the question does not. */
export const registers = [
  'plain',
  'researcher',
  'customer',
  'lawyer',
  'analyst',
  'student',
  'editor',
  'colleague',
] as const;

/** Name of a register. */
export type Register = (typeof registers)[number];

/** One way to ask, with `{slots}`. */
export type Wording = readonly [register: Register, text: string];

/** All ways to ask one question. */
export interface Wordings {
  /** How many there are in a language. */
  count(language: QuestionLanguage): number;
  /** @param number taken modulo the count. */
  say(language: QuestionLanguage, number: number, slots: Slots): string;
  /** The slots of a question that one of the wordings said; undefined when none did. */
  read(question: string): Slots | undefined;
  readonly texts: Readonly<Record<QuestionLanguage, readonly Wording[]>>;
}

const oneLanguage = (text: string): Phrase => phrase({ en: text, zh: text });

/** Longest wordings are read first: a short one may match what a long one says, with more in its last slot. */
const byFixedLength = (a: string, b: string): number =>
  b.replace(/\{\w+\}/g, '').length - a.replace(/\{\w+\}/g, '').length;

/**
 * Wordings of a question that has two forms, as it is asked of speeches or of the messages of a chat, where nobody speaks.
 *
 * @param isOther whether slots are said in the other form; what is read back has to agree.
 */
export function eitherWordings(one: Wordings, other: Wordings, isOther: (slots: Slots) => boolean): Wordings {
  const agreeing = (own: Wordings, wanted: boolean, question: string): Slots | undefined => {
    const slots = own.read(question);
    return slots !== undefined && isOther(slots) === wanted ? slots : undefined;
  };
  return {
    texts: { en: [...one.texts.en, ...other.texts.en], zh: [...one.texts.zh, ...other.texts.zh] },
    count: (language) => one.count(language),
    say: (language, number, slots) => (isOther(slots) ? other : one).say(language, number, slots),
    read: (question) => agreeing(other, true, question) ?? agreeing(one, false, question),
  };
}

/**
 * @example
 * const asked = wordings({ en: [['plain', 'What is {what} in {where}?'], ...], zh: [...] });
 * asked.read(asked.say('en', 3, { what: 'revenue', where: '2021' })) // { what: 'revenue', where: '2021' }
 */
export function wordings(texts: Readonly<Record<QuestionLanguage, readonly Wording[]>>): Wordings {
  const phrases = {
    en: texts.en.map(([, text]) => oneLanguage(text)),
    zh: texts.zh.map(([, text]) => oneLanguage(text)),
  };
  const readers = [...texts.en, ...texts.zh]
    .map(([, text]) => text)
    .sort(byFixedLength)
    .map(oneLanguage);
  return {
    texts,
    count: (language) => phrases[language].length,
    say: (language, number, slots) => phrases[language][number % phrases[language].length]?.say(language, slots) ?? '',
    read: (question) => {
      for (const reader of readers) {
        const slots = reader.read(question);
        if (slots !== undefined) return slots;
      }
      return undefined;
    },
  };
}
