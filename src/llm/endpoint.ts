/**
 * @file A chat model behind an OpenAI-compatible endpoint (vLLM, SGLang, llama.cpp, hosted services), through the `openai` package. The
 * package's own retries are off: pace and retries belong to the caller's pool, which knows of all requests. Its timeout ends when
 * headers arrive, so a body that drips for ever is bounded here. What a server says beside an error status is read here too: the
 * package knows one form of it, and servers have several.
 */
import type OpenAI from 'openai';
import { ChatFailure, type ChatMessage, type ChatModel, type ChatReply, type ChatRequest } from './chat-model.ts';
import { patientFetch } from './patient-fetch.ts';
import { requestKey } from './request-cache.ts';

/** One endpoint with one model; times are in milliseconds. */
export interface EndpointOptions {
  /** Ends in `/v1` for most servers. */
  readonly url: string;
  readonly model: string;
  /** What tells it from another server with a model of the same name. Default: the url. */
  readonly place?: string;
  readonly apiKey?: string | undefined;
  /** Milliseconds for one request (default one hour: a long answer takes its time). */
  readonly timeout?: number;
  /** Ask for the reply piece by piece: a server that writes for minutes is heard of meanwhile. */
  readonly stream?: boolean;
  /** Milliseconds between two pieces of a streamed reply (default two minutes). */
  readonly idle?: number;
  /** Default: one without time limits of its own. */
  readonly fetch?: typeof fetch;
}

const wireMessage = ({ role, content, toolCalls, toolCallId }: ChatMessage) => ({
  role,
  content,
  ...(toolCalls === undefined || toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      }),
  ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
});

function wireRequest(model: string, request: ChatRequest, stream: boolean) {
  const { tools, topP, maxTokens, seed, repetitionPenalty, jsonSchema } = request;
  return {
    model,
    messages: request.messages.map(wireMessage),
    temperature: request.temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(repetitionPenalty === undefined ? {} : { repetition_penalty: repetitionPenalty }),
    ...(jsonSchema === undefined
      ? {}
      : {
          response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: jsonSchema } },
        }),
    ...(tools === undefined || tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
    ...(stream ? { stream, stream_options: { include_usage: true } } : { stream }),
  };
}

type Wire = Readonly<Record<string, unknown>>;
const record = (value: unknown): Wire => (typeof value === 'object' && value !== null ? (value as Wire) : {});
const list = (value: unknown): readonly Wire[] => (Array.isArray(value) ? value.map(record) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Some servers write a message in parts. */
const contentText = (value: unknown): string =>
  Array.isArray(value)
    ? list(value)
        .map((part) => text(part.text))
        .join('')
    : text(value);
const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** Some servers send JSON under another content type, and the package leaves it as text then. */
function parsed(body: unknown): Wire {
  if (typeof body !== 'string') return record(body);
  try {
    return record(JSON.parse(body));
  } catch {
    return {};
  }
}

interface Parts {
  readonly content: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly finish: unknown;
  readonly usage: Wire;
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
const lengthEnds: readonly unknown[] = ['length', 'max_tokens', 'model_length'];

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

function replyOf({ content, reasoning, calls, finish, usage }: Parts): ChatReply {
  checkFinish(finish);
  return {
    text: reasoning === '' ? content : `<think>${reasoning}</think>\n${content}`,
    toolCalls: calls.map((call, index) => ({ ...call, id: call.id === '' ? `call_${index}` : call.id })),
    finish: lengthEnds.includes(finish) ? 'length' : calls.length > 0 ? 'tool-calls' : 'stop',
    promptTokens: count(usage.prompt_tokens),
    completionTokens: count(usage.completion_tokens),
  };
}

/** What a server says of an error: `{error: {message}}` in the protocol, `{error: "..."}`, `{detail: ...}` or plain text elsewhere. */
function said(body: unknown): string {
  const { error, detail, message } = parsed(body);
  const words = [record(error).message, error, detail, message].find((one) => typeof one === 'string' && one !== '');
  const whole = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  return (text(words) || whole).trim().slice(0, 300) || 'nothing';
}

const badReply = (why: string, overload = false): ChatFailure =>
  new ChatFailure('bad-reply', why, { retryable: true, overload });

/** Error codes that say that the server has too much to do, under a status that says that all is well. */
const overloadCodes: readonly unknown[] = [429, 503, 529, '429', '503', '529', 'rate_limit_exceeded'];

/** An error that comes in place of a reply, or beside one that it broke off. @throws ChatFailure */
function checkError(...places: readonly Wire[]): void {
  const place = places.find(({ error }) => error !== undefined && error !== null && error !== false && error !== '');
  if (place === undefined) return;
  const busy = overloadCodes.includes(record(place.error).code);
  throw badReply(`The server answered with an error: ${said({ error: place.error })}`, busy);
}

function wholeReply(body: unknown): ChatReply {
  const wire = parsed(body);
  const [choice] = list(wire.choices);
  checkError(wire, choice ?? {});
  if (choice === undefined || !('message' in choice)) {
    throw badReply(`The server answered without a message: ${said(body)}`);
  }
  const message = record(choice.message);
  const calls = list(message.tool_calls).map((call) => {
    const { name, arguments: given } = record(call.function);
    return { id: text(call.id), name: text(name), arguments: text(given) };
  });
  const reasoning = text(message.reasoning_content ?? message.reasoning);
  const content = contentText(message.content) || text(message.refusal);
  const silent = message.content === null || message.content === undefined;
  if (silent && content === '' && reasoning === '' && calls.length === 0 && ownEnds.includes(choice.finish_reason))
    throw badReply('The server answered with a message that has neither content nor anything else.');
  return replyOf({
    content,
    reasoning,
    calls,
    finish: choice.finish_reason,
    usage: record(wire.usage),
  });
}

/** Puts the pieces of a streamed reply together. @throws ChatFailure when it ends before the server said that it is whole. */
async function streamedReply(pieces: AsyncIterable<unknown>, onPiece: () => void): Promise<ChatReply> {
  let [content, reasoning] = ['', ''];
  let finish: unknown;
  let usage: Wire = {};
  const calls: { id: string; name: string; arguments: string }[] = [];
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
    reasoning += text(delta.reasoning_content ?? delta.reasoning);
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
  return replyOf({ content, reasoning, calls: calls.filter((call) => call !== undefined), finish, usage });
}

/** Milliseconds that a server asks to wait: milliseconds, seconds or a date. */
function retryAfter(headers: Headers): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0 && Number.isFinite(exact)) return exact;
  const stated = headers.get('retry-after');
  if (stated === null) return undefined;
  const seconds = Number(stated);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(stated) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function statusFailure(status: number, body: string, headers: Headers): ChatFailure {
  const place = headers.get('location');
  const elsewhere = place === null ? '' : ` (it points to ${place})`;
  return new ChatFailure(`http-${status}`, `The server answered ${status}: ${said(body)}${elsewhere}`, {
    // One of the answers of 429 means that the account is empty, which no waiting fills.
    retryable: ([408, 409, 425, 429].includes(status) && !body.includes('insufficient_quota')) || status >= 500,
    overload: status === 429 || status >= 500,
    retryAfter: retryAfter(headers),
  });
}

/** Throws what the server says beside a status that is an error, before the package makes its own of it. */
const refusing =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await send(input, init);
    if (response.ok) return response;
    throw statusFailure(response.status, await response.text(), response.headers);
  };

const whyOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`;
};

/** A clock that runs out some time after it was last wound up; nothing happens before the first time. */
function timer(ms: number) {
  const controller = new AbortController();
  let handle: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    wind: () => {
      clearTimeout(handle);
      handle = setTimeout(() => controller.abort(), ms);
    },
    stop: () => clearTimeout(handle),
  };
}

/** The longest delay of a timer: the package's own limit must not come before ours. */
const never = 2 ** 31 - 1;

async function openClient({ url, apiKey, fetch: send = patientFetch }: EndpointOptions): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: url.replace(/\/+$/, ''),
    // The package insists on a key; a server of one's own needs none and is sent none.
    apiKey: apiKey ?? 'none',
    ...(apiKey === undefined ? { defaultHeaders: { authorization: null } } : {}),
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: never,
    logLevel: 'off',
    fetch: refusing(send),
  });
}

/**
 * A model at an endpoint. One call is one request: retries and their pace belong to the caller.
 *
 * @example const model = openEndpoint({ url: 'http://127.0.0.1:8000/v1', model: 'my-model' });
 */
export function openEndpoint(options: EndpointOptions): ChatModel {
  const { url, model, timeout = 3_600_000, stream = false, idle = 120_000 } = options;
  let opened: Promise<OpenAI> | undefined;
  const send = async (client: OpenAI, request: ChatRequest, signal: AbortSignal, onPiece: () => void) => {
    const body = wireRequest(model, request, stream);
    // A gateway that honours the key does not charge again for a request whose reply was lost on the way.
    const headers = { 'idempotency-key': requestKey(JSON.stringify(body)) };
    // The fields beyond the protocol (`repetition_penalty`) are sent as they are.
    const wire = body as unknown as OpenAI.Chat.ChatCompletionCreateParams;
    const sent = await client.chat.completions.create(wire, { signal, headers }).withResponse();
    if (!stream) return wholeReply(sent.data);
    // A server that does not stream answers in one piece all the same.
    if (/\bjson\b/.test(sent.response.headers.get('content-type') ?? '')) return wholeReply(await sent.response.text());
    return await streamedReply(sent.data as unknown as AsyncIterable<unknown>, onPiece);
  };
  return {
    name: model,
    place: options.place ?? url.replace(/\/+$/, ''),
    ...(URL.canParse(url) ? { server: new URL(url).origin } : {}),
    async complete(request, signal) {
      opened ??= openClient(options);
      const client = await opened;
      const limit = AbortSignal.timeout(timeout);
      // A long prompt keeps a server silent for long; only what comes after the first piece must come soon.
      const silence = stream ? timer(idle) : undefined;
      const signals = [limit, signal, silence?.signal].filter((one) => one !== undefined);
      try {
        return await send(client, request, AbortSignal.any(signals), () => silence?.wind());
      } catch (error) {
        signal?.throwIfAborted();
        // First the clocks: the package ends an aborted stream without an error, as if it were whole.
        if (limit.aborted || silence?.signal.aborted) {
          const why = limit.aborted ? `No whole reply within ${timeout} ms.` : `Nothing more came for ${idle} ms.`;
          throw new ChatFailure('timeout', why, { retryable: true, overload: true, cause: error });
        }
        if (error instanceof ChatFailure) throw error;
        const { APIError, APIConnectionError } = await import('openai');
        if (error instanceof APIConnectionError && error.cause instanceof ChatFailure) throw error.cause;
        if (error instanceof APIError && !(error instanceof APIConnectionError))
          throw badReply(`The server ended its reply with an error: ${said(error.error ?? error.message)}`);
        if (error instanceof SyntaxError) throw badReply(`The reply is not JSON: ${error.message}`);
        throw new ChatFailure('no-connection', `No reply from ${url}: ${whyOf(error)}`, {
          retryable: true,
          cause: error,
        });
      } finally {
        silence?.stop();
      }
    },
  };
}
