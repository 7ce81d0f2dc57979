/**
 * @file Middle truncation of prompts that are too long: head and tail halves stay (LongBench). Three published rules: by characters
 * with a mark in the gap (reference `lbv1qa_eval.py`), by tokens over the whole prompt (`docmath_adapter.py`), and by tokens over
 * the turns before the last, which then become one message (`mrcr_eval.py`). What was cut is logged with every sample.
 */
import type { ChatMessage } from '../llm/chat-model.ts';
import type { Truncation, TruncationRule } from './benchmark.ts';

/** A tokenizer as far as truncation needs one. */
export interface TokenCodec {
  /** Goes into the log: counts are of these tokens. */
  readonly name: string;
  /** False where tokens are estimated from characters. */
  readonly exact: boolean;
  encode(text: string): Promise<ArrayLike<number>>;
  decode(tokens: readonly number[]): Promise<string>;
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
  readonly messages: readonly ChatMessage[];
  /** Absent where nothing was cut. */
  readonly truncation?: Truncation;
}

/** Applies a rule. Characters are counted first: text can have no more tokens than it has bytes. */
export async function truncateMessages(
  messages: readonly ChatMessage[],
  rule: TruncationRule,
  codec: TokenCodec,
): Promise<Truncated> {
  if (rule.type === 'none' || messages.length === 0) return { messages };
  const bytes = messages.reduce((sum, { content }) => sum + 3 * content.length, 0);
  if (bytes <= rule.limit) return { messages };
  const last = messages.at(-1) as ChatMessage;
  if (rule.type === 'prompt-tokens') {
    const tokens = await codec.encode(last.content);
    if (tokens.length <= rule.limit) return { messages };
    const kept = halves(tokens, rule.limit);
    return {
      messages: [...messages.slice(0, -1), { ...last, content: await codec.decode(kept) }],
      truncation: { original: tokens.length, kept: kept.length, unit: `tokens (${codec.name})` },
    };
  }
  const encoded = await Promise.all(messages.map(({ content }) => codec.encode(content)));
  const counts = encoded.map((tokens) => tokens.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= rule.limit) return { messages };
  const query = counts.at(-1) ?? 0;
  const unit = `tokens (${codec.name})`;
  const budget = rule.limit - query - historyMargin;
  if (budget <= 0) return { messages: [last], truncation: { original: total, kept: query, unit } };
  const history = await codec.encode(
    messages
      .slice(0, -1)
      .map(({ content }) => content)
      .join('\n'),
  );
  const kept = history.length > budget ? halves(history, budget) : Array.from(history);
  return {
    messages: [{ role: 'user', content: await codec.decode(kept) }, last],
    truncation: { original: total, kept: kept.length + query, unit },
  };
}

const pieces = (text: string): string[] => text.match(/[\s\S]{1,4}/gu) ?? [];

/**
 * Tokens estimated as pieces of four characters: what there is without a tokenizer. English averages a little more than four
 * characters a token, so that an estimated limit cuts slightly early. A token's
 * number is its piece's place in a table that grows with the pieces seen.
 */
export function estimatedTokens(): TokenCodec {
  const table: string[] = [];
  const known = new Map<string, number>();
  const idOf = (piece: string): number => {
    const id = known.get(piece) ?? table.push(piece) - 1;
    known.set(piece, id);
    return id;
  };
  return {
    name: 'estimated, 4 characters each',
    exact: false,
    encode: (text) => Promise.resolve(pieces(text).map(idOf)),
    decode: (tokens) => Promise.resolve(tokens.map((id) => table[id] ?? '').join('')),
  };
}
