import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { eventsAcross } from '../events-across/index.ts';
import { eventsOrder } from './index.ts';

const filler = Array.from({ length: 40 }, (_, n) => `Barns and ricks were counted by clerk ${n + 2}.`).join(' ');
const told = [
  'On 5 May 1944 an explosion in Line 2 killed eight.',
  'A brick courthouse was begun on the hill in 1834.',
  'The Number 3 shaft was flooded from an old working on Tuesday 8 March 1887, and 23 men drowned.',
  'In March 2004 the distribution centre by the road was opened with 410 jobs.',
  'The dam was found to be leaking under the east abutment in 2012.',
  'The bonds were paid off, with interest, in 1889.',
];
const history = { title: 'A History of the County', text: told.join(`\n\n${filler}\n\n`) };

test('events are quoted without their dates and put in the order of time', () => {
  const asked = ask(eventsOrder, [history]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toMatch(/\(.\) An explosion in Line 2 killed eight\.$/m);
  expect(asked.question).toMatch(/\(.\) The bonds were paid off, with interest\.$/m);
  expect(asked.question).not.toMatch(/\b(?:1[89]|20)\d\d\b/);
  const first = asked.question.match(/\((.)\) A brick courthouse/)?.[1];
  const last = asked.question.match(/\((.)\) The dam was found/)?.[1];
  expect([asked.gold[0], asked.gold.at(-1)]).toEqual([first, last]);
  const without = ask(eventsOrder, [history], { seed: 3 });
  expect(typeof without === 'string' ? without : without.question).toMatch(
    /\(.\) The Number 3 shaft was flooded from an old working, and 23 men drowned\.$/m,
  );
  expect(asked.readsBack).toBe(true);
  expect(asked.solve()).toEqual(asked.gold);
  expect(asked.solve((text) => text.replace('in 1834', 'in 1999'))?.[0]).not.toBe(first);
});

test('what the text tells in its order, what leans on another time, and what is no event are not asked', () => {
  const inOrder = [...told].sort((a, b) => Number(/\d{4}/.exec(a)?.[0]) - Number(/\d{4}/.exec(b)?.[0]));
  expect(ask(eventsOrder, [{ ...history, text: inOrder.join(`\n\n${filler}\n\n`) }])).toBe(
    'the text tells the events in their order',
  );
  const leaning = told.map((sentence) => sentence.replace(/\.$/, ', a year later.'));
  expect(ask(eventsOrder, [{ ...history, text: leaning.join(`\n\n${filler}\n\n`) }])).toBe(
    'too few dated events that can be told without their date',
  );
});

test('中文的事件同样去掉日期再排序', () => {
  const events = [
    '2016年7月，镇上发了大水，桥封了两天。',
    '1998年5月4日，县里派人来量河面的宽度。',
    '钟于1958年被镇上的人藏进河湾。',
    '2003年，造船厂把最后一条渡船卖给了博物馆。',
    '1987年6月，学堂从河西搬到了河东。',
  ];
  const between = '那一带的人都种稻子，收了稻子就晒在路上，路窄，车过不去。'.repeat(40);
  const asked = ask(eventsOrder, [{ title: '桥', text: events.join(`\n\n${between}\n\n`) }], { language: 'zh' });
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toMatch(/\(.\) 钟被镇上的人藏进河湾。$/m);
  expect(asked.solve()).toEqual(asked.gold);
});

test('events of several texts of one kind are put in one order', () => {
  const text = (sentences: readonly string[]): string => sentences.join(`\n\n${filler}\n\n`);
  const asked = ask(eventsAcross, [
    {
      title: 'Annual message of 1801',
      text: text([
        'On 3 May 1799 Spain ceded the fort at Natchez.',
        'In 1801 the bank of Penrith failed and closed its doors.',
      ]),
    },
    {
      title: 'Annual message of 1803',
      text: text([
        'In July 1802 the frigate Essex sailed for Tunis with Captain Barron.',
        'In 1798 the mint struck the first coins for Ohio.',
      ]),
    },
    {
      title: 'Annual message of 1805',
      text: text([
        'In June 1804 the river Tugela was surveyed by Major Long.',
        'In 1800 the capital moved to Georgetown.',
      ]),
    },
  ]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.solve()).toEqual(asked.gold);
  expect(asked.question).not.toMatch(/\b1[78]\d\d\b/);
});

test('an event that leans on the sentence before it, or is torn without its date, is not quoted', () => {
  const more = [
    'The ensuing war closed the quarry in 1917.',
    'The first mill was of logs, cost $338 and was finished in 1822.',
  ];
  const asked = ask(eventsOrder, [{ ...history, text: [...told, ...more].join(`\n\n${filler}\n\n`) }]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).not.toMatch(/ensuing|\$338/);
  expect(asked.gold.length).toBeGreaterThan(4);
  const plain = more.map((sentence) => sentence.replace('ensuing', 'Crimean').replace('and was finished', 'and fell'));
  const all = Array.from({ length: 8 }, (_, seed) =>
    ask(eventsOrder, [{ ...history, text: [...told, ...plain].join(`\n\n${filler}\n\n`) }], { seed }),
  );
  expect(all.map((one) => (typeof one === 'string' ? one : one.question)).join('\n')).toMatch(/Crimean war/);
});
