/**
 * @file What a second implementation sees of a sample, read by simple means of its own: the documents under their heads and the question.
 * Nothing under `second/` imports how facts are found or how generators work; wordings are shared, as they are what the question says.
 */

/** A sample as it was posed. */
export interface Asked {
  readonly prompt: string;
  readonly question: string;
  readonly language: 'en' | 'zh';
}

/** Answer lines as the task's reward reads them; undefined where this reading cannot tell. */
export type Second = (asked: Asked) => readonly string[] | undefined;

/** A document of a prompt. */
export interface Shown {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The documents of a prompt in its order, without the question. */
export function documentsOf({ prompt, question }: Asked): Shown[] {
  const first = prompt.search(/^=== (?:Document|文档) \d/m);
  const last = prompt.lastIndexOf(question);
  const shown = prompt.slice(Math.max(0, first), last > first ? last : undefined);
  return shown
    .split(/^=== (?:Document \d+: |文档 \d+：)/m)
    .slice(1)
    .map((part) => {
      const [head = '', ...lines] = part.trimEnd().split('\n');
      return { title: head.replace(/ ===$/, ''), lines };
    });
}

/** Letter and text of each option of a question. */
export const optionsOf = (question: string): { readonly letter: string; readonly text: string }[] =>
  [...question.matchAll(/^\(([A-Z])\) (.*)$/gm)].map(([, letter = '', text = '']) => ({ letter, text }));

/** Label and text of each item that a question lists. */
export const itemsOf = (question: string): { readonly label: string; readonly text: string }[] =>
  [...question.matchAll(/^(?:\((\d+|[A-Z])\) ?|(\d+|[A-Z])[:：.] ?)(.*)$/gm)].map(([, a, b, text = '']) => ({
    label: a ?? b ?? '',
    text,
  }));

/** The only element; undefined where there is none or more than one. */
export const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/** The letter of the only option that holds, as an answer. */
export function onlyOption(question: string, holds: (text: string) => boolean): string[] | undefined {
  const letter = only(optionsOf(question).filter(({ text }) => holds(text)))?.letter;
  return letter === undefined ? undefined : [letter];
}

/** What a phrase has in its slots. */
export type Slots = Readonly<Record<string, string>>;
/** Phrases by their kind. */
export type Phrases = Readonly<Record<string, { read(text: string): Slots | undefined }>>;

/** Characters that are no fixed words of the phrase. */
const filled = (slots: Slots): number => Object.values(slots).join('').length;

/** Which phrase a text says, with its slots; the one with most fixed words first, as a short phrase may match what a long one says. */
export function said(phrases: Phrases, text = ''): { kind: string; slots: Slots } | undefined {
  return Object.entries(phrases)
    .flatMap(([kind, phrase]) => {
      const slots = phrase.read(text);
      return slots === undefined ? [] : [{ kind, slots }];
    })
    .sort((a, b) => filled(a.slots) - filled(b.slots))[0];
}
