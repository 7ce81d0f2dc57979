import { expect, test } from 'vitest';
import { relativeError } from '../../../../../test/engine/finite-difference.ts';
import {
  randomTokens,
  tinyBiased,
  tinyConfig,
  tinyFamilies,
  tinyModel,
  tinyQwen,
  tinyQwen2,
} from '../../../../../test/engine/tiny-model.ts';
import { random } from '../../../../random.ts';
import type { LossSpec, TrajectoryGroup } from '../../../engine.ts';
import { initAdapter, loraConfig, trainedLayout } from '../../weights/lora.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import { makeParameters } from '../../weights/parameters.ts';
import { gradientNorm } from '../optimizer.ts';
import { Scorer } from '../scorer.ts';
import { Trainer } from '../trainer.ts';

/** So small that short sequences have every kind of block: several triangles, rectangles side by side and cut ones. */
const sizes = { queries: 4, keys: 8, scores: 64 };
const limits = { tokens: 10_000, scores: 1e8 };

function setUp(config: ModelConfig, wholeBytes: number) {
  const base = tinyModel(config);
  const adapter = config.lora ? initAdapter(config, 3) : undefined;
  // An adapter starts with B = 0, where A has no gradient.
  const rng = random('adapter');
  if (adapter) for (let i = 0; i < adapter.flat.length; i++) adapter.flat[i] = 0.2 * (rng.next() - 0.5);
  const parameters = { ...base, views: { ...base.views, ...adapter?.views } };
  const gradients = makeParameters(trainedLayout(config));
  const trainer = new Trainer({
    config,
    parameters,
    gradients,
    limits: { ...limits, wholeBytes },
    threads: 1,
    sizes,
  });
  return { parameters, gradients, trainer };
}

/** Groups of a prompt and ragged rollouts, some tokens without an advantage. */
function groups(config: ModelConfig, shapes: readonly { prompt: number; rollouts: readonly number[] }[]) {
  const rng = random('layered');
  return shapes.map(
    ({ prompt, rollouts }, p): TrajectoryGroup => ({
      prompt: randomTokens(prompt, config, 'prompt', p),
      rollouts: rollouts.map((count, g) => ({
        tokens: randomTokens(count, config, 'rollout', p, g),
        logprobs: Float32Array.from({ length: count }, () => -3 - rng.next()),
        advantages: Float32Array.from({ length: count }, (_, t) => (t % 5 === 4 ? 0 : rng.next() - 0.4)),
        referenceLogprobs: Float32Array.from({ length: count }, () => -3 - rng.next()),
      })),
    }),
  );
}

const shapes = [
  { prompt: 43, rollouts: [3, 9, 30] },
  { prompt: 9, rollouts: [5] },
  { prompt: 0, rollouts: [33, 2] },
];
const policy: LossSpec = { type: 'ppo', aggregation: 'token-mean', ratioBounds: [0.5, 5], ratioVeto: 0.02 };
const withKl: LossSpec = { ...policy, klCoefficient: 0.3 };
const lora = loraConfig({ rank: 2, targets: ['q_proj', 'v_proj', 'down_proj'] });

for (const [name, config, spec] of [
  ['llama', tinyConfig, policy],
  ['untied llama, with a KL term', { ...tinyConfig, tied: false }, withKl],
  ['llama with biases', tinyBiased, policy],
  ['qwen2', tinyQwen2, policy],
  ['qwen3', tinyQwen, policy],
  ['an adapter', { ...tinyConfig, lora }, withKl],
  ...Object.entries(tinyFamilies).map(([name, config]) => [name, config, policy] as const),
] as const satisfies readonly (readonly [string, ModelConfig, LossSpec])[]) {
  test(`the layered pass gives the loss and gradients of one graph: ${name}`, async () => {
    const [whole, layered] = [setUp(config, Number.POSITIVE_INFINITY), setUp(config, 0)];
    const batch = groups(config, shapes);
    const expected = await whole.trainer.forwardBackward(batch, spec);
    const metrics = await layered.trainer.forwardBackward(batch, spec);
    expect(gradientNorm(whole.gradients.flat)).toBeGreaterThan(1e-3);
    for (const [key, view] of Object.entries(whole.gradients.views)) {
      const [mine, one] = [layered.gradients.views[key] as Float32Array, gradientNorm(view)];
      // A gradient of pure rounding noise (a key's bias, which the softmax ignores) has no direction to compare.
      if (one > 1e-5) expect(relativeError(mine, view), key).toBeLessThan(2e-5);
    }
    expect(metrics.expertImbalance === undefined).toBe(config.experts === undefined);
    if (metrics.expertImbalance !== undefined)
      expect(metrics.expertImbalance).toBeCloseTo(expected.expertImbalance ?? 0, 6);
    for (const key of ['loss', 'entropy', 'clipFraction', 'approximateKl', 'maskedFraction'] as const)
      expect(metrics[key], key).toBeCloseTo(expected[key], 4);
    await whole.trainer.release();
    await layered.trainer.release();
  });
}

test('log-probabilities of the layered pass are those of one graph', async () => {
  const parameters = tinyModel(tinyConfig);
  const scorer = (wholeBytes: number) =>
    new Scorer({ config: tinyConfig, limits: { ...limits, wholeBytes }, threads: 1 });
  const [whole, layered] = [scorer(Number.POSITIVE_INFINITY), scorer(0)];
  // Longer than a block of the default sizes.
  const config = { ...tinyConfig, maxContext: 1024 };
  const batch = groups(config, [{ prompt: 90, rollouts: [8, 3] }]);
  const expected = (await whole.logprobs(batch, parameters.views)).flat();
  const got = (await layered.logprobs(batch, parameters.views)).flat();
  for (const [g, row] of expected.entries())
    for (const [t, value] of row.entries()) expect(got[g]?.[t]).toBeCloseTo(value, 4);
  await whole.release();
  await layered.release();
});
