/**
 * @file A chat model behind an OpenAI-compatible endpoint (vLLM, SGLang, llama.cpp, hosted services), and the failures that a
 * caller can act on: whether asking again may help, and whether the server said that it has too much to do.
 */
import { GolongrlError } from '../errors.ts';
import { requestKey } from './request-cache.ts';

export interface ChatToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly toolCalls?: readonly ChatToolCall[];
  readonly toolCallId?: string;
}

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[];
  readonly temperature: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  /** Not in the protocol; vLLM and SGLang read it. */
  readonly repetitionPenalty?: number;
  /** JSON schema that the answer follows, for servers that constrain decoding to one. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
}

export interface ChatReply {
  /** Reasoning that the server keeps apart stands before the answer in `<think>` marks, as the model wrote it. */
  readonly text: string;
  readonly toolCalls: readonly ChatToolCall[];
  readonly finish: 'stop' | 'length' | 'tool-calls';
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export interface ChatModel {
  readonly name: string;
  /** @throws ChatFailure */
  complete(request: ChatRequest, signal?: AbortSignal): Promise<ChatReply>;
}

/** A request that brought no reply. */
export class ChatFailure extends GolongrlError {
  /** Asking again may help. */
  readonly retryable: boolean;
  /** The server has too much to do: ask less at once. */
  readonly overload: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    code: string,
    message: string,
    options: { retryable: boolean; overload?: boolean; retryAfter?: number | undefined; cause?: unknown },
  ) {
    super(code, message, undefined, { cause: options.cause });
    this.retryable = options.retryable;
    this.overload = options.overload ?? false;
    this.retryAfter = options.retryAfter;
  }
}

export interface EndpointOptions {
  /** Ends in `/v1` for most servers. */
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string | undefined;
  /** Milliseconds for one request (default one hour: a long answer takes its time). */
  readonly timeout?: number;
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

function wireRequest(model: string, request: ChatRequest) {
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
    stream: false,
  };
}

type Wire = Readonly<Record<string, unknown>>;
const record = (value: unknown): Wire => (typeof value === 'object' && value !== null ? (value as Wire) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function readReply(body: unknown): ChatReply | undefined {
  const { choices, usage } = record(body);
  const choice = record(Array.isArray(choices) ? choices[0] : undefined);
  if (!('message' in choice)) return undefined;
  const message = record(choice.message);
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.map(record) : [];
  const reasoning = text(message.reasoning_content ?? message.reasoning);
  const finish = choice.finish_reason;
  return {
    text: reasoning === '' ? text(message.content) : `<think>${reasoning}</think>\n${text(message.content)}`,
    toolCalls: calls.map((call, index) => ({
      id: text(call.id) === '' ? `call_${index}` : text(call.id),
      name: text(record(call.function).name),
      arguments: text(record(call.function).arguments),
    })),
    finish: finish === 'length' ? 'length' : calls.length > 0 ? 'tool-calls' : 'stop',
    promptTokens: count(record(usage).prompt_tokens),
    completionTokens: count(record(usage).completion_tokens),
  };
}

async function failure(response: Response): Promise<ChatFailure> {
  const { status } = response;
  const said = (await response.text().catch(() => '')).slice(0, 300);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ChatFailure(`http-${status}`, `The server answered ${status}: ${said}`, {
    retryable: status === 408 || status === 409 || status === 425 || status === 429 || status >= 500,
    overload: status === 429 || status >= 500,
    retryAfter: Number.isFinite(seconds) ? seconds * 1000 : undefined,
  });
}

/**
 * A model at an endpoint. One call is one request: retries and their pace belong to the caller.
 *
 * @example const model = openEndpoint({ url: 'http://127.0.0.1:8000/v1', model: 'my-model' });
 */
export function openEndpoint(options: EndpointOptions): ChatModel {
  const { url, model, apiKey, timeout = 3_600_000, fetch: send = fetch } = options;
  const address = `${url.replace(/\/+$/, '')}/chat/completions`;
  const headers = {
    'content-type': 'application/json',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  return {
    name: model,
    async complete(request, signal) {
      const limit = AbortSignal.timeout(timeout);
      const either = signal === undefined ? limit : AbortSignal.any([limit, signal]);
      try {
        const body = JSON.stringify(wireRequest(model, request));
        // A gateway that honours the key does not charge again for a request whose reply was lost on the way.
        const sent = { ...headers, 'idempotency-key': requestKey(body) };
        const response = await send(address, { method: 'POST', headers: sent, body, signal: either });
        if (!response.ok) throw await failure(response);
        const reply = readReply(await response.json());
        if (reply === undefined) {
          throw new ChatFailure('bad-reply', 'The server answered without a message.', { retryable: true });
        }
        return reply;
      } catch (error) {
        if (error instanceof ChatFailure) throw error;
        signal?.throwIfAborted();
        const timedOut = limit.aborted;
        const why =
          error instanceof Error
            ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`
            : String(error);
        throw new ChatFailure(
          timedOut ? 'timeout' : 'no-connection',
          timedOut ? `No reply within ${timeout} ms.` : `No reply from ${address}: ${why}`,
          { retryable: true, overload: timedOut, cause: error },
        );
      }
    },
  };
}
