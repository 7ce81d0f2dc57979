import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeEngine, fakeEngine, fakeSamples, fakeTokenizer } from '../../test/fake-policy.ts';
import type { Engine } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { EngineError } from '../errors.ts';
import { openRunDirectory, type RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import { type TrainingEvent, train } from './loop.ts';
import { completeConfig } from './parse-config.ts';
import { lossSpec } from './policy-step.ts';
import type { TrainingMetrics } from './step-metrics.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-loop-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const configOf = (change: object = {}) =>
  completeConfig({
    model: 'fake',
    data: { train: 'train.jsonl' },
    steps: 12,
    rollout: { prompts: 4, group: 4, maxTokens: 4 },
    dynamicSampling: { draw: 1.5, maxDraws: 6 },
    optimizer: { learningRate: 4, warmupSteps: 2 },
    checkpoint: { every: 5, keep: 2 },
    ...change,
  });

interface Run {
  run: RunDirectory;
  engine: FakeEngine;
  events: TrainingEvent[];
  metrics: TrainingMetrics[];
  interrupted: boolean;
}

async function runTraining(
  name: string,
  change: object = {},
  extra: { resume?: boolean; stopAfter?: number; samples?: readonly Sample[]; tokenizer?: Tokenizer } = {},
): Promise<Run> {
  const path = join(directory, name);
  const { run } = await openRunDirectory({
    path,
    kind: 'train',
    ifExists: extra.resume ? 'resume' : 'fail',
    versions: {},
  });
  const engine = fakeEngine();
  const events: TrainingEvent[] = [];
  const abort = new AbortController();
  const { interrupted } = await train({
    engine,
    tokenizer: extra.tokenizer ?? fakeTokenizer,
    config: configOf(change),
    samples: extra.samples ?? fakeSamples(),
    run,
    resume: extra.resume ?? false,
    signal: abort.signal,
    onEvent: (event) => {
      events.push(event);
      if (event.type === 'step-end' && event.metrics.step === extra.stopAfter) abort.abort();
    },
  });
  const metrics = (await run.readMetrics()) as TrainingMetrics[];
  return { run, engine, events, metrics, interrupted };
}

const bytes = (run: RunDirectory, ...names: string[]) => readFile(run.file(...names), 'utf8');

test('the policy learns', async () => {
  const { metrics } = await runTraining('a', { steps: 40 });
  const mean = (rows: TrainingMetrics[]) => rows.reduce((sum, { reward }) => sum + (reward ?? 0), 0) / rows.length;
  expect(mean(metrics.slice(0, 5))).toBeLessThan(0.5);
  expect(mean(metrics.slice(-5))).toBeGreaterThan(0.7);
});

test('a control with shuffled rewards logs the true ones, takes advantages of shuffled ones, and learns nothing', async () => {
  const { metrics, run } = await runTraining('a', { steps: 40, control: 'shuffled-rewards' });
  const mean = (rows: TrainingMetrics[]) => rows.reduce((sum, { reward }) => sum + (reward ?? 0), 0) / rows.length;
  expect(mean(metrics.slice(-10))).toBeLessThan(0.5);
  const groups = (await run.readRollouts(3)) as { rollouts: { score: number; advantage?: number }[] }[];
  const rollouts = groups.flatMap((group) => group.rollouts);
  expect(metrics[2]?.reward).toBeCloseTo(rollouts.reduce((sum, { score }) => sum + score, 0) / rollouts.length, 9);
  const trained = rollouts.flatMap(({ score, advantage }) => (advantage === undefined ? [] : [{ score, advantage }]));
  expect(trained.some(({ score, advantage }) => score === 1 && advantage < 0)).toBe(true);
  // The same seed shuffles the same way.
  const again = await runTraining('b', { steps: 4, control: 'shuffled-rewards' });
  expect(again.metrics.slice(0, 3)).toEqual(metrics.slice(0, 3));
});

test('only groups whose rewards differ are trained on, refilled up to the batch and never beyond maxDraws', async () => {
  const { run, metrics } = await runTraining('a', { steps: 30 });
  for (const step of metrics) {
    expect(step.trained).toBeLessThanOrEqual(4);
    expect(step.trained === 4 || step.draws === 6).toBe(true);
    expect(step.groups).toBe(step.trained + step.dropped + step.surplus);
  }
  expect(metrics.some(({ draws }) => draws > 1)).toBe(true);
  const groups = (await run.readRollouts(3)) as unknown as {
    use: string;
    rollouts: { score: number; advantage?: number }[];
  }[];
  for (const { use, rollouts } of groups) {
    const scores = new Set(rollouts.map(({ score }) => score));
    expect(scores.size === 1).toBe(use === 'dropped');
    expect(rollouts.every(({ advantage }) => (advantage !== undefined) === (use === 'trained'))).toBe(true);
  }
});

test('a zero is never silent: groups whose gold nobody can judge leave the batch, and states stand by task beside the reward', async () => {
  const samples = fakeSamples().map((sample) =>
    sample.task === 'T1'
      ? sample
      : { ...sample, reward: { metric: 'math_verify', gold: ['\\frac{'], language: 'en' } satisfies Sample['reward'] },
  );
  const { run, metrics } = await runTraining('a', { steps: 4 }, { samples });
  const [first] = metrics;
  expect(first?.unjudgeable).toBeGreaterThan(0);
  expect(first?.tasks.T6).toMatchObject({
    reward: null,
    statuses: { ok: 0 },
    states: { answered: expect.any(Number) },
  });
  expect(first?.tasks.T6?.statuses?.unjudgeable).toBe(4 * (first?.unjudgeable ?? 0));
  expect(first?.tasks.T1?.states?.answered).toBe(4 * (first?.tasks.T1?.groups ?? 0));
  const groups = (await run.readRollouts(1)) as unknown as { task: string; use: string }[];
  for (const { task, use } of groups) if (task === 'T6') expect(use).toBe('dropped');
});

test('a policy whose template opens the thinking has given no answer before it closes it', async () => {
  const open: Tokenizer = {
    ...fakeTokenizer,
    marks: { opensThinking: true },
    decode: async (completions) =>
      (await fakeTokenizer.decode(completions)).map((text) => text.replace('</think>', '')),
  };
  const { metrics } = await runTraining('a', { steps: 1 }, { tokenizer: open });
  expect(metrics[0]).toMatchObject({ reward: 0, trained: 0, formats: { exact: 0 } });
  expect(metrics[0]?.states?.cut).toBe(4 * (metrics[0]?.groups ?? 0));
});

test('a step is content with the share of the batch that the configuration calls enough', async () => {
  const { metrics } = await runTraining('a', { dynamicSampling: { draw: 1, enough: 0.5, maxDraws: 6 } });
  expect(metrics.every(({ trained }) => trained >= 2)).toBe(true);
  expect(metrics.some(({ trained, draws }) => trained < 4 && draws === 1)).toBe(true);
});

test('without dynamic sampling every group counts and there is one draw', async () => {
  const { metrics } = await runTraining('a', { dynamicSampling: { enabled: false } });
  expect(metrics.map(({ groups, trained, draws, dropped }) => [groups, trained, draws, dropped])).toEqual(
    Array(12).fill([4, 4, 1, 0]),
  );
});

test('the metrics of the tasks add up', async () => {
  const { metrics } = await runTraining('a');
  const step = metrics[4];
  const rows = Object.values(step?.tasks ?? {});
  expect(rows.reduce((sum, { advantageShare }) => sum + advantageShare, 0)).toBeCloseTo(1, 9);
  expect(rows.reduce((sum, { groups }) => sum + groups, 0)).toBe(step?.groups);
  expect(Object.keys(step?.tasks ?? {})).toEqual(['T1', 'T6']);
});

test('the entropy of the sampler stands by task, falls as the policy learns, and by token where traces are kept', async () => {
  const { run, metrics } = await runTraining('a', {
    steps: 16,
    rollout: { prompts: 4, group: 4, maxTokens: 4, trace: true },
  });
  const of = (step: number) => Object.values(metrics.at(step)?.tasks ?? {}).map(({ entropy = Number.NaN }) => entropy);
  for (const entropy of of(0)) expect(entropy).toBeCloseTo(Math.log(5), 5);
  for (const entropy of of(-1)) expect(entropy).toBeLessThan(1.5);
  const groups = (await run.readRollouts(1)) as unknown as {
    use: string;
    rollouts: { trace?: { sampler: number[]; entropy?: number[] } }[];
  }[];
  const traced = groups.filter(({ use }) => use === 'trained').flatMap(({ rollouts }) => rollouts);
  expect(traced.length).toBeGreaterThan(0);
  for (const { trace } of traced) expect(trace).toMatchObject({ sampler: [-1609], entropy: [1609] });
});

test('the learning rate warms up linearly', async () => {
  const { metrics } = await runTraining('a', { optimizer: { learningRate: 3, warmupSteps: 3 }, steps: 5 });
  expect(metrics.map(({ learningRate }) => learningRate)).toEqual([1, 2, 3, 3, 3]);
});

test('the same seed writes the same bytes, another seed others', async () => {
  const [a, b, c] = [await runTraining('a'), await runTraining('b'), await runTraining('c', { seed: 2 })];
  expect(await bytes(a.run, 'metrics.jsonl')).toBe(await bytes(b.run, 'metrics.jsonl'));
  expect(await bytes(a.run, 'rollouts', 'step-000012.jsonl')).toBe(await bytes(b.run, 'rollouts', 'step-000012.jsonl'));
  expect(await bytes(a.run, 'metrics.jsonl')).not.toBe(await bytes(c.run, 'metrics.jsonl'));
});

test('an interrupted run saves its last step and continues as if nothing had happened', async () => {
  const whole = await runTraining('whole');
  const first = await runTraining('parts', {}, { stopAfter: 7 });
  expect(first.interrupted).toBe(true);
  expect((await first.run.checkpoints()).at(-1)?.step).toBe(7);
  const second = await runTraining('parts', {}, { resume: true });
  expect(second.interrupted).toBe(false);
  expect(second.metrics).toEqual(whole.metrics);
  expect(await bytes(second.run, 'metrics.jsonl')).toBe(await bytes(whole.run, 'metrics.jsonl'));
});

test('an interrupt while a gradient is computed drops that step, saves the one before, and loses nothing', async () => {
  const whole = await runTraining('whole');
  const { run } = await openRunDirectory({ path: join(directory, 'parts'), kind: 'train', versions: {} });
  const engine = fakeEngine();
  const abort = new AbortController();
  let calls = 0;
  const first = await train({
    engine: {
      ...engine,
      forwardBackward: (batch, loss, signal) => {
        if (++calls < 8) return engine.forwardBackward(batch, loss);
        // An engine that computes until it is told to stop.
        setImmediate(() => abort.abort());
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new EngineError('aborted', 'forwardBackward: aborted.')));
        });
      },
    },
    tokenizer: fakeTokenizer,
    config: configOf(),
    samples: fakeSamples(),
    run,
    resume: false,
    signal: abort.signal,
  });
  expect(first).toEqual({ step: 7, interrupted: true });
  expect((await run.checkpoints()).at(-1)?.step).toBe(7);
  const second = await runTraining('parts', {}, { resume: true });
  expect(await bytes(second.run, 'metrics.jsonl')).toBe(await bytes(whole.run, 'metrics.jsonl'));
});

