/** @file How far a share counted in few samples may lie from the true one. */

/**
 * Wilson's 95 % interval of a share. Rewards in [0, 1] vary no more than hits do: a sum of them may stand for `hits`.
 *
 * @example wilson(5, 10) // about [0.24, 0.76]
 */
export function wilson(hits: number, samples: number): [low: number, high: number] {
  if (samples === 0) return [0, 1];
  const z = 1.96;
  const share = hits / samples;
  const scale = 1 + z ** 2 / samples;
  const middle = (share + z ** 2 / (2 * samples)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / samples + z ** 2 / (4 * samples ** 2));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
