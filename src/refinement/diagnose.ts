/**
 * @file P4, benchmark diagnostics (paper section 3.4): evaluation results by capability and prompt length, the weakest cell, and
 * the data that it asks for. The paper names the step and no rule; the rule here: of the cells with enough samples, the one
 * with the lowest mean is the weakest. The lowest of many is low by chance too, so it is a finding only where it lies below the
 * mean of the others at 5 % divided by the number of cells (Bonferroni).
 */
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { comparePaired, twoSidedP } from '../evaluation/statistics.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';

/** One scored response, whatever made it. */
export interface Outcome {
  readonly task: TaskId;
  /** Characters of the prompt. */
  readonly characters: number;
  /** Document or question that the sample hangs on. */
  readonly cluster: string;
  /** In [0, 1]. */
  readonly score: number;
}

export interface CapabilityCell {
  readonly task: TaskId;
  /** Prompt length in units of 1,024 tokens at four characters a token: above `from`, at most `to`. */
  readonly length: { readonly from: number; readonly to: number | null };
  readonly samples: number;
  readonly mean: number;
  /** Over the clusters. */
  readonly ci95: readonly [low: number, high: number];
}

export interface Diagnosis {
  /** By task, then by length; cells with fewer samples than `leastSamples` too. */
  readonly cells: readonly CapabilityCell[];
  readonly weakest: CapabilityCell;
  /** Mean of all responses outside of the weakest cell; null without any. */
  readonly elsewhere: number | null;
  /** Whether the weakest cell lies below `elsewhere` by more than the choice of the lowest explains. */
  readonly clear: boolean;
}

export interface DiagnoseOptions {
  readonly seed: number;
  /** A smaller cell is shown, and never named the weakest. Default 20. */
  readonly leastSamples?: number;
}

/** Thousands of tokens at which a length bin ends; short dossiers have the first ones. */
const edges = [1, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

function lengthOf(characters: number): CapabilityCell['length'] {
  const index = edges.findIndex((edge) => characters / 4 <= edge * 1024);
  return index < 0 ? { from: 1024, to: null } : { from: edges[index - 1] ?? 0, to: edges[index] ?? null };
}

/** @example lengthName({ from: 8, to: 16 }) // '8K-16K' */
export const lengthName = ({ from, to }: CapabilityCell['length']): string =>
  to === null ? `over ${from}K` : `${from}K-${to}K`;

/**
 * The mean score of each capability at each prompt length, and the weakest cell.
 *
 * @throws InputError when no cell has `leastSamples`.
 */
export function diagnose(outcomes: readonly Outcome[], options: DiagnoseOptions): Diagnosis {
  const least = options.leastSamples ?? 20;
  const byCell = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.task} ${lengthOf(outcome.characters).from}`;
    const own = byCell.get(key);
    if (own === undefined) byCell.set(key, [outcome]);
    else own.push(outcome);
  }
  const cells = [...byCell.values()].flatMap((own): CapabilityCell[] => {
    const [first] = own;
    if (first === undefined) return [];
    const pairs = own.map(({ task, cluster, score }) => ({ task, cluster, before: 0, after: score }));
    const { after, ci95 } = comparePaired(pairs, { seed: options.seed, resamples: 2000 }).mean;
    return [{ task: first.task, length: lengthOf(first.characters), samples: own.length, mean: after, ci95 }];
  });
  cells.sort((a, b) => taskIds.indexOf(a.task) - taskIds.indexOf(b.task) || a.length.from - b.length.from);
  const named = cells.filter(({ samples }) => samples >= least).sort((a, b) => a.mean - b.mean);
  const [weakest] = named;
  if (weakest === undefined) {
    throw new InputError(
      'diagnosis-thin',
      `Got ${outcomes.length} scored responses, none of ${cells.length} cells (capability by length) with ${least} or more.`,
      'Evaluate more samples, or lower --least-samples.',
    );
  }
  const others = cells.filter((cell) => cell !== weakest);
  const count = others.reduce((sum, { samples }) => sum + samples, 0);
  const elsewhere = count === 0 ? null : others.reduce((sum, cell) => sum + cell.mean * cell.samples, 0) / count;
  const standardError = (weakest.ci95[1] - weakest.ci95[0]) / (2 * 1.96);
  const p = elsewhere === null ? 1 : twoSidedP((elsewhere - weakest.mean) / standardError);
  return { cells, weakest, elsewhere, clear: p < 0.05 / named.length };
}

/** What a supplementing build is asked for. */
export const dataRequestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  task: z.enum(taskIds),
  length: z
    .strictObject({ from: z.number().nonnegative(), to: z.number().positive().nullable() })
    .describe('Units of 1,024 tokens.'),
  samples: z.int().positive(),
  reason: z.string(),
});
export type DataRequest = Readonly<z.infer<typeof dataRequestSchema>>;

/** The data that the weakest cell asks for. */
export function dataRequest(diagnosis: Diagnosis, samples: number): DataRequest {
  const { task, length, mean, ci95, samples: seen } = diagnosis.weakest;
  const interval = ci95.map((bound) => bound.toFixed(3)).join(', ');
  const rest = diagnosis.elsewhere === null ? '' : `; ${diagnosis.elsewhere.toFixed(3)} elsewhere`;
  return {
    schemaVersion: 1,
    task,
    length,
    samples,
    reason: `${task} at ${lengthName(length)} tokens: mean ${mean.toFixed(3)} [${interval}] over ${seen} responses${rest}`,
  };
}
