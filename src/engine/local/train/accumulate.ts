/** @file Adding gradients up, and what is said when one is not a finite number. */
import { EngineError } from '../../../errors.ts';

/** target[index[i]] += rows[i] for rows of `width`. */
export function addRows(target: Float32Array, rows: Float32Array, index: Int32Array, width: number): void {
  for (let i = 0; i < index.length; i++) {
    const to = (index[i] as number) * width;
    const from = i * width;
    for (let j = 0; j < width; j++) (target[to + j] as number) += rows[from + j] as number;
  }
}

/** target += addend. Returns the sum of the addend, which is not finite if any element is not. */
export function addInto(target: Float32Array, addend: Float32Array): number {
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    const value = addend[i] as number;
    total += value;
    (target[i] as number) += value;
  }
  return total;
}

/** Sum of an array; not finite if any element is not. */
export function sum(values: Float32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}

/** The error for a loss or gradient that is not a finite number; `where` names the group. */
export const notFinite = (what: string, where: string) =>
  new EngineError(
    'not-finite',
    `forwardBackward: the ${what} is not finite in ${where}; parameters and gradients are unchanged.`,
    'Lower the learning rate or clip the gradient; a checkpoint from before may still be sound.',
  );

/** @throws EngineError `not-finite` naming the group of the first that is none */
export function checkLogprobs(logp: Float32Array, groups: Int32Array): void {
  const row = logp.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) throw notFinite('log-probability', `group ${groups[row]}`);
}
