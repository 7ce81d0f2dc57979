import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KlEstimator, klEstimators, type LossSpec } from './engine.ts';
import { aggregationWeights, checkLossSpec, evaluateLoss, importanceRatio, tokenGate } from './losses.ts';

const spec = (fields: Partial<LossSpec> & Pick<LossSpec, 'type'>): LossSpec => ({
  aggregation: 'token-mean',
  ...fields,
});

const one = (loss: LossSpec, ratio: number, advantage: number) =>
  evaluateLoss(loss, {
    now: [-1],
    rollout: [-1 - Math.log(ratio)],
    advantages: [advantage],
    weights: [0.5],
    rollouts: [0],
  });

const ppo = spec({ type: 'ppo', clipLow: 0.2, clipHigh: 0.28, dualClip: 3 });
const cispo = spec({ type: 'cispo', clipLow: 0.2, clipHigh: 0.28 });
const sampling = spec({ type: 'importance-sampling' });
const bounded = spec({ type: 'importance-sampling', ratioBounds: [0.5, 5] });

// Weight 0.5, logp_now -1. Columns: loss spec, ratio, advantage, loss, gradient, clipped, masked.
test.each([
  ['cross-entropy', spec({ type: 'cross-entropy' }), 3, 2, 1, -1, 0, 0],
  ['importance sampling', sampling, 1.5, 2, -1.5, -1.5, 0, 0],
  ['ppo inside, A > 0', ppo, 1.2, 1, -0.6, -0.6, 0, 0],
  ['ppo above, A > 0', ppo, 1.5, 1, -0.64, 0, 1, 0],
  ['ppo below, A > 0', ppo, 0.5, 1, -0.25, -0.25, 0, 0],
  ['ppo inside, A < 0', ppo, 0.9, -1, 0.45, 0.45, 0, 0],
  ['ppo below, A < 0', ppo, 0.5, -1, 0.4, 0, 1, 0],
  ['ppo above, A < 0', ppo, 2, -1, 1, 1, 0, 0],
  ['ppo past the dual clip, A < 0', ppo, 4, -1, 1.5, 0, 1, 0],
  ['cispo inside', cispo, 1.1, 1, 0.55, -0.55, 0, 0],
  ['cispo above', cispo, 2, 1, 0.64, -0.64, 1, 0],
  ['cispo below', cispo, 0.5, -1, -0.4, 0.4, 1, 0],
  ['a ratio under the bounds', bounded, 0.4, 1, 0, 0, 0, 1],
  ['a ratio over the bounds', bounded, 6, -1, 0, 0, 0, 1],
] as const)('%s', (_, loss, ratio, advantage, value, gradient, clipped, masked) => {
  const result = one(loss, ratio, advantage);
  expect(result.loss).toBeCloseTo(value, 10);
  expect(result.gradient[0]).toBeCloseTo(gradient, 10);
  expect(result).toMatchObject({ clipped, masked });
});

test('one vanishing ratio masks its whole rollout and no other', () => {
  const result = evaluateLoss(spec({ type: 'importance-sampling', ratioVeto: 1e-4 }), {
    now: [-20, -1, -1],
    rollout: [-1, -1, -1],
    advantages: [1, 1, 1],
    weights: [1, 1, 1],
    rollouts: [7, 7, 8],
  });
  expect([...result.vetoed]).toEqual([7]);
  expect([...result.gradient]).toEqual([0, 0, -1]);
  expect(result.masked).toBe(2);
});

const withKl = (klEstimator: KlEstimator) => ({ ...ppo, klCoefficient: 0.3, klEstimator });

test('the gradient is the derivative of the loss, away from the kinks', () => {
  const losses = fc.constantFrom(ppo, sampling, bounded, spec({ type: 'cross-entropy' }), ...klEstimators.map(withKl), {
    ...bounded,
    klCoefficient: 2,
  });
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const logp = number(-5, 0);
  fc.assert(
    fc.property(losses, number(-3, 3), logp, logp, logp, (loss, advantage, now, rollout, reference) => {
      const ratio = importanceRatio(now, rollout);
      fc.pre([0.5, 0.8, 1.28, 3, 5].every((kink) => Math.abs(ratio - kink) > 1e-3));
      const fixed = {
        rollout: [rollout],
        advantages: [advantage],
        weights: [0.3],
        rollouts: [0],
        reference: [reference],
      };
      const at = (x: number) => evaluateLoss(loss, { ...fixed, now: [x] });
      const numeric = (at(now + 1e-6).loss - at(now - 1e-6).loss) / 2e-6;
      expect(at(now).gradient[0]).toBeCloseTo(numeric, 4);
    }),
  );
});

