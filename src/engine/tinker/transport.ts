/**
 * @file Requests to a Tinker server: one attempt (`send`), and one that goes on until the server accepts or refuses (`call`).
 * Retries follow the official client: no reply, 408, 409, 425, 429 and 5xx are tried again with growing waits for five minutes,
 * `retry-after` is honoured, a billing pause (402) is waited out for an hour. The key is never part of an error.
 */
import { isRecord } from '../../json.ts';
import type { Random } from '../../random.ts';
import { type Clock, withDeadline } from './clock.ts';
import { refused, saidBy, TinkerFailure } from './failure.ts';

/** One server and how to reach it; fetch, clock and random numbers are passed in for tests. */
export interface TransportOptions {
  /** Without `/api/v1`. */
  readonly url: string;
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Spreads retries. */
  readonly random: Random;
  /** Milliseconds that a request is tried again for; default five minutes. */
  readonly patience?: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Says what the run waits for: a pause for billing, a queue. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** A request; `path` begins with a slash. */
export interface Outgoing {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Bytes travel as protobuf, anything else as JSON. */
  readonly body?: unknown;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for one attempt; default one minute. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Returns true for a reply that the caller takes as it is, though its status says failure. */
  readonly accepts?: (reply: Reply) => boolean;
}

/** A reply that came whole, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Protobuf bytes; undefined for other replies. */
  readonly bytes: Uint8Array | undefined;
  /** Parsed JSON, text where it is none, undefined where it is empty. */
  readonly body: unknown;
}

const requestTimeout = 60_000;
const longestBackoff = 30_000;
const longestRetryAfter = 60_000;
const billingWait = 5000;
const longestBilling = 3_600_000;

const retryable = (status: number): boolean =>
  status === 0 || status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;

/** Milliseconds that a reply asks to wait. */
export function retryAfter(headers: Headers): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  const wanted = Number.isFinite(ms) ? ms : Number(headers.get('retry-after') ?? Number.NaN) * 1000;
  return wanted > 0 && wanted <= longestRetryAfter ? wanted : undefined;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** All requests of a client go through one, so that a pause for billing holds for all of them. */
export class Transport {
  readonly clock: Clock;
  readonly random: Random;
  readonly notice: (text: string) => void;
  private readonly options: TransportOptions;
  private readonly base: string;
  /** Since when the server asks to pay; undefined while it does not. */
  private billingSince: number | undefined;

  constructor(options: TransportOptions) {
    this.options = options;
    this.clock = options.clock;
    this.random = options.random;
    this.notice = options.onNotice ?? (() => undefined);
    this.base = options.url.replace(/\/+$/, '');
  }

  get patience(): number {
    return this.options.patience ?? 300_000;
  }

  /** Replaces the key wherever a server echoed it. */
  private scrub(text: string): string {
    return this.options.apiKey === '' ? text : text.replaceAll(this.options.apiKey, '***');
  }

  /** One attempt. @throws TinkerFailure with status 0 when no whole reply came; the signal's reason when it aborted. */
  async send(request: Outgoing): Promise<Reply> {
    const { method = 'POST', path, body, accept, timeout = requestTimeout, signal } = request;
    const binary = body instanceof Uint8Array;
    const headers: Record<string, string> = {
      ...this.options.headers,
      'x-api-key': this.options.apiKey,
      accept: accept ?? 'application/json',
      ...(method === 'POST' ? { 'content-type': binary ? 'application/x-protobuf' : 'application/json' } : {}),
      ...request.headers,
    };
    const init = {
      method,
      headers,
      ...(method === 'POST' ? { body: binary ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body ?? {}) } : {}),
    };
    try {
      return await withDeadline(this.clock, timeout, signal, async (inner) => {
        const response = await this.options.fetch(`${this.base}${path}`, { ...init, signal: inner });
        const type = response.headers.get('content-type') ?? '';
        if (response.ok && type.includes('application/x-protobuf')) {
          const bytes = new Uint8Array(await response.arrayBuffer());
          return { status: response.status, headers: response.headers, bytes, body: undefined };
        }
        const text = this.scrub(await response.text());
        return { status: response.status, headers: response.headers, bytes: undefined, body: parse(text) };
      });
    } catch (error) {
      signal?.throwIfAborted();
      const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
      const why = error instanceof Error ? `${error.message}${cause}` : String(error);
      throw new TinkerFailure('tinker-no-reply', this.scrub(`${path}: no reply from ${this.base}: ${why}`), {
        hint: 'Is the server running, and reachable from here?',
      });
    }
  }

  /** Waits before attempt `attempt + 1` (from 0), at least as long as the server asked. */
  async backOff(attempt: number, asked: number | undefined, signal?: AbortSignal): Promise<void> {
    const growing = Math.min(1000 * 2 ** attempt, longestBackoff) * (0.75 + 0.25 * this.random.next());
    await this.clock.sleep(asked ?? growing, signal);
  }

  /** Waits while the account is paused for billing. @throws TinkerFailure after an hour. */
  async waitForBilling(what: string, body: unknown, signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    if (this.billingSince === undefined) this.notice(`The server paused for billing: ${saidBy(body)}`);
    this.billingSince ??= now;
    if (now - this.billingSince >= longestBilling) throw refused(what, 402, body);
    await this.clock.sleep(billingWait, signal);
  }

  billingSettled(): void {
    this.billingSince = undefined;
  }

  /** Sends until there is an answer. @throws TinkerFailure when the server refuses, or the patience is used up. */
  async call(request: Outgoing): Promise<Reply> {
    const { path, signal, accepts } = request;
    const start = this.clock.now();
    for (let attempt = 0; ; attempt++) {
      let reply: Reply | undefined;
      let failure: TinkerFailure;
      try {
        reply = await this.send(request);
        if (reply.status !== 402) this.billingSettled();
        if (accepts?.(reply) || (reply.status >= 200 && reply.status < 300)) return reply;
        failure = refused(path, reply.status, reply.body);
      } catch (error) {
        if (!(error instanceof TinkerFailure)) throw error;
        failure = error;
      }
      if (reply?.status === 402) {
        await this.waitForBilling(path, reply.body, signal);
        continue;
      }
      const told = reply?.headers.get('x-should-retry');
      const again = told === 'true' || (told !== 'false' && retryable(failure.status));
      if (!again || this.clock.now() - start >= this.patience) throw failure;
      await this.backOff(attempt, reply === undefined ? undefined : retryAfter(reply.headers), signal);
    }
  }

  /** The JSON object that a path answers. @throws TinkerFailure */
  async json(path: string, body?: unknown, more: Partial<Outgoing> = {}): Promise<Readonly<Record<string, unknown>>> {
    const reply = await this.call({ path, body, ...more });
    if (isRecord(reply.body)) return reply.body;
    throw new TinkerFailure('tinker-bad-reply', `${path}: expected a JSON object, got ${saidBy(reply.body)}`, {
      status: reply.status,
      hint: 'Is there a Tinker server at this address?',
    });
  }
}
