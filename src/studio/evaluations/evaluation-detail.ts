/** @file An evaluation as its page shows it, and published figures beside it. */
import { existsSync } from 'node:fs';
import { InputError } from '../../errors.ts';
import { benchmarkByName } from '../../evaluation/benchmarks/registry.ts';
import { alignmentTable } from '../../evaluation/compare/alignment.ts';
import { publishedRows } from '../../evaluation/compare/published.ts';
import { samplingOf } from '../../evaluation/run/ask-items.ts';
import type { EvaluationRecord, EvaluationSummary } from '../../evaluation/run/evaluation-directory.ts';
import { countLines } from '../index/count-lines.ts';
import type { Place, Places } from '../shared/dataset-api.ts';
import type { AnswerProgress, EvaluationDetail, PublishedBeside } from '../shared/evaluation-api.ts';
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

/** What was answered so far, of what is to be asked; benchmarks that were not begun are not counted. */
async function progressOf(
  { directory }: OpenEvaluation,
  { settings, data }: EvaluationRecord,
): Promise<AnswerProgress> {
  const asked = Object.entries(data).map(
    ([name, { items }]) => items * samplingOf(benchmarkByName(name), settings).repeats,
  );
  return {
    answered: await countLines(directory.file('cache', 'requests.jsonl')),
    of: asked.reduce((sum, requests) => sum + requests, 0),
  };
}

/** @throws InputError when it is damaged */
export async function evaluationDetail(open: OpenEvaluation, others: readonly Place[]): Promise<EvaluationDetail> {
  const record = await recordOf(open);
  const { settings, status, versions } = record;
  const summary = await summaryOf(open);
  return {
    ...open.place,
    progress: status === 'running' ? await progressOf(open, record) : undefined,
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
