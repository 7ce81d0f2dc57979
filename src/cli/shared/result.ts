/**
 * @file The result of a run on stdout: tables for a person, one JSON object for a program, the report's path for a script.
 */

import type { Comparison } from '../../evaluation/compare/statistics.ts';
import { comparisonTable } from '../../evaluation/compare/table.ts';
import type { ExperimentResult } from '../../experiment/run-experiment.ts';
import { peakMemoryMb } from '../../runs/peak-memory.ts';
import type { Format } from './options.ts';
import type { Terminal } from './terminal.ts';

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** The comparison as the JSON result states it. */
function jsonComparison({ tasks, mean }: Comparison) {
  const rows = Object.entries(tasks).map(([task, { before, after }]) => [
    task,
    { before: round(before), after: round(after) },
  ]);
  return {
    tasks: Object.fromEntries(rows) as Record<string, { before: number; after: number }>,
    mean: { before: round(mean.before), after: round(mean.after), ci95: mean.ci95.map(round) },
  };
}

/** What `train`, `sft`, `quickstart` and `data validate` print; `report` is a path. */
export interface RunResult {
  readonly experiment: ExperimentResult;
  /** Wall-clock seconds of this process. */
  readonly seconds: number;
  readonly dataset?: { readonly samples: number; readonly byTask: Readonly<Record<string, number>> };
  readonly report: string;
}

/** Prints a finished run in the format asked for. */
export function printResult(
  terminal: Terminal,
  format: Format,
  { experiment, seconds, dataset, report }: RunResult,
): void {
  const { sampled, greedy } = experiment;
  const peakRssMb = peakMemoryMb();
  if (format === 'quiet') {
    terminal.out(`${report}\n`);
    return;
  }
  if (format === 'json') {
    const comparison = sampled ? jsonComparison(sampled) : { tasks: {}, mean: null };
    const sizes = dataset ? { dataset: { samples: dataset.samples, byTask: dataset.byTask } } : {};
    terminal.out(
      `${JSON.stringify({ ...comparison, seconds: Math.round(seconds * 10) / 10, peakRssMb, ...sizes, report })}\n`,
    );
    return;
  }
  const tables = [
    ...(sampled ? [comparisonTable('Held-out reward, T 1.0', sampled)] : []),
    ...(greedy ? [comparisonTable('Held-out reward, greedy', greedy)] : []),
  ];
  terminal.out(
    `\n${[...tables, `${seconds.toFixed(0)} s, peak memory ${peakRssMb} MB`, `Report: ${report}`].join('\n\n')}\n`,
  );
}
