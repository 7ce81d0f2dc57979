import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AdaptivePool, type PoolOptions } from './adaptive-pool.ts';
import { ChatFailure } from './chat-model.ts';
import { openEndpoint } from './endpoint.ts';
import { RequestCache, requestKey } from './request-cache.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-llm-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function withServer<T>(
  reply: (body: string) => { status: number; body: string; headers?: Record<string, string> },
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { status, body: text, headers } = reply(body);
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const request = {
  messages: [{ role: 'user', content: 'Hi' }],
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 5,
  seed: 3,
} as const;

test('a request carries the sampling settings and a reply keeps reasoning apart from the answer', async () => {
  let sent: unknown;
  const message = { content: 'Lima', reasoning_content: 'capital of Peru' };
  const body = JSON.stringify({
    choices: [{ message, finish_reason: 'length' }],
    usage: { prompt_tokens: 4, completion_tokens: 2 },
  });
  const reply = await withServer(
    (text) => {
      sent = JSON.parse(text);
      return { status: 200, body };
    },
    (url) => openEndpoint({ url, model: 'm' }).complete(request),
  );
  expect(sent).toMatchObject({ model: 'm', temperature: 0.7, top_p: 0.95, max_tokens: 5, seed: 3 });
  expect(reply).toEqual({
    text: '<think>capital of Peru</think>\nLima',
    toolCalls: [],
    finish: 'length',
    promptTokens: 4,
    completionTokens: 2,
  });
});

