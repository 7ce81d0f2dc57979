/** The client against the server, in process: both ends of the protocol, and the engine behind it, are the real ones. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyModel } from '../../../test/engine/tiny-model.ts';
import type { LossSpec, TrajectoryGroup } from '../../engine/engine.ts';
import { openLocalEngine } from '../../engine/local/local-engine.ts';
import { writeModel } from '../../engine/local/weights/checkpoint.ts';
import { openTinkerEngine, type TinkerEngineOptions } from '../../engine/tinker/tinker-engine.ts';
import { protoType } from '../../engine/tinker/wire.ts';
import { ProtoWriter } from '../../protobuf.ts';
import { createEngineApp, type EngineAppOptions } from './app.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-engine-server-'));
afterAll(() => rm(directory, { recursive: true }));
const model = join(directory, 'tiny');
await writeModel(model, { config: tinyConfig, parameters: tinyModel(tinyConfig) });

const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };
const paperLoss: LossSpec = {
  type: 'ppo',
  clipLow: 0.2,
  clipHigh: 0.28,
  dualClip: 3,
  aggregation: 'token-mean',
  ratioBounds: [0.5, 5],
  ratioVeto: 1e-4,
};

const serve = (more: Partial<EngineAppOptions> = {}) =>
  createEngineApp({
    model,
    name: 'tiny',
    maxContext: 256,
    checkpoints: join(directory, 'checkpoints'),
    threads: 1,
    ...more,
  });

const connect = (app: ReturnType<typeof serve>['app'], more: Partial<TinkerEngineOptions> = {}) =>
  openTinkerEngine({
    url: 'http://localhost',
    rank: 0,
    fetch: ((input: string, init: RequestInit) => app.request(input, init)) as typeof fetch,
    ...more,
  });

const post = async (app: ReturnType<typeof serve>['app'], path: string, body: unknown) => {
  const headers = { 'Content-Type': 'application/json' };
  const response = await app.request(`/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** Off-policy on purpose: some tokens are clipped, some are outside the ratio's bounds, one rollout is vetoed. */
const batch: TrajectoryGroup[] = [0, 1].map((p) => ({
  prompt: randomTokens(12 + p, tinyConfig, 'prompt', p),
  rollouts: [0, 1, 2].map((g) => {
    const tokens = randomTokens(4 + g, tinyConfig, 'rollout', p, g);
    return {
      tokens,
      logprobs: Float32Array.from(tokens, (_, t) => -3 + 0.7 * t - (g === 2 && p === 1 ? -14 : 0)),
      advantages: new Float32Array(tokens.length).fill(g - 0.8),
    };
  }),
}));

test('training through the protocol is training in process: loss, gradient norm and the weights after', {
  tags: ['long'],
}, async () => {
  const { app, close } = serve();
  const remote = await connect(app);
  const local = await openLocalEngine({ model, threads: 1 });
  for (const loss of [
    paperLoss,
    { ...paperLoss, type: 'cispo' as const },
    { type: 'cross-entropy' as const, aggregation: 'token-mean' as const },
  ]) {
    const [there, here] = [await remote.forwardBackward(batch, loss), await local.forwardBackward(batch, loss)];
    expect(there.loss).toBeCloseTo(here.loss, 5);
    expect(there.maskedFraction).toBeCloseTo(here.maskedFraction, 6);
    expect(there.tokens).toBe(here.tokens);
    const [norm, expected] = [await remote.optimStep(adam), await local.optimStep(adam)];
    expect(norm.gradientNorm / expected.gradientNorm).toBeCloseTo(1, 4);
    expect(norm.step).toBe(expected.step);
  }
  const request = {
    prompts: [batch[0]?.prompt ?? new Int32Array()],
    rolloutsPerPrompt: 2,
    maxTokens: 5,
    temperature: 0,
    stopTokens: [],
    seeds: [1],
  };
  const [[there] = [], [here] = []] = [await remote.sample(request), await local.sample(request)];
  expect(there?.[0]?.tokens).toEqual(here?.[0]?.tokens);
  await remote.close();
  await local.close();
  await close();
});

