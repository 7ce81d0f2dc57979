/**
 * @file What a mixture is made of: shares of the nine tasks and of prompt lengths.
 * `paper-like`: T1 to T4 over 90 %, T6 to T9 under 4 % together, as the paper has them (its exact mixture is unpublished).
 */
import type { ReaderName } from '../../audit/readers/readers.ts';
import { UsageError, unknownValue } from '../../errors.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import type { QuestionLanguage } from '../questions/language.ts';
import type { QuestionPlace } from '../questions/render-prompt.ts';

/** Names of the presets. */
export const mixtureNames = ['paper-like', 'balanced'] as const;

/** A preset of `mixtures`. */
export type MixtureName = (typeof mixtureNames)[number];

/** Weights of the nine tasks; they need not add up to 1. */
export type Shares = Readonly<Record<TaskId, number>>;

/** Weights of the tasks by preset; `apportion` scales them, so that they need not add up to 1. */
export const mixtures: Readonly<Record<MixtureName, Shares>> = {
  'paper-like': { T1: 0.35, T2: 0.3, T3: 0.14, T4: 0.13, T5: 0.05, T6: 0.0075, T7: 0.0075, T8: 0.0075, T9: 0.0075 },
  balanced: { T1: 1, T2: 1, T3: 1, T4: 1, T5: 1, T6: 1, T7: 1, T8: 1, T9: 1 },
};

/** A nominal prompt length in tokens and its share of the prompts. */
export interface LengthShare {
  readonly tokens: number;
  readonly weight: number;
}

const lengthShares = (shares: readonly (readonly [tokens: number, weight: number])[]): readonly LengthShare[] =>
  shares.map(([tokens, weight]) => ({ tokens, weight }));

/**
 * Prompt lengths of each preset, 0.1K to 256K. `paper-like` follows the released dataset: of the prompts of up to 32K, half have more than
 * 10K tokens.
 */
export const mixtureLengths: Readonly<Record<MixtureName, readonly LengthShare[]>> = {
  'paper-like': lengthShares([
    [128, 2],
    [512, 6],
    [1024, 8],
    [2048, 10],
    [4096, 13],
    [8192, 6],
    [12288, 16],
    [16384, 13],
    [24576, 12],
    [32768, 4],
    [65536, 5],
    [131072, 4],
    [262144, 1],
  ]),
  balanced: lengthShares([
    [1024, 8],
    [2048, 12],
    [4096, 16],
    [8192, 22],
    [16384, 18],
    [32768, 14],
    [65536, 6],
    [131072, 3],
    [262144, 1],
  ]),
};

/** What a mixture is asked to be; all but the first two have defaults. */
export interface MixtureRequest {
  readonly preset: MixtureName;
  /** Samples of both splits together. */
  readonly samples: number;
  /** Default: the preset's. */
  readonly lengths?: readonly LengthShare[] | undefined;
  /** Languages of the documents that are used; default all that questions are asked in. */
  readonly languages?: readonly QuestionLanguage[] | undefined;
  /** Share of the places that probes of a model fill instead of questions, 0 to 1 (default 0). */
  readonly probes?: number | undefined;
  /** Where the question stands (default `after`). */
  readonly question?: QuestionPlace | undefined;
  /** Solvers without understanding: what one of them cracks is not taken. */
  readonly against?: readonly ReaderName[] | undefined;
}

const longestPrompt = 1_048_576;

/**
 * `8K:0.3,32K:0.7` or `8K,32K` (equal shares), K being 1,024 tokens.
 *
 * @throws UsageError for anything else.
 */
export function parseLengths(text: string): LengthShare[] {
  return text.split(',').map((part) => {
    const match = /^\s*(\d+(?:\.\d+)?)(K?)\s*(?::\s*(\d*\.?\d+))?\s*$/i.exec(part);
    const tokens = Math.round(Number(match?.[1]) * (match?.[2] === '' ? 1 : 1024));
    const weight = Number(match?.[3] ?? 1);
    if (match === null || tokens < 64 || tokens > longestPrompt || weight <= 0) {
      const message = `--lengths: got "${part.trim()}", expected lengths in tokens with their shares`;
      throw new UsageError('lengths-invalid', message, 'E.g. --lengths 8K:0.3,32K:0.4,128K:0.3');
    }
    return { tokens, weight };
  });
}

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

/** Whether a place is a probe's: spread evenly over the places in the share asked for. */
const isProbe = (count: number, share: number): boolean =>
  Math.floor((count + 1) * share + golden) > Math.floor(count * share + golden);

/** A fifth of each task is held out, spread over its lengths; of a length that a task has once, that of some tasks. */
export function planMixture(request: MixtureRequest): MixturePlace[] {
  const { preset, samples, lengths = mixtureLengths[preset], probes = 0 } = request;
  const perTask = apportion(
    taskIds.map((task) => mixtures[preset][task]),
    samples,
  );
  return taskIds.flatMap((task, t) => {
    const perLength = apportion(
      lengths.map(({ weight }) => weight),
      perTask[t] ?? 0,
    );
    let count = 0;
    return lengths.flatMap(({ tokens }, l) =>
      Array.from({ length: perLength[l] ?? 0 }, (_, index): MixturePlace => {
        const split = isHeldOut(count, t) ? 'heldout' : 'train';
        const probe = isProbe(count++, probes);
        return { task, tokens, split, index, ...(probe ? { probe } : {}) };
      }),
    );
  });
}
