/**
 * @file Results as plain text: one row a benchmark, in percent, with coverage and interval; below 99 % coverage no score.
 */

import { points, signed } from '../../format.ts';
import { textTable } from '../../text-table.ts';
import type { AlignmentRow } from '../compare/alignment.ts';
import type { RunComparison } from '../compare/compare-runs.ts';
import type { EvaluationSummary } from './evaluation-directory.ts';
import { type BenchmarkSummary, leastCoverage } from './summary.ts';

const interval = (ci95: readonly [number, number]): string => `[${points(ci95[0])}, ${points(ci95[1])}]`;

/** Why there is no score, or undefined where there is one. */
export const withheld = ({ coverage, score }: BenchmarkSummary): string | undefined =>
  score === null || coverage < leastCoverage ? `no headline: ${points(coverage)} % answered` : undefined;

/** Benchmarks, then the mean of six where the run has it, then repeats. */
export function summaryTable({ benchmarks, longContextMean }: EvaluationSummary): string {
  const rows = benchmarks.map((entry) => {
    const { states, score, ci95 } = entry;
    const reason = withheld(entry);
    const how = entry.judged ? 'rule+judge' : 'rules';
    return [
      entry.title,
      String(entry.items),
      reason ?? points(score ?? 0),
      reason === undefined && ci95 !== null ? interval(ci95) : '',
      `${points(entry.coverage)} %`,
      ...[states.ok, states.wrong, states.unparsed, states.truncated, states.error].map(String),
      how,
    ];
  });
  const head = [
    '',
    'items',
    'score',
    '95 % interval',
    'coverage',
    'ok',
    'wrong',
    'unparsed',
    'truncated',
    'error',
    'scored by',
  ];
  const mean =
    longContextMean === null
      ? []
      : [['Mean of six', '', points(longContextMean.score), interval(longContextMean.ci95)]];
  const repeats = benchmarks.flatMap(({ title, repeats: own }) => {
    if (own === null) return [];
    const of = (values: Readonly<Record<string, number>>) =>
      Object.entries(values).map(([j, value]) => `${j}: ${points(value)}`);
    return [
      `${title}: avg@${own.k} ${points(own.avg)}, maj@${own.k} ${points(own.majority)}, pass@k ${of(own.passAt).join(' ')}, pass^k ${of(own.passHat).join(' ')}`,
    ];
  });
  return [textTable([head, ...rows, ...mean]), ...repeats].join('\n');
}

/** Changes in points with a sign; notes of the comparison stand below. */
export function comparisonText(comparison: RunComparison): string {
  const row = (name: string, change: RunComparison['mean'], rest: readonly string[]) => [
    name,
    String(change.samples),
    points(change.before),
    points(change.after),
    signed(100 * (change.after - change.before), 1),
    `[${signed(100 * change.ci95[0], 1)}, ${signed(100 * change.ci95[1], 1)}]`,
    ...rest,
  ];
  const rows = comparison.benchmarks.map(({ benchmark, change, p, significant, better, worse }) =>
    row(benchmark, change, [p.toPrecision(2), significant ? 'yes' : 'no', `+${better} -${worse}`]),
  );
  const head = ['', 'items', 'A', 'B', 'B - A', '95 % interval', 'p', 'significant', 'items changed'];
  return [
    `A ${comparison.before}\nB ${comparison.after}\n`,
    textTable([head, ...rows, row('mean of benchmarks', comparison.mean, [])]),
    ...comparison.notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

/** OUTSIDE marks a published figure that our interval does not hold. */
export function alignmentText(model: string, rows: readonly AlignmentRow[]): string {
  const body = rows.map(({ benchmark, published, ours, difference, ci95, inside, source }) => [
    benchmark,
    published.toFixed(2),
    ours === null ? 'no headline' : ours.toFixed(2),
    difference === null ? '' : signed(difference, 1),
    ci95 === null ? '' : `[${ci95[0].toFixed(1)}, ${ci95[1].toFixed(1)}]`,
    inside === null ? '' : inside ? 'inside' : 'OUTSIDE',
    source,
  ]);
  return textTable([[`${model}`, 'published', 'ours', 'difference', '95 % interval', '', 'source'], ...body]);
}
