/**
 * @file What a mixture is made of: shares of the nine tasks and of prompt lengths.
 * `paper-like`: T1 to T4 over 90 %, T6 to T9 under 4 % together, as the paper has them (its exact mixture is unpublished).
 */
import { unknownValue } from '../../errors.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';

/** Names of the presets. */
export const mixtureNames = ['paper-like', 'balanced'] as const;

/** A preset of `mixtures`. */
export type MixtureName = (typeof mixtureNames)[number];

type Shares = Readonly<Record<TaskId, number>>;

/** Weights of the tasks by preset; `apportion` scales them, so that they need not add up to 1. */
export const mixtures: Readonly<Record<MixtureName, Shares>> = {
  'paper-like': { T1: 0.35, T2: 0.3, T3: 0.14, T4: 0.13, T5: 0.05, T6: 0.0075, T7: 0.0075, T8: 0.0075, T9: 0.0075 },
  balanced: { T1: 1, T2: 1, T3: 1, T4: 1, T5: 1, T6: 1, T7: 1, T8: 1, T9: 1 },
};

/** Nominal prompt lengths in tokens, 0.1K to 256K, with their weights: halving the number where the length doubles above 16K. */
export const mixtureLengths: readonly { readonly tokens: number; readonly weight: number }[] = [
  { tokens: 128, weight: 8 },
  { tokens: 256, weight: 10 },
  { tokens: 512, weight: 12 },
  { tokens: 1024, weight: 14 },
  { tokens: 2048, weight: 14 },
  { tokens: 4096, weight: 14 },
  { tokens: 8192, weight: 12 },
  { tokens: 16384, weight: 8 },
  { tokens: 32768, weight: 4 },
  { tokens: 65536, weight: 2 },
  { tokens: 131072, weight: 1 },
  { tokens: 262144, weight: 1 },
];

/** @throws UsageError when there is no such mixture. */
export function parseMixture(name: string): MixtureName {
  const found = mixtureNames.find((known) => known === name);
  if (found === undefined) throw unknownValue('--preset', name, mixtureNames);
  return found;
}

/** Whole numbers in proportion to the weights, adding up to `total` (largest remainder, ties to the first). */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const counts = exact.map(Math.floor);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  const missing = total - counts.reduce((a, b) => a + b, 0);
  for (const { i } of order.slice(0, missing)) counts[i] = (counts[i] ?? 0) + 1;
  return counts;
}

/** One place of the plan: what is to be drawn there. */
export interface MixturePlace {
  readonly task: TaskId;
  readonly tokens: number;
  readonly split: 'train' | 'heldout';
  /** Number within its task and length. */
  readonly index: number;
  /** g6, from 8K tokens on: the tenth of the context (0 to 9) that local evidence has to stand in. */
  readonly tenth?: number;
  /** To be filled by a probe of the model instead of a question. */
  readonly probe?: boolean;
}

/** Fractional part of the golden ratio: its multiples fall evenly and repeat in no rhythm that generators have. */
const golden = 0.618034;

/**
 * Whether a place is held out: one of every five in a row. Which of the five changes from run to run, so that it is tied neither to a
 * generator (they take turns) nor, with another `shift` for each task, to a length.
 *
 * @param count Number of the place in its row.
 */
export function isHeldOut(count: number, shift = 0): boolean {
  const run = Math.floor(count / 5);
  return count % 5 === (Math.floor(5 * ((run * golden) % 1)) + 2 * shift) % 5;
}

/** A fifth of each task is held out, spread over its lengths; of a length that a task has once, that of some tasks. */
export function planMixture(name: MixtureName, samples: number, lengths = mixtureLengths): MixturePlace[] {
  const perTask = apportion(
    taskIds.map((task) => mixtures[name][task]),
    samples,
  );
  return taskIds.flatMap((task, t) => {
    const perLength = apportion(
      lengths.map(({ weight }) => weight),
      perTask[t] ?? 0,
    );
    let count = 0;
    return lengths.flatMap(({ tokens }, l) =>
      Array.from(
        { length: perLength[l] ?? 0 },
        (_, index): MixturePlace => ({ task, tokens, split: isHeldOut(count++, t) ? 'heldout' : 'train', index }),
      ),
    );
  });
}
