import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EndpointKind } from '../../test/evaluation/endpoint-kinds.ts';
import { startScriptedServer } from '../../test/evaluation/scripted-server.ts';
import { CachedClient, storedReplySchema } from './cached-client.ts';
import { CostLedger } from './cost-ledger.ts';
import { lostReplySchema } from './cut-replies.ts';
import { type EndpointOptions, openEndpoint } from './endpoint.ts';
import { EndpointRecords } from './endpoint-records.ts';
import { RequestCache } from './request-cache.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'golongrl-probe-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const request = {
  messages: [
    { role: 'system' as const, content: 'You answer.' },
    { role: 'user' as const, content: 'Where?' },
  ],
  temperature: 0.5,
  maxTokens: 400,
  seed: 3,
  jsonSchema: { type: 'object' },
};

/** The client of a work directory, as builds have it. */
async function withClient<T>(name: string, use: (client: CachedClient, ledger: CostLedger) => Promise<T>): Promise<T> {
  const file = (what: string): string => path.join(folder, `${name}-${what}.jsonl`);
  const cache = await RequestCache.open(file('replies'), storedReplySchema);
  const lost = await RequestCache.open(file('lost'), lostReplySchema);
  const ledger = new CostLedger({});
  try {
    return await use(CachedClient.open({ cache, lost, ledger, pool: { attempts: 3 } }), ledger);
  } finally {
    await cache.close();
    await lost.close();
  }
}

const price = { input: 10, output: 100, cachedInput: 1 };

/** Asks a server of a kind twice, in two processes' way. */
async function askTwice(kind: EndpointKind, more: Partial<EndpointOptions> = {}) {
  const bodies: Record<string, unknown>[] = [];
  const server = await startScriptedServer(0, 0, {
    kind,
    say: (wire) => {
      bodies.push({ ...wire });
      return 'It is Lima.';
    },
  });
  const notices: string[] = [];
  try {
    const ask = (number: number) =>
      withClient(`${kind}-${JSON.stringify(more).length}`, async (client, ledger) => {
        const records = new EndpointRecords(path.join(folder, `${kind}.json`));
        const onNotice = (text: string): unknown => notices.push(text);
        const model = openEndpoint({ url: server.url, model: 'm', place: 'long', records, onNotice, ...more });
        const asked = { ...request, seed: request.seed + number };
        return { ...(await client.ask({ model, price }, asked)), spent: ledger.spent };
      });
    const [first, second] = [await ask(0), await ask(1)];
    return { first, second, bodies, notices, probes: server.probes.size, requests: server.counts.requests };
  } finally {
    await server.close();
  }
}

test.each<[EndpointKind, RegExp | undefined, object, readonly string[]]>([
  ['plain', undefined, { max_tokens: 400, seed: 3, temperature: 0.5 }, []],
  ['no-seed', /without seed/, { max_tokens: 400, temperature: 0.5 }, ['seed']],
  [
    'completion-tokens',
    /max_completion_tokens for max_tokens; without temperature, top_p; it thinks without showing.*16384/,
    { max_completion_tokens: 16_784 },
    ['max_tokens', 'temperature'],
  ],
  ['thinking', /thoughts arrive in reasoning_content; 16384 tokens of room/, { max_tokens: 16_784 }, []],
  ['think-marks', /thoughts arrive in <think> marks/, { max_tokens: 16_784 }, []],
  ['hidden', /thinks without showing/, { max_tokens: 16_784 }, []],
  ['plain-fields', /without seed; without response_format/, { max_tokens: 400 }, ['seed', 'response_format']],
  ['json-object', /json_object for json_schema/, { response_format: { type: 'json_object' } }, []],
  [
    'no-system',
    /instructions in the first user message/,
    { messages: [{ role: 'user', content: 'You answer.\n\nWhere?' }] },
    [],
  ],
  ['streams-only', /streamed/, { stream: true }, []],
  ['mute', /seed/, {}, ['seed', 'response_format']],
])(
  'a server of the kind %s is asked in its own way, once found out, and says so in one line',
  async (kind, notice, sent, absent) => {
    const { first, second, bodies, notices, probes, requests } = await askTwice(kind);
    expect(first.reply.text).toContain('It is Lima.');
    expect(first.reply.finish).toBe('stop');
    expect(second.reply.text).toContain('It is Lima.');
    expect(bodies[0]).toMatchObject(sent);
    for (const field of absent) expect(bodies[0]).not.toHaveProperty(field);
    // One answered probe for both processes, and no request but the two.
    expect([probes, requests, bodies.length]).toEqual([1, 2, 2]);
    expect(notices).toHaveLength(notice === undefined ? 0 : 2);
    if (notice !== undefined) expect(notices[0]).toMatch(notice);
  },
);

