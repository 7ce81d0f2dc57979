/** What the server says of losses, log-probabilities, runs, checkpoints and many models, over its routes. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyModel } from '../../../test/engine/tiny-model.ts';
import { writeModel } from '../../engine/local/weights/checkpoint.ts';
import { createEngineApp } from './app.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-engine-protocol-'));
const model = join(directory, 'tiny');
await writeModel(model, { config: tinyConfig, parameters: tinyModel(tinyConfig) });
const options = {
  model,
  name: 'tiny',
  maxContext: 128,
  checkpoints: join(directory, 'checkpoints'),
  threads: 1,
  // Clients ask again; the tests wait, however busy the machine is.
  holdMs: 300_000,
};
const { app, close } = createEngineApp(options);
afterAll(async () => {
  await close();
  await rm(directory, { recursive: true });
});

type Json = Readonly<Record<string, unknown>>;

/** A client of a server: requests, and what comes of those that are accepted. */
function client(of: Pick<typeof app, 'request'>) {
  const get = async (path: string) => {
    const response = await of.request(`/api/v1/${path}`);
    return { status: response.status, body: (await response.json()) as Json };
  };
  const send = async (path: string, body: Json, method = 'POST') => {
    const headers = { 'content-type': 'application/json' };
    const response = await of.request(`/api/v1/${path}`, { method, headers, body: JSON.stringify(body) });
    return { status: response.status, body: (response.status === 204 ? {} : await response.json()) as Json };
  };
  const done = async (path: string, body: Json): Promise<Json> => {
    const accepted = await send(path, body);
    expect(accepted, path).toMatchObject({ status: 200 });
    return (await send('retrieve_future', { request_id: accepted.body.request_id })).body;
  };
  const session = send('create_session', { display_name: 'tests' }).then(({ body }) => String(body.session_id));
  let models = 0;
  const create = async (lora_config: Json = { rank: 2 }) => {
    const asked = { session_id: await session, model_seq_id: models++, base_model: 'tiny', lora_config };
    return String((await done('create_model', asked)).model_id);
  };
  const step = (model_id: string, data: readonly Json[], loss_fn: string, config?: Json) =>
    done('forward_backward', { model_id, forward_backward_input: { data, loss_fn, loss_fn_config: config ?? null } });
  /** Norm of what was gathered. */
  const update = async (model_id: string, learning_rate = 0) => {
    const { metrics } = await done('optim_step', { model_id, adam_params: { learning_rate } });
    return (metrics as { 'grad_norm:mean': number })['grad_norm:mean'];
  };
  return { get, send, done, session, create, step, update };
}

const { get, send, done, session, create, step, update } = client(app);
/** Its updates have a learning rate of 0: every test has the same weights. */
const shared = await create();

const tokens = [...randomTokens(12, tinyConfig, 'protocol')];
const [inputs, next] = [tokens.slice(0, -1), tokens.slice(1)];
const tensor = (data: readonly number[], dtype = 'float32') => ({ data, dtype });
const datum = (more: Json) => ({ model_input: { chunks: [{ tokens: inputs }] }, loss_fn_inputs: more });
const logprobsOf = (result: Json, index = 0) =>
  (result.loss_fn_outputs as { logprobs: { data: number[]; shape: number[] } }[])[index]?.logprobs ?? {
    data: [],
    shape: [],
  };
const lossOf = (result: Json) => (result.metrics as { 'loss:sum': number })['loss:sum'];
const targets = tensor(next, 'int64');
const weights = inputs.map((_, at) => (at < 4 ? 0 : 0.1 * at));
const supervised = datum({ target_tokens: targets, weights: tensor(weights) });

