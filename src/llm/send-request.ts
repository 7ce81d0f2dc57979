/**
 * @file One body to one address, and the reply or the failure, through the `openai` package. The package's own retries are off: pace and
 * retries belong to the caller's pool, which knows of all requests. Its timeout ends when headers arrive, so a body that drips for ever is
 * bounded here.
 */
import type OpenAI from 'openai';
import { ChatFailure } from './chat-model.ts';
import { patientFetch } from './patient-fetch.ts';
import { requestKey } from './request-cache.ts';
import { badReply, refusing, said, whyOf } from './server-failure.ts';
import { streamedReply, type WireReply, wholeReply } from './wire-reply.ts';
import type { WireBody } from './wire-request.ts';

/** Where a body goes; times are in milliseconds. */
export interface SendOptions {
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly timeout: number;
  /** Between two pieces of a streamed reply. */
  readonly idle: number;
  readonly fetch?: typeof fetch | undefined;
}

/** Sends a body and reads the reply. @throws ChatFailure */
export type SendRequest = (body: WireBody, signal?: AbortSignal) => Promise<WireReply>;

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

/** The address without the slashes at its end. */
export const plainUrl = (url: string): string => url.replace(/\/+$/, '');

async function openClient({ url, apiKey, fetch: send = patientFetch }: SendOptions): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: plainUrl(url),
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

async function exchange(client: OpenAI, body: WireBody, signal: AbortSignal, onPiece: () => void): Promise<WireReply> {
  // A gateway that honours the key does not charge again for a request whose reply was lost on the way.
  const headers = { 'idempotency-key': requestKey(JSON.stringify(body)) };
  // The fields beyond the protocol (`repetition_penalty`) are sent as they are.
  const wire = body as unknown as OpenAI.Chat.ChatCompletionCreateParams;
  const sent = await client.chat.completions.create(wire, { signal, headers }).withResponse();
  if (body.stream !== true) return wholeReply(sent.data);
  // A server that does not stream answers in one piece all the same.
  if (/\b(?:json|html)\b/.test(sent.response.headers.get('content-type') ?? ''))
    return wholeReply(await sent.response.text());
  return await streamedReply(sent.data as unknown as AsyncIterable<unknown>, onPiece);
}

async function failureOf(error: unknown, url: string): Promise<ChatFailure> {
  if (error instanceof ChatFailure) return error;
  const { APIError, APIConnectionError } = await import('openai');
  if (error instanceof APIConnectionError && error.cause instanceof ChatFailure) return error.cause;
  if (error instanceof APIError && !(error instanceof APIConnectionError))
    return badReply(`The server ended its reply with an error: ${said(error.error ?? error.message)}`);
  if (error instanceof SyntaxError) return badReply(`The reply is not JSON: ${error.message}`);
  return new ChatFailure('no-connection', `No reply from ${url}: ${whyOf(error)}`, { retryable: true, cause: error });
}

/** Opens no connection before the first body. */
export function openSender(options: SendOptions): SendRequest {
  const { url, timeout, idle } = options;
  let opened: Promise<OpenAI> | undefined;
  return async (body, signal) => {
    opened ??= openClient(options);
    const client = await opened;
    const limit = AbortSignal.timeout(timeout);
    // A long prompt keeps a server silent for long; only what comes after the first piece must come soon.
    const silence = body.stream === true ? timer(idle) : undefined;
    const signals = [limit, signal, silence?.signal].filter((one) => one !== undefined);
    try {
      return await exchange(client, body, AbortSignal.any(signals), () => silence?.wind());
    } catch (error) {
      signal?.throwIfAborted();
      // First the clocks: the package ends an aborted stream without an error, as if it were whole.
      if (limit.aborted || silence?.signal.aborted) {
        const why = limit.aborted ? `No whole reply within ${timeout} ms.` : `Nothing more came for ${idle} ms.`;
        throw new ChatFailure('timeout', why, { retryable: true, overload: true, cause: error });
      }
      throw await failureOf(error, url);
    } finally {
      silence?.stop();
    }
  };
}
