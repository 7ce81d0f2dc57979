/**
 * @file What a build would make, without making it: which documents serve which task, how many samples, how long.
 */
import { assign } from '../assignment/assign.ts';
import { buildDataset } from '../construction/build.ts';
import { type DatasetSizes, type LengthBin, planBuild, planOptions } from '../construction/plan.ts';
import type { ConstructionReport } from '../construction/report.ts';
import { defaultHeldoutShare, type SplitName, splitByDocument, splitNames } from '../construction/split.ts';
import type { Document } from '../corpus/document.ts';
import type { Selection } from '../corpus/filter.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { estimateTokens } from '../tokens.ts';

type BySplit = Readonly<Record<SplitName, number>>;

/** Upper bounds by the documents alone: drafts that gates will turn away are not foreseen. */
export interface BuildPreview {
  readonly documents: { readonly kept: number; readonly refused: Selection['refused'] };
  /** Documents that can serve each task. */
  readonly qualified: Readonly<Record<TaskId, BySplit>>;
  /** Samples at most; a task that no document of a split can serve has none there. */
  readonly short: BySplit;
  /** Samples at most in each bin of 1,024 tokens; none where the documents of a split are too few to fill it. */
  readonly long: readonly { readonly bin: LengthBin; readonly train: number; readonly heldout: number }[];
  /** Tokens of short prompts, measured on the first ones that this seed draws. */
  readonly shortTokens?: ConstructionReport['shortTokens'];
}

/** Samples that are drawn to measure lengths. */
const measured = 90;

/** A long prompt comes out at nine tenths of its bin or more. */
const leastFill = 0.9;

const bySplit = (count: (split: SplitName) => number): BySplit => ({
  train: count('train'),
  heldout: count('heldout'),
});

const tokens = (documents: readonly Document[]): number =>
  documents.reduce((sum, document) => sum + estimateTokens(document.text), 0);

/** Nothing is written. @throws InputError when no document has a record. */
export function previewBuild(selection: Selection, seed: number, sizes: DatasetSizes): BuildPreview {
  const { kept, refused } = selection;
  const options = planOptions(sizes);
  const plan = planBuild(options);
  const parts = splitByDocument(kept, defaultHeldoutShare);
  const served = Object.fromEntries(splitNames.map((split) => [split, assign(parts[split]).byTask]));
  const available = bySplit((split) => tokens(parts[split]));
  const qualified = taskIds.map((task) => [task, bySplit((split) => served[split]?.[task] ?? 0)] as const);
  const tasksOf = bySplit((split) => qualified.filter(([, counts]) => counts[split] > 0).length);
  const train = Math.min(measured, sizes.train);
  const probe = train < taskIds.length ? undefined : { short: { train, heldout: 0 }, long: false as const };
  return {
    documents: { kept: kept.length, refused },
    qualified: Object.fromEntries(qualified) as Record<TaskId, BySplit>,
    short: bySplit((split) => tasksOf[split] * plan.short[split]),
    long: plan.bins.map((bin) => {
      const fits = (split: SplitName): boolean => available[split] >= leastFill * bin * 1024;
      return { bin, ...bySplit((split) => (fits(split) ? tasksOf[split] * plan.long[split] : 0)) };
    }),
    ...(probe && { shortTokens: buildDataset({ documents: kept, seed, ...probe }).report.shortTokens }),
  };
}

/** The preview as lines for a terminal. */
export function previewLines({ qualified, short, long, shortTokens }: BuildPreview): string[] {
  const samples = (counts: BySplit): string => `${counts.train} to train on, ${counts.heldout} held out`;
  const lengths = shortTokens ? `; ${shortTokens.least} to ${shortTokens.most} tokens, mean ${shortTokens.mean}` : '';
  return [
    'documents that can serve each task (train + held-out):',
    `  ${taskIds.map((task) => `${task} ${qualified[task].train} + ${qualified[task].heldout}`).join(', ')}`,
    `short samples, at most: ${samples(short)}${lengths}`,
    ...long.map(({ bin, ...counts }) => {
      const few = counts.train + counts.heldout === 0 ? ' (too few documents to fill them)' : '';
      return `long samples of ${bin}K tokens, at most: ${samples(counts)}${few}`;
    }),
  ];
}
