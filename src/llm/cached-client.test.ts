import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Account, divideCosts } from './account.ts';
import { CachedClient, type PricedModel, storedReplySchema } from './cached-client.ts';
import { ChatFailure, type ChatModel, type ChatReply } from './chat-model.ts';
import { type Budget, CostLedger } from './cost-ledger.ts';
import { RequestCache } from './request-cache.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-client-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function withClient<T>(use: (client: CachedClient) => Promise<T>, budget: Budget = {}): Promise<T> {
  const cache = await RequestCache.open(join(directory, 'replies.jsonl'), storedReplySchema);
  try {
    const client = CachedClient.open({ cache, ledger: new CostLedger(budget), pool: { attempts: 1 } });
    return await use(client).finally(() => client.settled());
  } finally {
    await cache.close();
  }
}

const request = { messages: [{ role: 'user' as const, content: 'Hi' }], temperature: 1, maxTokens: 10, seed: 4 };
const said = (text: string, tokens = 5): ChatReply => ({
  text,
  toolCalls: [],
  finish: 'stop',
  promptTokens: tokens,
  completionTokens: tokens,
});
const priced = (model: ChatModel): PricedModel => ({ model, price: { input: 1, output: 1 } });

/** A model that says where it is, and counts how often it is asked. */
function counted(place: string, tokens = 5) {
  const asked: number[] = [];
  const complete: ChatModel['complete'] = async ({ seed = 0 }) => {
    asked.push(seed);
    return said(`${place} ${seed}`, tokens);
  };
  return { asked, model: priced({ name: 'one name', place, complete }) };
}

test('two endpoints with one model name share no reply, and each keeps its own', async () => {
  const [a, b] = [counted('http://a/v1'), counted('http://b/v1')];
  const texts = async (client: CachedClient) => {
    const answers = [await client.ask(a.model, request), await client.ask(b.model, request)];
    return answers.map(({ reply }) => reply.text);
  };
  expect(await withClient(texts)).toEqual(['http://a/v1 4', 'http://b/v1 4']);
  expect(await withClient(texts)).toEqual(['http://a/v1 4', 'http://b/v1 4']);
  expect([a.asked, b.asked]).toEqual([[4], [4]]);
});

test('equal requests under way share one reply, and a failure is asked again', async () => {
  let [tries, broken] = [0, true];
  const complete: ChatModel['complete'] = async () => {
    tries++;
    if (broken) throw new ChatFailure('http-500', 'broken', { retryable: true });
    return said('whole');
  };
  const model = priced({ name: 'm', complete });
  await withClient(async (client) => {
    await expect(client.ask(model, request)).rejects.toMatchObject({ code: 'http-500' });
    broken = false;
    await Promise.all([client.ask(model, request), client.ask(model, request)]);
  });
  expect(tries).toBe(2);
});

test('a reply without usage costs the most that it can', async () => {
  const { model } = counted('here', 0);
  const { cost } = await withClient((client) => client.ask(model, request));
  expect(cost.promptTokens + cost.completionTokens).toBeGreaterThan(10);
});

test('what an earlier process spent counts towards the budget', async () => {
  const { model } = counted('here', 1000);
  await withClient((client) => client.ask(model, request));
  const again = withClient((client) => client.ask(model, { ...request, seed: 5 }), { tokens: 2000 });
  await expect(again).rejects.toMatchObject({ code: 'budget-spent' });
});

