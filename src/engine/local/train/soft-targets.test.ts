import { expect, test } from 'vitest';
import { relativeError } from '../../../../test/engine/finite-difference.ts';
import { forwardLogits } from '../../../../test/engine/logits.ts';
import { randomTokens, tinyConfig, tinyModel } from '../../../../test/engine/tiny-model.ts';
import { random } from '../../../random.ts';
import type { LossSpec, TopLogprobs, TrajectoryGroup } from '../../engine.ts';
import { makeParameters, parameterLayout } from '../weights/parameters.ts';
import { Scorer } from './scorer.ts';
import { Trainer } from './trainer.ts';
import type { PackingLimits } from './units.ts';

const spec: LossSpec = { type: 'cross-entropy', aggregation: 'constant', normalizer: 1 };
const fan = 3;
const config = { ...tinyConfig, tied: false };
const parameters = tinyModel(config);

/** A long prompt, none, and one that is too short to be shared. */
const batch: TrajectoryGroup[] = [40, 0, 3].map((length, p) => {
  const rng = random('soft', p);
  const tokens = randomTokens(5 + p, config, 'read', p);
  const count = tokens.length * fan;
  const rollouts = [0, 1].map((g) => ({
    tokens,
    targets: randomTokens(count, config, 'soft', p, g),
    logprobs: new Float32Array(count),
    advantages: Float32Array.from({ length: count }, (_, i) => (i % 4 === 0 ? 0 : rng.next())),
  }));
  return { prompt: randomTokens(length, config, 'prompt', p), rollouts };
});

/** Every `fan`-th value from `k` on. */
const column = <T extends Int32Array | Float32Array>(values: T, k: number): T =>
  values.filter((_, i) => i % fan === k) as T;

const ofColumn = (k: number): TrajectoryGroup[] =>
  batch.map(({ prompt, rollouts }) => ({
    prompt,
    rollouts: rollouts.map(({ tokens, targets, logprobs, advantages }) => ({
      tokens,
      targets: column(targets as Int32Array, k),
      logprobs: column(logprobs, k),
      advantages: column(advantages, k),
    })),
  }));

for (const [name, wholeBytes] of [
  ['one graph', Number.POSITIVE_INFINITY],
  ['the layered pass', 0],
] as const) {
  const limits: PackingLimits = { tokens: 10_000, scores: 1e8, wholeBytes };
  test(`soft targets have the loss and gradient of one target after the other: ${name}`, async () => {
    const gradients = makeParameters(parameterLayout(config));
    const trainer = new Trainer({ config, parameters, gradients, limits, threads: 1 });
    let loss = 0;
    for (let k = 0; k < fan; k++) loss += (await trainer.forwardBackward(ofColumn(k), spec)).loss;
    const apart = gradients.flat.slice();
    trainer.clear();
    const together = await trainer.forwardBackward(batch, spec);
    expect(together.loss).toBeCloseTo(loss, 4);
    expect(relativeError(gradients.flat, apart)).toBeLessThan(1e-5);
    await trainer.release();
  });

  test(`log-probabilities of soft targets: ${name}`, async () => {
    const scorer = new Scorer({ config, limits, threads: 1 });
    const together = await scorer.logprobs(batch, parameters.views);
    for (let k = 0; k < fan; k++) {
      const apart = await scorer.logprobs(ofColumn(k), parameters.views);
      for (const [p, group] of together.entries()) {
        for (const [g, values] of group.entries()) {
          for (const [i, value] of column(values, k).entries()) expect(value).toBeCloseTo(apart[p]?.[g]?.[i] ?? NaN, 5);
        }
      }
    }
    await scorer.release();
  });
}

for (const [name, wholeBytes] of [
  ['one graph', Number.POSITIVE_INFINITY],
  ['the layered pass', 0],
] as const) {
  test(`the most likely tokens are those of a plain softmax: ${name}`, async () => {
    const limits = { tokens: 100, scores: 1e6, wholeBytes };
    const scorer = new Scorer({ config, limits, threads: 1 });
    const sequences = [randomTokens(9, config, 'a'), randomTokens(40, config, 'b')];
    const found = await scorer.top(sequences, 4, parameters.views);
    for (const [n, tokens] of sequences.entries()) {
      const top = found[n] as TopLogprobs;
      const logits = await forwardLogits(config, parameters, tokens);
      expect([...top.logprobs.subarray(0, 4)]).toEqual([NaN, NaN, NaN, NaN]);
      for (let t = 1; t < tokens.length; t++) {
        const row = logits.subarray((t - 1) * config.vocabSize, t * config.vocabSize);
        const total = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
        const best = [...row.keys()].sort((a, b) => (row[b] as number) - (row[a] as number)).slice(0, 4);
        expect([...top.tokens.subarray(4 * t, 4 * t + 4)]).toEqual(best);
        for (const [k, token] of best.entries())
          expect(top.logprobs[4 * t + k]).toBeCloseTo((row[token] as number) - total, 4);
      }
    }
    await scorer.release();
  });
}

test('a number of targets that differs, or is no multiple of the tokens, is refused', async () => {
  const scorer = new Scorer({
    config,
    limits: { tokens: 100, scores: 1e6, wholeBytes: Number.POSITIVE_INFINITY },
    threads: 1,
  });
  const group = (targets: number) => ({
    prompt: Int32Array.of(1),
    rollouts: [{ tokens: Int32Array.of(2, 3), targets: new Int32Array(targets) }],
  });
  await expect(scorer.logprobs([group(4), group(2)], parameters.views)).rejects.toThrow('got 2 targets of 2 tokens');
  await expect(scorer.logprobs([group(3)], parameters.views)).rejects.toThrow('got 3 targets of 2 tokens');
});
