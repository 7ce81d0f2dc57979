/**
 * @file From selected documents to a dataset on disk: construction (P2, P3), refinement (P4), files. The quickstart and
 * `golongrl data build` run exactly this.
 */

import { type BuildEvent, buildDataset } from '../construction/build.ts';
import { gateIds, gateRules } from '../construction/gates/gate.ts';
import { type DatasetSizes, planOptions } from '../construction/plan.ts';
import { type ConstructionReport, reportLines } from '../construction/report.ts';
import type { Selection } from '../corpus/filter.ts';
import { selectionLines } from '../corpus/select.ts';
import { countedSamples, openTokenCounter } from '../engine/token-counter.ts';
import { grouped } from '../format.ts';
import { refineDataset, refinementLines } from '../refinement/refine.ts';
import { type StageContext, stage } from '../runs/events.ts';
import { rejectedSamples } from '../samples/reviews.ts';
import type { Sample } from '../samples/sample.ts';
import { writeDataset } from '../samples/write-dataset.ts';
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

/**
 * Builds a dataset and writes it over whatever part of it is there.
 *
 * @throws InputError when no document can serve, ResourceError when the disk is full.
 */
export async function makeDataset(options: MakeDatasetOptions): Promise<MadeDataset> {
  const { directory, selection, seed, sizes, tokenizer, context } = options;
  return await stage('dataset', context, async (progress) => {
    const onEvent = (event: BuildEvent): void => {
      if (event.type === 'build-progress') progress(event.done, event.planned);
    };
    const documents = selection.kept;
    const counter = await openTokenCounter(tokenizer, documents);
    const countTokens = counter.estimate;
    const { samples, report } = buildDataset({ documents, seed, ...planOptions(sizes), countTokens, onEvent });
    const refined = refineDataset(await countedSamples(samples, counter), documents);
    const lines = {
      corpus: selectionLines(selection),
      construction: reportLines(report),
      refinement: refinementLines(refined.report),
    };
    await writeDataset(directory, refined.samples, {
      seed,
      tokenizer: counter.name,
      ifExists: 'overwrite',
      sections: [
        { title: 'Corpus', lines: lines.corpus },
        { title: 'Gates', lines: gateIds.map((gate) => `${gate}: ${gateRules[gate]}`) },
        { title: 'Construction', lines: lines.construction },
        { title: 'Refinement', lines: lines.refinement },
      ],
      report: { corpus: { refused: selection.refused }, construction: report, refinement: refined.report },
    });
    const rejected = await rejectedSamples(directory);
    const kept = refined.samples.filter(({ id }) => !rejected.has(id));
    const missing = taskIds.filter((task) => !kept.some((sample) => sample.task === task));
    if (missing.length > 0) {
      const text = `No sample of ${missing.join(', ')} passed the gates; see README.md in ${directory}.`;
      context.onEvent({ type: 'notice', text });
    }
    const longest = grouped(kept.reduce((most, { tokens }) => Math.max(most, tokens), 0));
    return {
      value: {
        samples: kept,
        construction: report,
        lines,
      },
      summary: `${kept.length} samples, ${taskIds.length - missing.length} tasks, up to ${longest} tokens`,
    };
  });
}