test('a run that lost its newest steps and half a line to a kill repeats them exactly', async () => {
  const whole = await runTraining('whole');
  const { run } = await runTraining('killed', {}, { stopAfter: 8 });
  // What a kill after step 8 leaves: the checkpoint of step 5, metrics to step 8 and a cut line.
  await rm(run.file(run.checkpointPath(8)), { recursive: true });
  await writeFile(run.file('metrics.jsonl'), `${await bytes(run, 'metrics.jsonl')}{"step":9,"rew`);
  const resumed = await runTraining('killed', {}, { resume: true });
  expect(await bytes(resumed.run, 'metrics.jsonl')).toBe(await bytes(whole.run, 'metrics.jsonl'));
  expect((await readdir(resumed.run.file('rollouts'))).length).toBe(12);
});

test('a corrupt checkpoint is named, changes nothing, and the hint leads to the one before', async () => {
  const whole = await runTraining('whole');
  const { run } = await runTraining('corrupt', {}, { stopAfter: 11 });
  const broken = run.file(run.checkpointPath(11));
  await writeFile(join(broken, 'policy.json'), '{"logits":');
  const before = await bytes(run, 'metrics.jsonl');
  await expect(runTraining('corrupt', {}, { resume: true })).rejects.toMatchObject({
    code: 'checkpoint-corrupt',
    hint: expect.stringContaining('continues from step 10'),
  });
  expect(await bytes(run, 'metrics.jsonl')).toBe(before);
  await rm(broken, { recursive: true });
  const resumed = await runTraining('corrupt', {}, { resume: true });
  expect(resumed.metrics).toEqual(whole.metrics);
});

