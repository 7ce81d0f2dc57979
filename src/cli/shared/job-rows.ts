/**
 * @file Runs the rows of a file as reward jobs, in this process or in a pool, and writes results in the order of the rows.
 */
import { type JobResult, type RewardJob, runJob } from '../../rewards/pool/job.ts';
import { openRewardPool, type RewardPool } from '../../rewards/pool/pool.ts';
import type { AnswerFormat, AnswerState } from '../../rewards/reading/reading.ts';
import type { RewardStatus } from '../../rewards/reward.ts';
import { Counts } from '../../rewards/tally.ts';
import { progressLine } from './progress-line.ts';
import { chunks, openRows, readRows } from './rows.ts';
import type { Terminal } from './terminal.ts';

/** `T` is a row as the command reads it. */
export interface JobRun<T> {
  readonly file: string;
  readonly out: string | undefined;
  /** Of a text file; told from its bytes by default. */
  readonly encoding?: string;
  /** Threads; 0 runs in this process, without a deadline. */
  readonly workers: number;
  /** Milliseconds a job. */
  readonly deadline: number;
  readonly terminal: Terminal;
  /** The values of a row to what is scored. Throws what is wrong with them. */
  readonly read: (row: unknown) => T;
  readonly job: (row: T) => RewardJob;
  /** The output row of a result. */
  readonly render: (result: JobResult, row: T) => unknown;
  /** The output row of an input row that cannot be read. */
  readonly renderBad: (reason: string) => unknown;
}

/** Rows that cannot be read count as `error`; `seconds` are of the wall clock. */
export interface JobTotals {
  readonly rows: number;
  readonly byStatus: Readonly<Record<RewardStatus, number>>;
  readonly byState: Readonly<Record<AnswerState, number>>;
  readonly byFormat: Readonly<Record<AnswerFormat, number>>;
  /** Per task key: rows with a verdict and the sum of their scores. */
  readonly byTask: ReadonlyMap<string, { readonly rows: number; readonly sum: number }>;
  readonly seconds: number;
  /** Of the rows without a verdict the first, as `file:line: reason`. */
  readonly first?: string | undefined;
}

const chunkSize = 512;

/** Most bad rows that are reported one by one. */
const mostReports = 20;

/** Memory does not grow with the file; the first bad rows are told on stderr. @throws InputError, ResourceError */
export async function runJobRows<T>(run: JobRun<T>): Promise<JobTotals> {
  const start = performance.now();
  const { file, terminal } = run;
  const counts = new Counts();
  const byTask = new Map<string, { rows: number; sum: number }>();
  let reported = 0;
  const progress = progressLine(terminal);
  let first: string | undefined;
  const report = (line: number, status: string, reason: string): void => {
    first ??= `${file}:${line}: ${reason}`;
    if (reported++ < mostReports) progress.keep(`${file}:${line}: ${status}: ${reason}`);
  };
  const { workers, deadline } = run;
  // Of a file nobody waits for one row: it may take its turn behind a chunk of rows that all hang.
  const queueDeadline = 120_000 + 1.5 * chunkSize * deadline;
  let done = 0;
  // In a log the totals at the end are enough.
  if (terminal.columns !== undefined) progress.start('Score rows');
  const pool = workers === 0 ? undefined : openRewardPool({ workers, deadline, queueDeadline });
  const writer = await openRows(run.out, terminal);
  try {
    for await (const chunk of chunks(readRows(file, run.read, run.encoding), chunkSize)) {
      const good = chunk.flatMap((row) => ('value' in row ? [row.value] : []));
      const results = await score(pool, good.map(run.job));
      let next = 0;
      for (const row of chunk) {
        if ('error' in row) {
          counts.statuses.error++;
          report(row.line, 'not a row', row.error);
          await writer.write(run.renderBad(row.error));
          continue;
        }
        const result = results[next++];
        if (result === undefined) continue;
        counts.add(result);
        if (result.status !== 'ok') report(row.line, result.status, result.reason);
        else {
          const sums = byTask.get(result.task) ?? { rows: 0, sum: 0 };
          byTask.set(result.task, { rows: sums.rows + 1, sum: sums.sum + result.score });
        }
        await writer.write(run.render(result, row.value));
      }
      done += chunk.length;
      progress.show({ done });
    }
    progress.clear();
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  } finally {
    await pool?.close();
  }
  if (reported > mostReports) terminal.err(`${file}: ${reported - mostReports} more rows without a verdict\n`);
  const { statuses: byStatus, states: byState, formats: byFormat } = counts;
  const rows = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  return { rows, byStatus, byState, byFormat, byTask, first, seconds: (performance.now() - start) / 1000 };
}

const score = async (pool: RewardPool | undefined, jobs: readonly RewardJob[]): Promise<JobResult[]> =>
  pool === undefined ? jobs.map(runJob) : pool.score(jobs);
