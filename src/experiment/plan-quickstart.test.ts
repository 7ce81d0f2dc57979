import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeChainPolicy } from '../../test/chain-policy.ts';
import { guessableSamples } from '../../test/fake-policy.ts';
import { EngineCore } from '../engine/local/engine-core.ts';
import { loadTokenizer } from '../engine/tokenizer.ts';
import type { ExperimentEvent } from '../runs/events.ts';
import { openRunDirectory } from '../runs/run-directory.ts';
import { completeConfig, parseConfig } from '../training/parse-config.ts';
import { planQuickstart } from './plan-quickstart.ts';
import { longQuickstart, quickstartConfig } from './quickstart.ts';

let model: string;
let directory: string;
beforeAll(async () => {
  model = await writeChainPolicy();
  directory = await mkdtemp(join(tmpdir(), 'golongrl-plan-'));
});
afterAll(async () => {
  await rm(dirname(model), { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
});

const config = completeConfig({
  model: 'micro',
  data: { train: 'x' },
  steps: 1000,
  rollout: { prompts: 2, group: 2, maxTokens: 4 },
});

/** What a plan with this budget makes of the configuration, twice: the second time as a resumed run would. */
async function planned(name: string, budget: number | undefined) {
  const { run } = await openRunDirectory({ path: join(directory, name), kind: 'quickstart', versions: {} });
  const [engine, tokenizer] = [await EngineCore.open({ model, threads: 1 }), await loadTokenizer(model)];
  const events: ExperimentEvent[] = [];
  const context = { onEvent: (event: ExperimentEvent) => events.push(event), seconds: {} };
  const options = { run, config, model, train: guessableSamples(), budget, begun: performance.now() };
  const opened = { engine, tokenizer, heldout: [] };
  const first = await planQuickstart(options, opened, context);
  const ends = events.filter(({ type }) => type === 'stage-end');
  const second = await planQuickstart({ ...options, config: first }, opened, context);
  await engine.close();
  return { first, second, said: ends, events, run };
}

test('a run without the time for its steps takes fewer, writes them into its configuration, and keeps them when resumed', async () => {
  const { first, second, said, events, run } = await planned('short', 1);
  expect(first.steps).toBe(4);
  expect(parseConfig(await run.readConfig(), { file: 'config.yaml' })).toEqual({ ...config, steps: 4 });
  expect((await run.readRecord()).facts.plan).toMatchObject({ steps: 4, asked: 1000, budget: 1 });
  expect(said).toMatchObject([{ stage: 'plan', summary: expect.stringContaining('Fewer steps than 1000') }]);
  expect(second).toBe(first);
  expect(events.filter(({ type }) => type === 'stage-start')).toHaveLength(1);
});

test('steps that were asked for are taken as they are, whatever they take', async () => {
  const { first, run } = await planned('given', undefined);
  expect(first).toEqual(config);
  expect((await run.readRecord()).facts.plan).toMatchObject({ steps: 1000, asked: 1000 });
});

test('--long has more questions and steps, but takes what a flag says', () => {
  const sizes = { train: 90, heldout: 45, long: 9 };
  const long = longQuickstart({ sizes, change: {} });
  expect(long).toMatchObject({ sizes: { train: 270, heldout: 135, long: 9 }, budget: 3000 });
  expect(quickstartConfig(long.change)).toMatchObject({
    steps: 10 * quickstartConfig({}).steps,
    evaluation: { samplesPerTask: 15, greedy: true },
  });
  expect(quickstartConfig(longQuickstart({ sizes, change: { steps: 7 } }).change).steps).toBe(7);
});