test('a user adds fields, leaves fields out, and gives thoughts the room that they get', async () => {
  const { bodies, first } = await askTwice('thinking', {
    thinkingTokens: 5000,
    extraBody: { top_k: 20, temperature: 1 },
    omit: ['seed'],
  });
  expect(bodies[0]).toMatchObject({ top_k: 20, temperature: 1, max_tokens: 5400 });
  expect(bodies[0]).not.toHaveProperty('seed');
  expect(first.reply.finish).toBe('stop');
});

test('prompt tokens that the server had read before are counted at their own price', async () => {
  const { first } = await askTwice('hidden');
  const { promptTokens, completionTokens, cachedTokens = 0, money } = first.cost;
  expect(cachedTokens).toBeGreaterThan(0);
  expect(money * 1e6).toBeCloseTo((promptTokens - cachedTokens) * 10 + cachedTokens + completionTokens * 100, 6);
  expect(first.reply.reasoningTokens).toBe(3000);
  // The probe is paid too.
  expect(first.spent.requests).toBe(2);
});

/** A server that cuts every reply at so many tokens that a request allows, or at its own limit. */
async function cutting(name: string, needs: number, own: number, rollouts: boolean) {
  const limits: number[] = [];
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      const { max_tokens = 0 } = JSON.parse(text) as { max_tokens?: number };
      limits.push(max_tokens);
      const most = Math.min(max_tokens, own);
      const whole = most > needs;
      const message = { content: whole ? 'It is Lima.' : 'It is' };
      const usage = { prompt_tokens: 9, completion_tokens: whole ? needs : most };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ choices: [{ message, finish_reason: whole ? 'stop' : 'length' }], usage }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const model = openEndpoint({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, model: 'm' });
    const end = await withClient(name, async (client, ledger) => {
      const ask = rollouts ? client.askGroup({ model, price }, request, 1) : client.ask({ model, price }, request);
      const ended = await ask.catch((error: unknown) => error);
      return { ended, spent: ledger.spent };
    });
    const lines = async (what: string): Promise<number> =>
      (await readFile(path.join(folder, `${name}-${what}.jsonl`), 'utf8')).split('\n').length - 1;
    return { ...end, limits, kept: await lines('replies'), lost: await lines('lost') };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a reply that is cut off is asked for again with twice the room, paid for, and not kept', async () => {
  const found = await cutting('grows', 700, 1e6, false);
  expect(found).toMatchObject({ limits: [400, 800], kept: 1, lost: 1, ended: { reply: { text: 'It is Lima.' } } });
  expect(found.spent).toMatchObject({ requests: 2, completionTokens: 400 + 700 });
  // What was lost is counted by the next process too.
  expect(await withClient('grows', async (_, ledger) => ledger.spent)).toMatchObject({ requests: 2 });
});

