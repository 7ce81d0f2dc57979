/**
 * @file An answer of a given form: asked for as JSON, checked against a zod schema and what the caller demands beyond it, and where it
 * does not fit sent back with what is wrong, a few times. An answer that never fits is a value, not an exception. Each round has a seed
 * of its own: the same mistake made twice would otherwise be the same request, and its answer the one already at hand.
 */
import { z } from 'zod';
import type { Answered } from './cached-client.ts';
import type { ChatMessage, ChatRequest } from './chat-model.ts';

/** `T` is what the schema gives; `ask` may be counted and cached by the caller. */
export interface StructuredRequest<T> {
  readonly request: ChatRequest;
  readonly schema: z.ZodType<T>;
  /** What is wrong with an answer of the right form; undefined when nothing is. */
  readonly object?: (value: T) => string | undefined;
  /** Rounds of repair after the first answer. */
  readonly repairs: number;
  /** Send the JSON schema for constrained decoding; `lengths`: with the bounds of its strings. */
  readonly constrain: boolean | 'lengths';
  /** A narrower form to decode by. Answers are held against `schema` alone. */
  readonly decoding?: z.ZodType | undefined;
  /** Who asks: an endpoint with its cache and its budget. */
  readonly ask: (request: ChatRequest) => Promise<Answered>;
}

/** `answers` are all replies, repairs included, in order: they were paid for. */
export type Structured<T> =
  | { readonly ok: true; readonly value: T; readonly answers: readonly Answered[] }
  | {
      readonly ok: false;
      /** Whether the last answer lacked the form, or had it and met the caller's objection. */
      readonly at: 'form' | 'content';
      readonly why: string;
      readonly answers: readonly Answered[];
    };

/** The JSON object of an answer, without thinking, fences or words around it. */
function jsonObject(text: string): unknown {
  const said = text.slice(text.lastIndexOf('</think>') + 1);
  const [start, end] = [said.indexOf('{'), said.lastIndexOf('}')];
  if (start < 0 || end < start) throw new SyntaxError('there is no JSON object in the answer');
  return JSON.parse(said.slice(start, end + 1));
}

type Read<T> = { readonly value: T } | { readonly at: 'form' | 'content'; readonly why: string };

function read<T>({ schema, object }: StructuredRequest<T>, text: string, cut: boolean): Read<T> {
  try {
    const parsed = schema.safeParse(jsonObject(text));
    if (!parsed.success) return { at: 'form', why: z.prettifyError(parsed.error) };
    const why = object?.(parsed.data);
    return why === undefined ? { value: parsed.data } : { at: 'content', why };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {
      at: 'form',
      why: cut ? `the answer was cut off at the limit of tokens (${error.message})` : error.message,
    };
  }
}

/** The form for constrained decoding. Hosted services refuse bounds of strings, which then are left to the check afterwards. */
export function decodingSchema<T>({
  schema,
  decoding,
  constrain,
}: Pick<StructuredRequest<T>, 'schema' | 'decoding' | 'constrain'>): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(decoding ?? schema, {
    override: ({ jsonSchema }) => {
      if (constrain === 'lengths') return;
      delete jsonSchema.minLength;
      delete jsonSchema.maxLength;
    },
  });
  return rest;
}

/** Characters of a wrong answer that are sent back, and of what is said against it. */
const [shown, objected] = [4000, 1000];

/** Bytes that a round of repair adds to the first request at most, without what a chat template adds. */
export const repairBytes = 3 * (shown + objected) + 200;

/** @throws ChatFailure, ResourceError as the client does. */
export async function askStructured<T>(options: StructuredRequest<T>): Promise<Structured<T>> {
  const { request, repairs, constrain, ask } = options;
  const form = constrain === false ? {} : { jsonSchema: decodingSchema(options) };
  const answers: Answered[] = [];
  const first = request.messages;
  let messages: readonly ChatMessage[] = first;
  for (let round = 0; ; round++) {
    const seed = round === 0 ? request.seed : (request.seed ?? 0) + round;
    const answered = await ask({ ...request, ...form, messages, ...(seed === undefined ? {} : { seed }) });
    answers.push(answered);
    const { text, finish } = answered.reply;
    const found = read(options, text, finish === 'length');
    if ('value' in found) return { ok: true, value: found.value, answers };
    if (round >= repairs) return { ok: false, ...found, answers };
    const wish = `That does not fit: ${found.why.slice(0, objected)}\nAnswer again with one JSON object and nothing else.`;
    messages = [...first, { role: 'assistant', content: text.slice(0, shown) }, { role: 'user', content: wish }];
  }
}
