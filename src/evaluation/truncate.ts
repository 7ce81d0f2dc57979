/**
 * @file Middle truncation of prompts that are too long: head and tail halves stay (LongBench). Three published rules: by characters
 * with a mark in the gap (reference `lbv1qa_eval.py`), by tokens over the whole prompt (`docmath_adapter.py`), and by tokens over
 * the turns before the last, which then become one message (`mrcr_eval.py`). What was cut is logged with every sample.
 */
import type { Message, TruncationRule } from './benchmark.ts';

/** A tokenizer as far as truncation needs one. */
export interface TokenCodec {
  /** Goes into the log: counts are of these tokens. */
  readonly name: string;
  /** False where tokens are estimated from characters. */
  readonly exact: boolean;
  encode(text: string): ArrayLike<number>;
  decode(tokens: readonly number[]): string;
}

export interface Truncation {
  readonly original: number;
  readonly kept: number;
  readonly unit: string;
}

/** Head and tail of a context by characters (code points, as Python counts). */
export function truncateCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  if (characters.length <= limit) return text;
  const half = Math.floor(limit / 2);
  const tail = half === 0 ? characters : characters.slice(-half);
  return `${characters.slice(0, half).join('')}\n...[truncated]...\n${tail.join('')}`;
}

function halves(tokens: ArrayLike<number>, limit: number): number[] {
  const half = Math.floor(limit / 2);
  const all = Array.from(tokens);
  return [...all.slice(0, half), ...(half === 0 ? all : all.slice(-half))];
}

/** Room for the chat template and the answer's first tokens that the reference leaves. */
const historyMargin = 1024;

export interface Truncated {
  readonly messages: readonly Message[];
  /** Absent where nothing was cut. */
  readonly truncation?: Truncation;
}

/** Applies a rule. Characters are counted first: text can have no more tokens than it has bytes. */
export function truncateMessages(messages: readonly Message[], rule: TruncationRule, codec: TokenCodec): Truncated {
  if (rule.type === 'none' || messages.length === 0) return { messages };
  const bytes = messages.reduce((sum, { content }) => sum + 3 * content.length, 0);
  if (bytes <= rule.limit) return { messages };
  const last = messages.at(-1) as Message;
  if (rule.type === 'prompt-tokens') {
    const tokens = codec.encode(last.content);
    if (tokens.length <= rule.limit) return { messages };
    const kept = halves(tokens, rule.limit);
    return {
      messages: [...messages.slice(0, -1), { ...last, content: codec.decode(kept) }],
      truncation: { original: tokens.length, kept: kept.length, unit: `tokens (${codec.name})` },
    };
  }
  const counts = messages.map(({ content }) => codec.encode(content).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= rule.limit) return { messages };
  const query = counts.at(-1) ?? 0;
  const unit = `tokens (${codec.name})`;
  const budget = rule.limit - query - historyMargin;
  if (budget <= 0) return { messages: [last], truncation: { original: total, kept: query, unit } };
  const history = codec.encode(
    messages
      .slice(0, -1)
      .map(({ content }) => content)
      .join('\n'),
  );
  const kept = history.length > budget ? halves(history, budget) : Array.from(history);
  return {
    messages: [{ role: 'user', content: codec.decode(kept) }, last],
    truncation: { original: total, kept: kept.length + query, unit },
  };
}

/**
 * Tokens estimated as pieces of four characters: what there is without a tokenizer. English averages a little more than four
 * characters a token, so that an estimated limit cuts slightly early.
 */
export const estimatedTokens: TokenCodec & { pieces: string[] } = {
  name: 'estimated, 4 characters each',
  exact: false,
  pieces: [],
  encode(text) {
    this.pieces = text.match(/[^]{1,4}/gu) ?? [];
    return Int32Array.from(this.pieces.keys());
  },
  decode(tokens) {
    return tokens.map((index) => this.pieces[index] ?? '').join('');
  },
};
