/**
 * @file Numbers and names as the report writes them.
 */
import { signed as signedText } from '../format.ts';
import { isTaskId, type TaskId, tasks } from '../tasks/task.ts';
import type { RunView } from './read-run.ts';

/** With its sign, and a true minus. */
export const signed = (value: number, digits = 3): string => signedText(value, digits, '−');

const shortNames: Readonly<Record<TaskId, string>> = {
  T1: 'Precise retrieval',
  T2: 'Evidence-grounded choice',
  T3: 'Exhaustive retrieval',
  T4: 'Numerical reasoning',
  T5: 'Table extraction',
  T6: 'Fragment matching',
  T7: 'Graded ranking',
  T8: 'Sequence ordering',
  T9: 'Summarization',
};

/** @example taskTitle('T1') // 'T1  Precise retrieval' */
export function taskTitle(task: string): string {
  return isTaskId(task) ? `${task}  ${shortNames[task]}` : task;
}

/** Its natural reward in words; empty for what is no task. */
export const taskMetric = (task: string): string => (isTaskId(task) ? tasks[task].metric.replaceAll('_', ' ') : '');

/** Seconds below a minute and a half, else minutes and seconds. */
export const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

/** What a run is, in its report's titles: a control is never taken for a run that learns. */
export const runTitle = ({ record, facts }: Pick<RunView, 'record' | 'facts'>): string =>
  `${record.kind} run${facts.control === undefined ? '' : `: CONTROL, ${facts.control}`}`;
