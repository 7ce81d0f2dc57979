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
 * Wordings of one question for speeches and others for the messages of a chat, where nobody speaks.
 *
 * @param isChat whether slots are said of a chat; what is read back has to agree.
 */
export function talkWordings(speech: Wordings, chat: Wordings, isChat: (slots: Slots) => boolean): Wordings {
  const agreeing = (own: Wordings, wanted: boolean, question: string): Slots | undefined => {
    const slots = own.read(question);
    return slots !== undefined && isChat(slots) === wanted ? slots : undefined;
  };
  return {
    texts: { en: [...speech.texts.en, ...chat.texts.en], zh: [...speech.texts.zh, ...chat.texts.zh] },
    count: (language) => speech.count(language),
    say: (language, number, slots) => (isChat(slots) ? chat : speech).say(language, number, slots),
    read: (question) => agreeing(chat, true, question) ?? agreeing(speech, false, question),
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
