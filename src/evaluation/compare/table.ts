/**
 * @file The comparison as a plain-text table: one row a task, the mean last.
 */
import { signed } from '../../format.ts';
import { tasks } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import { beyondFloor, type Floors, meanBeyond, underFloor } from './floors.ts';
import type { LengthChange } from './lengths.ts';
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

/** What a row says beside its numbers: the direction where it is sure, and what lies under the floor. */
function note(change: Change, floor?: number): string {
  const under = floor === undefined ? undefined : underFloor(change, floor);
  const direction = { up: 'up', down: 'DOWN', unclear: '' }[verdict(change)];
  return [direction, under === undefined ? '' : `UNDER THE FLOOR ${under}`].filter((part) => part !== '').join(', ');
}

const row = (name: string, change: Change, floors: readonly string[], said: string): string[] => [
  name,
  String(change.samples),
  ...floors.slice(0, 1),
  change.before.toFixed(3),
  change.after.toFixed(3),
  signed(change.after - change.before),
  intervalText(change),
  ...floors.slice(1),
  said,
];

const taskName = (task: string): string => {
  const known = Object.values(tasks).find(({ id }) => id === task);
  return known === undefined ? task : `${task} ${known.metric}`;
};

/** The last row under a rule of its own. */
function ruledTable(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const table = textTable(rows, left).split('\n');
  return [...table.slice(0, -1), table[1], table.at(-1)].join('\n');
}

/**
 * With the blind floors, where they are known, and the gain beyond them.
 *
 * @example comparisonTable('Held-out reward, T 1.0', comparison)
 */
export function comparisonTable(title: string, comparison: Comparison, floors?: Floors): string {
  const mean = floors && meanBeyond(comparison, floors);
  const head = [
    ...[title, 'n', ...(floors ? ['floor'] : []), 'before', 'after', 'change', '95 % interval'],
    ...(floors ? ['beyond floor', ''] : ['']),
  ];
  const cells = (floor: number | undefined, beyond: number | undefined): string[] =>
    floors === undefined ? [] : [floor?.toFixed(3) ?? '', beyond === undefined ? '' : signed(beyond)];
  const body = Object.entries(comparison.tasks).map(([task, change]) => {
    const floor = floors?.[task]?.reward;
    const beyond = floor === undefined ? undefined : beyondFloor(change, floor);
    return row(taskName(task), change, cells(floor, beyond), note(change, floor));
  });
  const last = row('mean of tasks', comparison.mean, cells(mean?.floor, mean?.beyond), note(comparison.mean));
  return ruledTable([head, ...body, last], [0, head.length - 1]);
}

/** @example lengthTable(compareLengths(rows, options)) */
export function lengthTable(lengths: readonly LengthChange[]): string {
  const modes = (['sampled', 'greedy'] as const).filter((mode) => lengths.some((row) => row[mode] !== undefined));
  const heads = { sampled: 'T 1.0', greedy: 'greedy' };
  const head = [
    'By tokens of the prompt',
    'n',
    ...modes.flatMap((mode) => [`${heads[mode]}: before`, 'after', 'change', '95 % interval', '']),
    '',
  ];
  const body = lengths.map((line) => [
    line.name,
    String(line.sampled?.samples ?? 0),
    ...modes.flatMap((mode) => {
      const change = line[mode];
      return change === undefined ? ['', '', '', '', ''] : row('', change, [], note(change)).slice(2);
    }),
    line.beyondTraining ? 'longer than any trained on' : '',
  ]);
  return textTable([head, ...body], [0, head.length - 1]);
}
