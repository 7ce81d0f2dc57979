/** @file Servers that may only sample from the newest weights: what reaches them, and in which order. */
import { expect, test } from 'vitest';
import { openTinkerEngine } from './tinker-engine.ts';

/** The least of a server: every request is done when it is asked for again; `log` has what arrived and what was answered. */
function scriptedServer(kind: 'Tinker API Mock' | 'golongrl') {
  const log: string[] = [];
  const results: { name: string; result: object }[] = [];
  let sessions = 0;
  const submitted: Record<string, (id: number) => object> = {
    create_model: (id) => ({ model_id: `model_${id}` }),
    save_weights_for_sampler: (id) => ({ path: null, sampling_session_id: `sampling_${id}` }),
    asample: () => ({ sequences: [{ tokens: [7], logprobs: [-1], stop_reason: 'length' }] }),
    optim_step: () => ({ metrics: { 'skyrl.ai/grad_norm': 1 } }),
    unload_model: () => ({}),
  };
  const answer = (path: string, body: Record<string, unknown>): object => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path === '/') return { name: kind };
    if (name === 'get_server_capabilities') return { supported_models: [{ model_name: 'tiny' }] };
    if (name === 'create_session') return { session_id: `session_${++sessions}` };
    if (name === 'retrieve_future') {
      const { name: of = '', result = {} } = results[Number(body.request_id)] ?? {};
      log.push(`${of} done`);
      return result;
    }
    const make = submitted[name];
    if (make === undefined) return {};
    log.push(name === 'asample' ? `asample ${String(body.sampling_session_id)}` : name);
    const id = results.length;
    results.push({ name, result: make(id) });
    return { request_id: String(id) };
  };
  const fetch_ = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
    // As on a network: nothing is answered in the turn that asked.
    await new Promise((resolve) => setTimeout(resolve, 2));
    return Response.json(answer(new URL(String(input)).pathname, body));
  };
  return { fetch: fetch_ as typeof fetch, log, sessions: () => sessions };
}

const request = { prompts: [Int32Array.of(1, 2)], rolloutsPerPrompt: 1, maxTokens: 1, temperature: 1, seeds: [1] };
const sampling = { ...request, stopTokens: [0] };
const adam = { learningRate: 1, beta1: 0.9, beta2: 0.9, epsilon: 1e-8, weightDecay: 0, gradientClip: 0 };

test('SkyRL JAX: an update waits for the samples before it, samples after it are of new weights, old ones are refused', async () => {
  const server = scriptedServer('Tinker API Mock');
  const engine = await openTinkerEngine({ url: 'http://server', rank: 4, fetch: server.fetch });
  expect((await engine.info()).offPolicySampling).toBe(false);
  const old = await engine.sampler();
  server.log.length = 0;
  // All at once, as a caller may who does not know the server.
  await Promise.all([engine.sample(sampling), engine.optimStep(adam), engine.sample(sampling)]);
  expect(server.log).toEqual([
    'asample sampling_1',
    'asample done',
    'optim_step',
    'optim_step done',
    'save_weights_for_sampler',
    'save_weights_for_sampler done',
    'asample sampling_4',
    'asample done',
  ]);
  const sent = server.log.length;
  await expect(old.sample(sampling)).rejects.toMatchObject({ code: 'sampler-old' });
  expect(server.log.length).toBe(sent);
  await engine.close();
});

test('a server that keeps earlier weights samples while it updates, and from the earlier ones', async () => {
  const server = scriptedServer('golongrl');
  const engine = await openTinkerEngine({ url: 'http://server', rank: 4, fetch: server.fetch });
  expect((await engine.info()).offPolicySampling).toBe(true);
  const old = await engine.sampler();
  server.log.length = 0;
  await Promise.all([engine.sample(sampling), engine.optimStep(adam)]);
  expect(server.log.slice(0, 2).sort()).toEqual(['asample sampling_1', 'optim_step']);
  await old.sample(sampling);
  expect(server.log.at(-2)).toBe('asample sampling_1');
  await engine.close();
});

test('reopening takes a session and a model of their own, and the next sample is of that model', async () => {
  const server = scriptedServer('Tinker API Mock');
  const engine = await openTinkerEngine({ url: 'http://server', rank: 4, fetch: server.fetch });
  await engine.optimStep(adam);
  await engine.sample(sampling);
  server.log.length = 0;
  await engine.reopen?.();
  await engine.sample(sampling);
  expect(server.sessions()).toBe(2);
  expect(server.log.filter((line) => !line.endsWith('done'))).toEqual([
    'unload_model',
    'create_model',
    'save_weights_for_sampler',
    expect.stringMatching(/^asample sampling_/),
  ]);
  expect((await engine.optimStep(adam)).step).toBe(1);
  await engine.close();
});
