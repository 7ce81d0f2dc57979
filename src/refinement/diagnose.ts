/**
 * @file P4, benchmark diagnostics (paper section 3.4): evaluation results by capability and prompt length, the weakest cell, and
 * the data that it asks for. The paper names the step and no rule. The rule here: of the cells that are weaker than the rest by more
 * than chance explains (`weak-cells.ts`), the one with the lowest mean; where there is none, the lowest is named and not clear.
 */
import { z } from 'zod';
import { InputError, UsageError } from '../errors.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { wilson } from './lint/chance.ts';
import { cellStatistics, type Unit, weakCells } from './weak-cells.ts';

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

/** One task at one range of prompt lengths, with its scores in [0, 1]. */
export interface CapabilityCell {
  readonly task: TaskId;
  /** Prompt length in units of 1,024 tokens at four characters a token: above `from`, at most `to`. */
  readonly length: { readonly from: number; readonly to: number | null };
  /** Responses. */
  readonly samples: number;
  readonly documents: number;
  readonly mean: number;
  /** Wilson's interval with documents as the sample size: never of zero width, wide for scores that are no yes or no. */
  readonly ci95: readonly [low: number, high: number];
  /** Mean of all responses outside of the cell; null without any. */
  readonly elsewhere: number | null;
  /** Whether it has enough responses and documents to be named. */
  readonly enough: boolean;
  /** Probability that chance alone makes the lowest of so many cells this low. */
  readonly p: number;
  /** Weaker than the rest: `p` below 0.05. */
  readonly clear: boolean;
}

/** All cells of an evaluation, and the weakest one. */
export interface Diagnosis {
  /** By task, then by length; those with too little to tell too. */
  readonly cells: readonly CapabilityCell[];
  readonly weakest: CapabilityCell;
  /** Whether there is a weakness at all: that of `weakest`. */
  readonly clear: boolean;
}

/** How a cell is tested; the seed makes the permutations repeatable. */
export interface DiagnoseOptions {
  readonly seed: number;
  /** A cell with fewer responses is shown, and never named the weakest. Default 20. */
  readonly leastSamples?: number;
  /** Of the test. Default 2,000. */
  readonly permutations?: number;
}

/** A cell of fewer documents is shown, and never named the weakest. */
export const leastDocuments = 5;

