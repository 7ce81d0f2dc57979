/**
 * @file Ours beside a published row, as in the paper's appendix C: does the published figure lie inside of our interval? A figure
 * outside means that pipelines, data revisions or models differ, whatever the cause.
 */
import { unknownValue } from '../../errors.ts';
import type { EvaluationSummary } from '../run/evaluation-directory.ts';
import { leastCoverage } from '../run/summary.ts';
import { type PublishedRow, publishedRows } from './published.ts';

/** One published figure and ours. `difference` is ours minus published, in points. */
export interface AlignmentRow {
  readonly benchmark: string;
  readonly published: number;
  readonly source: string;
  /** In percent, as published; null where coverage allows no headline. */
  readonly ours: number | null;
  readonly difference: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly inside: boolean | null;
}

/** The names of models that have published figures. */
export const publishedModels = (): string[] => [...new Set(publishedRows.map(({ model }) => model))];

/** @throws UsageError for a model without published figures */
export function publishedScores(model: string): readonly PublishedRow[] {
  const rows = publishedRows.filter((row) => row.model === model);
  if (rows.length === 0) throw unknownValue('published model', model, publishedModels());
  return rows;
}

/** One row for each figure of `model` whose benchmark this run has. @throws UsageError for a model without figures */
export function alignmentTable(summary: EvaluationSummary, model: string): AlignmentRow[] {
  const published = publishedScores(model).flatMap(({ source, scores }) =>
    Object.entries(scores).map(([benchmark, score]) => ({ benchmark, score, source })),
  );
  return published.flatMap(({ benchmark, score, source }): AlignmentRow[] => {
    const own = summary.benchmarks.find((entry) => entry.benchmark === benchmark);
    const mean = benchmark === 'mean' ? summary.longContextMean : null;
    const covered = own !== undefined && own.coverage >= leastCoverage;
    const estimate =
      mean ?? (covered && own.score !== null && own.ci95 !== null ? { score: own.score, ci95: own.ci95 } : null);
    if (own === undefined && mean === null) return [];
    if (estimate === null)
      return [{ benchmark, published: score, source, ours: null, difference: null, ci95: null, inside: null }];
    const ours = 100 * estimate.score;
    const ci95 = [100 * estimate.ci95[0], 100 * estimate.ci95[1]] as const;
    const inside = ci95[0] <= score && score <= ci95[1];
    return [{ benchmark, published: score, source, ours, difference: ours - score, ci95, inside }];
  });
}
