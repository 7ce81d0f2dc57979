import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type EndpointOptions, openEndpoint } from './endpoint.ts';

interface Seen {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What one request to a server that behaves in this way ends with. */
async function ask(behave: (response: ServerResponse) => void, options: Partial<EndpointOptions> = {}) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      behave(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  try {
    const model = openEndpoint({ url, model: 'm', ...options });
    const request = { messages: [{ role: 'user' as const, content: 'Hi' }], temperature: 0 };
    const end = await model.complete(request).catch((error: unknown) => error);
    return { end, seen };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json = { 'content-type': 'application/json' };
const events = { 'content-type': 'text/event-stream' };
const piece = (delta: unknown, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const usage = 'data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4}}\n\n';

/** A whole reply that ended for a reason, perhaps with an error beside it. */
const ended = (content: unknown, reason: unknown, error?: string): string =>
  JSON.stringify({ choices: [{ message: { content }, finish_reason: reason, ...(error ? { error } : {}) }] });

const faults: readonly [string, (response: ServerResponse) => void, string][] = [
  ['JSON that is cut', (response) => void response.writeHead(200, json).end('{"choices": [{"mess'), 'bad-reply'],
  ['JSON of another form', (response) => void response.writeHead(200, json).end('{"results": []}'), 'bad-reply'],
  ['an error under status 200', (r) => void r.writeHead(200, json).end('{"error":{"message":"oops"}}'), 'bad-reply'],
  [
    'an error beside a message',
    (r) => void r.writeHead(200, json).end(ended('The ans', 'stop', 'upstream died')),
    'bad-reply',
  ],
  ['an end by error', (r) => void r.writeHead(200, json).end(ended('', 'error')), 'bad-reply'],
  ['an aborted reply', (r) => void r.writeHead(200, json).end(ended('The ans', 'abort')), 'bad-reply'],
  ['an end that no protocol knows', (r) => void r.writeHead(200, json).end(ended('Lima', { type: 'x' })), 'bad-reply'],
  ['a message of nothing', (r) => void r.writeHead(200, json).end(ended(null, 'stop')), 'bad-reply'],
  ['a web page', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'), 'bad-reply'],
  ['a connection that is reset', (response) => void response.destroy(), 'no-connection'],
  [
    'a body that ends early',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '1000' });
      response.write('{"choices"', () => response.destroy());
    },
    'no-connection',
  ],
  ['silence', () => undefined, 'timeout'],
  [
    'a body that drips and never ends',
    (response) => {
      response.writeHead(200, json).write('{');
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
    'timeout',
  ],
];

test.each(faults)('%s is a failure worth another try', async (_, behave, code) => {
  const { end, seen } = await ask(behave, { timeout: code === 'timeout' ? 600 : 20_000 });
  expect(end).toMatchObject({ code, retryable: true });
  // The package would try again by itself; then the pool and the ledger would not know.
  expect(seen).toHaveLength(1);
});

test.each([
  ['the protocol', '{"error":{"message":"no such model: m","type":"x"}}', 'no such model: m'],
  ['FastAPI', '{"detail":"Server is pinned to other"}', 'Server is pinned to other'],
  ['a list of details', '{"detail":[{"loc":["body"],"msg":"field required"}]}', 'field required'],
  ['plain text', 'model is loading', 'model is loading'],
  ['a bare error', '{"error":"out of memory"}', 'out of memory'],
])('what a server says beside a status reaches the user, in the form of %s', async (_, body, words) => {
  const { end } = await ask((response) => void response.writeHead(400, json).end(body));
  expect(end).toMatchObject({ code: 'http-400', retryable: false, message: expect.stringContaining(words) });
});

test('a stream that ends with an error says which, and is worth another try', async () => {
  const { end } = await ask(
    (response) =>
      void response.writeHead(200, events).end(`${piece({ content: 'Li' })}data: {"error": "CUDA died"}\n\n`),
    { stream: true },
  );
  expect(end).toMatchObject({ code: 'bad-reply', retryable: true, message: expect.stringContaining('CUDA died') });
});

test('a reply that a filter withheld is no answer, and is not asked for again', async () => {
  const { end } = await ask((response) => void response.writeHead(200, json).end(ended(null, 'content_filter')));
  expect(end).toMatchObject({ code: 'content-filter', retryable: false });
  const stream = `${piece({ content: 'Li' })}${piece({}, 'content_filter')}data: [DONE]\n\n`;
  const streamed = await ask((response) => void response.writeHead(200, events).end(stream), { stream: true });
  expect(streamed.end).toMatchObject({ code: 'content-filter' });
});

test('a server that is too busy says so under any status, in seconds or in milliseconds', async () => {
  const busy = '{"error":{"message":"overloaded","code":529}}';
  const { end } = await ask((response) => void response.writeHead(200, json).end(busy));
  expect(end).toMatchObject({ code: 'bad-reply', retryable: true, overload: true });
  const waited = await ask((response) => void response.writeHead(429, { 'retry-after-ms': '1500' }).end());
  expect(waited.end).toMatchObject({ overload: true, retryAfter: 1500 });
});

test.each([
  ['a limit, by another name', ended('The ans', 'max_tokens'), { text: 'The ans', finish: 'length' }],
  ['a limit within the thinking', ended(null, 'length'), { text: '', finish: 'length' }],
  ['no reason', ended('Lima', null), { text: 'Lima', finish: 'stop' }],
  ['an empty answer', ended('', 'stop'), { text: '', finish: 'stop' }],
])('%s ends a reply that counts', async (_, body, expected) => {
  const { end } = await ask((response) => void response.writeHead(200, json).end(body));
  expect(end).toMatchObject(expected);
});

test('a redirect is not followed with the key in hand, and is named', async () => {
  const { end } = await ask((r) => void r.writeHead(308, { location: 'https://example.org/v1' }).end(), {
    apiKey: 'k',
  });
  expect(end).toMatchObject({ code: 'http-308', message: expect.stringContaining('https://example.org/v1') });
});

test('a server that thinks for longer than fetch waits is waited for, streamed or not', {
  tags: ['long'],
}, async () => {
  const dispatcher = Symbol.for('undici.globalDispatcher.1');
  const global = globalThis as unknown as Record<symbol, { constructor: new (limits: object) => never }>;
  await fetch('data:,').then((reply) => reply.text());
  const usual = global[dispatcher];
  if (usual === undefined) throw new Error('fetch has no dispatcher');
  // Node's own limit is 300 seconds; here it is a tenth of one.
  global[dispatcher] = new usual.constructor({ headersTimeout: 100, bodyTimeout: 100 });
  const whole = '{"choices":[{"message":{"content":"Lima"},"finish_reason":"stop"}]}';
  const slow = (stream: boolean) => (response: ServerResponse) => {
    setTimeout(() => {
      response.writeHead(200, stream ? events : json).flushHeaders();
      const rest = stream ? `${piece({ content: 'Lima' }, 'stop')}data: [DONE]\n\n` : whole;
      setTimeout(() => response.end(rest), 1300);
    }, 2300);
  };
  try {
    const ends = [false, true].map(async (stream) => {
      const [patient, limited] = await Promise.all([
        ask(slow(stream), { stream }),
        ask(slow(stream), { stream, fetch }),
      ]);
      expect(patient.end).toMatchObject({ text: 'Lima', finish: 'stop' });
      expect(limited.end).toMatchObject({ code: 'no-connection' });
    });
    await Promise.all(ends);
  } finally {
    global[dispatcher] = usual;
  }
});

test('a wait that the server states as a date is kept', async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  const { end } = await ask((response) => void response.writeHead(429, { 'retry-after': date }).end());
  expect((end as { retryAfter: number }).retryAfter).toBeGreaterThan(50_000);
});

test.each<[string, Record<string, string>, string, number]>([
  [
    'when its limit is full again',
    { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1m2.5s' },
    '{}',
    62_500,
  ],
  ['in the body', {}, '[{"error":{"details":[{"retryDelay": "37s"}]}}]', 37_000],
  ['in no way', { 'x-ratelimit-remaining-tokens': '9', 'x-ratelimit-reset-tokens': '6s' }, '{}', Number.NaN],
])('a wait that the server states %s is kept', async (_, headers, body, expected) => {
  const { end } = await ask((response) => void response.writeHead(429, headers).end(body));
  expect((end as { retryAfter?: number }).retryAfter ?? Number.NaN).toBe(expected);
});

test('a key is sent where there is one, and none where there is none', async () => {
  const behave = (response: ServerResponse): void => void response.writeHead(200, json).end('{}');
  expect((await ask(behave)).seen[0]?.headers).not.toHaveProperty('authorization');
  expect((await ask(behave, { apiKey: 'k' })).seen[0]?.headers).toMatchObject({ authorization: 'Bearer k' });
});

test('a streamed reply is put together, with reasoning, tool calls and usage', async () => {
  const call = (part: unknown): unknown => ({ tool_calls: [{ index: 0, ...(part as object) }] });
  const { end, seen } = await ask(
    (response) => {
      response.writeHead(200, events);
      response.write(piece({ role: 'assistant', reasoning_content: 'capital ' }));
      response.write(piece({ reasoning_content: 'of Peru' }) + piece({ content: 'Li' }) + piece({ content: 'ma' }));
      response.write(piece(call({ id: 'x', function: { name: 'add', arguments: '{"a"' } })));
      response.end(`${piece(call({ function: { arguments: ':1}' } }), 'tool_calls')}${usage}data: [DONE]\n\n`);
    },
    { stream: true },
  );
  expect(seen[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  expect(end).toEqual({
    text: '<think>capital of Peru</think>\nLima',
    toolCalls: [{ id: 'x', name: 'add', arguments: '{"a":1}' }],
    finish: 'tool-calls',
    promptTokens: 9,
    completionTokens: 4,
  });
});

test('a stream that ends before its end, or falls silent, is a failure worth another try', async () => {
  const cut = await ask((response) => void response.writeHead(200, events).end(piece({ content: 'Li' })), {
    stream: true,
  });
  expect(cut.end).toMatchObject({ code: 'bad-reply', retryable: true });
  const stalled = await ask((response) => void response.writeHead(200, events).write(piece({ content: 'Li' })), {
    stream: true,
    idle: 60,
  });
  expect(stalled.end).toMatchObject({ code: 'timeout', retryable: true, overload: true });
});

test('a caller that gives up gets its own reason, not a failure to try again', async () => {
  const model = openEndpoint({ url: 'http://127.0.0.1:9/v1', model: 'm' });
  const reason = new Error('enough');
  const request = { messages: [], temperature: 0 };
  await expect(model.complete(request, AbortSignal.abort(reason))).rejects.toBe(reason);
});

const whole = (content: unknown) =>
  JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }], usage: { prompt_tokens: 9 } });

test('a server that answers in one piece where a stream was asked for is read all the same', async () => {
  const { end } = await ask((response) => void response.writeHead(200, json).end(whole('Lima')), { stream: true });
  expect(end).toMatchObject({ text: 'Lima', finish: 'stop', promptTokens: 9 });
  const broken = await ask((response) => void response.writeHead(200, json).end('{"error":"busy"}'), { stream: true });
  expect(broken.end).toMatchObject({ code: 'bad-reply', message: expect.stringContaining('busy') });
});

test('a message in parts is joined, whole or streamed', async () => {
  const parts = [
    { type: 'text', text: 'Li' },
    { type: 'text', text: 'ma' },
  ];
  const { end } = await ask((response) => void response.writeHead(200, json).end(whole(parts)));
  expect(end).toMatchObject({ text: 'Lima' });
  const streamed = await ask(
    (response) => void response.writeHead(200, events).end(`${piece({ content: parts }, 'stop')}data: [DONE]\n\n`),
    { stream: true },
  );
  expect(streamed.end).toMatchObject({ text: 'Lima' });
});

test('an account without money is not waited for', async () => {
  const body = '{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}';
  const { end } = await ask((response) => void response.writeHead(429, json).end(body));
  expect(end).toMatchObject({ code: 'http-429', retryable: false });
});