test('soft targets, dense and in compressed rows, have the loss and gradient of their parts', async () => {
  const id = shared;
  const others = next.map((token) => (token + 5) % tinyConfig.vocabSize);
  const second = weights.map((weight) => 2 * weight);
  const apart = [
    await step(id, [supervised], 'cross_entropy'),
    await step(id, [datum({ target_tokens: tensor(others, 'int64'), weights: tensor(second) })], 'cross_entropy'),
  ];
  const sum = lossOf(apart[0] ?? {}) + lossOf(apart[1] ?? {});
  const norm = await update(id);
  const both = (a: readonly number[], b: readonly number[]) => a.flatMap((value, at) => [value, b[at] ?? 0]);
  const wide = { target_tokens: tensor(both(next, others), 'int64'), weights: tensor(both(weights, second)) };
  const rows = inputs.map((_, at) => 2 * at);
  const sparse = (data: readonly number[], dtype: string) => ({
    ...tensor(data, dtype),
    shape: [inputs.length, 3],
    sparse_crow_indices: [...rows, 2 * inputs.length],
    sparse_col_indices: both(
      inputs.map(() => 0),
      inputs.map(() => 2),
    ),
  });
  const csr = {
    target_tokens: sparse(wide.target_tokens.data, 'int64'),
    weights: sparse(wide.weights.data, 'float32'),
  };
  for (const soft of [wide, csr]) {
    const together = await step(id, [datum(soft), supervised], 'cross_entropy');
    expect(lossOf(together)).toBeCloseTo(sum + lossOf(apart[0] ?? {}), 3);
    const fan = soft === wide ? 2 : 3;
    const { data, shape } = logprobsOf(together);
    expect(shape).toEqual([inputs.length, fan]);
    expect(logprobsOf(together, 1).shape).toEqual([inputs.length]);
    const first = logprobsOf(apart[0] ?? {}).data;
    for (const [at, value] of first.entries()) expect(data[at * fan]).toBeCloseTo(value, 4);
    await update(id);
    await step(id, [datum(soft)], 'cross_entropy');
    expect((await update(id)) / norm).toBeCloseTo(1, 3);
  }
});

test('dro is A log p - beta / 2 (log p - log q)^2, without what a mask or a missing sample leaves out', async () => {
  const id = shared;
  const now = logprobsOf(await step(id, [supervised], 'cross_entropy')).data;
  const old = now.map((value, at) => (at < 3 ? 0 : value + 0.3 * Math.sin(at)));
  const advantages = now.map((_, at) => (at < 3 ? 0 : at - 6));
  const mask = now.map((_, at) => (at === 5 ? 0 : 1));
  const rl = { target_tokens: targets, logprobs: tensor(old), advantages: tensor(advantages) };
  const loss = (kept: (at: number) => boolean, beta: number) =>
    now.reduce((sum, value, at) => {
      const distance = value - (old[at] ?? 0);
      return kept(at) ? sum - (value * (advantages[at] ?? 0) - 0.5 * beta * distance ** 2) : sum;
    }, 0);
  expect(lossOf(await step(id, [datum(rl)], 'dro'))).toBeCloseTo(
    loss((at) => at >= 3, 0.05),
    3,
  );
  const masked = await step(id, [datum({ ...rl, mask: tensor(mask) })], 'dro', { beta: 0.5 });
  expect(lossOf(masked)).toBeCloseTo(
    loss((at) => at !== 5, 0.5),
    2,
  );
  // Without a distance the gradient is that of weighted log-probabilities.
  await update(id);
  await step(id, [datum({ ...rl, logprobs: tensor(now.map((value, at) => (at < 3 ? 0 : value))) })], 'dro');
  const near = await update(id);
  await step(id, [datum({ target_tokens: targets, weights: tensor(advantages) })], 'cross_entropy');
  expect(near / (await update(id))).toBeCloseTo(1, 3);
  expect(await step(id, [datum(rl)], 'gspo')).toMatchObject({
    category: 'user',
    error: expect.stringContaining('"gspo"'),
  });
});

test('a mask takes tokens out of a loss, and targets may be other tokens than the next', async () => {
  const id = shared;
  const mask = inputs.map((_, at) => Number(at > 6));
  const rl = {
    target_tokens: targets,
    logprobs: tensor(inputs.map(() => -3)),
    advantages: tensor(inputs.map(() => 1)),
  };
  const masked = lossOf(await step(id, [datum({ ...rl, mask: tensor(mask) })], 'importance_sampling'));
  const without = lossOf(await step(id, [datum({ ...rl, advantages: tensor(mask) })], 'importance_sampling'));
  expect(masked).toBeCloseTo(without, 5);
  const other = next.map((token, at) => (at === 8 ? (token + 1) % tinyConfig.vocabSize : token));
  const one = weights.map((_, at) => Number(at === 8));
  const found = await step(
    id,
    [datum({ target_tokens: tensor(other, 'int64'), weights: tensor(one) })],
    'cross_entropy',
  );
  expect(lossOf(found)).toBeCloseTo(-(logprobsOf(found).data[8] ?? 0), 4);
});

