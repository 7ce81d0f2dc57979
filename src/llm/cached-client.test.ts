import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CachedClient, type PricedModel, type StoredReply } from './cached-client.ts';
import { ChatFailure, type ChatModel, type ChatReply } from './chat-model.ts';
import { type Budget, CostLedger } from './cost-ledger.ts';
import { RequestCache } from './request-cache.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-client-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function withClient<T>(use: (client: CachedClient) => Promise<T>, budget: Budget = {}): Promise<T> {
  const cache = await RequestCache.open<StoredReply>(join(directory, 'replies.jsonl'));
  try {
    return await use(await CachedClient.open({ cache, ledger: new CostLedger(budget), pool: { attempts: 1 } }));
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
