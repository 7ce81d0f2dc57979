/**
 * @file The dry run of a build over dossiers: the build itself, without its files. Which documents serve which task, how many samples, how long.
 */
import { assign } from '../../assignment/assign.ts';
import { lengthBin, lengthBins } from '../../construction/plan.ts';
import { defaultHeldoutShare, type SplitName, splitByDocument, splitNames } from '../../construction/split.ts';
import type { Selection } from '../../corpus/filter.ts';
import { stage } from '../../runs/events.ts';
import type { Sample } from '../../samples/sample.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import { drawDataset, type MakeDatasetOptions } from '../make-dataset.ts';

type BySplit = Readonly<Record<SplitName, number>>;

/** What the build would write. */
export interface BuildPreview {
  readonly documents: { readonly kept: number; readonly refused: Selection['refused'] };
  /** Documents that can serve each task. */
  readonly qualified: Readonly<Record<TaskId, BySplit>>;
  /** Samples of each task. */
  readonly byTask: Readonly<Record<TaskId, number>>;
  readonly short: BySplit;
  /** In each bin of 1,024 tokens that has a sample. */
  readonly long: readonly ({ readonly bin: number } & BySplit)[];
  /** Tokens of short prompts; absent where there is none. */
  readonly shortTokens?: { readonly least: number; readonly mean: number; readonly most: number };
}

const bySplit = (count: (split: SplitName) => number): BySplit => ({
  train: count('train'),
  heldout: count('heldout'),
});

const splitCounts = (samples: readonly Sample[]): BySplit =>
  bySplit((split) => samples.filter((sample) => sample.split === split).length);

function qualifiedOf({ kept }: Selection, heldoutShare = defaultHeldoutShare): BuildPreview['qualified'] {
  const parts = splitByDocument(kept, heldoutShare);
  const served = Object.fromEntries(splitNames.map((split) => [split, assign(parts[split]).byTask]));
  const rows = taskIds.map((task) => [task, bySplit((split) => served[split]?.[task] ?? 0)] as const);
  return Object.fromEntries(rows) as Record<TaskId, BySplit>;
}

/** Nothing is written. @throws InputError when the documents give no sample, as the build would. */
export async function previewBuild(options: Omit<MakeDatasetOptions, 'directory'>): Promise<BuildPreview> {
  const { selection, context } = options;
  return await stage('dataset', context, async (progress) => {
    const { samples, construction } = await drawDataset(options, progress);
    const long = samples.filter(({ rendering }) => rendering === 'long');
    const { shortTokens } = construction;
    const value: BuildPreview = {
      documents: { kept: selection.kept.length, refused: selection.refused },
      qualified: qualifiedOf(selection, options.sizes.heldoutShare),
      byTask: construction.byTask,
      short: splitCounts(samples.filter(({ rendering }) => rendering === 'short')),
      long: lengthBins
        .map((bin) => ({ bin, ...splitCounts(long.filter(({ tokens }) => lengthBin(tokens) === bin)) }))
        .filter(({ train, heldout }) => train + heldout > 0),
      ...(shortTokens && { shortTokens }),
    };
    return { value, summary: `${samples.length} samples` };
  });
}

/** The preview as lines for a terminal. */
export function previewLines({ qualified, byTask, short, long, shortTokens }: BuildPreview): string[] {
  const samples = (counts: BySplit): string => `${counts.train} to train on, ${counts.heldout} held out`;
  const lengths = shortTokens ? `; ${shortTokens.least} to ${shortTokens.most} tokens, mean ${shortTokens.mean}` : '';
  return [
    'documents that can serve each task (train + held-out):',
    `  ${taskIds.map((task) => `${task} ${qualified[task].train} + ${qualified[task].heldout}`).join(', ')}`,
    `samples by task: ${taskIds.map((task) => `${task} ${byTask[task]}`).join(', ')}`,
    `short samples: ${samples(short)}${lengths}`,
    ...long.map(({ bin, ...counts }) => `long samples of ${bin}K tokens: ${samples(counts)}`),
    'A run with these settings gives the same.',
  ];
}
