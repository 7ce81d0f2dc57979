/**
 * @file How a question names a stretch of a conversation or play: a scene, a day, a part with a heading, all of it. Said by generators, read
 * back by their solvers.
 */
import { type Phrase, phrase } from '../../reading/phrase.ts';
import type { QuestionLanguage } from '../language.ts';

/** Kinds of stretches. */
export type WhereKind = 'scene' | 'day' | 'days' | 'part' | 'whole' | 'given';

/** What a question calls a stretch; `name` is empty for all of a text. */
export interface Where {
  readonly kind: WhereKind;
  /** `Act II, Scene I`, `2023-09-18`, `Opening statements`. */
  readonly name: string;
  /** The last day of several. */
  readonly last?: string;
}

const inText: Readonly<Record<WhereKind, Phrase>> = {
  days: phrase({ en: 'the messages from {name} to {last} in “{title}”', zh: '“{title}”里{name}至{last}的消息' }),
  day: phrase({ en: 'the messages of {name} in “{title}”', zh: '“{title}”里{name}当天的消息' }),
  part: phrase({ en: 'the part “{name}” of “{title}”', zh: '“{title}”的“{name}”部分' }),
  given: phrase({ en: 'the part of “{title}” given here', zh: '“{title}”的所示部分' }),
  scene: phrase({ en: '{name} of “{title}”', zh: '“{title}”的{name}' }),
  whole: phrase({ en: '“{title}”', zh: '“{title}”' }),
};
const alone: Readonly<Record<WhereKind, Phrase>> = {
  days: phrase({ en: 'the messages from {name} to {last}', zh: '{name}至{last}的消息' }),
  day: phrase({ en: 'the messages of {name}', zh: '{name}当天的消息' }),
  part: phrase({ en: 'the part “{name}”', zh: '“{name}”部分' }),
  given: phrase({ en: 'the part given here', zh: '所示部分' }),
  scene: phrase({ en: '{name}', zh: '{name}' }),
  whole: phrase({ en: 'all of it', zh: '全文' }),
};
const kinds: readonly WhereKind[] = ['days', 'day', 'part', 'given', 'scene', 'whole'];

/** With the title of its text: `Act II, Scene I of “Hamlet”`. */
export const sayWhere = (where: Where, title: string, language: QuestionLanguage): string =>
  inText[where.kind].say(language, { name: where.name, last: where.last ?? '', title });

/** Without it: `Act II, Scene I`. */
export const sayPart = (where: Where, language: QuestionLanguage): string =>
  alone[where.kind].say(language, { name: where.name, last: where.last ?? '' });

/** What `sayWhere` said; undefined where it is none of its forms. */
export function readWhere(said: string): (Where & { readonly title: string }) | undefined {
  for (const kind of kinds) {
    const { name = '', title = '', last } = inText[kind].read(said) ?? {};
    // A title in quotation marks ends at the first mark that closes.
    if (title !== '' && !/[“”]/.test(title)) return { kind, name, title, ...(last === undefined ? {} : { last }) };
  }
  return undefined;
}

/** What `sayPart` said. */
export function readPart(said: string): Where | undefined {
  for (const kind of kinds) {
    const found = alone[kind].read(said);
    if (found !== undefined)
      return { kind, name: found.name ?? '', ...(found.last === undefined ? {} : { last: found.last }) };
  }
  return undefined;
}