test('an interrupt before the first step ends in order', async () => {
  const { run } = await openRunDirectory({ path: join(directory, 'x'), kind: 'train', versions: {} });
  const result = await train({
    engine: fakeEngine(),
    tokenizer: fakeTokenizer,
    config: configOf(),
    samples: fakeSamples(),
    run,
    resume: false,
    signal: AbortSignal.abort(),
  });
  expect(result).toEqual({ step: 0, interrupted: true });
});

test('no samples and prompts that do not fit are errors, not empty runs', async () => {
  const { run } = await openRunDirectory({ path: join(directory, 'x'), kind: 'train', versions: {} });
  const base = { engine: fakeEngine(), tokenizer: fakeTokenizer, samples: fakeSamples(), run, resume: false };
  await expect(train({ ...base, config: configOf(), samples: [] })).rejects.toMatchObject({ code: 'no-samples' });
  const config = configOf({ rollout: { prompts: 4, group: 4, maxTokens: 100 } });
  await expect(train({ ...base, config })).rejects.toMatchObject({ code: 'context-too-small' });
});

test('the paper is the default: clipped loss, token mean, no KL; dr-grpo divides by a global constant', () => {
  const paper = lossSpec(configOf(), 16);
  expect(paper).toEqual({
    type: 'ppo',
    aggregation: 'token-mean',
    clipLow: 0.2,
    clipHigh: 0.28,
    dualClip: 3,
    ratioBounds: [0.5, 5],
    ratioVeto: 1e-4,
  });
  const drGrpo = lossSpec(configOf({ advantage: { type: 'dr-grpo' } }), 16);
  expect(drGrpo).toEqual({ ...paper, aggregation: 'constant', normalizer: 64 });
});

