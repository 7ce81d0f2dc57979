/** @file Central finite differences for the engine's tests: compares a gradient with differences of a scalar loss. */

/**
 * Relative error (Euclidean) of `gradient` against differences of `loss` at up to `probes` spread elements of `values`.
 * `values` is changed in place and put back.
 */
export async function gradientError(
  loss: () => Promise<number>,
  values: Float32Array,
  gradient: Float32Array,
  options: { step?: number; probes?: number } = {},
): Promise<number> {
  const { step = 4e-3, probes = 12 } = options;
  const count = Math.min(probes, values.length);
  let squaredError = 0;
  let squaredNorm = 0;
  for (let k = 0; k < count; k++) {
    const i = Math.floor((k * values.length) / count);
    const kept = values[i] as number;
    values[i] = kept + step;
    const up = values[i] as number;
    const above = await loss();
    values[i] = kept - step;
    const down = values[i] as number;
    const below = await loss();
    values[i] = kept;
    const numeric = (above - below) / (up - down);
    squaredError += (numeric - (gradient[i] as number)) ** 2;
    squaredNorm += numeric ** 2;
  }
  return Math.sqrt(squaredError / (squaredNorm + 1e-12));
}

/** Relative Euclidean distance of two arrays. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += ((actual[i] as number) - (expected[i] as number)) ** 2;
    norm += (expected[i] as number) ** 2;
  }
  return Math.sqrt(difference / (norm + 1e-30));
}
