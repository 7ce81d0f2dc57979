/** @file The routes, in process, over a real pool; and one server on a real port. */
import { afterAll, expect, test } from 'vitest';
import { openRewardPool, type RewardPool } from '../../rewards/pool/pool.ts';
import { createRewardApp, type RewardAppOptions } from './app.ts';
import { startRewardServer } from './server.ts';

const pool = openRewardPool({ workers: 1 });
afterAll(() => pool.close());

const json = { method: 'POST', headers: { 'Content-Type': 'application/json' } };

const post = (
  path: string,
  body: unknown,
  options: Partial<RewardAppOptions> = {},
  headers: Record<string, string> = {},
) =>
  createRewardApp({ pool, ...options }).request(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });

const em = { data_source: 'EM', ground_truth: { golden_label: 'Oslo' }, extra_info: { reward_mode: 'EM' } };

test('a native batch gets a result for each item; a bad item costs only itself', async () => {
  const response = await post('/v1/score', {
    items: [
      { ...em, response: '<think>x</think>oslo' },
      { ...em, response: 7 },
      { reward: { metric: 'NDCG', gold: ['a', 'b'], language: 'en' }, completion: '[Answer]\na\nb' },
      {
        data_source: 'longbench_pro',
        reward_mode: 'T3.2 Single-Hop Fact QA',
        ground_truth: { doc_ids: ['B'] },
        response: 'B',
      },
    ],
  });
  expect(response.status).toBe(200);
  const { results } = (await response.json()) as { results: Record<string, unknown>[] };
  expect(results).toMatchObject([
    { score: 1, acc: true, status: 'ok', task: 'EM', extracted: 'oslo' },
    { score: 0, status: 'error', error: 'response: expected a string' },
    { score: 1, task: 'NDCG' },
    { score: 1, task: 'Accuracy' },
  ]);
});

test('a request may ask for the paper profile', async () => {
  const body = { profile: 'paper', items: [{ ...em, response: '<think>x</think>oslo' }] };
  expect(await (await post('/v1/score', body)).json()).toMatchObject({ results: [{ score: 0 }] });
});

test('OpenRLHF: the prompt and special tokens are taken off the query, labels may be JSON text', async () => {
  const prompt = '<|im_start|>user\nWhere?[Answer] Rome<|im_end|>\n';
  const response = await post('/get_reward', {
    query: [`${prompt}<think>x</think>[Answer]\nOslo<|im_end|>\n`, `${prompt}Rome`, 'x'],
    prompts: [prompt, prompt, ''],
    labels: [JSON.stringify(em), em, 'Oslo'],
  });
  expect(await response.json()).toEqual({
    rewards: [1, 0, 0],
    scores: [1, 0, 0],
    extra_logs: {
      reward_failed: [0, 0, 1],
      state_answered: [1, 1, 0],
      state_none: [0, 0, 0],
      state_cut: [0, 0, 0],
      state_contradictory: [0, 0, 0],
      state_unreadable: [0, 0, 1],
      format_exact: [1, 0, 0],
      format_loose: [0, 0, 0],
      format_none: [0, 1, 1],
    },
    states: ['answered', 'answered', 'unreadable'],
    formats: ['exact', 'none', 'none'],
    reasons: [expect.any(String), expect.any(String), expect.stringContaining('label')],
    failures: [{ index: 2, status: 'error', reason: expect.stringContaining('label: got the text "Oslo"') }],
  });
});

test('OpenRLHF: a prompt that was cut from the left is still taken off; one that is not there is an error', async () => {
  const prompt = `Where? ${'A long context. '.repeat(20)}Answer after [Answer] as in "[Answer] Oslo".<|im_end|>\n<|im_start|>assistant\n`;
  const response = await post('/get_reward', {
    query: [`${prompt.slice(150)}Oslo<|im_end|>`, `${prompt.slice(150)}Rome`, 'Oslo'],
    prompts: [prompt, prompt, prompt],
    labels: [em, em, em],
  });
  expect(await response.json()).toMatchObject({ rewards: [1, 0, 0], extra_logs: { reward_failed: [0, 0, 1] } });
});

test('each result says what was read and in which form, and the answer counts them: no zero is silent', async () => {
  const math = (gold: string, response: string) => ({
    reward: { metric: 'math_verify', gold: [gold], language: 'en' },
    response,
  });
  const items = [
    math('5 m', '[Answer]\n5 km'),
    math('5 m', '<think>5 m'),
    math('5 m', 'The final answer is \\boxed{5}. The final answer is \\boxed{6}.'),
    math('\\frac{', '[Answer]\n5'),
  ];
  expect(await (await post('/v1/score', { items })).json()).toMatchObject({
    results: [
      { score: 0, status: 'ok', state: 'answered', format: 'exact', reason: expect.stringContaining('quantity') },
      { score: 0, status: 'ok', state: 'cut', format: 'none' },
      { score: 0, status: 'ok', state: 'contradictory', format: 'loose' },
      { score: 0, status: 'unjudgeable', error: expect.stringContaining('gold') },
    ],
    counts: { statuses: { ok: 3, unjudgeable: 1 }, states: { answered: 2, cut: 1, contradictory: 1 } },
  });
});