test.each([
  [{ type: 'cispo' }, { type: 'cispo', aggregation: 'token-mean' }],
  [
    { type: 'importance-sampling', aggregation: 'constant' },
    { type: 'importance-sampling', normalizer: 64 },
  ],
  [{ aggregation: 'sequence-mean-token-mean' }, { aggregation: 'sequence-mean-token-mean' }],
  [{ kl: { coefficient: 0.1 } }, { klCoefficient: 0.1, klEstimator: 'k3' }],
  [{ kl: { coefficient: 0.1, estimator: 'k2' } }, { klCoefficient: 0.1, klEstimator: 'k2' }],
])('the loss of a configuration: %j', (loss, expected) => {
  expect(lossSpec(configOf({ loss }), 16)).toMatchObject(expected);
});

test('dr-grpo with another aggregation has it', () => {
  const config = configOf({ advantage: { type: 'dr-grpo' }, loss: { aggregation: 'token-mean' } });
  expect(lossSpec(config, 16)).not.toHaveProperty('normalizer');
});

test('a KL term is refused before the first step by an engine without a reference', async () => {
  const { run } = await openRunDirectory({ path: join(directory, 'x'), kind: 'train', versions: {} });
  const engine = fakeEngine();
  const config = configOf({ loss: { kl: { coefficient: 0.1 } } });
  const result = train({ engine, tokenizer: fakeTokenizer, config, samples: fakeSamples(), run, resume: false });
  await expect(result).rejects.toMatchObject({ code: 'reference-unsupported' });
  expect(engine.requests).toEqual([]);
});

