import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeEngine, fakeSamples, fakeTokenizer } from '../../test/fake-policy.ts';
import type { ExperimentEvent } from '../runs/events.ts';
import { openRunDirectory } from '../runs/run-directory.ts';
import { completeConfig } from '../training/parse-config.ts';
import { runExperiment } from './run-experiment.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-experiment-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const config = completeConfig({
  model: 'fake',
  data: { train: 'train.jsonl' },
  steps: 30,
  rollout: { prompts: 4, group: 4, maxTokens: 4 },
  dynamicSampling: { draw: 1.5, maxDraws: 6 },
  optimizer: { learningRate: 4, warmupSteps: 2 },
  checkpoint: { every: 10 },
});

/** One run of the experiment; `stopAt` aborts when the first event of that type (and stage) comes. */
async function experiment(
  name: string,
  options: { every?: number; resume?: boolean; stopAt?: (event: ExperimentEvent) => boolean; heldout?: number } = {},
) {
  const abort = new AbortController();
  const events: ExperimentEvent[] = [];
  const engine = fakeEngine();
  const { run } = await openRunDirectory({
    path: join(directory, name),
    kind: 'train',
    ifExists: options.resume ? 'resume' : 'fail',
    versions: {},
  });
  const result = await runExperiment({
    config: { ...config, evaluation: { ...config.evaluation, every: options.every ?? 0 } },
    run,
    resume: options.resume ?? false,
    model: 'fake',
    train: fakeSamples(),
    // Held-out and training prompts are the same here: the table of logits cannot generalise.
    heldout: fakeSamples(options.heldout ?? 20),
    signal: abort.signal,
    openEngine: async () => ({ engine, tokenizer: fakeTokenizer }),
    onEvent: (event) => {
      events.push(event);
      if (options.stopAt?.(event)) abort.abort();
    },
  });
  return { result, run, events, engine };
}

test('the policy is better after training than before, greedily too, and the run says so', async () => {
  const { result, run } = await experiment('a');
  expect(result.sampled?.mean.ci95[0]).toBeGreaterThan(0);
  expect(result.greedy?.mean.after).toBeGreaterThan(result.greedy?.mean.before ?? 1);
  expect((await run.readRecord()).facts.comparison).toMatchObject({ sampled: { mean: result.sampled?.mean } });
});

test.each([
  ['the first evaluation', (event: ExperimentEvent) => event.type === 'stage-progress' && event.stage === 'before'],
  ['training', (event: ExperimentEvent) => event.type === 'step-end' && event.metrics.step === 14],
  ['the last evaluation', (event: ExperimentEvent) => event.type === 'stage-start' && event.stage === 'after'],
])('interrupted in %s, then resumed, it ends with the same result', async (_where, stopAt) => {
  const whole = await experiment('whole');
  const first = await experiment('parts', { stopAt });
  expect(first.result.interrupted).toBe(true);
  expect((await first.run.readRecord()).status).toBe('interrupted');
  const second = await experiment('parts', { resume: true });
  expect(second.result.sampled).toEqual(whole.result.sampled);
  expect(second.result.greedy).toEqual(whole.result.greedy);
});

test('evaluations while training keep the best checkpoint, and are the same after an interruption', async () => {
  const whole = await experiment('whole', { every: 5 });
  const { facts } = await whole.run.readRecord();
  const heldout = facts.heldout as { step: number; score: number }[];
  expect(heldout.map(({ step }) => step)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  const best = facts.best as { step: number; score: number };
  expect(best.score).toBe(Math.max(...heldout.map(({ score }) => score)));
  expect((await whole.run.checkpoints()).map(({ step }) => step)).toContain(best.step);

  const stopAt = (event: ExperimentEvent) => event.type === 'step-end' && event.metrics.step === 17;
  await experiment('parts', { every: 5, stopAt });
  const resumed = await experiment('parts', { every: 5, resume: true });
  expect((await resumed.run.readRecord()).facts).toMatchObject({ heldout, best });
});

test('what is finished is not done again', async () => {
  await experiment('a');
  const { engine, result } = await experiment('a', { resume: true });
  expect(engine.requests).toEqual([]);
  expect(result.interrupted).toBe(false);
});

test('without held-out samples it only trains', async () => {
  const { result } = await experiment('a', { heldout: 0 });
  expect(result.sampled).toBeUndefined();
  expect(result.step).toBe(30);
});