test('JSON and protobuf say the same; the log-probability of training is that of sampling', {
  tags: ['long'],
}, async () => {
  const { app, close } = serve();
  const engine = await connect(app);
  const prompt = randomTokens(20, tinyConfig, 'p');
  const [completions = []] = await engine.sample({
    prompts: [prompt],
    rolloutsPerPrompt: 3,
    maxTokens: 12,
    temperature: 1,
    stopTokens: [],
    seeds: [7],
  });
  const rollouts = completions.map(({ tokens, logprobs }) => ({
    tokens,
    logprobs,
    advantages: new Float32Array(tokens.length).fill(1),
  }));
  const metrics = await engine.forwardBackward([{ prompt, rollouts }], {
    type: 'importance-sampling',
    aggregation: 'token-mean',
  });
  expect(Math.abs(metrics.approximateKl)).toBeLessThan(1e-5);
  expect(metrics.loss).toBeCloseTo(-1, 4);

  const noProto = ((input: string, init: RequestInit) =>
    init.body instanceof Uint8Array
      ? Promise.resolve(Response.json({ detail: 'use JSON' }, { status: 415 }))
      : app.request(input, { ...init, headers: { ...init.headers, accept: 'application/json' } })) as typeof fetch;
  const plain = await connect(app, { fetch: noProto });
  const again = await plain.forwardBackward([{ prompt, rollouts }], {
    type: 'importance-sampling',
    aggregation: 'token-mean',
  });
  expect(again.loss).toBeCloseTo(metrics.loss, 6);
  await close();
});

test('an adapter is saved, and trains on from there after the server was restarted', { tags: ['long'] }, async () => {
  const first = serve();
  const engine = await connect(first.app, { rank: 4 });
  await engine.forwardBackward(batch, paperLoss);
  await engine.optimStep(adam);
  const ref = await engine.save(join(directory, 'run', 'step-000001'));
  const after = await engine.forwardBackward(batch, paperLoss);
  await first.close();

  const second = serve();
  const resumed = await connect(second.app, { rank: 4 });
  await resumed.load(ref);
  const same = await resumed.forwardBackward(batch, paperLoss);
  expect(same.loss).toBeCloseTo(after.loss, 6);
  expect((await resumed.optimStep(adam)).step).toBe(2);
  await second.close();
});

test('weights from before an update can be sampled from, as many states back as are kept', {
  tags: ['long'],
}, async () => {
  const { app, close } = serve({ keepStates: 1 });
  const engine = await connect(app, { rank: 4 });
  const request = {
    prompts: [randomTokens(9, tinyConfig, 'q')],
    rolloutsPerPrompt: 1,
    maxTokens: 8,
    temperature: 0,
    stopTokens: [],
    seeds: [1],
  };
  const old = await engine.sampler();
  const before = await old.sample(request);
  const update = async () => {
    await engine.forwardBackward(batch, paperLoss);
    await engine.optimStep({ ...adam, learningRate: 0.3 });
  };
  await update();
  const [[now] = []] = await engine.sample(request);
  const [[then] = []] = await old.sample(request);
  expect(then?.logprobs).toEqual(before[0]?.[0]?.logprobs);
  expect(now?.logprobs).not.toEqual(then?.logprobs);
  await update();
  await expect(old.sample(request)).rejects.toThrow(/replaced by later ones/);
  await close();
});

