import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBfloat16, fromFloat16, largestFloat16, toBfloat16, toFloat16 } from './half-floats.ts';

const back = (halves: Uint16Array, from: typeof fromFloat16): number => {
  const out = new Float32Array(1);
  from(halves, out);
  return out[0] as number;
};

const formats = [
  ['bf16', toBfloat16, fromBfloat16, 8],
  ['fp16', toFloat16, fromFloat16, 11],
] as const;

for (const [name, to, from] of formats) {
  test(`every finite ${name} number comes back as it was`, () => {
    // Tests of the engine may have run before in this process, after which arithmetic takes numbers below the normal ones as zero: bits alone here.
    const exponent = name === 'bf16' ? 0x7f80 : 0x7c00;
    const finite = Uint16Array.from({ length: 65536 }, (_, bits) => bits).filter(
      (bits) => (bits & exponent) !== exponent,
    );
    expect(finite.length).toBeGreaterThan(60000);
    const values = new Float32Array(finite.length);
    from(finite, values);
    expect(to(values)).toEqual(finite);
  });
}

for (const [name, to, from, digits] of formats) {
  test(`rounding to ${name} takes the nearest number`, () => {
    const value = fc
      .float({ min: -60000, max: 60000, noNaN: true, noDefaultInfinity: true })
      .filter((x) => x === 0 || Math.abs(x) > 1.2e-38);
    fc.assert(
      fc.property(value, (x) => {
        const error = Math.abs(back(to(Float32Array.of(x)), from) - x);
        // Half a step: a power of two below, or that of the smallest numbers.
        const step = 2 ** (Math.floor(Math.log2(Math.abs(x) || 1)) + 1 - digits);
        expect(error).toBeLessThanOrEqual(Math.max(step, name === 'fp16' ? 2 ** -24 : 2 ** -133) / 2);
      }),
    );
  });
}

test.each([
  // Halfway: to the even neighbour.
  [toBfloat16, 1 + 2 ** -8, 0x3f80],
  [toBfloat16, 1 + 3 * 2 ** -8, 0x3f82],
  [toFloat16, 1 + 2 ** -11, 0x3c00],
  [toFloat16, 1 + 3 * 2 ** -11, 0x3c02],
  // A carry into the exponent, the smallest numbers, the largest.
  [toFloat16, 2 - 2 ** -12, 0x4000],
  [toFloat16, 2 ** -24, 1],
  [toFloat16, 2 ** -14 - 2 ** -26, 0x0400],
  [toFloat16, -0, 0x8000],
  [toFloat16, largestFloat16, 0x7bff],
  [toBfloat16, -1.5, 0xbfc0],
] as const)('%o of %d', (to, value, bits) => {
  expect(to(Float32Array.of(value))[0]).toBe(bits);
});
