import { expect, test } from 'vitest';
import { gradientError, relativeError } from '../../../../test/engine/finite-difference.ts';
import {
  randomTokens,
  tinyBiased,
  tinyConfig,
  tinyModel,
  tinyQwen,
  tinyQwen2,
} from '../../../../test/engine/tiny-model.ts';
import { random } from '../../../random.ts';
import type { LossSpec, Rollout, TrajectoryGroup } from '../../engine.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { makeParameters, parameterLayout } from '../weights/parameters.ts';
import { gradientNorm } from './optimizer.ts';
import { packBatch } from './packing.ts';
import { Trainer } from './trainer.ts';
import { type PackingLimits, packingLimits } from './units.ts';

const crossEntropy: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };
const ample: PackingLimits = { tokens: 10_000, scores: 1e8, wholeBytes: Number.POSITIVE_INFINITY };

function setUp(config: ModelConfig, limits = ample) {
  const layout = parameterLayout(config);
  const parameters = tinyModel(config);
  const gradients = makeParameters(layout);
  return { layout, parameters, gradients, trainer: new Trainer({ config, parameters, gradients, limits, threads: 1 }) };
}

/** Ragged groups; every third token has no advantage. */
function randomBatch(config: ModelConfig, promptLengths: readonly number[], rollouts = 3): TrajectoryGroup[] {
  const rng = random('batch', ...promptLengths);
  return promptLengths.map((length, p) => ({
    prompt: randomTokens(length, config, 'prompt', p),
    rollouts: Array.from({ length: Math.max(1, rollouts - p) }, (_, g) => {
      const count = 3 + 2 * g + p;
      return {
        tokens: randomTokens(count, config, 'rollout', p, g),
        logprobs: Float32Array.from({ length: count }, () => -3 - rng.next()),
        advantages: Float32Array.from({ length: count }, (_, t) => ((t + g) % 3 === 2 ? 0 : rng.next() - 0.4)),
      };
    }),
  }));
}

/** The same batch with every rollout as a plain sequence: nothing is shared. */
const unshared = (batch: readonly TrajectoryGroup[]): TrajectoryGroup[] =>
  batch.flatMap(({ prompt, rollouts }) =>
    rollouts.map(({ tokens, logprobs, advantages }) => {
      const lead = (values: Float32Array) => Float32Array.from([...new Float32Array(prompt.length), ...values]);
      const sequence = Int32Array.from([...prompt, ...tokens]);
      return {
        prompt: new Int32Array(0),
        rollouts: [{ tokens: sequence, logprobs: lead(logprobs), advantages: lead(advantages) }],
      };
    }),
  );

for (const [name, config] of [
  ['llama', tinyConfig],
  ['qwen3', tinyQwen],
  ['qwen2', tinyQwen2],
  ['llama with biases', tinyBiased],
  ['untied', { ...tinyConfig, tied: false }],
] as const) {
  for (const prompts of [
    [0, 0],
    [14, 9, 1],
    [100, 98],
  ]) {
    // Every model with ragged prompts, one model with all prompts; the other pairs are long.
    const tags = name === 'llama' || prompts.length === 3 ? [] : ['long'];
    test(`every gradient of the whole model is that of finite differences: ${name}, prompts of ${prompts} tokens`, {
      tags,
    }, async () => {
      const { layout, parameters, gradients, trainer } = setUp(config);
      const batch = randomBatch(config, prompts);
      const loss = async () => (await trainer.forwardBackward(batch, crossEntropy)).loss;
      await loss();
      const gradient = gradients.flat.slice();
      for (const { key, offset, size } of layout.slots) {
        const view = parameters.views[key] as Float32Array;
        const error = await gradientError(loss, view, gradient.subarray(offset, offset + size), { probes: 5 });
        expect(error, key).toBeLessThan(1e-2);
      }
      await trainer.release();
    });
  }
}

const policyLosses: LossSpec[] = [
  { type: 'ppo', aggregation: 'constant', normalizer: 40 },
  { type: 'cispo', aggregation: 'constant', normalizer: 40, ratioBounds: [0.5, 5] },
  { type: 'importance-sampling', aggregation: 'constant', normalizer: 40, ratioVeto: 0.1 },
];

