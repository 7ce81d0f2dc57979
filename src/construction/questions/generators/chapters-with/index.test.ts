import { expect, test } from 'vitest';
import { ask } from '../../../../../test/ask-question.ts';
import { chaptersWith } from './index.ts';

const filler = 'The ferry was late and the rope was wet, so that nobody was across before noon. '.repeat(5).trim();
const fillerZh = '那天渡船来晚了，绳子也是湿的，所以中午以前没有一个人到得了对岸。'.repeat(5);

/** Who speaks in each part of a hearing. */
const turns: readonly (readonly [string, string, readonly string[]])[] = [
  ['Opening', '开场', ['Ines Calder']],
  ['The rope', '绳索', ['Ines Calder', 'Emil Stroud', 'Rosa Whitby']],
  ['The landing', '码头', ['Emil Stroud', 'Rosa Whitby']],
  ['The toll', '渡费', ['Ines Calder', 'Emil Stroud']],
  ['The night boat', '夜船', ['Rosa Whitby', 'Emil Stroud']],
  ['The winter', '冬天', ['Rosa Whitby']],
  ['Closing', '结束', ['Ines Calder', 'Rosa Whitby']],
];
/** Each speaks twice. */
const spoken = (words: string, people: readonly string[], colon: string): string =>
  [...people, ...people]
    .map(
      (name, i) =>
        `${name}${colon}${/^\p{Script=Han}/u.test(words) ? `我说第${i + 1}遍。` : `I say it ${i + 1} times. `}${words}`,
    )
    .join('\n\n');
const english = turns.map(([title, , people]) => `## ${title}\n\n${spoken(filler, people, ': ')}`).join('\n\n');
const chinese: Readonly<Record<string, string>> = {
  'Ines Calder': '何秋澜',
  'Emil Stroud': '宁伯川',
  'Rosa Whitby': '岑素予',
};
const hearingZh = turns
  .map(
    ([, title, people]) =>
      `## ${title}\n\n${spoken(
        fillerZh,
        people.map((name) => chinese[name] ?? ''),
        '：',
      )}`,
  )
  .join('\n\n');

test('of a hearing it is asked who speaks, not who is mentioned', () => {
  // Named where they say nothing.
  const text = `# Ferry hearing\n\n${english.replace('Ines Calder: The', 'Ines Calder: Emil Stroud is late. The')}`;
  const asked = ask(chaptersWith, [['Ferry hearing', text]]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.slots.clause).toMatch(/^both [A-Z]\w+ [A-Z]\w+ and [A-Z]\w+ [A-Z]\w+ speak$/);
  expect(asked.solve()).toEqual(asked.draft.gold);
  for (const title of asked.draft.gold) {
    const [, , people = []] = turns.find(([one]) => one === title) ?? [];
    expect(people.filter((name) => asked.draft.slots.clause?.includes(name))).toHaveLength(2);
  }
  expect(
    asked.solve((prompt) => prompt.replaceAll('Emil Stroud:', 'A man:').replaceAll('Ines Calder:', 'One:')),
  ).toBeUndefined();
});

test('asks so in Chinese', () => {
  const asked = ask(chaptersWith, [['渡口听证会', `# 渡口听证会\n\n${hearingZh}`]], { language: 'zh' });
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toMatch(/都发了言/);
  expect(asked.question).not.toMatch(/提到|索引/);
  expect(asked.solve()).toEqual(asked.draft.gold);
});

test('a heading above parts that have both names only between them leaves the pair out', () => {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['## Spring', ['Ada Merritt', 'Tom Barlow']],
    ['## Summer', ['Ada Merritt', 'Tom Barlow']],
    ['## Autumn', ['Ada Merritt']],
    ['## Letters', []],
    ['## Winter', []],
    ['### Frost', ['Ada Merritt']],
    ['### Snow', ['Tom Barlow']],
    ['## Thaw', []],
  ];
  const work = (level: string): string =>
    parts
      .map(
        ([head, names]) =>
          `${head.replace('###', level)}\n\n${filler} ${names.map((name) => `In the yard one met ${name} again.`).join(' ')}`,
      )
      .join('\n\n');
  expect(ask(chaptersWith, [['The Farm', work('##')]])).toMatchObject({ draft: { gold: ['Spring', 'Summer'] } });
  expect(ask(chaptersWith, [['The Farm', work('###')]])).toMatch(/^no two names/);
});