test('a prompt is scored: its most likely tokens, named ones, its last positions; completions too', async () => {
  const found = await done('asample', {
    base_model: 'tiny',
    prompt: { chunks: [{ tokens }] },
    sampling_params: { max_tokens: 3, temperature: 0 },
    prompt_logprobs: true,
    prompt_logprobs_last_n: 4,
    topk_prompt_logprobs: 37,
    topk_sample_logprobs: 2,
    target_prompt_logprobs: tensor(
      next.flatMap((token, at) => [token, at === 0 ? -1 : 7]),
      'int64',
    ),
  });
  const own = found.prompt_logprobs as (number | null)[];
  expect(own.map((value) => value === null)).toEqual(tokens.map((_, at) => at < tokens.length - 4));
  const top = found.topk_prompt_logprobs as ([number, number][] | null)[];
  const named = found.target_prompt_logprobs as { data: number[]; shape: number[] };
  expect(named.shape).toEqual([next.length, 2]);
  expect(named.data[1]).toBe(0);
  for (const [at, entry] of top.entries()) {
    expect(entry === null).toBe(at < tokens.length - 4);
    if (entry === null) continue;
    // All tokens there are: their probabilities sum to 1, and the named ones are among them.
    expect(entry.reduce((sum, [, logprob]) => sum + Math.exp(logprob), 0)).toBeCloseTo(1, 4);
    expect(entry.map(([, logprob]) => logprob)).toEqual([...entry.map(([, logprob]) => logprob)].sort((a, b) => b - a));
    const of = new Map(entry);
    expect(of.get(tokens[at] ?? -1)).toBeCloseTo(own[at] ?? NaN, 4);
    expect(named.data[2 * (at - 1)]).toBeCloseTo(own[at] ?? NaN, 4);
    expect(named.data[2 * (at - 1) + 1]).toBeCloseTo(of.get(7) ?? NaN, 4);
  }
  const [sequence] = found.sequences as { tokens: number[]; logprobs: number[]; topk_logprobs: [number, number][][] }[];
  for (const [at, entry] of (sequence?.topk_logprobs ?? []).entries()) {
    expect(entry[0]?.[0]).toBe(sequence?.tokens[at]);
    expect(entry[0]?.[1]).toBeCloseTo(sequence?.logprobs[at] ?? NaN, 4);
  }
  expect(sequence?.topk_logprobs).toHaveLength(3);
});

test('models that take turns have the losses, gradients and updates of models that do not', {
  tags: ['long'],
}, async () => {
  const crowded = createEngineApp({ ...options, checkpoints: join(directory, 'crowded'), maxModels: 1 });
  const turns = client(crowded.app);
  const shapes = [
    { rank: 2, seed: 1 },
    { rank: 2, seed: 2 },
    { rank: 3, seed: 1 },
  ];
  const data = (n: number) => [
    datum({ target_tokens: targets, weights: tensor(weights.map((weight) => (n + 1) * weight)) }),
  ];
  const [there, here] = [
    await Promise.all(shapes.map((shape) => turns.create(shape))),
    await Promise.all(shapes.map((shape) => create(shape))),
  ];
  const compare = async (n: number) => {
    const loss = lossOf(await turns.step(there[n] ?? '', data(n), 'cross_entropy'));
    expect(loss).toBe(lossOf(await step(here[n] ?? '', data(n), 'cross_entropy')));
  };
  // Each gathers twice, with the others between; with one place every request is another model's turn.
  for (const n of [0, 1, 2, 0, 1, 2]) await compare(n);
  for (const [n, id] of there.entries()) expect(await turns.update(id, 0.01)).toBe(await update(here[n] ?? '', 0.01));
  for (const n of [0, 1, 2]) await compare(n);
  await crowded.close();
});