/** The same with log-probabilities of a reference on every rollout. */
const withReference = (batch: readonly TrajectoryGroup[]): TrajectoryGroup[] =>
  batch.map(({ prompt, rollouts }, p) => ({
    prompt,
    rollouts: rollouts.map((rollout, g) => ({
      ...rollout,
      referenceLogprobs: rollout.logprobs.map((logprob, t) => logprob + Math.sin(7 * p + 3 * g + t)),
    })),
  }));

for (const [klEstimator, prompts] of [
  ['k1', [14, 9, 1]],
  ['k2', [14, 9, 1]],
  ['k3', [14, 9, 1]],
  ['k3', [0, 0]],
] as const) {
  test(`a KL term's gradient of the whole model is that of finite differences: ${klEstimator}, prompts of ${prompts} tokens`, async () => {
    const { layout, parameters, gradients, trainer } = setUp(tinyConfig);
    const batch = withReference(randomBatch(tinyConfig, prompts));
    const spec: LossSpec = {
      type: 'importance-sampling',
      aggregation: 'sequence-mean-token-mean',
      klCoefficient: 0.8,
      klEstimator,
    };
    const without = { ...spec, klCoefficient: 0 };
    const loss = async () => (await trainer.forwardBackward(batch, spec)).loss;
    const { referenceKl } = await trainer.forwardBackward(batch, spec);
    expect(referenceKl).not.toBe(0);
    const gradient = gradients.flat.slice();
    for (const { key, offset, size } of layout.slots) {
      const view = parameters.views[key] as Float32Array;
      const error = await gradientError(loss, view, gradient.subarray(offset, offset + size), { probes: 5 });
      expect(error, key).toBeLessThan(1e-2);
    }
    trainer.clear();
    await trainer.forwardBackward(batch, without);
    expect(relativeError(gradients.flat, gradient)).toBeGreaterThan(0.05);
    await trainer.release();
  });
}

test('a KL term alone pulls rollouts without any advantage, and needs the log-probabilities of the reference', async () => {
  const { gradients, trainer } = setUp(tinyConfig);
  const batch = withReference(randomBatch(tinyConfig, [20])).map(({ prompt, rollouts }) => ({
    prompt,
    rollouts: rollouts.map((rollout) => ({ ...rollout, advantages: new Float32Array(rollout.tokens.length) })),
  }));
  const spec: LossSpec = { type: 'ppo', aggregation: 'token-mean', klCoefficient: 1 };
  const metrics = await trainer.forwardBackward(batch, spec);
  expect(gradientNorm(gradients.flat)).toBeGreaterThan(1e-3);
  expect(metrics.loss).toBeCloseTo(metrics.referenceKl as number, 6);
  const bare = randomBatch(tinyConfig, [20]);
  await expect(trainer.forwardBackward(bare, spec)).rejects.toThrow(
    'group 0: got 3 tokens and no reference logprobs; a KL term needs one of each token.',
  );
  await trainer.release();
});

test('an abort between micro-batches leaves accumulated gradients as they were', async () => {
  const { gradients, trainer } = setUp(tinyConfig, { tokens: 20, scores: 500, wholeBytes: Number.POSITIVE_INFINITY });
  const batch = randomBatch(tinyConfig, [30, 28, 25], 6);
  await trainer.forwardBackward(batch, crossEntropy);
  const before = gradients.flat.slice();
  const controller = new AbortController();
  const work = trainer.forwardBackward(batch, crossEntropy, controller.signal);
  // By then some micro-batches have been added: each takes a turn of the event loop.
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(relativeError(gradients.flat, before)).toBeGreaterThan(0);
  controller.abort();
  await expect(work).rejects.toMatchObject({ name: 'EngineError', code: 'aborted' });
  expect(relativeError(gradients.flat, before)).toBe(0);
  await trainer.release();
});

