/** @file An evaluation as its page shows it, and published figures beside it. */
import { existsSync } from 'node:fs';
import { InputError } from '../../errors.ts';
import { alignmentTable } from '../../evaluation/compare/alignment.ts';
import { publishedRows } from '../../evaluation/compare/published.ts';
import type { EvaluationSummary } from '../../evaluation/run/evaluation-directory.ts';
import type { Place, Places } from '../shared/dataset-api.ts';
import type { EvaluationDetail, PublishedBeside } from '../shared/evaluation-api.ts';
import type { OpenEvaluation } from './open-evaluation.ts';

const nothing: EvaluationSummary = {
  benchmarks: [],
  longContextMean: null,
  spent: { requests: 0, promptTokens: 0, completionTokens: 0, cost: 0 },
};

/** Nothing before the evaluation ended. */
async function summaryOf({ directory }: OpenEvaluation): Promise<EvaluationSummary> {
  return existsSync(directory.file('summary.json')) ? await directory.readSummary() : nothing;
}

async function recordOf({ directory }: OpenEvaluation) {
  const record = await directory.readRecord();
  if (record === undefined) throw new InputError('no-evaluation', `${directory.path}: there is no evaluation.`);
  return record;
}

const publishedFor = ({ benchmarks }: EvaluationSummary): string[] => {
  const names = new Set(benchmarks.map(({ benchmark }) => benchmark));
  return [
    ...new Set(
      publishedRows
        .filter(({ scores }) => Object.keys(scores).some((name) => names.has(name)))
        .map(({ model }) => model),
    ),
  ];
};

/** @throws InputError when it is damaged */
export async function evaluationDetail(open: OpenEvaluation, others: readonly Place[]): Promise<EvaluationDetail> {
  const { settings, status, versions } = await recordOf(open);
  const summary = await summaryOf(open);
  return {
    ...open.place,
    model: settings.model,
    status,
    profile: settings.profile,
    judge: settings.judge?.model,
    versions,
    benchmarks: summary.benchmarks,
    longContextMean: summary.longContextMean,
    published: publishedFor(summary),
    others: others.filter(({ id }) => id !== open.place.id),
  };
}

/** @throws UsageError for a model without published figures */
export async function publishedBeside(open: OpenEvaluation, model: string): Promise<PublishedBeside> {
  return alignmentTable(await summaryOf(open), model);
}

/** The line of an evaluation in the list. */
export async function evaluationLine(open: OpenEvaluation): Promise<Places['evaluations'][number]> {
  const { settings, status } = await recordOf(open);
  const { longContextMean } = await summaryOf(open);
  return {
    ...open.place,
    model: settings.model,
    status,
    benchmarks: settings.benchmarks.map(({ name }) => name),
    mean: longContextMean?.score,
  };
}
