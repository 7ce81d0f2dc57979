/**
 * @file A question as a template with named slots, in English and Chinese: said by a generator, read back by the routine that
 * derives the gold a second time. They share the wording and nothing else.
 */
import { escaped } from '../../word-pattern.ts';

/** The languages that questions are asked in. */
export type ReadingLanguage = 'en' | 'zh';

/** Fillings of a phrase, by the name of the slot. */
export type Slots = Readonly<Record<string, string>>;

/** A question that can be said and read back; `read(say(language, slots))` gives the slots again. */
export interface Phrase {
  /** The question in a language. */
  say(language: ReadingLanguage, slots: Slots): string;
  /** The slots of a question in either language; undefined when it is no instance of the phrase. */
  read(question: string): Slots | undefined;
}

const slot = /\{(\w+)\}/g;

/** A slot that stands twice must read the same twice. */
function patternOf(form: string): RegExp {
  const seen = new Set<string>();
  const parts = form.split(slot).map((part, i) => {
    if (i % 2 === 0) return escaped(part);
    if (seen.has(part)) return `\\k<${part}>`;
    seen.add(part);
    return `(?<${part}>[\\s\\S]+?)`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

/**
 * @example
 * const asked = phrase({ en: 'Who says “{quote}”?', zh: '“{quote}”是谁说的？' });
 * asked.read(asked.say('en', { quote: 'Call me Ishmael' })) // { quote: 'Call me Ishmael' }
 */
export function phrase(forms: Readonly<Record<ReadingLanguage, string>>): Phrase {
  const patterns = [patternOf(forms.en), patternOf(forms.zh)];
  return {
    say: (language, slots) => forms[language].replace(slot, (_, name: string) => slots[name] ?? ''),
    read: (question) => {
      const found = patterns.map((pattern) => pattern.exec(question)).find((match) => match !== null);
      return found === undefined || found === null ? undefined : { ...found.groups };
    },
  };
}
