/**
 * @file The KL term with the real engine, on a policy that can only guess: rewarded for one letter, it drifts towards it, and
 * the term holds it back.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeChainPolicy } from '../../test/chain-policy.ts';
import { guessableSamples } from '../../test/fake-policy.ts';
import { EngineCore } from '../engine/local/engine-core.ts';
import { loadTokenizer } from '../engine/tokenizer.ts';
import { openRunDirectory } from '../runs/run-directory.ts';
import { train } from './loop.ts';
import { completeConfig } from './parse-config.ts';
import type { TrainingMetrics } from './step-metrics.ts';

let directory: string;
let model: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-kl-'));
  model = await writeChainPolicy();
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await rm(dirname(model), { recursive: true });
});

const samples = guessableSamples();

async function run(name: string, kl: object, options: { stopAfter?: number; resume?: boolean } = {}) {
  const config = completeConfig({
    model,
    data: { train: 'train.jsonl' },
    steps: 12,
    rollout: { prompts: 4, group: 16, maxTokens: 8 },
    dynamicSampling: { enabled: false },
    optimizer: { learningRate: 1e-2, warmupSteps: 1 },
    checkpoint: { every: 4 },
    loss: { kl },
  });
  const { run: directoryOfRun } = await openRunDirectory({
    path: join(directory, name),
    kind: 'train',
    ifExists: options.resume ? 'resume' : 'fail',
    versions: {},
  });
  const engine = await EngineCore.open({ model, threads: 1 });
  const abort = new AbortController();
  await train({
    engine,
    tokenizer: await loadTokenizer(model),
    config,
    samples,
    run: directoryOfRun,
    resume: options.resume ?? false,
    signal: abort.signal,
    onEvent: (event) => {
      if (event.type === 'step-end' && event.metrics.step === options.stopAfter) abort.abort();
    },
  });
  await engine.close();
  const path = directoryOfRun.file('metrics.jsonl');
  return { text: await readFile(path, 'utf8'), metrics: (await directoryOfRun.readMetrics()) as TrainingMetrics[] };
}

test('the term holds the policy near its start, is zero there, and resumes exactly', async () => {
  const free = await run('free', { coefficient: 1e-9 });
  const held = await run('held', { coefficient: 3 });
  expect(held.metrics[0]?.referenceKl).toBeCloseTo(0, 6);
  // At this rate single steps jump, and a last digit of a gradient decides where to: the upper median of the last six does not.
  const typical = ({ metrics }: { metrics: TrainingMetrics[] }) =>
    metrics
      .map(({ referenceKl }) => referenceKl as number)
      .slice(-6)
      .sort((a, b) => a - b)[3] as number;
  expect(typical(free)).toBeGreaterThan(0.05);
  expect(typical(held)).toBeLessThan(typical(free) / 3);
  expect(typical(held)).toBeGreaterThan(0);

  await run('parts', { coefficient: 3 }, { stopAfter: 6 });
  expect((await run('parts', { coefficient: 3 }, { resume: true })).text).toBe(held.text);
});

test('without the term there is no such number', async () => {
  const { metrics } = await run('none', {});
  expect(metrics.every(({ referenceKl }) => referenceKl === null)).toBe(true);
});
