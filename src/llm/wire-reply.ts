/**
 * @file A reply as it comes over the wire, whole or in pieces. Where thoughts stand differs by server; here they all stand before the
 * answer in `<think>` marks. An end that is not the model's own is no reply.
 */
import { ChatFailure, type ChatReply } from './chat-model.ts';
import { WebPage } from './endpoint-error.ts';
import type { EndpointTraits } from './endpoint-traits.ts';
import { badReply, count, list, parsed, record, said, text, type Wire } from './server-failure.ts';

/** A reply with where its thoughts stood. */
export interface WireReply {
  readonly reply: ChatReply;
  readonly reasoning: EndpointTraits['reasoning'];
}

type Call = ChatReply['toolCalls'][number];

interface Parts {
  readonly content: string;
  readonly thoughts: Thoughts;
  readonly calls: readonly Call[];
  readonly finish: unknown;
  readonly usage: Wire;
}

interface Thoughts {
  readonly place: EndpointTraits['reasoning'];
  readonly text: string;
}

/** Some servers write a message in parts, thoughts among them. */
const contentText = (value: unknown): string =>
  Array.isArray(value)
    ? list(value)
        .map((part) => text(part.text))
        .join('')
    : text(value);

function thoughtsOf(message: Wire): Thoughts {
  if (text(message.reasoning_content) !== '')
    return { place: 'reasoning_content', text: text(message.reasoning_content) };
  if (text(message.reasoning) !== '') return { place: 'reasoning', text: text(message.reasoning) };
  const parts = Array.isArray(message.content) ? list(message.content) : [];
  const thought = parts.map(({ thinking }) => contentText(thinking)).join('');
  return { place: thought === '' ? 'none' : 'parts', text: thought };
}

/** Reasons for an end that is the model's own, as servers name them; one that names none ended by itself. */
const ownEnds: readonly unknown[] = [
  'stop',
  'tool_calls',
  'function_call',
  'eos',
  'eos_token',
  'end_turn',
  'stop_sequence',
  null,
  undefined,
];
const lengthEnds: readonly unknown[] = ['length', 'max_tokens', 'model_length', 'MAX_TOKENS', 'max_output_tokens'];

/** A reply that did not end by the model's will is no answer, and must not be scored or kept as one. @throws ChatFailure */
function checkFinish(finish: unknown): void {
  if (ownEnds.includes(finish) || lengthEnds.includes(finish)) return;
  const told = typeof finish === 'string' ? finish : JSON.stringify(finish);
  if (finish === 'content_filter')
    throw new ChatFailure('content-filter', 'The server withheld the reply: finish_reason is content_filter.', {
      retryable: false,
    });
  throw badReply(`The reply is no whole one: finish_reason is ${told}, expected stop, length or tool_calls.`);
}

/** Tokens as the server counts them. Some count thoughts in the total alone; prices of cached prompts differ by their name too. */
function tokensOf(usage: Wire) {
  const promptTokens = count(usage.prompt_tokens);
  const completionTokens = Math.max(count(usage.completion_tokens), count(usage.total_tokens) - promptTokens);
  const cached =
    count(record(usage.prompt_tokens_details).cached_tokens) ||
    count(usage.prompt_cache_hit_tokens) ||
    count(usage.cached_tokens) ||
    count(usage.cache_read_input_tokens);
  const thought =
    count(record(usage.completion_tokens_details).reasoning_tokens) ||
    completionTokens - count(usage.completion_tokens);
  return {
    promptTokens,
    completionTokens,
    ...(cached > 0 ? { cachedTokens: Math.min(cached, promptTokens) } : {}),
    ...(thought > 0 ? { reasoningTokens: thought } : {}),
  };
}