test('a group differs by seed at an endpoint, and is one call where the model reads the prompt once', async () => {
  const { model, asked } = counted('here');
  const texts = await withClient((client) => client.askGroup(model, request, 3));
  expect(texts.map(({ reply }) => reply.text)).toEqual(['here 4', 'here 5', 'here 6']);
  expect(asked).toHaveLength(3);

  const groups: number[] = [];
  const completeGroup: ChatModel['completeGroup'] = async (_, count) => {
    groups.push(count);
    return Array.from({ length: count }, (_, number) => said(`rollout ${number}`));
  };
  const engine = priced({ name: 'engine', complete: model.model.complete, completeGroup });
  const all = async (client: CachedClient) => await client.askGroup(engine, request, 3);
  const first = await withClient(all);
  expect(await withClient(all)).toEqual(first);
  expect(groups).toEqual([3]);
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const stored = async () => (await readFile(join(directory, 'replies.jsonl'), 'utf8')).split('\n').length - 1;

test('when one of a group fails, the replies of the others are waited for and kept', async () => {
  let paid = 0;
  const complete: ChatModel['complete'] = async ({ seed = 0 }) => {
    if (seed === 4) throw new ChatFailure('http-400', 'not this one', { retryable: false });
    await sleep(20);
    paid++;
    return said(`slow ${seed}`);
  };
  const account = await withClient(async (client) => {
    const own = new Account(client);
    await expect(own.askGroup(priced({ name: 'm', complete }), request, 4)).rejects.toMatchObject({ code: 'http-400' });
    return own;
  });
  expect([paid, await stored()]).toEqual([3, 3]);
  // What they cost is booked to who asked, although the group failed.
  expect(divideCosts([account])).toMatchObject([{ requests: 3 }]);
});

test('what does not fit beside the requests under way waits, and the budget is used up and never passed', async () => {
  let [active, most] = [0, 0];
  const complete: ChatModel['complete'] = async () => {
    most = Math.max(most, ++active);
    await sleep(2);
    active--;
    return said('x', 10);
  };
  const model = priced({ name: 'm', complete });
  // A request costs 20 tokens and may cost 76: ten of them under way would be refused, asked in turn nearly all fit.
  const ends = await withClient(
    (client) => Promise.allSettled(Array.from({ length: 30 }, (_, seed) => client.ask(model, { ...request, seed }))),
    { tokens: 400 },
  );
  const spent = (await stored()) * 20;
  expect(spent).toBeLessThanOrEqual(400);
  expect(spent + 76).toBeGreaterThan(400);
  expect(most).toBeGreaterThan(1);
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  expect(refused).toHaveLength(30 - spent / 20);
  for (const error of refused)
    expect(error).toMatchObject({ code: 'budget-spent', message: expect.stringMatching(/spent.*set aside.*may cost/) });
});

test('a large request is not kept waiting for ever by small ones', async () => {
  const order: string[] = [];
  const complete: ChatModel['complete'] = async ({ maxTokens }) => {
    await sleep(2);
    order.push(maxTokens === 500 ? 'large' : 'small');
    return said('x', 1);
  };
  const model = priced({ name: 'm', complete });
  await withClient(
    (client) =>
      Promise.all([
        ...Array.from({ length: 4 }, (_, seed) => client.ask(model, { ...request, seed })),
        client.ask(model, { ...request, maxTokens: 500 }),
        ...Array.from({ length: 20 }, (_, seed) => client.ask(model, { ...request, seed: 10 + seed })),
      ]),
    { tokens: 640 },
  );
  expect(order.indexOf('large')).toBe(4);
});

test('groups that wait for one another both come through', async () => {
  const complete: ChatModel['complete'] = async () => said('x', 1);
  const completeGroup: ChatModel['completeGroup'] = async (_, count) => {
    await sleep(2);
    return Array.from({ length: count }, () => said('x', 1));
  };
  const model = priced({ name: 'engine', complete, completeGroup });
  const groups = await withClient(
    (client) => Promise.all([1, 2, 3, 4].map((seed) => client.askGroup(model, { ...request, seed }, 8))),
    { tokens: 8 * 76 + 200 },
  );
  expect(groups.map((answers) => answers.length)).toEqual([8, 8, 8, 8]);
});

test('fields that a user adds are part of what a reply is kept under, and each reply is told of as it comes', async () => {
  const told: number[] = [];
  const { model, asked } = counted('here');
  const withFields = priced({ ...model.model, fields: { extraBody: { top_k: 1 } } });
  const cache = await RequestCache.open(join(directory, 'replies.jsonl'), storedReplySchema);
  try {
    const ledger = new CostLedger({});
    const client = CachedClient.open({ cache, ledger, onActivity: () => told.push(ledger.spent.requests) });
    for (const one of [model, withFields, model, withFields]) await client.ask(one, request);
  } finally {
    await cache.close();
  }
  expect([asked.length, told]).toEqual([2, [1, 2]]);
});

test('two models at one server share what it bears', async () => {
  let [active, most] = [0, 0];
  const complete: ChatModel['complete'] = async () => {
    most = Math.max(most, ++active);
    await sleep(2);
    active--;
    return said('x');
  };
  const names = ['a', 'b', 'c'].map((name) => priced({ name, server: 'http://one:8000', complete }));
  await withClient((client) =>
    Promise.all(names.flatMap((model) => [1, 2, 3, 4].map((seed) => client.ask(model, { ...request, seed })))),
  );
  // A pool begins with four; it has grown by one or two meanwhile.
  expect(most).toBeLessThan(8);
});

test('a stored line without a cost is an error, not a budget without end', async () => {
  const { model } = counted('here');
  await withClient((client) => client.ask(model, request));
  const file = join(directory, 'replies.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"cost"', '"coast"'));
  await expect(withClient(async () => undefined)).rejects.toMatchObject({ code: 'line-corrupt' });
});
