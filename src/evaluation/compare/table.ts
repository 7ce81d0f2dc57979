/**
 * @file The comparison as a plain-text table: one row a task, the mean last.
 */
import { signed } from '../../format.ts';
import { tasks } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import { type Change, type Comparison, isAnyChange } from './statistics.ts';

/** Whether the interval excludes zero, and on which side. */
export function verdict({ ci95: [low, high] }: Change): 'up' | 'down' | 'unclear' {
  if (low > 0) return 'up';
  return high < 0 ? 'down' : 'unclear';
}

/** @example intervalText(change) // '[+0.093, +0.288]', or 'too few documents' */
export const intervalText = (change: Pick<Change, 'ci95'>): string =>
  isAnyChange(change) ? 'too few documents' : `[${signed(change.ci95[0])}, ${signed(change.ci95[1])}]`;

/** Tasks whose interval lies on one side of zero. */
export const tasksThatWent = (side: 'up' | 'down', { tasks: changes }: Comparison): string[] =>
  Object.entries(changes)
    .filter(([, change]) => verdict(change) === side)
    .map(([task]) => task);

const row = (name: string, change: Change): string[] => [
  name,
  String(change.samples),
  change.before.toFixed(3),
  change.after.toFixed(3),
  signed(change.after - change.before),
  intervalText(change),
  { up: 'up', down: 'DOWN', unclear: '' }[verdict(change)],
];

const taskName = (task: string): string => {
  const known = Object.values(tasks).find(({ id }) => id === task);
  return known === undefined ? task : `${task} ${known.metric}`;
};

/** @example comparisonTable('Held-out reward, T 1.0', comparison) */
export function comparisonTable(title: string, comparison: Comparison): string {
  const head = [title, 'n', 'before', 'after', 'change', '95 % interval', ''];
  const body = Object.entries(comparison.tasks).map(([task, change]) => row(taskName(task), change));
  const table = textTable([head, ...body, row('mean of tasks', comparison.mean)], [0, 6]).split('\n');
  return [...table.slice(0, -1), table[1], table.at(-1)].join('\n');
}