/** Thousands of tokens at which a length bin ends; short dossiers have the first ones. */
const edges = [1, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

function lengthOf(characters: number): CapabilityCell['length'] {
  const index = edges.findIndex((edge) => characters / 4 <= edge * 1024);
  return index < 0 ? { from: 1024, to: null } : { from: edges[index - 1] ?? 0, to: edges[index] ?? null };
}

/** @example lengthName({ from: 8, to: 16 }) // '8K-16K' */
export const lengthName = ({ from, to }: CapabilityCell['length']): string =>
  to === null ? `over ${from}K` : `${from}K-${to}K`;

/** Responses by their cell, in order of task and length. */
function byCell(outcomes: readonly Outcome[]): Outcome[][] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.task} ${lengthOf(outcome.characters).from}`;
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [outcome]);
    else own.push(outcome);
  }
  return [...groups.values()].sort(
    ([a], [b]) =>
      taskIds.indexOf(a?.task ?? 'T1') - taskIds.indexOf(b?.task ?? 'T1') ||
      lengthOf(a?.characters ?? 0).from - lengthOf(b?.characters ?? 0).from,
  );
}

/** Each document of a cell once. */
function unitsOf(outcomes: readonly Outcome[], cell: number): Unit[] {
  const documents = new Map<string, { sum: number; count: number }>();
  for (const { cluster, score } of outcomes) {
    const own = documents.get(cluster) ?? { sum: 0, count: 0 };
    documents.set(cluster, { sum: own.sum + score, count: own.count + 1 });
  }
  return [...documents.values()].map(({ sum, count }) => ({ cell, score: sum / count, weight: count }));
}

/**
 * The mean score of each capability at each prompt length, and the weakest cell.
 *
 * @throws InputError when no cell has `leastSamples` responses on `leastDocuments` documents.
 */
export function diagnose(outcomes: readonly Outcome[], options: DiagnoseOptions): Diagnosis {
  const { seed, leastSamples: least = 20, permutations = 2000 } = options;
  const groups = byCell(outcomes);
  const unitsByCell = groups.map(unitsOf);
  const enough = groups.map((own, cell) => own.length >= least && (unitsByCell[cell]?.length ?? 0) >= leastDocuments);
  const candidates = [...groups.keys()].filter((cell) => enough[cell]);
  const units = unitsByCell.flat();
  const p = weakCells(units, groups.length, { seed, candidates, permutations });
  const cells = cellStatistics(units, groups.length).flatMap(
    ({ mean, elsewhere, documents }, cell): CapabilityCell[] => {
      const [first] = groups[cell] ?? [];
      if (first === undefined) return [];
      return [
        {
          task: first.task,
          length: lengthOf(first.characters),
          samples: groups[cell]?.length ?? 0,
          documents: unitsByCell[cell]?.length ?? 0,
          mean,
          ci95: wilson(mean * documents, documents),
          elsewhere,
          enough: enough[cell] ?? false,
          p: p[cell] ?? 1,
          clear: (p[cell] ?? 1) < 0.05,
        },
      ];
    },
  );
  const lowest = cells.filter((cell) => cell.enough).sort((a, b) => a.mean - b.mean);
  const weakest = lowest.find(({ clear }) => clear) ?? lowest[0];
  if (weakest === undefined) {
    throw new InputError(
      'diagnosis-thin',
      `Got ${outcomes.length} scored responses, none of ${cells.length} cells (capability by length) with ${least} responses or more on ${leastDocuments} documents or more.`,
      'Evaluate more samples, or lower --least-samples.',
    );
  }
  return { cells, weakest, clear: weakest.clear };
}

/** A cell that somebody asks for; without `tokens` the weakest of the task. */
export interface CellChoice {
  readonly task: TaskId;
  /** `8K-16K`, as the table has it, or `8192-16384`. */
  readonly tokens?: string;
}

/** @throws UsageError when the evaluation has no such cell. */
export function chooseCell({ cells }: Diagnosis, { task, tokens }: CellChoice): CapabilityCell {
  const own = cells.filter((cell) => cell.task === task);
  const inTokens = ({ length: { from, to } }: CapabilityCell): string =>
    `${from * 1024}-${to === null ? '' : to * 1024}`;
  const fitting = own.filter(
    (cell) => tokens === undefined || lengthName(cell.length) === tokens || inTokens(cell) === tokens,
  );
  const [chosen] = fitting.sort((a, b) => Number(b.enough) - Number(a.enough) || a.mean - b.mean);
  if (chosen !== undefined) return chosen;
  const known = (own.length === 0 ? cells : own).map((cell) => `${cell.task} ${lengthName(cell.length)}`).join(', ');
  throw new UsageError('no-cell', `got ${task} ${tokens ?? ''}, the evaluation has ${known}`);
}

/** What a supplementing build is asked for. */
export const dataRequestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  task: z.enum(taskIds),
  length: z
    .strictObject({ from: z.number().nonnegative(), to: z.number().positive().nullable() })
    .describe('Units of 1,024 tokens.'),
  samples: z.int().positive(),
  clear: z.boolean().describe('Whether the cell is weaker than the rest by more than chance explains.'),
  reason: z.string(),
});

/** A request file: which cell a supplementing build fills, with how many samples, and why. */
export type DataRequest = Readonly<z.infer<typeof dataRequestSchema>>;

/** The data that a cell asks for. */
export function dataRequest(cell: CapabilityCell, samples: number): DataRequest {
  const { task, length, mean, ci95, samples: seen, documents, elsewhere, clear } = cell;
  const interval = ci95.map((bound) => bound.toFixed(3)).join(', ');
  const rest = elsewhere === null ? '' : `; ${elsewhere.toFixed(3)} elsewhere`;
  const reason = `${task} at ${lengthName(length)} tokens: mean ${mean.toFixed(3)} [${interval}] over ${seen} responses on ${documents} documents${rest}`;
  return { schemaVersion: 1, task, length, samples, clear, reason };
}
