/**
 * @file How a question names a stretch of a conversation or play: a scene, a day, a part with a heading, all of it. Said by generators, read
 * back by their solvers.
 */
import { type Phrase, phrase } from '../../../reading/phrase.ts';
import type { QuestionLanguage } from '../../language.ts';

/** Kinds of stretches. */
export type WhereKind = 'scene' | 'day' | 'part' | 'whole' | 'given';

/** What a question calls a stretch; `name` is empty for all of a text. */
export interface Where {
  readonly kind: WhereKind;
  /** `Act II, Scene I`, `2023-09-18`, `Opening statements`. */
  readonly name: string;
  /** Whether it is all that is shown of a chat. */
  readonly isChat?: boolean;
}

const inText: Readonly<Record<WhereKind, Phrase>> = {
  day: phrase({ en: 'the messages of {name} in “{title}”', zh: '《{title}》里{name}的消息' }),
  part: phrase({ en: 'the part “{name}” of “{title}”', zh: '《{title}》的“{name}”部分' }),
  given: phrase({ en: 'the excerpt from “{title}”', zh: '《{title}》的这段节选' }),
  scene: phrase({ en: '{name} of “{title}”', zh: '《{title}》{name}' }),
  whole: phrase({ en: '“{title}”', zh: '《{title}》' }),
};
const inChat = {
  whole: phrase({ en: 'the chat “{title}”', zh: '聊天记录《{title}》' }),
  given: phrase({ en: 'the excerpt from the chat “{title}”', zh: '聊天记录《{title}》的这段节选' }),
} as const;
/** With what stands before it: `in Act II`, `on 2023-09-18`. */
const alone = {
  day: phrase({ en: 'on {name}', zh: '{name}当天' }),
  part: phrase({ en: 'in the part “{name}”', zh: '“{name}”部分' }),
  scene: phrase({ en: 'in {name}', zh: '{name}' }),
} as const;
const partKinds = ['day', 'part', 'scene'] as const;
const kinds: readonly WhereKind[] = ['day', 'part', 'given', 'scene', 'whole'];

/** With the title of its text: `Act II, Scene I of “Hamlet”`. */
export function sayWhere({ kind, name, isChat = false }: Where, title: string, language: QuestionLanguage): string {
  const said = isChat && (kind === 'whole' || kind === 'given') ? inChat[kind] : inText[kind];
  return said.say(language, { name, title });
}

/** Whether the slots of a question are said of a chat: of all of it, or of its days. */
export const saysChat = ({ where = '', a = '', rows = '' }: Readonly<Record<string, string>>): boolean =>
  /^the (?:chat|messages of|excerpt from the chat) |^聊天记录《|^《[^》]*》里.*的消息$/.test(where) ||
  /^on \d|^\d.*当天$/.test(a) ||
  /^\d/.test(rows);

/** Without it: `in Act II, Scene I`; empty for all of a text. */
export const sayPart = ({ kind, name }: Where, language: QuestionLanguage): string =>
  kind === 'whole' || kind === 'given' ? '' : alone[kind].say(language, { name });

/** What `sayWhere` said; undefined where it is none of its forms. */
export function readWhere(said: string): (Where & { readonly title: string }) | undefined {
  for (const kind of ['whole', 'given'] as const) {
    const title = inChat[kind].read(said)?.title ?? '';
    if (title !== '' && !/[“”《》]/.test(title)) return { kind, name: '', title, isChat: true };
  }
  for (const kind of kinds) {
    const { name = '', title = '' } = inText[kind].read(said) ?? {};
    // A title in marks ends at the first mark that closes.
    if (title !== '' && !/[“”《》]/.test(title)) return { kind, name, title };
  }
  return undefined;
}

/** What `sayPart` said. */
export function readPart(said: string): Where | undefined {
  for (const kind of partKinds) {
    const found = alone[kind].read(said);
    if (found !== undefined) return { kind, name: found.name ?? '' };
  }
  return undefined;
}