test('runs and checkpoints are listed, noted, handed out and removed; a server that starts again knows them', async () => {
  const id = await create({ rank: 2, train_mlp: false });
  const path = (await done('save_weights', { model_id: id, path: 'a', user_metadata: { note: 'x' } })).path;
  await done('save_weights_for_sampler', { model_id: id, path: 'b', ttl_seconds: 3600 });
  const external = await done('save_weights_external', { model_id: id, path: 'c' });
  expect(external).toMatchObject({ path: `tinker://${id}/external_weights/c` });
  const run = `training_runs/${id}`;
  expect((await get(run)).body).toMatchObject({
    training_run_id: id,
    lora_rank: 2,
    last_checkpoint: { tinker_path: path, checkpoint_type: 'training', user_metadata: { note: 'x' }, expires_at: null },
    last_sampler_checkpoint: { checkpoint_id: 'sampler_weights/b' },
  });
  expect((await send('weights_info', { tinker_path: path })).body).toMatchObject({
    train_mlp: false,
    train_attn: true,
  });
  expect((await send(`${run}/checkpoints/weights/a/publish`, {})).status).toBe(204);
  expect((await send(`${run}/checkpoints/weights/a/ttl`, { ttl_seconds: 60 }, 'PUT')).status).toBe(204);
  const listed = (await get('checkpoints?limit=2')).body;
  expect(listed).toMatchObject({ cursor: { offset: 0, limit: 2, total_count: 3 } });
  expect((await get(`${run}/checkpoints`)).body.checkpoints).toContainEqual(
    expect.objectContaining({ checkpoint_id: 'weights/a', public: true, expires_at: expect.any(String) }),
  );
  const { urls } = (await get(`${run}/checkpoints/external_weights/c/external_weights_urls`)).body as {
    urls: Record<string, string>;
  };
  expect(Object.keys(urls)).toContain('adapter_model.safetensors');
  expect(Object.keys(urls)).not.toContain('optimizer.safetensors');
  const file = await app.request(String(urls['adapter_config.json']));
  expect(await file.json()).toMatchObject({ r: 2 });
  const link = await app.request(`/api/v1/${run}/checkpoints/sampler_weights/b/archive`);
  expect(link.status).toBe(302);
  const archive = join(directory, 'b.tar');
  await writeFile(
    archive,
    new Uint8Array(await (await app.request(String(link.headers.get('location')))).arrayBuffer()),
  );
  expect(execFileSync('tar', ['-tf', archive], { encoding: 'utf8' }).split('\n')).toContain(
    'adapter_model.safetensors',
  );
  expect((await app.request('/api/v1/downloads/x')).status).toBe(404);

  const copy = String((await send('copy_weights', { source_path: path })).body.tinker_path);
  expect((await send('weights_info', { tinker_path: copy })).status).toBe(200);
  const second = createEngineApp(options);
  const again = (await (await second.app.request(`/api/v1/${run}`)).json()) as Json;
  expect(again).toMatchObject({ training_run_id: id, last_checkpoint: { tinker_path: path } });
  await second.close();
  expect((await send(`${run}/checkpoints/weights/a`, {}, 'DELETE')).status).toBe(204);
  expect((await send('weights_info', { tinker_path: path })).status).toBe(404);
  expect((await get('sessions')).body).toMatchObject({ sessions: [await session] });
  expect((await get(`sessions/${await session}`)).body).toMatchObject({
    display_name: 'tests',
    training_run_ids: expect.arrayContaining([id]),
  });
});

test('a sampler of fixed weights keeps them through many updates; one that follows has the newest', async () => {
  const id = await create();
  const saved = async (number: number, kind: string) =>
    String(
      (await done('save_weights_for_sampler', { model_id: id, sampling_session_seq_id: number, kind }))
        .sampling_session_id,
    );
  const prompt = { chunks: [{ tokens: tokens.slice(0, 6) }] };
  const score = async (sampling_session_id: string) =>
    (
      await done('asample', {
        sampling_session_id,
        prompt,
        sampling_params: { max_tokens: 1, temperature: 0 },
        prompt_logprobs: true,
      })
    ).prompt_logprobs as number[];
  const [fixed, following] = [await saved(0, 'snapshot'), await saved(1, 'inflight')];
  const before = await score(fixed);
  for (let round = 0; round < 3; round++) {
    await step(id, [supervised], 'cross_entropy');
    await update(id, 0.01);
    await saved(2 + round, 'inflight');
  }
  expect(await score(fixed)).toEqual(before);
  const now = await score(following);
  expect(now).not.toEqual(before);
  expect(now).toEqual(await score(await saved(9, 'snapshot')));
});