test('a reply without text but with tool calls is read', async () => {
  const call = { id: 'x', function: { name: 'add', arguments: '{"a":1}' } };
  const body = JSON.stringify({
    choices: [{ message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' }],
  });
  const reply = await withServer(
    () => ({ status: 200, body }),
    (url) => openEndpoint({ url, model: 'm' }).complete(request),
  );
  expect(reply).toMatchObject({
    text: '',
    finish: 'tool-calls',
    toolCalls: [{ id: 'x', name: 'add', arguments: '{"a":1}' }],
  });
});

test.each([
  [400, { retryable: false, overload: false }],
  [429, { retryable: true, overload: true, retryAfter: 2000 }],
  [500, { retryable: true, overload: true }],
  [503, { retryable: true, overload: true }],
])('status %d is a failure that says whether to ask again', async (status, expected) => {
  const failed = withServer(
    () => ({ status, body: 'too long', headers: { 'retry-after': '2' } }),
    (url) => openEndpoint({ url, model: 'm' }).complete(request),
  );
  await expect(failed).rejects.toMatchObject({ code: `http-${status}`, ...expected });
});

test('a dead address and a reply without a message are failures worth another try', async () => {
  const dead = openEndpoint({ url: 'http://127.0.0.1:9/v1', model: 'm' }).complete(request);
  await expect(dead).rejects.toMatchObject({ code: 'no-connection', retryable: true });
  const empty = withServer(
    () => ({ status: 200, body: '{}' }),
    (url) => openEndpoint({ url, model: 'm' }).complete(request),
  );
  await expect(empty).rejects.toMatchObject({ code: 'bad-reply', retryable: true });
});

const overload = () => new ChatFailure('http-429', 'slow down', { retryable: true, overload: true });

test('the pool grows by one a round, halves once for a burst of overloads, and never asks more than allowed', async () => {
  const pool = new AdaptivePool({ start: 4, most: 6, wait: async () => undefined });
  let [active, most] = [0, 0];
  let failures = 3;
  const job = async () => {
    active++;
    most = Math.max(most, active);
    await new Promise((resolve) => setTimeout(resolve, 1));
    active--;
    if (failures-- > 0) throw overload();
    return 1;
  };
  const first = Promise.all(Array.from({ length: 4 }, () => pool.run(job)));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await first).toEqual([1, 1, 1, 1]);
  expect(pool.limit).toBeLessThanOrEqual(3);
  await Promise.all(Array.from({ length: 60 }, () => pool.run(job)));
  expect(pool.limit).toBe(6);
  expect(most).toBe(6);
});

/** A pool that notes what it waits instead of waiting. */
function noting(options: PoolOptions) {
  const waits: number[] = [];
  return { waits, pool: new AdaptivePool({ ...options, wait: async (ms) => void waits.push(ms) }) };
}
const failing = (code: string, retryAfter?: number) => async () => {
  throw new ChatFailure(code, 'later', { retryable: true, overload: true, retryAfter });
};

test('retries end after the attempts allowed, wait longer each time, and are not spent on hopeless requests', async () => {
  const { pool, waits } = noting({ attempts: 4 });
  await expect(pool.run(failing('http-503'))).rejects.toMatchObject({ code: 'http-503' });
  expect(waits).toHaveLength(3);
  for (const [i, ms] of waits.entries()) expect(Math.abs(ms / (500 * 2 ** i) - 1)).toBeLessThanOrEqual(0.25);
  const hopeless = async () => {
    throw new ChatFailure('http-400', 'no', { retryable: false });
  };
  await expect(pool.run(hopeless)).rejects.toMatchObject({ code: 'http-400' });
  expect(waits).toHaveLength(3);
});

test('a wait that the server states lengthens the own one and never shortens it, up to ten minutes', async () => {
  const stated = async (retryAfter: number) => {
    const { pool, waits } = noting({ attempts: 3 });
    await pool.run(failing('http-503', retryAfter)).catch(() => undefined);
    return waits;
  };
  expect((await stated(0)).every((ms) => ms >= 375)).toBe(true);
  expect(await stated(75_000)).toEqual([75_000, 75_000]);
  expect(await stated(5_000_000)).toEqual([600_000, 600_000]);
});

test('answers of 429 use up no attempts, and end when the time for them has passed', async () => {
  const { pool, waits } = noting({ attempts: 2, patience: 120_000 });
  let left = 7;
  const storm = async () => {
    if (left-- > 0) return await failing('http-429', 1000)();
    return 'through';
  };
  expect(await pool.run(storm)).toBe('through');
  expect(waits).toHaveLength(7);
  waits.length = 0;
  await expect(pool.run(failing('http-429', 0))).rejects.toMatchObject({ code: 'http-429' });
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(120_000);
  expect(waits.length).toBeLessThan(12);
});

test('the key of a request depends on its content and not on the order of its fields', () => {
  expect(requestKey({ a: 1, b: [{ c: 'x', d: undefined }] })).toBe(requestKey({ b: [{ c: 'x' }], a: 1 }));
  expect(requestKey({ a: 1 })).not.toBe(requestKey({ a: '1' }));
  expect(requestKey({ a: [1, 2] })).not.toBe(requestKey({ a: [12] }));
});

test('the cache gives back what it was given, over processes and line ends in values', async () => {
  const file = join(directory, 'cache.jsonl');
  const cache = await RequestCache.open(file, z.string());
  await Promise.all([cache.set('a', 'one\ntwo 中'), cache.set('b', 'x'.repeat(100_000)), cache.set('a', 'later')]);
  expect(await cache.get('a')).toBe('one\ntwo 中');
  await cache.close();
  const again = await RequestCache.open(file, z.string());
  expect([again.count, await again.get('a'), (await again.get('b'))?.length, await again.get('c')]).toEqual([
    2,
    'one\ntwo 中',
    100_000,
    undefined,
  ]);
  await again.close();
});

test('a line that a kill cut is dropped and written again whole', async () => {
  const file = join(directory, 'cache.jsonl');
  const cache = await RequestCache.open(file, z.number());
  await cache.set('a', 1);
  await cache.set('b', 2);
  await cache.close();
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.slice(0, -4));
  const again = await RequestCache.open(file, z.number());
  expect([again.has('a'), again.has('b')]).toEqual([true, false]);
  await again.set('b', 2);
  await again.close();
  expect(await readFile(file, 'utf8')).toBe(text);
});

test.each([
  ['is no line of a cache', 'garbage that somebody typed'],
  ['has its key and is not JSON', '{"key":"b","value":[}'],
])('a line in the middle that %s is an error that names it', async (_, spoilt) => {
  const file = join(directory, 'cache.jsonl');
  const cache = await RequestCache.open(file, z.number());
  for (const [i, key] of ['a', 'b', 'c'].entries()) await cache.set(key, i);
  await cache.close();
  const text = (await readFile(file, 'utf8')).replace(/^.*"b".*$/m, spoilt);
  await writeFile(file, text);
  const read = async () => {
    const again = await RequestCache.open(file, z.number());
    try {
      for (const _entry of again.entries());
    } finally {
      await again.close();
    }
  };
  await expect(read()).rejects.toMatchObject({ code: 'line-corrupt', message: expect.stringContaining(`${file}:2:`) });
  expect(await readFile(file, 'utf8')).toBe(text);
});