test('a gradient that is not finite stops the run, keeps its prompts, and saves no checkpoint of the step', async () => {
  const path = join(directory, 'not-finite');
  const { run } = await openRunDirectory({ path, kind: 'train', ifExists: 'fail', versions: {} });
  const engine = fakeEngine();
  let calls = 0;
  const result = train({
    engine: {
      ...engine,
      forwardBackward: (batch, loss) =>
        ++calls === 8
          ? Promise.reject(new EngineError('not-finite', 'the gradient is not finite in group 0.'))
          : engine.forwardBackward(batch, loss),
    },
    tokenizer: fakeTokenizer,
    config: configOf(),
    samples: fakeSamples(),
    run,
    resume: false,
  });
  await expect(result).rejects.toMatchObject({ code: 'not-finite', hint: expect.stringContaining('not-finite.json') });
  const saved = JSON.parse(await readFile(run.file('not-finite.json'), 'utf8'));
  expect(saved.groups[0]).toMatchObject({ group: 0, sample: expect.stringMatching(/^sample-/) });
  expect(saved.groups[0].completions).toHaveLength(4);
  expect((await run.checkpoints()).every(({ step }) => step < saved.step)).toBe(true);
});

test('where the engine allows it, the next groups are sampled while a step trains, one update behind at most', async () => {
  const path = join(directory, 'ahead');
  const { run } = await openRunDirectory({ path, kind: 'train', ifExists: 'fail', versions: {} });
  const engine = fakeEngine();
  const order: string[] = [];
  await train({
    engine: {
      ...engine,
      info: async () => ({ ...(await engine.info()), offPolicySampling: true }),
      sample: (request) => {
        order.push('sample');
        return engine.sample(request);
      },
      forwardBackward: async (batch, loss) => {
        order.push('train');
        // As long as it takes to sample and score the next groups.
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push('trained');
        return engine.forwardBackward(batch, loss);
      },
    },
    tokenizer: fakeTokenizer,
    config: configOf({ steps: 40, dynamicSampling: { enabled: false } }),
    samples: fakeSamples(),
    run,
    resume: false,
  });
  expect(order.slice(0, 6)).toEqual(['sample', 'train', 'sample', 'trained', 'train', 'sample']);
  const metrics = (await run.readMetrics()) as TrainingMetrics[];
  expect(metrics.map(({ staleness }) => staleness)).toEqual([0, ...Array(39).fill(1)]);
  expect(metrics.map(({ position }) => position)).toEqual(metrics.map(({ step }) => 4 * step));
  const late = metrics.slice(-5);
  expect(late.reduce((sum, { reward }) => sum + (reward ?? 0), 0) / late.length).toBeGreaterThan(0.7);
});

test('an engine that samples with its newest weights only refuses staleness, before anything is sampled', async () => {
  const { run } = await openRunDirectory({ path: join(directory, 'x'), kind: 'train', versions: {} });
  const engine = fakeEngine();
  const newest = { ...engine, info: async () => ({ ...(await engine.info()), offPolicySampling: false }) };
  const options = { engine: newest, tokenizer: fakeTokenizer, samples: fakeSamples(), run, resume: false };
  const config = configOf({ pipeline: { maxStaleness: 1 } });
  await expect(train({ ...options, config })).rejects.toMatchObject({ code: 'staleness-unsupported' });
  expect(engine.requests).toHaveLength(0);
  await train({ ...options, config: configOf({ steps: 3 }) });
  const metrics = (await run.readMetrics()) as TrainingMetrics[];
  expect(metrics.map(({ staleness }) => staleness)).toEqual([0, 0, 0]);
});

class Gone extends EngineError {
  override get lost(): boolean {
    return true;
  }
}