test('requests run in the order of their numbers, each once', async () => {
  const { app, close } = serve();
  const { body: session } = await post(app, 'create_session', { tags: [] });
  const created = await post(app, 'create_model', {
    session_id: session.session_id,
    model_seq_id: 0,
    base_model: 'tiny',
    lora_config: { rank: 2 },
  });
  const result = async (id: unknown) => (await post(app, 'retrieve_future', { request_id: id })).body;
  const { model_id } = await result(created.body.request_id);
  const datum = {
    model_input: { chunks: [{ type: 'encoded_text', tokens: [1, 2, 3] }] },
    loss_fn_inputs: {
      target_tokens: { data: [2, 3, 4], dtype: 'int64' },
      weights: { data: [1, 1, 1], dtype: 'float32' },
    },
  };
  const forward = { model_id, seq_id: 1, forward_backward_input: { data: [datum], loss_fn: 'cross_entropy' } };
  const step = { model_id, seq_id: 2, adam_params: { learning_rate: 0.1 } };
  // The step comes first and must wait for the gradient; both come twice.
  const later = await post(app, 'optim_step', step);
  const earlier = await post(app, 'forward_backward', forward);
  expect((await post(app, 'optim_step', step)).body).toEqual(later.body);
  expect((await post(app, 'forward_backward', forward)).body).toEqual(earlier.body);
  const { metrics } = (await result(later.body.request_id)) as { metrics: Record<string, number> };
  expect(metrics['step:max']).toBe(1);
  expect(metrics['grad_norm:mean']).toBeGreaterThan(0);
  expect(await post(app, 'optim_step', { ...step, adam_params: { learning_rate: 0.2 } })).toMatchObject({
    status: 400,
    body: { detail: 'Training request sequence number was reused.' },
  });
  const third = await post(app, 'optim_step', { ...step, seq_id: 3 });
  expect(await result(third.body.request_id)).toMatchObject({ metrics: { 'step:max': 2 } });
  await close();
});

test('a refused training request is refused for good, and the requests after it run', async () => {
  const { app, close } = serve();
  const { body: session } = await post(app, 'create_session', { tags: [] });
  const result = async (id: unknown) => (await post(app, 'retrieve_future', { request_id: id })).body;
  const created = await post(app, 'create_model', {
    session_id: session.session_id,
    model_seq_id: 0,
    base_model: 'tiny',
    lora_config: { rank: 2 },
  });
  const { model_id } = await result(created.body.request_id);
  const image = { chunks: [{ type: 'image', data: 'x' }] };
  const large = { chunks: [{ tokens: [2 ** 32 + 1] }] };
  const forward = (model_input: unknown) => ({
    forward_backward_input: { data: [{ model_input, loss_fn_inputs: {} }], loss_fn: 'ppo' },
  });
  const refused: readonly (readonly [string, object])[] = [
    ['forward_backward', forward(image)],
    ['forward_backward', forward(large)],
    ['optim_step', { adam_params: { learning_rate: -1 } }],
    ['load_weights', { path: 'tinker://gone/weights/x' }],
    ['save_weights', { path: 'a/b' }],
    ['save_weights_for_sampler', {}],
    ['save_weights', { path: 'twice' }],
  ];
  expect((await post(app, 'save_weights', { model_id, seq_id: 1, path: 'twice' })).status).toBe(200);
  for (const [at, [path, body]] of refused.entries()) {
    const request = { model_id, seq_id: at + 2, ...body };
    const first = await post(app, path, request);
    expect([400, 404, 422], path).toContain(first.status);
    // The reply may be lost: asked again, the answer is the same.
    expect(await post(app, path, request)).toEqual(first);
  }
  // A message whose end is missing still has its number.
  const cut = new ProtoWriter()
    .string(1, String(model_id))
    .integer(2, refused.length + 2)
    .finish();
  const headers = { 'content-type': protoType };
  const broken = Uint8Array.of(...cut, 26, 200, 1);
  expect((await app.request('/api/v1/forward_backward', { method: 'POST', body: broken, headers })).status).toBe(422);
  const last = await post(app, 'optim_step', { model_id, seq_id: refused.length + 3, adam_params: {} });
  expect(await result(last.body.request_id)).toMatchObject({ metrics: { 'step:max': 1 } });
  // A save that is asked for again once it is done is not under way again.
  expect((await post(app, 'save_weights', { model_id, seq_id: 1, path: 'twice' })).status).toBe(200);
  const sampler = { session_id: session.session_id, sampling_session_seq_id: 0 };
  const saved = { ...sampler, model_path: `tinker://${String(model_id)}/weights/twice` };
  expect((await post(app, 'create_sampling_session', saved)).status).toBe(200);
  await close();
});

