import { expect, test } from 'vitest';
import { runSchedule } from '../../../test/engine/tinker-schedule.ts';
import { VirtualClock } from '../../../test/engine/virtual-clock.ts';
import { random } from '../../random.ts';
import { TinkerFailure } from './failure.ts';
import { retrieve } from './futures.ts';
import { chunkDatums, combineMetrics } from './model.ts';
import { detectServer } from './profile.ts';
import { openTinkerEngine } from './tinker-engine.ts';
import { Transport } from './transport.ts';
import { protoType } from './wire.ts';
import { encodeSampleResult } from './wire-results.ts';

const key = 'tml-very-secret';

/** A transport whose server gives these replies in turn, the last one for ever. */
function scripted(replies: readonly ((clock: VirtualClock) => Response | Promise<Response>)[]) {
  const clock = new VirtualClock();
  const sent: { path: string; body: string }[] = [];
  const notices: string[] = [];
  const transport = new Transport({
    url: 'http://server/',
    apiKey: key,
    clock,
    random: random(1),
    onNotice: (text) => notices.push(text),
    fetch: (async (input: string, init: RequestInit) => {
      const reply = replies[Math.min(sent.length, replies.length - 1)] ?? (() => Response.error());
      sent.push({ path: new URL(input).pathname, body: String(init.body) });
      return await reply(clock);
    }) as typeof fetch,
  });
  return { transport, clock, sent, notices };
}

const reply =
  (body: unknown, status = 200, headers = {}) =>
  () =>
    Response.json(body, { status, headers });
const empty = (status: number) => () => new Response('', { status });
const lost = () => Promise.reject(new TypeError('fetch failed'));
const done = reply({ path: 'tinker://m/weights/a' });
const hour = 3_600_000;

/** [reply before the result, how many of it, what becomes of the request] */
const rows: [string, () => Response | Promise<never>, number, 'result' | RegExp][] = [
  ['try_again', reply({ type: 'try_again', queue_state: 'paused_capacity' }), 5, 'result'],
  ['408 with a queue state', reply({ queue_state: 'paused_rate_limit' }, 408), 5, 'result'],
  ['408 of SkyRL', reply({ detail: 'Timeout waiting for result' }, 408), 5, 'result'],
  ['metadata of a large result', reply({ status: 'complete_metadata', response_payload_size: 9 }), 1, 'result'],
  ['a failure of hosted Tinker', reply({ error: 'out of memory', category: 'server' }), 1, /out of memory/],
  ['a failure of SkyRL', reply({ detail: 'Rank mismatch' }, 400), 1, /Rank mismatch/],
  ['a bare 400', empty(400), 3, 'result'],
  ['bare 400s', empty(400), 4, /answered 400/],
  ['an unknown future', reply({ detail: 'Future not found' }, 404), 1, /Future not found/],
  ['an expired result', reply({}, 410), 2, 'result'],
  ['results that always expire', reply({}, 410), 9, /answered 410/],
  ['429', reply({}, 429), 5, 'result'],
  ['429 for ever', reply({}, 429), 1000, /answered 429/],
  ['5xx', empty(503), 6, 'result'],
  ['5xx for ever', reply({ detail: 'cannot decode' }, 500), 1000, /cannot decode/],
  ['no reply', lost, 6, 'result'],
  ['no reply for ever', lost, 1000, /no reply/],
  ['a billing pause', reply({ detail: 'pay' }, 402), 100, 'result'],
  ['a billing pause of more than an hour', reply({ detail: 'pay' }, 402), 1000, /answered 402/],
  ['a refused key', reply({ detail: `bad key ${key}` }, 401), 1, /bad key \*\*\*/],
  ['a forbidden model', reply({}, 403), 1, /answered 403/],
  ['a request that is none', reply({ detail: [{ input: 'x'.repeat(5000) }] }, 422), 1, /answered 422: .{0,320}$/],
];

for (const [name, before, count, outcome] of rows) {
  test(`waiting for a result: ${name} (${count} times)`, async () => {
    const { transport, clock } = scripted([...Array<typeof before>(count).fill(before), done]);
    const resubmitted: string[] = [];
    const work = retrieve(transport, {
      name: 'save_weights',
      requestId: 'first',
      resubmit: async () => {
        resubmitted.push('again');
        return 'again';
      },
    });
    const result = clock.run(work, 2 * hour);
    if (outcome === 'result') expect(await result).toMatchObject({ body: { path: 'tinker://m/weights/a' } });
    else {
      const error = await result.catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(TinkerFailure);
      expect((error as Error).message).toMatch(outcome);
      expect((error as Error).message).not.toContain(key);
    }
    if (name === 'an expired result') expect(resubmitted).toHaveLength(2);
  });
}

