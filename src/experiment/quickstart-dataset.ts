/**
 * @file The quickstart's dataset: corpus (P1), construction (P2, P3), refinement (P4), files, and what the
 * report shows of them. A dataset that is complete in the run directory is used as it is.
 */

import { makeDataset } from '../build/make-dataset.ts';
import { corpusStage, type DocumentSettings, selectDocuments } from '../build/select-documents.ts';
import type { DatasetSizes } from '../construction/plan.ts';
import { lengthBin } from '../construction/plan.ts';
import type { Selection } from '../corpus/filter.ts';
import { selectPackagedDocuments } from '../corpus/load-corpus.ts';
import { countKeys } from '../format.ts';
import type { StageContext } from '../runs/events.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import { taskIds } from '../tasks/task.ts';

/** The files of the dataset, relative to the run directory. */
export const datasetFiles = { train: 'dataset/native/train.jsonl', heldout: 'dataset/native/heldout.jsonl' } as const;

/** What a run tells about its dataset: part of run.json. */
export interface DatasetFacts {
  readonly samples: number;
  readonly byTask: Readonly<Record<string, number>>;
  /** Documents by kind. */
  readonly documents: Readonly<Record<string, number>>;
  /** Samples by task and column: short train, short held-out, then the length bins of long ones. */
  readonly lengths: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Documents kept and refused, with the reasons. */
  readonly corpus: readonly string[];
  readonly rejections: readonly { readonly generator: string; readonly gate: string; readonly count: number }[];
  readonly refinement: readonly string[];
}

/** The dataset goes into the directory of the run. */
export interface DatasetOptions {
  readonly run: RunDirectory;
  /** The user's documents; those that come with the package where they are not named. */
  readonly documents: DocumentSettings;
  readonly sizes: DatasetSizes;
  readonly seed: number;
  readonly context: StageContext;
}

/** The documents of a quickstart. @throws InputError when the user's cannot be read or none can serve */
export const quickstartDocuments = (documents: DocumentSettings, context: StageContext): Promise<Selection> =>
  documents.docs === undefined
    ? corpusStage(context, selectPackagedDocuments)
    : selectDocuments(documents, 'dossiers', context);

/** Builds and writes the dataset, or reads its facts when an earlier process has finished it. */
export async function buildQuickstartDataset(options: DatasetOptions): Promise<DatasetFacts> {
  const { run, sizes, seed, context } = options;
  const known = (await run.readRecord()).facts.dataset as DatasetFacts | undefined;
  if (known !== undefined) return known;
  const selection = await quickstartDocuments(options.documents, context);
  const made = await makeDataset({ directory: run.file('dataset'), selection, seed, sizes, context });
  const facts: DatasetFacts = {
    samples: made.samples.length,
    byTask: countKeys(made.samples.map(({ task }) => task)),
    documents: countKeys(selection.kept.map(({ record }) => record?.family ?? 'plain texts')),
    lengths: lengthTable(made.samples),
    corpus: made.lines.corpus,
    rejections: made.construction.rejections.map(({ generator, gate, count: times }) => ({
      generator,
      gate,
      count: times,
    })),
    refinement: made.lines.refinement,
  };
  await run.update({ facts: { dataset: facts } });
  return facts;
}

const column = ({ rendering, split, tokens }: Sample): string => {
  if (rendering === 'short') return split === 'train' ? 'short, train' : 'short, held-out';
  return `${lengthBin(tokens) ?? '?'}K`;
};

/** Columns in a fixed order, short ones first. */
function lengthTable(samples: readonly Sample[]): Record<string, Record<string, number>> {
  const rank = (name: string) =>
    name.startsWith('short') ? (name === 'short, train' ? -2 : -1) : Number.parseInt(name, 10);
  const rows = taskIds.map((task): [string, Record<string, number>] => {
    const counts = Object.entries(countKeys(samples.filter((sample) => sample.task === task).map(column)));
    return [task, Object.fromEntries(counts.sort(([a], [b]) => rank(a) - rank(b)))];
  });
  return Object.fromEntries(rows);
}
