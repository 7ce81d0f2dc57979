/** @file A request in JSON to a tracker's server, with what it answers when it refuses. */
import type { z } from 'zod';
import { GolongrlError } from '../errors.ts';

/** A server that takes JSON. */
export interface TrackerServer {
  /** For messages. */
  readonly name: string;
  /** What all paths begin with. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The method of a request, its path below the base, what is sent, and what is expected back. */
export type Ask = <T>(method: 'GET' | 'POST' | 'PUT', path: string, body: unknown, schema: z.ZodType<T>) => Promise<T>;

/** @returns a function that throws a GolongrlError where the server answers with an error, and what `fetch` throws where none answers */
export const asker =
  ({ name, base, headers }: TrackerServer): Ask =>
  async (method, path, body, schema) => {
    const answer = await fetch(`${base}/${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new GolongrlError('tracker-failed', `${name}: ${path}: status ${answer.status}: ${text.slice(0, 300)}`);
    return schema.parse(text === '' ? {} : JSON.parse(text));
  };
