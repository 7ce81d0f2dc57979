/**
 * @file `golongrl score`: rewards of the rows of a file.
 */

import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { InputError } from '../errors.ts';
import { shownCounts } from '../format.ts';
import { isRecord } from '../json.ts';
import { parseJson } from '../records/parse-json.ts';
import { QuarantineError, rowFormats } from '../records/reader.ts';
import { parseRewardSpec } from '../rewards/parse-spec.ts';
import type { JobResult, RewardJob } from '../rewards/pool/job.ts';
import { type Profile, profiles, type RewardSpec } from '../rewards/reward.ts';
import type { UpstreamRow } from '../rewards/upstream.ts';
import { BadRows, exitCodeHelp } from './shared/bad-rows.ts';
import type { JobTotals } from './shared/job-rows.ts';
import { choice, type Format, formats, wholeNumber } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

type ScoreRow =
  | { readonly type: 'upstream'; readonly row: UpstreamRow }
  | { readonly type: 'native'; readonly spec: RewardSpec; readonly response: string };

const bad = (message: string): InputError => new InputError('row-invalid', message);

/** An object that a column of CSV or Parquet holds as JSON text; nothing for an empty cell; any other value as it is. */
function unpacked(value: unknown): unknown {
  if (value === '') return undefined;
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof QuarantineError) return value;
    throw error;
  }
}

/** A whole number beyond 2^53 as its digits, which is how rewards compare it. */
const exactTruth = (value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** What a row has instead of the column that it lacks. */
const instead = (json: Readonly<Record<string, unknown>>): string =>
  `; the row has ${Object.keys(json).slice(0, 20).join(', ') || 'no columns'}`;

/** A row of the upstream layout, or a native sample with a `response`. @throws InputError */
export function readScoreRow(json: unknown): ScoreRow {
  if (!isRecord(json)) throw bad('expected a JSON object');
  if ('reward' in json) {
    const response = json.response ?? json.completion ?? json.solution_str;
    const reward = unpacked(json.reward);
    if (typeof response !== 'string') throw bad('response: expected a string');
    if (!isRecord(reward)) throw bad('reward: expected {"metric", "gold", "language"}');
    return { type: 'native', spec: parseRewardSpec(reward, bad, json.question), response };
  }
  const { data_source, solution_str } = json;
  const ground_truth = exactTruth(json.ground_truth);
  const extra_info = unpacked(json.extra_info);
  if (typeof data_source !== 'string')
    throw bad(`data_source: expected a string (or a native sample with "reward" and "response")${instead(json)}`);
  if (typeof solution_str !== 'string') throw bad(`solution_str: expected a string${instead(json)}`);
  if (ground_truth === undefined) throw bad(`ground_truth: missing${instead(json)}`);
  if (extra_info !== undefined && extra_info !== null && !isRecord(extra_info))
    throw bad('extra_info: expected an object');
  return { type: 'upstream', row: { data_source, solution_str, ground_truth, extra_info: extra_info ?? {} } };
}

const toJob = (row: ScoreRow, profile: Profile): RewardJob =>
  row.type === 'native'
    ? { type: 'native', spec: row.spec, response: row.response, profile }
    : { type: 'upstream', row: row.row, profile };

/** Longest extracted answer in an output row: for some metrics it is the whole response. */
const longestExtract = 2000;

const render = ({ score, status, state, format, task, extracted, reason }: JobResult) => ({
  score,
  status,
  state,
  format,
  task,
  extracted: extracted.length > longestExtract ? `${extracted.slice(0, longestExtract)}...` : extracted,
  reason,
});

/** Mean score of each task over the rows that were scored, then all rows by status. */
export function totalsLines({ rows, byStatus, byState, byFormat, byTask, seconds }: JobTotals): string[] {
  const tasks = [...byTask].sort(([a], [b]) => a.localeCompare(b));
  const width = Math.max(4, ...tasks.map(([task]) => task.length));
  return [
    ...tasks.map(
      ([task, { rows: count, sum }]) => `${task.padEnd(width)}  ${(sum / count).toFixed(4)}  (${count} rows)`,
    ),
    `answers: ${shownCounts(byState) || 'none read'}; form: ${shownCounts(byFormat) || 'none read'}`,
    `${rows} rows in ${seconds.toFixed(1)} s: ${byStatus.ok} scored, ${byStatus.unjudgeable} with a gold that nobody can judge, ${byStatus.timeout} timed out, ${byStatus.error} with errors`,
  ];
}

interface ScoreFlags {
  readonly profile: Profile;
  readonly out?: string;
  readonly encoding?: string;
  readonly workers: number;
  readonly deadline: number;
  readonly format: Format;
}

async function score(file: string, flags: ScoreFlags, terminal: Terminal): Promise<void> {
  const { runJobRows } = await import('./shared/job-rows.ts');
  const totals = await runJobRows({
    file,
    ...flags,
    out: flags.out,
    terminal,
    read: readScoreRow,
    job: (row) => toJob(row, flags.profile),
    render: (result) => render(result),
    renderBad: (reason) => ({
      score: 0,
      status: 'error',
      state: 'unreadable',
      format: 'none',
      task: '',
      extracted: '',
      reason,
    }),
  });
  if (flags.format === 'human') terminal.err(`${totalsLines(totals).join('\n')}\n`);
  if (flags.format === 'json' && flags.out !== undefined) {
    const byTask = Object.fromEntries(
      [...totals.byTask].map(([task, { rows, sum }]) => [task, { rows, mean: sum / rows }]),
    );
    terminal.out(`${JSON.stringify({ ...totals, byTask, out: flags.out })}\n`);
  }
  if (totals.byStatus.ok < totals.rows) throw new BadRows(totals.rows - totals.byStatus.ok, totals.rows, totals.first);
}

/** Writes a row for each row, in order; exit code 3 where some have no score. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<file>', `file of rows: ${rowFormats.join(', ')}, each also .gz; other names are JSON lines`)
    .option(
      '--profile <name>',
      'paper reproduces the reference, hardened closes its exploits',
      choice('--profile', profiles),
      'hardened',
    )
    .option('--out <file>', 'where the results go, one row for each row, in order; stdout by default')
    .option('--encoding <label>', 'of a text file, e.g. gb18030, windows-1252; told from the bytes by default')
    .option(
      '--workers <n>',
      'threads; 0 scores in this process without a deadline',
      wholeNumber('--workers'),
      Math.max(1, availableParallelism() - 1),
    )
    .option('--deadline <ms>', 'kill a verifier after this time', wholeNumber('--deadline', 1), 1000)
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText('after', exitCodeHelp)
    .action((file: string, flags: ScoreFlags) => score(file, flags, terminal));
}