// d = log 0.5 - log 0.8 = log 0.625. Weight 0.5, beta 2, no advantage: loss and gradient are k and its derivative.
test.each([
  ['k1', -Math.log(0.625), 1],
  ['k2', Math.log(0.625) ** 2 / 2, -Math.log(0.625)],
  ['k3', 0.625 - Math.log(0.625) - 1, 1 - 0.625],
] as const)('%s estimates the divergence from the reference', (klEstimator, value, gradient) => {
  const tokens = { rollout: [0], advantages: [0], weights: [0.5], rollouts: [0], reference: [Math.log(0.5)] };
  const loss = spec({ type: 'ppo', klCoefficient: 2, klEstimator });
  const result = evaluateLoss(loss, { ...tokens, now: [Math.log(0.8)] });
  expect(result.loss).toBeCloseTo(value, 10);
  expect(result.referenceKlSum).toBeCloseTo(value, 10);
  expect(result.gradient[0]).toBeCloseTo(gradient, 10);
});

test('the mean of k1 and of k3 over what the policy samples is the divergence', () => {
  const now = [0.5, 0.3, 0.2];
  const reference = [0.2, 0.2, 0.6];
  const exact = now.reduce((sum, p, i) => sum + p * Math.log(p / (reference[i] as number)), 0);
  for (const klEstimator of ['k1', 'k3'] as const) {
    const tokens = { rollout: now.map(Math.log), advantages: [0, 0, 0], weights: now, rollouts: [0, 0, 0] };
    const loss = spec({ type: 'importance-sampling', klCoefficient: 1, klEstimator });
    const result = evaluateLoss(loss, { ...tokens, now: now.map(Math.log), reference: reference.map(Math.log) });
    expect(result.loss).toBeCloseTo(exact, 10);
  }
});

test('masked and vetoed tokens keep the gradient of the KL term', () => {
  const loss = spec({ type: 'ppo', ratioBounds: [0.5, 5], ratioVeto: 1e-4, klCoefficient: 1 });
  const result = evaluateLoss(loss, {
    now: [-3, -20, -1],
    rollout: [-1, -1, -1],
    advantages: [1, 1, 1],
    weights: [1, 1, 1],
    rollouts: [0, 1, 1],
    reference: [-4, -21, -2],
  });
  expect(result.masked).toBe(3);
  for (const gradient of result.gradient) expect(gradient).toBeCloseTo(1 - Math.exp(-1), 10);
});

test('cispo holds its clipped ratio constant: the gradient is the ratio times that of the log-probability', () => {
  for (const ratio of [0.3, 1, 1.2, 4]) {
    const clipped = Math.min(Math.max(ratio, 0.8), 1.28);
    expect(one(cispo, ratio, 2).gradient[0]).toBeCloseTo(-0.5 * 2 * clipped, 10);
  }
});

test('aggregations weigh tokens as they say', () => {
  const lengths = [2, 0, 6];
  expect(aggregationWeights(spec({ type: 'ppo' }), lengths)).toEqual([1 / 8, 1 / 8, 1 / 8]);
  expect(aggregationWeights(spec({ type: 'ppo', aggregation: 'sequence-mean-token-mean' }), lengths)).toEqual([
    1 / 4,
    0,
    1 / 12,
  ]);
  expect(aggregationWeights(spec({ type: 'ppo', aggregation: 'constant', normalizer: 50 }), lengths)).toEqual([
    1 / 50,
    1 / 50,
    1 / 50,
  ]);
});

test('without clips of its own a spec has those of the paper', () => {
  expect(tokenGate(spec({ type: 'ppo' }), 1)).toMatchObject({ low: 0, high: 1.28 });
  expect(tokenGate(spec({ type: 'ppo' }), -1)).toMatchObject({ low: 0.8, high: 3 });
});

test.each([
  [
    { type: 'pp0' },
    'loss.type: got "pp0", expected cross-entropy | importance-sampling | ppo | cispo. Did you mean "ppo"?',
  ],
  [{ type: 'ppo', aggregation: 'mean' }, 'loss.aggregation: got "mean"'],
  [{ type: 'ppo', aggregation: 'constant' }, 'loss.normalizer: got undefined'],
  [{ type: 'ppo', klEstimator: 'k4' }, 'loss.klEstimator: got "k4", expected k1 | k2 | k3. Did you mean "k1"?'],
  [{ type: 'ppo', klCoefficient: -1 }, 'loss.klCoefficient: got -1, expected a number of at least 0.'],
  [{ type: 'cross-entropy', klCoefficient: 1 }, 'loss.klCoefficient: got 1, expected 0 with "cross-entropy".'],
  [{ type: 'ppo', dualClip: 0.5 }, 'loss.dualClip: got 0.5, expected a number above 1.'],
])('a loss that cannot be meant is refused: %j', (fields, message) => {
  expect(() => checkLossSpec({ aggregation: 'token-mean', ...fields } as LossSpec)).toThrow(message);
});