for (const config of [tinyConfig, tinyQwen, tinyQwen2]) {
  for (const spec of policyLosses) {
    test(`a shared prompt gives the gradients of full sequences: ${config.architecture}, ${spec.type}`, async () => {
      const shared = setUp(config);
      const naive = setUp(config);
      // Below 32 tokens the naive batch stays as it is; a longer lead without advantages would be split off as a prefix.
      const batch = randomBatch(config, [30, 23, 12]);
      const metrics = await shared.trainer.forwardBackward(batch, spec);
      const expected = await naive.trainer.forwardBackward(unshared(batch), spec);
      expect(gradientNorm(naive.gradients.flat)).toBeGreaterThan(1e-3);
      expect(metrics.maskedFraction).toBeLessThan(1);
      expect(relativeError(shared.gradients.flat, naive.gradients.flat)).toBeLessThan(1e-5);
      for (const key of ['loss', 'entropy', 'clipFraction', 'approximateKl', 'maskedFraction'] as const) {
        expect(metrics[key], key).toBeCloseTo(expected[key], 4);
      }
      await shared.trainer.release();
      await naive.trainer.release();
    });
  }
}

test('a vetoed rollout gives no gradient, and the others give theirs', async () => {
  const batch = randomBatch(tinyConfig, [20]);
  const [group] = batch as [TrajectoryGroup];
  const vetoed = { ...(group.rollouts[0] as Rollout), logprobs: new Float32Array(3) };
  const spec: LossSpec = { type: 'importance-sampling', aggregation: 'constant', normalizer: 10, ratioVeto: 1e-4 };
  // Only its first token is far off: the others would have gradients of their own.
  vetoed.logprobs.fill(-3.5).fill(8, 0, 1);
  const withVeto = setUp(tinyConfig);
  const without = setUp(tinyConfig);
  const metrics = await withVeto.trainer.forwardBackward(
    [{ ...group, rollouts: [vetoed, ...group.rollouts.slice(1)] }],
    spec,
  );
  await without.trainer.forwardBackward([{ ...group, rollouts: group.rollouts.slice(1) }], spec);
  expect(metrics.maskedFraction).toBeGreaterThan(0);
  expect(gradientNorm(without.gradients.flat)).toBeGreaterThan(1e-3);
  expect(relativeError(withVeto.gradients.flat, without.gradients.flat)).toBeLessThan(1e-5);
});

test('groups packed together give the gradients of groups one by one, also when a group is split', async () => {
  const batch = randomBatch(tinyConfig, [30, 28, 0, 25, 3], 6);
  const together = setUp(tinyConfig);
  const small = setUp(tinyConfig, { tokens: 20, scores: 500, wholeBytes: Number.POSITIVE_INFINITY });
  const apart = setUp(tinyConfig);
  const spec: LossSpec = { type: 'ppo', aggregation: 'constant', normalizer: 100 };
  const metrics = await together.trainer.forwardBackward(batch, spec);
  await small.trainer.forwardBackward(batch, spec);
  let loss = 0;
  for (const group of batch) loss += (await apart.trainer.forwardBackward([group], spec)).loss;
  expect(relativeError(together.gradients.flat, apart.gradients.flat)).toBeLessThan(1e-5);
  expect(relativeError(small.gradients.flat, apart.gradients.flat)).toBeLessThan(1e-5);
  expect(metrics.loss).toBeCloseTo(loss, 5);
  for (const { trainer } of [together, small, apart]) await trainer.release();
});

test('token-mean divides by all completion tokens of the batch, those without an advantage included', async () => {
  const { trainer } = setUp(tinyConfig);
  const tokens = randomTokens(8, tinyConfig, 'mean');
  const rollout = (advantages: number[]) => ({
    tokens,
    logprobs: new Float32Array(8),
    advantages: Float32Array.from(advantages),
  });
  const prompt = randomTokens(12, tinyConfig, 'mean prompt');
  const some = [1, 1, 0, 0, 0, 0, 0, 0];
  const alone = await trainer.forwardBackward([{ prompt, rollouts: [rollout(some)] }], crossEntropy);
  const diluted = await trainer.forwardBackward(
    [{ prompt, rollouts: [rollout(some), rollout(some.map(() => 0))] }],
    crossEntropy,
  );
  expect(alone.tokens).toBe(8);
  expect(diluted.tokens).toBe(16);
  expect(diluted.loss).toBeCloseTo(alone.loss / 2, 5);
  await trainer.release();
});

