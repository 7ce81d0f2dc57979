import { expect, test } from 'vitest';
import { ask } from '../../../../../test/ask-question.ts';
import { dateSpan } from '../date-span/index.ts';
import { eventBetween } from '../event-between/index.ts';
import { eventsInTime } from './index.ts';

const filler = (words: string): string =>
  Array.from(
    { length: 24 },
    (_, i) =>
      `The ${words} of that place were counted again by the clerk, and number ${i + 3} was found wanting by him.`,
  ).join(' ');

const mill = `# The mill at Orrin

On 4 March 1931 the great wheel of the mill broke in two and fell into the river.

${filler('sacks')}

The council of Orrin bought the ruined mill on 9 May 1922 for a thousand crowns.

${filler('stones')}

In June 1958 the painter Ada Holm opened a school of drawing in the old granary.`;
const bridge = `# The bridge at Tolm

The iron bridge at Tolm was closed on 17 August 1940 after a barge had struck a pier.

${filler('rivets')}

In 1903 a company from the coast built the first ferry landing on the north bank.

${filler('planks')}

On 2 January 1969 the last toll keeper handed his keys to the county engineer.`;
const texts = [
  ['The mill', mill],
  ['The bridge', bridge],
] as const;
const times = ['1903', '1922', '1931', '1940', '1958', '1969'];

test('events told without their dates are put in the order of the dates, which the text does not follow', () => {
  const asked = ask(eventsInTime, texts);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).not.toMatch(/\b19\d\d\b/);
  const years = asked.draft.rationale.split('\n').map((line) => times.findIndex((time) => line.includes(time)));
  expect(years).toEqual([...years].sort((a, b) => a - b));
  expect(asked.solve()).toEqual(asked.draft.gold);
  expect(asked.solve((prompt) => prompt.replace(/19\d\d/g, '1900'))).not.toEqual(asked.draft.gold);
});

test('of four options one lies between two events', () => {
  const asked = ask(eventBetween, texts);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.gold).toHaveLength(1);
  expect(asked.draft.proof).toHaveLength(6);
  expect(asked.solve()).toEqual(asked.draft.gold);
  expect(asked.solve((prompt) => prompt.replace(/19\d\d/g, '1900'))).toBeUndefined();
});

test('the time from the first to the last event is counted in days where all dates are days, else in years', () => {
  const asked = ask(dateSpan, texts);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.solve()).toEqual(asked.draft.gold);
  const days = ask(dateSpan, [
    [
      'A',
      `On 1 March 2023 the harbour office bought a second crane from the yard.\n\n${filler('ropes')}\n\nOn 1 March 2024 the harbour office sold the older crane to a quarry.`,
    ],
    ['B', 'The pilots of the harbour moved into a new watch house on 5 June 2023.'],
  ]);
  if (typeof days === 'string') throw new Error(days);
  expect(days.draft.gold).toEqual(['366']);
  expect(days.solve()).toEqual(['366']);
});

test('events of one year are refused where only one of them has a day', () => {
  const same = ask(eventsInTime, [
    [
      'A',
      'In 1950 the school of the village burned down.\n\nOn 3 May 1950 the church of the village was sold.\n\nIn 1950 the baker of the village left for Tolm.\n\nIn 1950 the smith of the village built a new forge.',
    ],
  ]);
  expect(same).toMatch(/^(?:no events|fewer)/);
});

test('Chinese sentences are told without their dates', () => {
  const asked = ask(
    eventsInTime,
    [
      [
        '甲',
        '1936年被服厂由下江迁入石桥镇东街。\n\n'.concat(
          '这里的人们常常说起往事，也常常说起河水。'.repeat(60),
          '\n\n2009年3月2日鹤鸣大桥加固后重新开放通行。',
        ),
      ],
      [
        '乙',
        '1958年10月1日沙湾渡口宣布停止办理摆渡业务。\n\n'.concat(
          '镇上的人们不大出门，只在集日才去买东西。'.repeat(60),
          '\n\n一九四三年书院失火烧毁了两座藏书楼。',
        ),
      ],
    ],
    { language: 'zh' },
  );
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.gold).toHaveLength(4);
  expect(asked.draft.rationale.split('\n').map((line) => line.slice(2, 6))).toEqual([
    '1936',
    '一九四三',
    '1958',
    '2009',
  ]);
  expect(asked.solve()).toEqual(asked.draft.gold);
});
