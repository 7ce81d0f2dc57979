/**
 * @file Gate g1 compares the gold with what was derived from the prompt a second time: in the order of the lines where the task's reward
 * reads it (`answerOrder`), without it where it does not.
 */
import { type TaskId, tasks } from '../../tasks/task.ts';

/** The rows of a table (T5, one line of JSON) are as free as the lines of a list. */
function tableText(line: string): string {
  const table = JSON.parse(line) as { columns?: unknown; data?: unknown[] };
  return JSON.stringify([table.columns, (table.data ?? []).map((row) => JSON.stringify(row)).sort()]);
}

function comparable(task: TaskId, lines: readonly string[]): string {
  if (task === 'T5') return tableText(lines[0] ?? '{}');
  return (tasks[task].answerOrder === 'free' ? [...lines].sort() : lines).join('\n');
}

/** Whether two keys of a task are one. */
export const sameAnswer = (task: TaskId, found: readonly string[], gold: readonly string[]): boolean =>
  comparable(task, found) === comparable(task, gold);
