/**
 * @file What a server says beside an error status, and why no server answered. Servers word errors in several forms; a refusal keeps the
 * whole body, because the field that is refused stands in another place of it at each of them.
 */
import { ChatFailure } from './chat-model.ts';

/** JSON from a server, of which nothing is known. */
export type Wire = Readonly<Record<string, unknown>>;
/** The fields of an object, none where it is no object. */
export const record = (value: unknown): Wire => (typeof value === 'object' && value !== null ? (value as Wire) : {});
/** The objects of an array, none where it is no array. */
export const list = (value: unknown): readonly Wire[] => (Array.isArray(value) ? value.map(record) : []);
/** A string, empty where it is none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** A finite number, 0 where it is none. */
export const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** Some servers send JSON under another content type, and the package leaves it as text then. */
export function parsed(body: unknown): Wire {
  if (typeof body !== 'string') return record(body);
  try {
    const value: unknown = JSON.parse(body);
    // Gemini puts its errors into a list.
    return record(Array.isArray(value) ? value[0] : value);
  } catch {
    return {};
  }
}

/** What a server says of an error: `{error: {message}}` in the protocol, `{error: "..."}`, `{detail: ...}` or plain text elsewhere. */
export function said(body: unknown): string {
  const { error, detail, message } = parsed(body);
  const words = [record(error).message, error, detail, message].find((one) => typeof one === 'string' && one !== '');
  const whole = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  return (text(words) || whole).trim().slice(0, 300) || 'nothing';
}

/** Milliseconds that a text states: `1s`, `6m0s`, `250ms`. */
function duration(stated: string): number | undefined {
  const parts = [...stated.matchAll(/([\d.]+)(ms|h|m|s)/g)];
  if (parts.length === 0) return undefined;
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return parts.reduce((sum, [, number, unit = 's']) => sum + Number(number) * (units[unit] ?? 0), 0);
}

/** Milliseconds that a server asks to wait: milliseconds, seconds, a date, or when its limit is full again. */
function retryAfter(headers: Headers, body: string): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0 && Number.isFinite(exact)) return exact;
  const stated = headers.get('retry-after');
  if (stated === null) {
    const resets = ['requests', 'tokens']
      .filter((what) => headers.get(`x-ratelimit-remaining-${what}`) === '0')
      .map((what) => duration(headers.get(`x-ratelimit-reset-${what}`) ?? ''));
    const delay = /"retryDelay":\s*"([\d.]+m?s)"/.exec(body)?.[1];
    const waits = [...resets, delay === undefined ? undefined : duration(delay)].filter((one) => one !== undefined);
    return waits.length === 0 ? undefined : Math.max(...waits);
  }
  const seconds = Number(stated);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(stated) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** An answer with an error status. */
export class StatusFailure extends ChatFailure {
  readonly status: number;
  /** As it came. */
  readonly body: string;
  /** Where it points instead, in words. */
  readonly place: string | undefined;

  constructor(status: number, body: string, headers: Headers) {
    const location = headers.get('location');
    const place = location === null ? undefined : `points to ${location}`;
    const elsewhere = place === undefined ? '' : ` (it ${place})`;
    super(`http-${status}`, `The server answered ${status}: ${said(body)}${elsewhere}`, {
      // One of the answers of 429 means that the account is empty, which no waiting fills.
      retryable: ([408, 409, 425, 429].includes(status) && !body.includes('insufficient_quota')) || status >= 500,
      overload: status === 429 || status >= 500,
      retryAfter: retryAfter(headers, body),
    });
    this.status = status;
    this.body = body;
    this.place = place;
  }
}

/** Throws what the server says beside a status that is an error, before the package makes its own of it. */
export const refusing =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await send(input, init);
    if (response.ok) return response;
    throw new StatusFailure(response.status, await response.text(), response.headers);
  };

/** A reply that is none; another try may bring one. */
export const badReply = (why: string, overload = false): ChatFailure =>
  new ChatFailure('bad-reply', why, { retryable: true, overload });

/** The innermost code of an error of the network (`ECONNREFUSED`), empty where it has none. */
export function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return networkCode(error.cause) || text((error as NodeJS.ErrnoException).code);
}

/** An error in words, with its cause. */
export const whyOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`;
};
