/**
 * @file The quickstart's dataset: corpus (P1), construction (P2, P3), refinement (P4), files. A dataset that is complete in
 * the run directory is used as it is.
 */
import { buildDataset } from '../construction/build.ts';
import { lengthBin } from '../construction/length.ts';
import { reportLines } from '../construction/report.ts';
import { selectPackagedDocuments } from '../corpus/load-corpus.ts';
import { selectionLines } from '../corpus/select.ts';
import { refineDataset, refinementLines } from '../refinement/refine.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import { writeDataset } from '../samples/write-dataset.ts';
import { taskIds } from '../tasks/task.ts';
import { type OnExperimentEvent, type Stage, stage } from './events.ts';

/** The files of the dataset, relative to the run directory. */
export const datasetFiles = { train: 'dataset/native/train.jsonl', heldout: 'dataset/native/heldout.jsonl' } as const;

export interface QuickstartSizes {
  /** Short training samples. */
  readonly train: number;
  /** Short held-out samples. */
  readonly heldout: number;
  /** Long samples: generated and written, not trained on by the micro policy. */
  readonly long: number;
}

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

export interface DatasetOptions {
  readonly run: RunDirectory;
  readonly sizes: QuickstartSizes;
  readonly seed: number;
  readonly context: { readonly onEvent: OnExperimentEvent; readonly seconds: Partial<Record<Stage, number>> };
}

/** Builds and writes the dataset, or reads its facts when an earlier process has finished it. */
export async function buildQuickstartDataset({ run, sizes, seed, context }: DatasetOptions): Promise<DatasetFacts> {
  const known = (await run.readRecord()).facts.dataset as DatasetFacts | undefined;
  if (known !== undefined) return known;
  const selection = await stage('corpus', context, async () => {
    const value = selectPackagedDocuments();
    return { value, summary: `${value.kept.length} documents, ${value.refused.length} refused` };
  });
  const documents = selection.kept;
  const corpus = selectionLines(selection);
  return await stage('dataset', context, async (progress) => {
    const { samples, report } = buildDataset({
      documents,
      seed,
      short: { train: sizes.train, heldout: sizes.heldout },
      long: sizes.long === 0 ? false : { samples: sizes.long },
      onEvent: (event) => event.type === 'build-progress' && progress(event.done, event.planned),
    });
    const refined = refineDataset(samples, documents);
    const gates = reportLines(report);
    const refinement = refinementLines(refined.report);
    await writeDataset(run.file('dataset'), refined.samples, {
      seed,
      ifExists: 'overwrite',
      sections: [
        { title: 'Corpus', lines: corpus },
        { title: 'Construction', lines: gates },
        { title: 'Refinement', lines: refinement },
      ],
      report: { construction: report, refinement: refined.report },
    });
    const kinds = documents.map(({ record }) => record?.family ?? 'plain texts');
    const value: DatasetFacts = {
      samples: refined.samples.length,
      byTask: count(refined.samples.map(({ task }) => task)),
      documents: count(kinds),
      lengths: lengthTable(refined.samples),
      corpus,
      rejections: report.rejections.map(({ generator, gate, count: times }) => ({ generator, gate, count: times })),
      refinement,
    };
    const missing = taskIds.filter((task) => value.byTask[task] === undefined);
    if (missing.length > 0) {
      const text = `No sample of ${missing.join(', ')} passed the gates; see ${run.file('dataset', 'README.md')}.`;
      context.onEvent({ type: 'notice', text });
    }
    await run.update({ facts: { dataset: value } });
    return {
      value,
      summary: `${value.samples} samples, ${taskIds.length - missing.length} tasks, up to ${longest(refined.samples)} tokens`,
    };
  });
}

function count(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
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
    const counts = Object.entries(count(samples.filter((sample) => sample.task === task).map(column)));
    return [task, Object.fromEntries(counts.sort(([a], [b]) => rank(a) - rank(b)))];
  });
  return Object.fromEntries(rows);
}

const longest = (samples: readonly Sample[]): string =>
  samples.reduce((most, { tokens }) => Math.max(most, tokens), 0).toLocaleString('en-US');
