import { expect, test } from 'vitest';
import { renderGold, scoreResponse } from '../../rewards/index.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import { sameAnswer } from './same-answer.ts';

const table = (rows: readonly (readonly string[])[]): string =>
  JSON.stringify({ columns: ['name', 'year'], data: rows });
const rows = [
  ['Chad', '1960'],
  ['Fiji', '1970'],
] as const;

/** Keys of more than one part, and the same in another order. */
const keys: Readonly<Partial<Record<TaskId, readonly [readonly string[], readonly string[]]>>> = {
  T3: [
    ['P1', 'P2', 'P3'],
    ['P3', 'P1', 'P2'],
  ],
  T4: [
    ['12', '7'],
    ['7', '12'],
  ],
  T5: [[table(rows)], [table([...rows].reverse())]],
  T6: [
    ['F1: Chad', 'F2: Fiji'],
    ['F2: Fiji', 'F1: Chad'],
  ],
  T7: [
    ['P1', 'P2', 'P3', 'P4'],
    ['P4', 'P3', 'P2', 'P1'],
  ],
  T8: [
    ['P1', 'P2', 'P3'],
    ['P3', 'P2', 'P1'],
  ],
};

test.each(Object.entries(keys) as [TaskId, readonly [string[], string[]]][])(
  '%s: the second derivation reads the order of a key exactly where the reward does',
  (task, [gold, turned]) => {
    const spec = { metric: tasks[task].metric, gold, language: 'en' } as const;
    const paid = scoreResponse(spec, renderGold({ ...spec, gold: turned }, 'hardened'), 'hardened').score === 1;
    expect([sameAnswer(task, gold, gold), sameAnswer(task, turned, gold)]).toEqual([true, paid]);
    expect(tasks[task].answerOrder).toBe(paid ? 'free' : 'given');
  },
);
