/**
 * @file From selected documents to a dataset on disk: construction (P2, P3), refinement (P4), files. The quickstart and
 * `golongrl data build` run exactly this.
 */

import { type BuildEvent, buildDataset } from '../construction/build.ts';
import { gateIds, gateRules } from '../construction/gates/gate.ts';
import { type DatasetSizes, planOptions } from '../construction/plan.ts';
import { type ConstructionReport, type Rejection, reportLines } from '../construction/report.ts';
import type { Selection } from '../corpus/filter.ts';
import { selectionLines } from '../corpus/select.ts';
import { countedSamples, openTokenCounter, type TokenCounter } from '../engine/token-counter.ts';
import { InputError } from '../errors.ts';
import { grouped } from '../format.ts';
import { refineDataset, refinementLines } from '../refinement/refine.ts';
import { type StageContext, stage } from '../runs/events.ts';
import { rejectedSamples } from '../samples/reviews.ts';
import type { Sample } from '../samples/sample.ts';
import { type DatasetReports, writeDataset } from '../samples/write-dataset.ts';
import { taskIds } from '../tasks/task.ts';

/** The same selection, seed and sizes give the same samples. */
export interface MakeDatasetOptions {
  readonly directory: string;
  readonly selection: Selection;
  readonly seed: number;
  readonly sizes: DatasetSizes;
  /** Path of the tokenizer that counts prompts; the estimate without it. */
  readonly tokenizer?: string | undefined;
  readonly context: StageContext;
}

/** `samples` are those after refinement, as written. */
export interface MadeDataset {
  readonly samples: readonly Sample[];
  readonly construction: ConstructionReport;
  /** What the card says of each stage. */
  readonly lines: Readonly<Record<'corpus' | 'construction' | 'refinement', readonly string[]>>;
}

/** Construction and refinement: all but the files. @throws InputError when the documents give no sample. */
export async function drawDataset(
  { selection, seed, sizes, tokenizer }: Omit<MakeDatasetOptions, 'directory' | 'context'>,
  progress: (done: number, planned: number) => void,
): Promise<MadeDataset & { readonly counter: TokenCounter; readonly report: DatasetReports['report'] }> {
  const onEvent = (event: BuildEvent): void => {
    if (event.type === 'build-progress') progress(event.done, event.planned);
  };
  const documents = selection.kept;
  const counter = await openTokenCounter(tokenizer, documents);
  const countTokens = counter.estimate;
  const { samples, report } = buildDataset({
    documents,
    seed,
    ...planOptions(sizes),
    ...(sizes.heldoutShare !== undefined && { heldoutShare: sizes.heldoutShare }),
    countTokens,
    onEvent,
  });
  const refined = refineDataset(await countedSamples(samples, counter), documents);
  if (refined.samples.length === 0) throw noSamples(documents.length, report);
  const lines = {
    corpus: selectionLines(selection),
    construction: reportLines(report),
    refinement: refinementLines(refined.report),
  };
  return {
    samples: refined.samples,
    construction: report,
    lines,
    counter,
    report: { corpus: { refused: selection.refused }, construction: report, refinement: refined.report },
  };
}

function noSamples(documents: number, { rejections }: ConstructionReport): InputError {
  const most = rejections.reduce<Rejection | undefined>(
    (a, b) => (a === undefined || b.count > a.count ? b : a),
    undefined,
  );
  const why = most === undefined ? '' : `, mostly because of: ${most.example}`;
  return new InputError(
    'dataset-empty',
    `the ${documents} documents give no sample${why}; nothing was written`,
    'Give more documents, or longer ones in which names recur; `golongrl data inspect FILE` shows what is found in one.',
  );
}

/**
 * Builds a dataset and writes it over whatever part of it is there.
 *
 * @throws InputError when no document can serve, ResourceError when the disk is full.
 */
export async function makeDataset(options: MakeDatasetOptions): Promise<MadeDataset> {
  const { directory, seed, context } = options;
  return await stage('dataset', context, async (progress) => {
    const made = await drawDataset(options, progress);
    const { samples, lines, report, counter } = made;
    await writeDataset(directory, samples, {
      seed,
      tokenizer: counter.name,
      ifExists: 'overwrite',
      sections: [
        { title: 'Corpus', lines: lines.corpus },
        { title: 'Gates', lines: gateIds.map((gate) => `${gate}: ${gateRules[gate]}`) },
        { title: 'Construction', lines: lines.construction },
        { title: 'Refinement', lines: lines.refinement },
      ],
      report,
    });
    const rejected = await rejectedSamples(directory);
    const kept = samples.filter(({ id }) => !rejected.has(id));
    const missing = taskIds.filter((task) => !kept.some((sample) => sample.task === task));
    if (missing.length > 0) {
      const text = `No sample of ${missing.join(', ')}: the documents give none that passes the gates; README.md in ${directory} says what each lacked. More documents, or longer ones, would help.`;
      context.onEvent({ type: 'notice', text });
    }
    const longest = grouped(kept.reduce((most, { tokens }) => Math.max(most, tokens), 0));
    return {
      value: { ...made, samples: kept },
      summary: `${kept.length} samples, ${taskIds.length - missing.length} tasks, up to ${longest} tokens`,
    };
  });
}