test('slime: one sample, one number, or all of it', async () => {
  const whole = await post('/rm?whole', { prompt: 'Where?', response: '<think>Oslo', label: em });
  expect(await whole.json()).toMatchObject({ score: 0, state: 'cut', format: 'none', status: 'ok' });
  const response = await post('/rm', { prompt: 'Where?', response: 'Oslo', label: em });
  expect(await response.json()).toBe(1);
});

test('what is no request is refused with a reason', async () => {
  expect((await post('/v1/score', 'not json')).status).toBe(400);
  expect((await post('/v1/score', { rows: [] })).status).toBe(400);
  expect((await post('/rm', {})).status).toBe(400);
  expect((await post('/nowhere', {})).status).toBe(404);
  const large = { items: ['x'.repeat(5000)] };
  expect((await post('/v1/score', large, { maxBody: 1000 })).status).toBe(413);
  expect((await post('/v1/score', large, { maxBody: 1000 }, { 'Content-Length': '5012' })).status).toBe(413);
});

test('a deep item costs only itself; too many items or values are refused before they are parsed', async () => {
  const deep = `{"items":[{"data_source":"EM","response":"a","ground_truth":"a","extra_info":{"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}},${JSON.stringify({ ...em, response: 'Oslo' })}]}`;
  expect(await (await post('/v1/score', deep)).json()).toMatchObject({
    results: [
      { status: 'error', error: 'nested deeper than 64 levels' },
      { status: 'ok', score: 1 },
    ],
  });
  const many = await post('/v1/score', { items: Array.from({ length: 200 }, () => 0) }, { maxPending: 100 });
  expect(many.status).toBe(413);
  expect(await many.json()).toEqual({ error: '200 items, at most 100 are taken at once' });
});

test('health is a verdict of the pool: 503 when it is wrong or does not come back', async () => {
  const healthOf = async (canary: RewardPool['canary'], healthDeadline = 60_000) => {
    const broken: RewardPool = {
      ...pool,
      score: (jobs) => pool.score(jobs),
      pending: () => 1,
      answered: () => 5,
      threads: () => 2,
      restarts: () => 0,
      canary,
    };
    const response = await createRewardApp({ pool: broken, healthDeadline }).request('/healthz');
    return { code: response.status, ...((await response.json()) as object) };
  };
  expect(await healthOf(() => pool.canary())).toMatchObject({ code: 200, status: 'ok', answered: 5, threads: 2 });
  expect(await healthOf(() => new Promise(() => undefined), 50)).toMatchObject({
    code: 503,
    status: 'stuck',
    pending: 1,
  });
  const wrong = {
    score: 0,
    status: 'ok',
    state: 'answered',
    format: 'exact',
    extracted: '',
    reason: '',
    task: '',
  } as const;
  expect(await healthOf(async () => wrong)).toMatchObject({ code: 503, status: 'wrong' });
});

test('with a token, every route but health demands it', async () => {
  const options = { token: 'secret' };
  expect((await post('/v1/score', { items: [] }, options)).status).toBe(401);
  expect((await post('/v1/score', { items: [] }, options, { Authorization: 'Bearer wrong1' })).status).toBe(401);
  expect((await post('/v1/score', { items: [] }, options, { Authorization: 'Bearer secret' })).status).toBe(200);
  const app = createRewardApp({ pool, ...options });
  expect((await app.request('/healthz')).status).toBe(200);
  expect((await app.request('/metrics')).status).toBe(401);
});

test('more waiting samples than allowed get 503 and Retry-After', async () => {
  const busy: RewardPool = { ...pool, score: (jobs) => pool.score(jobs), pending: () => 100, restarts: () => 0 };
  const response = await post('/v1/score', { items: [{ ...em, response: 'x' }] }, { pool: busy, maxPending: 100 });
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('1');
});

test('metrics count requests and samples by status', async () => {
  const app = createRewardApp({ pool });
  await app.request('/v1/score', {
    ...json,
    body: JSON.stringify({ items: [{ ...em, response: 'Oslo' }, {}] }),
  });
  const text = await (await app.request('/metrics')).text();
  expect(text).toContain('golongrl_reward_requests_total 1');
  expect(text).toContain('golongrl_reward_samples_total{status="ok"} 1');
  expect(text).toContain('golongrl_reward_samples_total{status="error"} 1');
  expect(Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(1e7);
});

test('a server answers on its port, drains on close, and refuses the open network without a token', {
  tags: ['long'],
}, async () => {
  const server = await startRewardServer({ port: 0, workers: 1 });
  const running = fetch(`${server.url}/v1/score`, {
    ...json,
    body: JSON.stringify({ items: Array.from({ length: 2000 }, () => ({ ...em, response: 'Oslo' })) }),
  });
  let answered = false;
  void running.then(() => {
    answered = true;
  });
  // Close only once the request is inside: before that, refusing it is right.
  const pending = async () => ((await (await fetch(`${server.url}/healthz`)).json()) as { pending: number }).pending;
  while (!answered && (await pending()) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  const [response] = await Promise.all([running, server.close()]);
  const { results } = (await response.json()) as { results: { score: number }[] };
  expect(results.filter(({ score }) => score === 1)).toHaveLength(2000);
  await expect(fetch(server.url)).rejects.toThrow();
  await expect(startRewardServer({ host: '0.0.0.0', port: 0 })).rejects.toThrow(/no token/);
});
