/**
 * @file The error matrix: how many right answers a profile pays under 0.5, and how many wrong ones over it, by task. The corpus
 * (answers/*.jsonl) holds answers in the forms that models write, English and Chinese, with what a careful person says of each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Profile, RewardSpec } from '../../src/rewards/reward.ts';
import { scoreResponse } from '../../src/rewards/score.ts';
import type { TaskId } from '../../src/tasks/task.ts';

export interface AnswerRow extends Pick<RewardSpec, 'metric' | 'gold' | 'language' | 'question' | 'options'> {
  readonly id: string;
  readonly task: TaskId;
  readonly response: string;
  readonly verdict: 'right' | 'wrong';
}

/** Errors of one kind and all answers that could have been one. */
export interface TaskErrors {
  readonly right: number;
  readonly rightUnpaid: number;
  readonly wrong: number;
  readonly wrongPaid: number;
}

export type ErrorMatrix = Readonly<Record<string, TaskErrors>>;

const folder = new URL('./answers/', import.meta.url);

export function readCorpus(): AnswerRow[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as AnswerRow),
    );
}

export const scoreOf = (row: AnswerRow, profile: Profile): number => scoreResponse(row, row.response, profile).score;

/** The rows of a scorer that are errors. */
export const errorsOf = (rows: readonly AnswerRow[], scores: readonly number[]): AnswerRow[] =>
  rows.filter(({ verdict }, i) => (verdict === 'right' ? (scores[i] ?? 0) < 0.5 : (scores[i] ?? 0) > 0.5));

export function errorMatrix(rows: readonly AnswerRow[], scores: readonly number[]): ErrorMatrix {
  const bad = new Set(errorsOf(rows, scores));
  const matrix: Record<string, TaskErrors> = {};
  for (const row of rows) {
    const { right, rightUnpaid, wrong, wrongPaid } = matrix[row.task] ?? {
      right: 0,
      rightUnpaid: 0,
      wrong: 0,
      wrongPaid: 0,
    };
    const [isRight, isBad] = [row.verdict === 'right' ? 1 : 0, bad.has(row) ? 1 : 0];
    matrix[row.task] = {
      right: right + isRight,
      rightUnpaid: rightUnpaid + isRight * isBad,
      wrong: wrong + 1 - isRight,
      wrongPaid: wrongPaid + (1 - isRight) * isBad,
    };
  }
  return matrix;
}

const tableFile = new URL('table.json', folder);

/** The committed matrices by scorer. */
export const committedTable = (): Record<string, ErrorMatrix> =>
  JSON.parse(readFileSync(tableFile, 'utf8')) as Record<string, ErrorMatrix>;

export const committedTableFile = tableFile;
