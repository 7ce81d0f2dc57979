import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LossSpec } from './engine.ts';
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

test('the gradient is the derivative of the loss, away from the kinks', () => {
  const losses = fc.constantFrom(ppo, sampling, bounded, spec({ type: 'cross-entropy' }));
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(losses, number(-3, 3), number(-5, 0), number(-5, 0), (loss, advantage, now, rollout) => {
      const ratio = importanceRatio(now, rollout);
      fc.pre([0.5, 0.8, 1.28, 3, 5].every((kink) => Math.abs(ratio - kink) > 1e-3));
      const at = (x: number) =>
        evaluateLoss(loss, { now: [x], rollout: [rollout], advantages: [advantage], weights: [0.3], rollouts: [0] });
      const numeric = (at(now + 1e-6).loss - at(now - 1e-6).loss) / 2e-6;
      expect(at(now).gradient[0]).toBeCloseTo(numeric, 4);
    }),
  );
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
  [{ type: 'ppo', dualClip: 0.5 }, 'loss.dualClip: got 0.5, expected a number above 1.'],
])('a loss that cannot be meant is refused: %j', (fields, message) => {
  expect(() => checkLossSpec({ aggregation: 'token-mean', ...fields } as LossSpec)).toThrow(message);
});
