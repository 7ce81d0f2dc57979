import { expect, test } from 'vitest';
import { adamStep, gradientNorm, makeOptimizer } from './optimizer.ts';

const options = { learningRate: 0.1, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.5, gradientClip: 0 };

test('the first step moves each parameter by the learning rate against its gradient, after decay', () => {
  const parameters = Float32Array.of(1, -2, 3);
  adamStep(parameters, Float32Array.of(0.3, -5, 0), makeOptimizer(3), options);
  expect(parameters[0]).toBeCloseTo(0.95 - 0.1, 6);
  expect(parameters[1]).toBeCloseTo(-1.9 + 0.1, 6);
  expect(parameters[2]).toBeCloseTo(2.85, 6);
});

test('two steps follow the formulas', () => {
  const parameters = Float32Array.of(1);
  const state = makeOptimizer(1);
  adamStep(parameters, Float32Array.of(2), state, options);
  adamStep(parameters, Float32Array.of(-1), state, options);
  const m = 0.9 * 0.2 - 0.1;
  const v = 0.98 * 0.02 * 4 + 0.02;
  const first = 0.95 - 0.1;
  const second = first * 0.95 - (0.1 * (m / (1 - 0.81))) / (Math.sqrt(v / (1 - 0.98 ** 2)) + 1e-8);
  expect(parameters[0]).toBeCloseTo(second, 6);
  expect(state.step).toBe(2);
});

test('the clip scales the gradient to the given norm, and the norm before it is reported', () => {
  const gradient = Float32Array.of(3, 4, 0);
  const clipped = makeOptimizer(3);
  expect(gradientNorm(gradient)).toBe(5);
  expect(adamStep(new Float32Array(3), gradient, clipped, { ...options, gradientClip: 1 })).toEqual({
    gradientNorm: 5,
    step: 1,
  });
  expect(clipped.m[0]).toBeCloseTo(0.1 * 0.6, 6);
  const within = makeOptimizer(3);
  adamStep(new Float32Array(3), gradient, within, { ...options, gradientClip: 6 });
  expect(within.m[0]).toBeCloseTo(0.3, 6);
});

test('a gradient that is not finite changes nothing', () => {
  const parameters = Float32Array.of(1, 2);
  const state = makeOptimizer(2);
  const gradient = Float32Array.of(1, Number.POSITIVE_INFINITY);
  expect(() => adamStep(parameters, gradient, state, options)).toThrow('the gradient norm is Infinity');
  expect([...parameters, ...state.m, state.step]).toEqual([1, 2, 0, 0, 0]);
});

test('a moment that is not finite is noticed in the step that it would poison', () => {
  const state = makeOptimizer(3);
  state.v[1] = Number.NaN;
  const step = () => adamStep(new Float32Array(3), Float32Array.of(1, 1, 1), state, options);
  expect(step).toThrow('parameters are not finite after step 1');
});

test('moments below the normal numbers move no weight', () => {
  const step = (m: number, v: number) => {
    const parameters = Float32Array.of(1, 1e-3, 1e-20);
    adamStep(
      parameters,
      new Float32Array(3),
      { m: new Float32Array(3).fill(m), v: new Float32Array(3).fill(v), step: 9 },
      options,
    );
    return parameters;
  };
  // What such a moment is for the processor may depend on what ran before.
  expect(step(1e-39, 1e-39)).toEqual(step(0, 0));
});
