/** @file The studio's server, as the pages ask it. */
import { signal } from '@preact/signals';
import type { ChangeEvent } from '../../src/studio/shared/api.ts';
import { bundleSource } from './bundle.ts';
import type {} from './early-path.ts';
import { AnswerError, type PlacesSource, type Source } from './source.ts';
import { keepToken, takeToken, tokenHeaders } from './token.ts';

export { AnswerError, answerErrorOf, type PageAsk, type Source } from './source.ts';

let token = takeToken();

/** Why the server does not answer; undefined while it does. */
export const serverProblem = signal<'token' | 'gone' | undefined>(undefined);

/** Takes another token. */
export function setToken(text: string): void {
  token = text;
  serverProblem.value = undefined;
  keepToken(text);
}

/** What was asked before this script came (early.ts), once: later answers are new ones. */
function takeEarly(path: string): Promise<Response> | undefined {
  const early = globalThis.golongrlEarly;
  if (early?.path !== path) return undefined;
  globalThis.golongrlEarly = undefined;
  return early.response;
}

async function ask(path: string, signal?: AbortSignal, sent?: unknown): Promise<Response> {
  const headers = tokenHeaders(token);
  if (sent !== undefined) headers['Content-Type'] = 'application/json';
  const body = sent === undefined ? {} : { method: 'PUT', body: JSON.stringify(sent) };
  const early = sent === undefined ? takeEarly(path) : undefined;
  const response = await (early ?? fetch(`api/${path}`, { headers, ...body, ...(signal ? { signal } : {}) })).catch(
    (error: unknown) => {
      if (!signal?.aborted) serverProblem.value = 'gone';
      throw error;
    },
  );
  serverProblem.value = response.status === 401 ? 'token' : undefined;
  if (response.ok) return response;
  const told = (await response.json().catch(() => ({}))) as { error?: string; hint?: string };
  throw new AnswerError(told.error ?? `HTTP ${response.status}`, told.hint);
}

const json = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await (await ask(path, signal)).json()) as T;
const part = encodeURIComponent;

const parts = (fields: Readonly<Record<string, string | number>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${part(value)}`)
    .join('&');

const places: PlacesSource = {
  places: () => json('places'),
  dataset: (id) => json(`datasets/${part(id)}`),
  samples: (id, page, signal) => json(`datasets/${part(id)}/samples?${parts({ ...page })}`, signal),
  sample: (id, sample) => json(`datasets/${part(id)}/samples/${part(sample)}`),
  drafts: (id) => json(`datasets/${part(id)}/drafts`),
  review: async (id, sample, word) => {
    await ask(`datasets/${part(id)}/reviews/${part(sample)}`, undefined, word);
  },
  datasetsOf: (sample) => json(`samples/${part(sample)}`),
  evaluation: (id) => json(`evaluations/${part(id)}`),
  published: (id, model) => json(`evaluations/${part(id)}/published?model=${part(model)}`),
  scored: (id, fields, signal) => json(`evaluations/${part(id)}/samples?${parts(fields)}`, signal),
  scoredSample: (id, fields) => json(`evaluations/${part(id)}/sample?${parts(fields)}`),
  against: (id, other) => json(`evaluations/${part(id)}/against/${part(other)}`),
  documents: (id) => json(`documents/${part(id)}`),
  document: (id, row) => json(`documents/${part(id)}/${row}`),
};

const server: Source = {
  live: true,
  notes: [],
  home: undefined,
  places,
  runs: () => json('runs'),
  run: (id) => json(`runs/${part(id)}`),
  rollouts: (id, { q, sort, offset, limit }, signal) =>
    json(`runs/${part(id)}/rollouts?q=${part(q)}&sort=${part(sort)}&offset=${offset}&limit=${limit}`, signal),
  exported: async (id, q, sort) =>
    await (await ask(`runs/${part(id)}/rollouts.jsonl?q=${part(q)}&sort=${part(sort)}`)).blob(),
  group: (id, step, line) => json(`runs/${part(id)}/groups/${step}/${line}`),
  prompt: async (id, hash) => await (await ask(`runs/${part(id)}/prompts/${part(hash)}`)).text(),
  elsewhere: (id, sample) => json(`runs/${part(id)}/elsewhere/${part(sample)}`),
  compare: (a, b) =>
    json(`compare?a=${part(a.run)}&ea=${part(a.evaluation)}&b=${part(b.run)}&eb=${part(b.evaluation)}`),
};

/** A page with a bundle's data beside it asks that. */
export const source: Source = bundleSource() ?? server;

const listeners = new Set<(change: ChangeEvent) => void>();
let stopFollowing: (() => void) | undefined;

/** One stream for the whole page: a browser opens six connections to a server and no more. */
function follow(): () => void {
  const controller = new AbortController();
  const read = async (): Promise<void> => {
    const reader = (await ask('events', controller.signal)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) return;
      text += value;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: change\ndata: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) for (const listener of [...listeners]) listener(JSON.parse(data) as ChangeEvent);
      }
    }
  };
  const keepOn = async (): Promise<void> => {
    while (!controller.signal.aborted) {
      await read().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  };
  void keepOn();
  return () => controller.abort();
}

/** Calls back whenever something changes, until stopped. By `fetch`, since `EventSource` sends no token. */
export function watch(onChange: (change: ChangeEvent) => void): () => void {
  if (!source.live) return () => undefined;
  listeners.add(onChange);
  stopFollowing ??= follow();
  return () => {
    listeners.delete(onChange);
    // The next screen, which comes at once, keeps the stream.
    setTimeout(() => {
      if (listeners.size > 0) return;
      stopFollowing?.();
      stopFollowing = undefined;
    }, 1000);
  };
}