test('a server that never finishes is given up after hours, not never', async () => {
  // As a real server does, it holds each request open for a while.
  const patient = async (time: VirtualClock): Promise<Response> => {
    await time.sleep(40_000);
    return Response.json({ type: 'try_again' });
  };
  const { transport, clock } = scripted([patient]);
  const work = retrieve(transport, { name: 'optim_step', requestId: 'x', resubmit: async () => 'x' });
  await expect(clock.run(work, 7 * hour)).rejects.toThrow(/no result after 6 hours/);
});

test('a protobuf result is taken as it is; a large one is fetched whole after its metadata', async () => {
  const bytes = encodeSampleResult({ sequences: [] });
  const proto = () => new Response(bytes, { headers: { 'content-type': protoType } });
  const { transport, clock, sent } = scripted([reply({ status: 'complete_metadata' }), proto]);
  const work = retrieve(transport, { name: 'sample', requestId: 'x', resubmit: async () => 'x', proto: true });
  expect((await clock.run(work, hour)).type).toBe('proto');
  expect(sent.map(({ body }) => JSON.parse(body).allow_metadata_only)).toEqual([true, false]);
});

test('a submission waits as long as the server asks, and is given up after five minutes', async () => {
  const asked = scripted([
    reply({}, 503, { 'retry-after-ms': '7000' }),
    reply({}, 429, { 'retry-after': '9' }),
    reply({ ok: 1 }),
  ]);
  await asked.clock.run(asked.transport.json('/x'), hour);
  expect(asked.clock.now()).toBe(16_000);
  const never = scripted([reply({ detail: 'down' }, 503)]);
  await expect(never.clock.run(never.transport.json('/x'), hour)).rejects.toThrow(/down/);
  expect(never.clock.now()).toBeGreaterThan(300_000);
  expect(never.clock.now()).toBeLessThan(340_000);
  const told = scripted([reply({ detail: 'no' }, 503, { 'x-should-retry': 'false' })]);
  await expect(told.clock.run(told.transport.json('/x'), hour)).rejects.toThrow(/no/);
  expect(told.sent).toHaveLength(1);
});

test('an address with a user in it is refused without being repeated', async () => {
  const error = await openTinkerEngine({ url: 'http://me:hidden@server', rank: 1 }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'url-invalid', hint: expect.stringContaining('TINKER_API_KEY') });
  expect(JSON.stringify([String(error), error])).not.toContain('hidden');
});

test('servers are told apart by their front page', async () => {
  const models = reply({ supported_models: [{ model_name: 'a', max_context_length: 5 }] });
  const kinds = [];
  for (const front of [reply({ name: 'Tinker API Mock' }), reply({ name: 'golongrl' }), empty(404)]) {
    const { transport, clock } = scripted([models, front]);
    kinds.push(await clock.run(detectServer(transport), hour));
  }
  expect(kinds.map(({ kind }) => kind)).toEqual(['skyrl-jax', 'golongrl', 'hosted']);
  expect(kinds[0]?.models).toEqual([{ name: 'a', maxContext: 5 }]);
});

test('datums fill requests up to both limits; metrics of the requests combine by their suffix', () => {
  const datum = (length: number) => ({
    tokens: new Int32Array(length),
    inputs: { advantages: new Float32Array(length) },
  });
  const sizes = (limits: { datums: number; bytes: number }) =>
    chunkDatums([10, 10, 10, 100, 10].map(datum), limits).map(({ length }) => length);
  expect(sizes({ datums: 2, bytes: 1e6 })).toEqual([2, 2, 1]);
  expect(sizes({ datums: 9, bytes: 200 })).toEqual([2, 1, 1, 1]);
  expect(
    combineMetrics([
      { metrics: { 'loss:sum': 1, 'kl:mean': 1, 'ratio:max': 3 }, datums: 1 },
      { metrics: { 'loss:sum': 2, 'kl:mean': 4, 'ratio:max': 2 }, datums: 2 },
    ]),
  ).toEqual({ 'loss:sum': 3, 'kl:mean': 3, 'ratio:max': 3 });
});

test('a dozen fault schedules end in a correct run or a clear error', async () => {
  const ends = new Set<string>();
  for (let seed = 1; seed <= 12; seed++) ends.add((await runSchedule(seed)).end);
  expect([...ends].sort()).toEqual(['done', 'failed']);
});