test('a reply that is cut off each time is a failure that says at how many tokens, and whose limit it is', async () => {
  const found = await cutting('context', 700, 300, false);
  expect(found).toMatchObject({ limits: [400, 800, 1600], kept: 0, lost: 3, ended: { code: 'cut-short' } });
  expect(String(found.ended)).toMatch(/cut off at 300 tokens.*allowed 400.*server's own limit/);
});

test('a rollout that used up its room is a rollout, and one that the server cut before is none', async () => {
  expect(await cutting('rollout', 700, 1e6, true)).toMatchObject({ limits: [400], kept: 1, lost: 0 });
  expect(await cutting('narrow', 700, 300, true)).toMatchObject({ kept: 0, lost: 3, ended: { code: 'cut-short' } });
});

test('one schema that is too much for a server is sent no more, others are, and a refusal of something else stays one', async () => {
  const forms: unknown[] = [];
  const server = await startScriptedServer(0, 0, {
    instead: ({ response_format, messages }) => {
      if (messages.some(({ content }) => content === 'Too long?'))
        return { status: 400, body: { error: { message: 'The prompt is longer than 8 tokens.' } } };
      const { type, json_schema: form } = (response_format ?? {}) as Record<string, unknown>;
      forms.push(type);
      return JSON.stringify(form ?? '').includes('minItems')
        ? { status: 400, body: { error: { message: 'Invalid schema for response_format: minItems.' } } }
        : undefined;
    },
  });
  try {
    const model = openEndpoint({ url: server.url, model: 'm', records: new EndpointRecords() });
    const large = { ...request, jsonSchema: { type: 'array', minItems: 2 } };
    for (const asked of [large, large, request]) await model.complete(asked);
    // The probe, then the large one twice, then another.
    expect(forms).toEqual(['json_schema', 'json_schema', 'json_object', 'json_object', 'json_schema']);
    const long = { ...request, messages: [{ role: 'user' as const, content: 'Too long?' }] };
    await expect(model.complete(long)).rejects.toMatchObject({ code: 'http-400' });
  } finally {
    await server.close();
  }
});

/** What is said of an endpoint behind which something else than a model is. */
async function wrong(url: string, more: Partial<EndpointOptions> = {}): Promise<unknown> {
  const records = new EndpointRecords();
  const names = { title: 'endpoints.long', apiKeyEnv: 'SOME_KEY' };
  const model = openEndpoint({ url, model: 'big', records, ...names, ...more });
  return await model.complete(request).catch((error: unknown) => error);
}

async function behind(answer: (response: ServerResponse, url: string) => void, more: Partial<EndpointOptions> = {}) {
  let asked = 0;
  const server = createServer((incoming, response) => {
    asked++;
    answer(response, incoming.url ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const error = await wrong(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, more);
    return { error, asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json = { 'content-type': 'application/json' };
const error404 = '{"error":{"message":"The model `big` does not exist."}}';

test.each<[string, (response: ServerResponse, url: string) => void, Partial<EndpointOptions>, RegExp]>([
  [
    'a wrong key',
    (r) => void r.writeHead(401, json).end('{"error":{"message":"Incorrect key"}}'),
    { apiKey: 'k' },
    /^endpoints\.long: http:.*: 401, the key is refused: Incorrect key; the key was that of SOME_KEY$/,
  ],
  ['no key', (r) => void r.writeHead(401, json).end('{}'), {}, /401.*SOME_KEY is not set, so no key was sent$/],
  [
    'an unknown model',
    (r, url) =>
      void (url.endsWith('/models')
        ? r.writeHead(200, json).end('{"data":[{"id":"small"}]}')
        : r.writeHead(404, json).end(error404)),
    {},
    /404, model big is not there: The model `big` does not exist\.; it offers small$/,
  ],
  [
    'another path',
    (r) => void r.writeHead(404).end('<html>'),
    {},
    /404, no chat completions there: a web page; most addresses end in \/v1$/,
  ],
  [
    'a web site',
    (r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hi'),
    {},
    /a web page \(HTML\) where JSON is expected/,
  ],
  [
    'another address',
    (r) => void r.writeHead(308, { location: 'https://example.org/v1' }).end(),
    {},
    /308, it points to https:\/\/example\.org/,
  ],
  [
    'an empty account',
    (r) => void r.writeHead(429, json).end('{"error":{"code":"insufficient_quota","message":"Pay"}}'),
    {},
    /429, the account is empty: Pay$/,
  ],
])('%s is said at once, with its cause, in one line', async (_, answer, more, words) => {
  const { error, asked } = await behind(answer, more);
  expect(error).toMatchObject({ code: 'endpoint-unusable', hint: expect.stringMatching(/^\S.*\.$/) });
  expect((error as Error).message).toMatch(words);
  expect(asked).toBeLessThan(3);
});

test('an address where nobody is, or that no name service knows, or without TLS, is said at once', async () => {
  expect(await wrong('http://127.0.0.1:9/v1')).toMatchObject({
    message: expect.stringMatching(/refused.*\(ECONNREFUSED\)$/),
  });
  expect(await wrong('http://nobody.invalid/v1')).toMatchObject({ message: expect.stringMatching(/\(DNS\)/) });
  const { error } = await behind(() => undefined, { timeout: 100 });
  // A server that is silent may only be slow.
  expect(error).toMatchObject({ code: 'timeout', retryable: true });
  const plain = createServer((_, response) => void response.end('{}'));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  try {
    const url = `https://127.0.0.1:${(plain.address() as AddressInfo).port}/v1`;
    expect(await wrong(url)).toMatchObject({ message: expect.stringMatching(/TLS fails/) });
  } finally {
    plain.closeAllConnections();
    plain.close();
  }
});