/** A server that restarts: at each of these calls it is gone, and with it what was not saved, until it is opened again. */
function restartingEngine(restarts: readonly number[]) {
  let inner = fakeEngine();
  let calls = 0;
  let gone = false;
  const when = async <T>(work: () => Promise<T>): Promise<T> => {
    if (restarts.includes(++calls)) gone = true;
    if (gone) throw new Gone('server-gone', 'the server does not know the model');
    return work();
  };
  return {
    engine: {
      info: () => inner.info(),
      sample: (request) => when(() => inner.sample(request)),
      forwardBackward: (batch, loss) => when(() => inner.forwardBackward(batch, loss)),
      optimStep: (params) => when(() => inner.optimStep(params)),
      save: (path) => when(() => inner.save(path)),
      load: (ref) => when(() => inner.load(ref)),
      reopen: async () => {
        inner = fakeEngine();
        gone = false;
      },
      close: async () => undefined,
    } satisfies Engine,
    calls: () => calls,
  };
}

async function trainRestarting(name: string, restarts: readonly number[]) {
  const { run } = await openRunDirectory({ path: join(directory, name), kind: 'train', versions: {} });
  const { engine, calls } = restartingEngine(restarts);
  const events: TrainingEvent[] = [];
  await train({
    engine,
    tokenizer: fakeTokenizer,
    config: configOf({ checkpoint: { keep: 2 } }),
    samples: fakeSamples(),
    run,
    resume: false,
    onEvent: (event) => events.push(event),
  });
  return { run, calls: calls(), events };
}

test('a server that restarts at any call costs at most the step in flight, and the run ends as if it had not', {
  tags: ['long'],
}, async () => {
  const whole = await trainRestarting('whole', []);
  expect(whole.calls).toBeGreaterThan(40);
  for (let call = 1; call <= whole.calls; call += 3) {
    const { run, events } = await trainRestarting(`restart-${call}`, [call]);
    expect(await bytes(run, 'metrics.jsonl')).toBe(await bytes(whole.run, 'metrics.jsonl'));
    const reopened = events.filter((event) => event.type === 'engine-reopened');
    expect(reopened).toHaveLength(1);
    expect(reopened.every(({ lostAfter, resumedFrom }) => lostAfter - resumedFrom <= 1)).toBe(true);
  }
});

test('a server that stays away ends the run with its error and leaves it resumable', async () => {
  const everyCall = Array.from({ length: 100 }, (_, index) => 20 + index);
  const result = trainRestarting('away', everyCall);
  await expect(result).rejects.toMatchObject({ code: 'server-gone' });
  const resumed = await runTraining('away', { checkpoint: { every: 1, keep: 2 } }, { resume: true });
  const whole = await runTraining('never-away', { checkpoint: { every: 1, keep: 2 } });
  expect(resumed.metrics).toEqual(whole.metrics);
});

test('an engine whose samples are not numbers stops the run and keeps the prompts', async () => {
  const { run } = await openRunDirectory({ path: join(directory, 'x'), kind: 'train', versions: {} });
  const engine = fakeEngine();
  let calls = 0;
  const sample: Engine['sample'] = (request) =>
    ++calls === 3 ? Promise.reject(new EngineError('not-finite', 'sample: not numbers.')) : engine.sample(request);
  const result = train({
    engine: { ...engine, sample },
    tokenizer: fakeTokenizer,
    config: configOf(),
    samples: fakeSamples(),
    run,
    resume: false,
  });
  await expect(result).rejects.toMatchObject({ code: 'not-finite', hint: expect.stringContaining('not-finite.json') });
  const saved = JSON.parse(await readFile(run.file('not-finite.json'), 'utf8'));
  expect(saved.groups[0]).toMatchObject({ prompt: expect.any(String), completions: [] });
});

test('an engine is told which checkpoints are no longer needed, while they can still be read', async () => {
  const { run } = await openRunDirectory({ path: join(directory, 'x'), kind: 'train', versions: {} });
  const discarded: string[] = [];
  const discard = async ({ path }: { path: string }) => {
    discarded.push(`${basename(path)} ${(await readdir(path)).join()}`);
  };
  const config = configOf({ steps: 5, checkpoint: { every: 1, keep: 2 } });
  const engine = { ...fakeEngine(), discard };
  await train({ engine, tokenizer: fakeTokenizer, config, samples: fakeSamples(), run, resume: false });
  expect(discarded).toEqual([1, 2, 3].map((step) => `step-00000${step} policy.json`));
});