function replyOf({ content, thoughts, calls, finish, usage }: Parts): WireReply {
  checkFinish(finish);
  const tokens = tokensOf(usage);
  const inMarks = /^\s*<think>|<\/think>/.test(content);
  const hidden = tokens.reasoningTokens === undefined ? 'none' : 'hidden';
  return {
    reply: {
      text: thoughts.text === '' ? content : `<think>${thoughts.text}</think>\n${content}`,
      toolCalls: calls.map((call, index) => ({ ...call, id: call.id === '' ? `call_${index}` : call.id })),
      finish: lengthEnds.includes(finish) ? 'length' : calls.length > 0 ? 'tool-calls' : 'stop',
      ...tokens,
    },
    reasoning: thoughts.place !== 'none' ? thoughts.place : inMarks ? 'think' : hidden,
  };
}

/** Error codes that say that the server has too much to do, under a status that says that all is well. */
const overloadCodes: readonly unknown[] = [429, 503, 529, '429', '503', '529', 'rate_limit_exceeded'];

/** An error that comes in place of a reply, or beside one that it broke off. @throws ChatFailure */
function checkError(...places: readonly Wire[]): void {
  const place = places.find(({ error }) => error !== undefined && error !== null && error !== false && error !== '');
  if (place === undefined) return;
  const busy = overloadCodes.includes(record(place.error).code);
  throw badReply(`The server answered with an error: ${said({ error: place.error })}`, busy);
}

/** @throws ChatFailure when it is no whole reply. */
export function wholeReply(body: unknown): WireReply {
  const wire = parsed(body);
  const [choice] = list(wire.choices);
  checkError(wire, choice ?? {});
  if (choice === undefined || !('message' in choice)) {
    const why = `The server answered without a message: ${said(body)}`;
    if (/^\s*<(?:!doctype|\w)/i.test(text(body))) throw new WebPage('bad-reply', why, { retryable: true });
    throw badReply(why);
  }
  const message = record(choice.message);
  const calls = list(message.tool_calls).map((call) => {
    const { name, arguments: given } = record(call.function);
    return { id: text(call.id), name: text(name), arguments: text(given) };
  });
  const thoughts = thoughtsOf(message);
  const content = contentText(message.content) || text(message.refusal);
  const silent = message.content === null || message.content === undefined;
  if (silent && content === '' && thoughts.text === '' && calls.length === 0 && ownEnds.includes(choice.finish_reason))
    throw badReply('The server answered with a message that has neither content nor anything else.');
  return replyOf({ content, thoughts, calls, finish: choice.finish_reason, usage: record(wire.usage) });
}

/** Puts the pieces of a streamed reply together. @throws ChatFailure when it ends before the server said that it is whole. */
export async function streamedReply(pieces: AsyncIterable<unknown>, onPiece: () => void): Promise<WireReply> {
  let [content, thoughts]: [string, Thoughts] = ['', { place: 'none', text: '' }];
  let finish: unknown;
  let usage: Wire = {};
  const calls: Call[] = [];
  for await (const piece of pieces) {
    onPiece();
    const wire = record(piece);
    if (wire.usage !== null && wire.usage !== undefined) usage = record(wire.usage);
    const [choice] = list(wire.choices);
    checkError(wire, choice ?? {});
    if (choice === undefined) continue;
    finish = choice.finish_reason ?? finish;
    const delta = record(choice.delta);
    content += contentText(delta.content);
    const { place, text: thought } = thoughtsOf(delta);
    if (place !== 'none') thoughts = { place, text: thoughts.text + thought };
    for (const part of list(delta.tool_calls)) {
      const { name, arguments: more } = record(part.function);
      const at = count(part.index);
      const call = calls[at] ?? { id: '', name: '', arguments: '' };
      calls[at] = {
        id: call.id || text(part.id),
        name: call.name || text(name),
        arguments: call.arguments + text(more),
      };
    }
  }
  if (finish === undefined) throw badReply('The streamed reply ended before it was whole.');
  return replyOf({ content, thoughts, calls: calls.filter((call) => call !== undefined), finish, usage });
}
