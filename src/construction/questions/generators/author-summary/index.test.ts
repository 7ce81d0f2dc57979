import { expect, test } from 'vitest';
import { ask } from '../../../../../test/ask-question.ts';
import { overview } from '../overview/index.ts';
import { sectionSummary } from '../section-summary/index.ts';
import { authorSummary } from './index.ts';

const reference =
  'The survey of the upper valley found that 412 wells were dry by the end of summer, that farmers had moved 96 herds to the coast, and that the new reservoir at Tarn Head, although finished, stood empty because nobody had paid for the pipe that was to feed it.';
const facts = [
  'By the end of summer 412 of the wells in the upper valley were dry, and the parish paid for carts of water.',
  'The farmers, tired of waiting, moved 96 herds to the coast in eleven days.',
  'The new reservoir at Tarn Head was finished in spring and has stood empty since then.',
  'Nobody had paid for the pipe that was to feed it, so the gate was never opened.',
];
const filler = (i: number): string =>
  Array.from(
    { length: 22 },
    (_, n) => `Parish ${i} sent its ${n + 2} clerks to count barns, ricks and hedges in the rain.`,
  ).join(' ');
const body = facts.map((fact, i) => `## ${i + 1}. Part ${i + 1}\n\n${filler(i)} ${fact} ${filler(i + 9)}`).join('\n\n');

test('the summary of a report is cut out, is the gold, and what it says stands in the rest', () => {
  const asked = ask(authorSummary, [['A dry year', `# A dry year\n\n## Summary\n\n${reference}\n\n${body}`]]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.gold).toEqual([reference]);
  expect(asked.prompt).not.toContain('stood empty because');
  expect(asked.question).toMatch(/about 50 words|50 words/);
  expect(asked.draft.proof.length).toBeGreaterThan(2);
  expect(asked.solve()).toBeUndefined();
  expect(asked.solve((prompt) => prompt.replaceAll('412', '9').replaceAll('96', '9'))).toMatch(/figures/);
  expect(asked.solve((prompt) => `${prompt}\n\n${reference}`)).toMatch(/copy|still/);
});

test('sentences that the rest does not back are left out of the reference', () => {
  const more = `${reference} The mayor, Ambrose Quayle, resigned in 1907 over it. This summary was drafted first.`;
  const asked = ask(authorSummary, [['A dry year', `# A dry year\n\n## Summary\n\n${more}\n\n${body}`]]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.gold).toEqual([reference]);
  expect(asked.prompt).not.toContain('Quayle');
});

test('a claim of what the rest does not speak of is left out, though it has no figure', () => {
  const more = `${reference} The drought was due to the diversion of streams.`;
  const asked = ask(authorSummary, [['A dry year', `# A dry year\n\n## Summary\n\n${more}\n\n${body}`]]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.gold).toEqual([reference]);
});

test('a summary of which the rest bears out only a part is refused, and so is a day that it does not name', () => {
  const filling = 'The mayor, Ambrose Quayle, resigned over it in 1907. '.repeat(4);
  const mostly = ask(authorSummary, [
    ['A dry year', `# A dry year\n\n## Summary\n\n${reference} ${filling}\n\n${body}`],
  ]);
  expect(mostly).toMatch(/^no whole part/);
  const dated = reference.replace('by the end of summer', 'on 11 May');
  expect(ask(authorSummary, [['A dry year', `# A dry year\n\n## Summary\n\n${dated}\n\n${body}`]])).toMatch(
    /^no whole part/,
  );
});

test('a summary of a stretch of months that the rest does not name is refused', () => {
  const asked = (told: string): unknown => {
    const dated = reference.replace('by the end of summer', 'between March and July 2031');
    return ask(authorSummary, [['A dry year', `# A dry year\n\n## Summary\n\n${dated}\n\n${body} ${told}`]]);
  };
  expect(asked('The wells were counted in March 2031, and again in July 2031.')).toMatchObject({
    prompt: expect.any(String),
  });
  expect(asked('The wells were counted in July 2031, and a year before in March.')).toMatch(/^no whole part/);
});

test('a summary that copies the text, or is as long as it, is refused', () => {
  const copy = `# A dry year\n\n## Summary\n\n${facts.join(' ')}\n\n${body}`;
  expect(ask(authorSummary, [['A dry year', copy]])).toMatch(/^no whole part/);
  expect(
    ask(authorSummary, [
      ['A dry year', `# A dry year\n\n## Summary\n\n${reference}\n\n## 1. Rest\n\n${facts.join(' ')}`],
    ]),
  ).toMatch(/^no whole/);
});

test('the overview of an entry is written from its other lines', () => {
  const lines = facts.map((fact, i) => `Field ${i}: ${fact}\nNote ${i}: ${filler(i)}`).join('\n');
  const asked = ask(overview, [['Upper Valley', `## Profile\n\n${lines}\nBackground: ${reference}\nArea: 12 sq km`]]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.slots).toMatchObject({ title: 'Upper Valley', label: 'Background', words: '50' });
  expect(asked.prompt).not.toContain(reference);
  expect(asked.solve()).toBeUndefined();
});

test('本章提要 in the heading of a chapter is cut out alone', () => {
  const chapter = (number: string, argument: string, words: string): string =>
    `第${number}章　本章提要：${argument}\n\n${'那一天江上起了雾，船都停在岸边，没有人说话。'.repeat(10)}${words}${'到了晚上，风又从北边吹来，灯一盏一盏地灭了。'.repeat(10)}`;
  const text = [
    chapter(
      '一',
      '老艄公过世，留下一本没有人看得懂的账；小儿子与兄长争执；账本里夹着半枚铜钱。',
      '老艄公过世以后，小儿子在舱底找到一本账，没有人看得懂。他与兄长为船票争执。最后一页夹着半枚铜钱。',
    ),
    chapter(
      '二',
      '外乡女子来问渡钱，认出了账里的三角；原来那是欠账，不是别人欠他，是他欠别人的。',
      '外乡女子来问渡钱。她认出了三角，说那是欠账。不是别人欠他，是他欠别人。',
    ),
  ].join('\n\n');
  const asked = ask(sectionSummary, [['账本', `账本\n\n${text}`]], { language: 'zh' });
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.slots.part).toMatch(/^第[一二]章$/);
  expect(asked.prompt).not.toContain(asked.draft.gold[0]);
  expect(asked.solve()).toBeUndefined();
});
