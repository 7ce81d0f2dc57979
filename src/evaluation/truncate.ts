/**
 * @file Middle truncation of prompts that are too long: head and tail halves stay (LongBench). Three published rules: by characters
 * with a mark in the gap (reference `lbv1qa_eval.py`), by tokens over the whole prompt (`docmath_adapter.py`), and by tokens over
 * the turns before the last, which then become one message (`mrcr_eval.py`). What was cut is logged with every sample.
 */
import type { ChatMessage } from '../llm/chat-model.ts';
import type { Truncation, TruncationRule } from './benchmark.ts';

/** A text in tokens, as far as truncation needs them. */
export interface MeasuredText {
  readonly count: number;
  /** The first and the last so many tokens, put together. */
  ends(head: number, tail: number): Promise<string>;
}

/** Counts tokens and cuts by them: a tokenizer, or the estimate where none is named. */
export interface TokenCodec {
  /** Goes into the log: counts are of these tokens. */
  readonly name: string;
  measure(text: string): Promise<MeasuredText>;
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

/** Room for the chat template and the answer's first tokens that the reference leaves. */
const historyMargin = 1024;

/** What goes to the model; turns of a history that was cut are one message. */
export interface Truncated {
  readonly messages: readonly ChatMessage[];
  /** Absent where nothing was cut. */
  readonly truncation?: Truncation;
}

/** The halves of a limit from both ends; all of it where the halves are nothing, as slicing by zero does in the reference. */
const cut = (text: MeasuredText, limit: number): Promise<string> => {
  const half = Math.floor(limit / 2);
  return text.ends(half, half === 0 ? text.count : half);
};

/** Applies a rule. Length comes first: text has no more tokens than bytes, and measuring tokens takes time. */
export async function truncateMessages(
  messages: readonly ChatMessage[],
  rule: TruncationRule,
  codec: TokenCodec,
): Promise<Truncated> {
  const last = messages.at(-1);
  if (rule.type === 'none' || last === undefined) return { messages };
  const bytes = messages.reduce((sum, { content }) => sum + 3 * content.length, 0);
  if (bytes <= rule.limit) return { messages };
  const unit = `tokens (${codec.name})`;
  if (rule.type === 'prompt-tokens') {
    const text = await codec.measure(last.content);
    if (text.count <= rule.limit) return { messages };
    return {
      messages: [...messages.slice(0, -1), { ...last, content: await cut(text, rule.limit) }],
      truncation: { original: text.count, kept: 2 * Math.floor(rule.limit / 2), unit },
    };
  }
  const earlier = messages.slice(0, -1).map(({ content }) => content);
  const history = await codec.measure(earlier.join('\n'));
  const query = (await codec.measure(last.content)).count;
  const original = history.count + query;
  if (original <= rule.limit) return { messages };
  const budget = rule.limit - query - historyMargin;
  if (budget <= 0) return { messages: [last], truncation: { original, kept: query, unit } };
  const kept = Math.min(history.count, 2 * Math.floor(budget / 2));
  const content = history.count > budget ? await cut(history, budget) : earlier.join('\n');
  return { messages: [{ role: 'user', content }, last], truncation: { original, kept: kept + query, unit } };
}

const perToken = 4;

/**
 * Tokens estimated from characters: what there is without a tokenizer. English averages a little more than four characters a
 * token, so that an estimated limit cuts slightly early.
 */
export const estimatedTokens: TokenCodec = {
  name: `estimated, ${perToken} characters each`,
  measure(text) {
    const characters = Array.from(text);
    const ends = (head: number, tail: number): Promise<string> => {
      const [first, second] = [characters.slice(0, head * perToken), characters.slice(-tail * perToken)];
      return Promise.resolve(first.join('') + second.join(''));
    };
    return Promise.resolve({ count: Math.ceil(characters.length / perToken), ends });
  },
};