test('what a client gets wrong is said in the shapes of the protocol', async () => {
  const { app, close } = serve({ token: 'tml-secret' });
  expect((await app.request('/api/v1/get_server_capabilities')).status).toBe(401);
  await close();

  const open = serve();
  const call = (path: string, body: unknown) => post(open.app, path, body);
  const { body: session } = await call('create_session', { tags: [] });
  expect(await call('retrieve_future', { request_id: 'x' })).toMatchObject({
    status: 404,
    body: { detail: 'Future not found' },
  });
  expect((await call('session_heartbeat', { session_id: 'x' })).status).toBe(404);
  expect((await call('optim_step', { model_id: 'x', seq_id: 1, adam_params: {} })).status).toBe(404);
  expect(
    (await call('create_model', { session_id: session.session_id, model_seq_id: 0, base_model: 'other' })).status,
  ).toBe(400);
  expect((await call('asample', { prompt: {} })).status).toBe(422);
  expect((await call('weights_info', { tinker_path: 'tinker://../weights/x' })).status).toBe(400);
  expect((await call('weights_info', { tinker_path: 'tinker://gone/weights/x' })).status).toBe(404);
  const created = await call('create_model', {
    session_id: session.session_id,
    model_seq_id: 0,
    base_model: 'tiny',
    lora_config: { rank: 2 },
  });
  const { body: made } = await call('retrieve_future', { request_id: created.body.request_id });
  const bad = await call('forward_backward', {
    model_id: made.model_id,
    seq_id: 1,
    forward_backward_input: {
      data: [{ model_input: { chunks: [{ tokens: [1] }] }, loss_fn_inputs: {} }],
      loss_fn: 'ppo',
    },
  });
  expect(await call('retrieve_future', { request_id: bad.body.request_id })).toMatchObject({
    status: 200,
    body: { category: 'user', error: expect.stringContaining('target_tokens') },
  });
  const save = { model_id: made.model_id, path: 'kept' };
  expect((await call('save_weights', save)).status).toBe(200);
  expect(await call('save_weights', save)).toMatchObject({
    status: 400,
    body: { detail: 'Checkpoint kept already exists' },
  });
  await open.close();
});

/** The engine processes of this one. */
async function engines(): Promise<number[]> {
  const tasks = await readdir('/proc/self/task');
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/self/task/${task}/children`, 'utf8')));
  return lists.join(' ').split(/\s+/).filter(Boolean).map(Number);
}

test.runIf(process.platform === 'linux')(
  'engines that are killed: sampling goes on with a new one, a model in training is lost by name, the next has its place',
  { tags: ['long'] },
  async () => {
    const before = await engines();
    const { app, close } = serve({ maxModels: 1 });
    const call = (path: string, body: unknown) => post(app, path, body);
    const result = async (asked: { body: Record<string, unknown> }) =>
      (await call('retrieve_future', { request_id: asked.body.request_id })).body;
    const draw = async () =>
      result(
        await call('asample', {
          base_model: 'tiny',
          prompt: { chunks: [{ tokens: [1, 2, 3] }] },
          sampling_params: { max_tokens: 3, seed: 5 },
        }),
      );
    const { body: session } = await call('create_session', {});
    const create = (number: number) =>
      call('create_model', { session_id: session.session_id, model_seq_id: number, base_model: 'tiny' });
    const model = await result(await create(0));
    const drawn = await draw();
    expect(drawn).toMatchObject({ type: 'sample' });
    for (const pid of await engines()) if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
    expect(await draw()).toEqual(drawn);
    const step = { model_id: model.model_id, adam_params: {} };
    expect(await result(await call('optim_step', step))).toMatchObject({
      category: 'server',
      error: expect.stringContaining("is lost: its engine's process ended. Load its last checkpoint"),
    });
    expect((await call('optim_step', step)).status).toBe(404);
    expect(await result(await create(1))).toMatchObject({ type: 'create_model' });
    await close();
    expect(await engines()).toEqual(before);
  },
);
