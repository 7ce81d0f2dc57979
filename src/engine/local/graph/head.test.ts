import { expect, test } from 'vitest';
import { gradientError } from '../../../../test/engine/finite-difference.ts';
import { tinyConfig, tinyModel } from '../../../../test/engine/tiny-model.ts';
import { random } from '../../../random.ts';
import { klEstimators, type LossSpec } from '../../engine.ts';
import { evaluateLoss } from '../../losses.ts';
import { gateFeeds } from '../train/gate-feeds.ts';
import { Program } from './graph.ts';
import { buildHead } from './head.ts';

const rows = 9;
/** log pi_rollout - log pi_now: inside, clipped on either side, and outside the bounds. */
const offsets = [0, 0.6, -0.6, 1.5, -1.8, 0.1];
const { hiddenSize, vocabSize } = tinyConfig;
const parameters = tinyModel(tinyConfig);
const rng = random('head');
const h = Float32Array.from({ length: rows * hiddenSize }, () => 2 * rng.next() - 1);
const target = Int32Array.from({ length: rows }, () => rng.integer(0, vocabSize - 1));
const norm = parameters.views.finalNorm as Float32Array;
const embedding = parameters.views.embedding as Float32Array;
const advantages = Float32Array.from({ length: rows }, () => 2 * rng.next() - 1);

/** Log-probabilities and entropies in double precision. */
function naive(): { logp: number[]; entropy: number[] } {
  const logp: number[] = [];
  const entropy: number[] = [];
  for (let r = 0; r < rows; r++) {
    const row = h.subarray(r * hiddenSize, (r + 1) * hiddenSize);
    const scale = 1 / Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / hiddenSize + tinyConfig.normEpsilon);
    const logits = Array.from({ length: vocabSize }, (_, v) =>
      row.reduce((sum, x, j) => sum + x * scale * (norm[j] as number) * (embedding[v * hiddenSize + j] as number), 0),
    );
    const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0));
    logp.push((logits[target[r] as number] as number) - total);
    entropy.push(logits.reduce((sum, x) => sum - Math.exp(x - total) * (x - total), 0));
  }
  return { logp, entropy };
}

/** log pi_reference: nearer and farther than the policy. */
const reference = Float32Array.from(naive().logp, (logp, r) => logp + 0.9 * Math.sin(r));
const weights = new Float64Array(rows).fill(1 / rows);

/** Inputs of a loss in which some ratios are clipped, some masked. */
const feedsOf = (spec: LossSpec, old: Float32Array) =>
  gateFeeds(spec, { rollout: old, advantages, weights, reference });

const lossOf = (spec: LossSpec, now: Float32Array, old: Float32Array) =>
  evaluateLoss(spec, { now, rollout: old, advantages, weights, rollouts: new Int32Array(rows), reference });

/** A gradient of 1 for every log-probability. */
const unitGate = gateFeeds(
  { type: 'cross-entropy', aggregation: 'token-mean' },
  {
    rollout: new Float32Array(rows),
    advantages: new Float32Array(rows).fill(-1),
    weights: new Float64Array(rows).fill(1),
  },
);

test('log-probabilities and entropies are those of a plain softmax', async () => {
  const program = await Program.compile(buildHead(tinyConfig), 1);
  const spec: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };
  const feeds = { h, target, finalNorm: norm, embedding, ...feedsOf(spec, new Float32Array(rows)) };
  const { logp, entropy } = await program.run({ Nh: rows, K: 1 }, feeds);
  const expected = naive();
  for (let r = 0; r < rows; r++) {
    expect(logp?.[r]).toBeCloseTo(expected.logp[r] as number, 4);
    expect(entropy?.[r]).toBeCloseTo(expected.entropy[r] as number, 4);
  }
  await program.release();
});

const kl = { klCoefficient: 0.7, aggregation: 'token-mean', ratioBounds: [0.3, 5] } as const;

for (const [name, spec] of [
  ...(['cross-entropy', 'importance-sampling', 'ppo'] as const).map(
    (type) => [type, { type, aggregation: 'token-mean', ratioBounds: [0.3, 5] }] as const,
  ),
  ...klEstimators.map((klEstimator) => [`ppo with ${klEstimator}`, { ...kl, type: 'ppo', klEstimator }] as const),
] satisfies (readonly [string, LossSpec])[]) {
  test(`gradients of the head are those of finite differences: ${name}`, async () => {
    const program = await Program.compile(buildHead(tinyConfig), 1);
    const old = Float32Array.from(naive().logp, (logp, r) => logp + (offsets[r % offsets.length] as number));
    const feeds = { h, target, finalNorm: norm, embedding, ...feedsOf(spec, old) };
    const loss = async () =>
      lossOf(spec, (await program.run({ Nh: rows, K: 1 }, feeds)).logp as Float32Array, old).loss;
    const outputs = await program.run({ Nh: rows, K: 1 }, feeds);
    const dEmbedding = Float32Array.from(outputs['gradient.embedding'] as Float32Array);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < hiddenSize; j++) {
        const at = (target[r] as number) * hiddenSize + j;
        dEmbedding[at] =
          (dEmbedding[at] as number) + ((outputs.targetRows as Float32Array)[r * hiddenSize + j] as number);
      }
    }
    expect(await gradientError(loss, h, outputs.dh as Float32Array, { probes: 60 })).toBeLessThan(5e-3);
    expect(await gradientError(loss, norm, outputs['gradient.finalNorm'] as Float32Array)).toBeLessThan(5e-3);
    expect(await gradientError(loss, embedding, dEmbedding, { probes: 60 })).toBeLessThan(5e-3);
    await program.release();
  });
}

// cispo has no loss to differentiate: its clipped ratio is held constant.
for (const type of ['importance-sampling', 'ppo', 'cispo'] as const) {
  for (const klEstimator of klEstimators) {
    test(`the graph's gradient of a log-probability is evaluateLoss's: ${type} with ${klEstimator}`, async () => {
      const spec: LossSpec = { ...kl, type, klEstimator };
      const program = await Program.compile(buildHead(tinyConfig), 1);
      const old = Float32Array.from(naive().logp, (logp, r) => logp + (offsets[r % offsets.length] as number));
      const feeds = { h, target, finalNorm: norm, embedding, ...feedsOf(spec, old) };
      const { logp, targetRows } = await program.run({ Nh: rows, K: 1 }, feeds);
      const plain = await program.run({ Nh: rows, K: 1 }, { ...feeds, ...unitGate });
      const { gradient } = lossOf(spec, logp as Float32Array, old);
      for (let r = 0; r < rows; r++) {
        // Both are the row of normed hidden values, once times the gradient.
        const ratio = (targetRows?.[r * hiddenSize] as number) / (plain.targetRows?.[r * hiddenSize] as number);
        expect(ratio).toBeCloseTo(gradient[r] as number, 5);
      }
      await program.release();
    });
  }
}
