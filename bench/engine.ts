/**
 * @file Measures the embedded engine on a micro policy: dense training, a GRPO step with shared prompts, sampling,
 * and what a freed row is worth that the next rollout takes at once (continuous batching).
 * Run: npx tsx bench/engine.ts [repetitions]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  initModel,
  type LossSpec,
  type ModelConfig,
  openLocalEngine,
  type TrajectoryGroup,
  writeModel,
} from '../src/engine/index.ts';
import { enginePeakBytes } from '../src/engine/local/local-engine.ts';
import { random } from '../src/random.ts';
import { shapes } from './shapes.ts';

const config: ModelConfig = { ...shapes.micro, maxContext: 1024 };

const repetitions = Number(process.argv[2] ?? 5);
const rng = random('bench');
const tokens = (count: number) => Int32Array.from({ length: count }, () => rng.integer(0, config.vocabSize - 1));
const ones = (count: number) => new Float32Array(count).fill(1);

/** @returns median milliseconds */
async function measure(name: string, count: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1] as number;
  const rate = (ms: number) => Math.round((count / ms) * 1000);
  console.log(
    `${name}: median ${median.toFixed(0)} ms, best ${(times[0] as number).toFixed(0)} ms; ${rate(median)} tokens/s (best ${rate(times[0] as number)})`,
  );
  return median;
}

const directory = await mkdtemp(join(tmpdir(), 'golongrl-bench-'));
await writeModel(directory, { config, parameters: initModel(config, 1) });
const engine = await openLocalEngine({ model: directory });
console.log(`${(await engine.info()).parameters} parameters`);

const adam = { learningRate: 1e-4, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.1, gradientClip: 1 };
const crossEntropy: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };
const dense: TrajectoryGroup = {
  prompt: new Int32Array(0),
  rollouts: Array.from({ length: 32 }, () => ({
    tokens: tokens(300),
    logprobs: new Float32Array(300),
    advantages: ones(300),
  })),
};
await measure('dense training, B32 S300', 32 * 300, async () => {
  await engine.forwardBackward([dense], crossEntropy);
  await engine.optimStep(adam);
});

const answerOnly: TrajectoryGroup = {
  ...dense,
  rollouts: dense.rollouts.map((rollout) => ({ ...rollout, advantages: ones(300).fill(0, 0, 250) })),
};
await measure('answer-only training, B32 S300, loss on the last 50', 32 * 300, async () => {
  await engine.forwardBackward([answerOnly], crossEntropy);
  await engine.optimStep(adam);
});

const prompts = Array.from({ length: 16 }, () => tokens(rng.integer(230, 270)));
const request = {
  prompts,
  rolloutsPerPrompt: 8,
  maxTokens: 50,
  temperature: 1,
  stopTokens: [],
  seeds: prompts.map((_, i) => i),
};
await measure('sampling, 16 prompts x 8, P 250, R 50', 16 * 8 * 50, () => engine.sample(request));
const completions = await engine.sample(request);
const groups: TrajectoryGroup[] = prompts.map((prompt, p) => ({
  prompt,
  rollouts: (completions[p] ?? []).map((completion) => ({
    tokens: completion.tokens,
    logprobs: completion.logprobs,
    advantages: ones(completion.tokens.length).fill(rng.next() - 0.5),
  })),
}));
await measure('GRPO step, 16 groups x 8, P 250, R 50 (rows after sharing)', 16 * (250 + 8 * 50), async () => {
  await engine.forwardBackward(groups, {
    type: 'ppo',
    aggregation: 'token-mean',
    ratioBounds: [0.5, 5],
    ratioVeto: 1e-4,
  });
  await engine.optimStep(adam);
});

// Ragged: one token in 40 ends a response, so that lengths scatter from 1 to 200 about 40. 768 rollouts for 256 rows.
const stopTokens = Array.from({ length: Math.round(config.vocabSize / 40) }, (_, i) => i);
const ragged = Array.from({ length: 96 }, () => tokens(rng.integer(100, 300)));
const raggedRequest = (from: number, to: number) => ({
  prompts: ragged.slice(from, to),
  rolloutsPerPrompt: 8,
  maxTokens: 200,
  temperature: 1,
  stopTokens,
  seeds: ragged.slice(from, to).map((_, i) => from + i),
});
const whole = await engine.sample(raggedRequest(0, 96));
const drawn = whole.flat().reduce((sum, completion) => sum + completion.tokens.length, 0);
const continuous = await measure('ragged groups, 96 prompts x 8, rows filled as they empty', drawn, () =>
  engine.sample(raggedRequest(0, 96)),
);
const waited = await measure('the same in batches of 32 prompts, each to its longest response', drawn, async () => {
  for (let from = 0; from < 96; from += 32) await engine.sample(raggedRequest(from, from + 32));
});
console.log(`continuous batching: ${(waited / continuous).toFixed(2)} times as fast`);
console.log(`peak memory of the engine ${(enginePeakBytes() / 1e6).toFixed(0)} MB`);
await engine.close();
await rm(directory, { recursive: true });