test('a batch without any advantage has no loss and no gradient', async () => {
  const { trainer, gradients } = setUp(tinyConfig);
  const batch = randomBatch(tinyConfig, [10]).map(({ prompt, rollouts }) => ({
    prompt,
    rollouts: rollouts.map((rollout) => ({ ...rollout, advantages: new Float32Array(rollout.tokens.length) })),
  }));
  const metrics = await trainer.forwardBackward(batch, crossEntropy);
  expect(metrics).toMatchObject({ loss: 0, entropy: 0 });
  expect(gradients.flat.every((value) => value === 0)).toBe(true);
});

test('a number that is not finite names its group and leaves accumulated gradients as they were', async () => {
  const config = { ...tinyConfig, tied: false };
  // Small micro-batches: other groups are accumulated before the bad one, the longest, is met.
  const { trainer, parameters, gradients } = setUp(config, {
    tokens: 20,
    scores: 2000,
    wholeBytes: Number.POSITIVE_INFINITY,
  });
  const bad = 36;
  const batch = randomBatch(config, [12, 15, 9]).map(({ prompt, rollouts }, p) => ({
    prompt: prompt.map((token, t) => (p === 1 && t === 2 ? bad : token % bad)),
    rollouts: rollouts.map((rollout) => ({ ...rollout, tokens: rollout.tokens.map((token) => token % bad) })),
  }));
  const sound = batch.filter((_, p) => p !== 1);
  await trainer.forwardBackward(sound, crossEntropy);
  const before = gradients.flat.slice();
  (parameters.views.embedding as Float32Array).fill(Number.NaN, bad * config.hiddenSize);
  const result = trainer.forwardBackward(batch, crossEntropy);
  await expect(result).rejects.toThrow(/not finite in group 1;/);
  await expect(result).rejects.toMatchObject({ name: 'EngineError', code: 'not-finite' });
  expect(relativeError(gradients.flat, before)).toBe(0);
  await trainer.release();
});

test('a context that cannot fit into memory is refused, with figures, before it is tried', () => {
  const config = { ...tinyConfig, layers: 36, hiddenSize: 4096, maxContext: 1_000_000 };
  const tokens = new Int32Array(500_000);
  const rollout = {
    tokens,
    logprobs: new Float32Array(tokens.length),
    advantages: new Float32Array(tokens.length).fill(1),
  };
  const pack = (rollouts: Rollout[]) =>
    packBatch([{ prompt: new Int32Array(0), rollouts }], config, packingLimits(config));
  expect(() => pack([rollout])).toThrow(
    expect.objectContaining({
      code: 'batch-too-large',
      message: expect.stringMatching(/group 0: 499999 tokens .* need about \d+\.\d GB .* allows \d+\.\d GB/),
    }),
  );
});

test.each([
  [
    'a token outside the vocabulary',
    { tokens: Int32Array.of(1, 99) },
    'group 0: token 99 is outside the vocabulary of 37',
  ],
  ['arrays of unlike length', { logprobs: new Float32Array(1) }, 'group 0: got 2 tokens, 1 logprobs and 2 advantages'],
  [
    'an advantage that is no number',
    { advantages: Float32Array.of(1, Number.NaN) },
    'group 0: an advantage is not finite',
  ],
])('%s is refused', async (_, fields, message) => {
  const { trainer } = setUp(tinyConfig);
  const rollout = {
    tokens: Int32Array.of(1, 2),
    logprobs: new Float32Array(2),
    advantages: new Float32Array(2),
    ...fields,
  };
  await expect(
    trainer.forwardBackward([{ prompt: Int32Array.of(1), rollouts: [rollout] }], crossEntropy),
  ).rejects.toThrow(message);
});
