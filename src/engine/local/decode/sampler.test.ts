import { expect, test } from 'vitest';
import { chooseToken, entropyOf } from './sampler.ts';

const p = Float32Array.of(0.125, 0.5, 0, 0.25, 0.125);

test.each([
  [0, 0],
  [0.124, 0],
  [0.126, 1],
  [0.624, 1],
  [0.626, 3],
  [0.876, 4],
  [0.9999999, 4],
])('draw %d picks token %d by the cumulative distribution', (u, token) => {
  expect(chooseToken(p, u, { temperature: 1, topP: 1 })).toBe(token);
});

test('greedy takes the first of the most likely', () => {
  expect(chooseToken(Float32Array.of(0.1, 0.45, 0.45), 0.99, { temperature: 0, topP: 1 })).toBe(1);
});

test.each([
  [0.5, 0.99, 1],
  [0.6, 0.66, 1],
  [0.6, 0.67, 3],
  [0.75, 0.99, 3],
  [0.8, 0.86, 0],
  [0.01, 0.99, 1],
])('topP %d with draw %d picks token %d of the nucleus', (topP, u, token) => {
  expect(chooseToken(p, u, { temperature: 1, topP })).toBe(token);
});

test.each([
  [{ topK: 1 }, 0.99, 1],
  [{ topK: 2 }, 0.66, 1],
  [{ topK: 2 }, 0.67, 3],
  // Of the equal tokens 0 and 4 the first stays.
  [{ topK: 3 }, 0.99, 0],
  [{ topK: 99 }, 0.99, 4],
  [{ minP: 0.5 }, 0.99, 3],
  [{ minP: 0.51 }, 0.99, 1],
  [{ minP: 0.25 }, 0.99, 4],
  // Of the mass 0.75 that top-k leaves, half is in token 1.
  [{ topK: 2, topP: 0.6 }, 0.99, 1],
  [{ topK: 2, topP: 0.7 }, 0.99, 3],
  [{ topP: 0.99, minP: 0.6 }, 0.99, 1],
])('%o with draw %d picks token %d of what is kept', (cut, u, token) => {
  expect(chooseToken(p, u, { temperature: 1, topP: 1, ...cut })).toBe(token);
});

test('a distribution that rounds to less than one still gives a token of it', () => {
  expect(chooseToken(Float32Array.of(0.3, 0.3, 0), 0.9999999, { temperature: 1, topP: 1 })).toBe(1);
});

test('a distribution that is not a number is refused', () => {
  expect(() => chooseToken(Float32Array.of(Number.NaN, 1), 0.5, { temperature: 1, topP: 1 })).toThrow('not numbers');
});

test('the entropy of a distribution, read from bits, is that of its logarithms', () => {
  expect(entropyOf(p)).toBeCloseTo(1.75 * Math.LN2, 3);
  expect(entropyOf(Float32Array.of(0, 1, 0))).toBe(0);
  expect(entropyOf(new Float32Array(5000).fill(1 / 5000))).toBeCloseTo(Math.log(5000), 3);
  const steep = Float32Array.from({ length: 300 }, (_, i) => 2 ** -(i + 1));
  // Parts below the normal numbers count as nothing.
  expect(entropyOf(steep)).toBeCloseTo(2 * Math.LN2, 3);
  // A view of a larger array, as rows of a batch are.
  expect(entropyOf(Float32Array.of(9, 0.5, 0.5, 9).subarray(1, 3))).toBeCloseTo(Math.LN2, 3);
});
