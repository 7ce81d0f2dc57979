/**
 * @file An answer of a given form: asked for as JSON, checked against a zod schema and what the caller demands beyond it, and where it
 * does not fit sent back with what is wrong, a few times. An answer that never fits is a value, not an exception.
 */
import { z } from 'zod';
import type { Answered } from './cached-client.ts';
import type { ChatMessage, ChatRequest } from './chat-model.ts';

export interface StructuredRequest<T> {
  readonly request: ChatRequest;
  readonly schema: z.ZodType<T>;
  /** What is wrong with an answer of the right form; undefined when nothing is. */
  readonly object?: (value: T) => string | undefined;
  /** Rounds of repair after the first answer. */
  readonly repairs: number;
  /** Send the JSON schema for constrained decoding. */
  readonly constrain: boolean;
  readonly ask: (request: ChatRequest) => Promise<Answered>;
}

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

/**
 * The form for constrained decoding. Bounds of strings are left to the check afterwards: hosted services refuse them, and llama.cpp
 * takes seconds a token over a repetition of hundreds of characters.
 */
function decodingSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minLength;
      delete jsonSchema.maxLength;
    },
  });
  return rest;
}

/** Characters of a wrong answer that are sent back. */
const shown = 4000;

/** @throws ChatFailure, ResourceError as the client does. */
export async function askStructured<T>(options: StructuredRequest<T>): Promise<Structured<T>> {
  const { schema, repairs, constrain, ask } = options;
  const jsonSchema = decodingSchema(schema);
  const answers: Answered[] = [];
  const first = options.request.messages;
  let messages: readonly ChatMessage[] = first;
  for (let round = 0; ; round++) {
    const answered = await ask({ ...options.request, messages, ...(constrain ? { jsonSchema } : {}) });
    answers.push(answered);
    const { text, finish } = answered.reply;
    const found = read(options, text, finish === 'length');
    if ('value' in found) return { ok: true, value: found.value, answers };
    if (round >= repairs) return { ok: false, ...found, answers };
    const wish = `That does not fit: ${found.why}\nAnswer again with one JSON object and nothing else.`;
    messages = [...first, { role: 'assistant', content: text.slice(0, shown) }, { role: 'user', content: wish }];
  }
}
