/**
 * @file What a policy's template and tokenizer say of its thinking and of the end of its turn, for the reader of answers: the tokens
 * that open and close thinking, whether the template has opened it when the response begins, and the end tokens as text.
 */
import type { PolicyMarks } from '../rewards/reading/reading.ts';
import { visiblePart } from '../rewards/reading/thinking.ts';

/** A token beside the vocabulary, of tokenizer.json. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
}

const thinking = /think|thought|reason|reflect|scratchpad|monologue|\bcot\b/i;
const counterparts: readonly (readonly [opens: RegExp, closes: string])[] = [
  [/^<(?!\/)/, '</'],
  [/^\[(?!\/)/, '[/'],
  [/^◁(?!\/)/, '◁/'],
  [/begin/i, 'end'],
  [/start/i, 'end'],
  [/open/i, 'close'],
];

/** The token that closes what `open` opens; undefined where the tokenizer has none. */
const closingOf = (open: string, tokens: ReadonlySet<string>): string | undefined =>
  counterparts.map(([opens, closes]) => open.replace(opens, closes)).find((text) => text !== open && tokens.has(text));

/**
 * @param tail What the template writes behind the user's words.
 * @param added The tokens that tokenizer.json adds to the vocabulary.
 * @param stopTokens Ids that end a completion.
 */
export function policyMarks(tail: string, added: readonly AddedToken[], stopTokens: readonly number[]): PolicyMarks {
  const tokens = new Set(added.map(({ content }) => content));
  const last = tail.trimEnd();
  const pairs = [...tokens].flatMap((open) => {
    const close = thinking.test(open) || last.endsWith(open) ? closingOf(open, tokens) : undefined;
    return close === undefined ? [] : [{ open, close }];
  });
  const marks = { thinkOpen: pairs.map(({ open }) => open), thinkClose: pairs.map(({ close }) => close) };
  return {
    ...marks,
    opensThinking: visiblePart(tail, marks).cut,
    endTokens: added.filter(({ id }) => stopTokens.includes(id)).map(({ content }) => content),
  };
}
