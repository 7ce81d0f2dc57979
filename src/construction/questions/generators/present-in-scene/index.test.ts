import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { play, prose } from '../../../../../test/construction/talks.ts';
import { presentInScene } from './index.ts';
import { asked as words } from './wordings.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(presentInScene, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'In “The Lower Town”, who speaks in Act III, Scene I but not in Act II, Scene II?',
    ),
    gold: ['B'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('who wrote on one day of a chat and not on the next is not asked', () => {
  const day = (date: string, names: readonly string[]): string =>
    Array.from(
      { length: 8 },
      (_, i) => `[${date} 10:0${i}] ${names[i % names.length]}: The ${i} of us will come.`,
    ).join('\n');
  const people = ['Ada Moss', 'Ben Lund', 'Cal Orr', 'Dee Hahn', 'Eve Park'];
  const text = `${day('2024-03-04', people)}\n${day('2024-03-05', people.slice(1))}\n`;
  expect(ask(presentInScene, [{ title: 'Boat club', text }])).toBe('a chat by days has no scenes to compare');
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(presentInScene, [play]);
  // The right one speaks nowhere.
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll('GERTRUDE.', 'BERTRAM.'))).toEqual(
    undefined,
  );
  expect(ask(presentInScene, [prose])).toBe('too few turns of a conversation');
});

test('every wording says of both places what is done there, and none speaks of a first and a second', () => {
  for (const [, text] of [...words.texts.en, ...words.texts.zh]) {
    expect(text).not.toMatch(/\b(?:first|second|former|latter)\b|前者|后者/);
    expect(text.split(/\{a\}|\{b\}/)).toHaveLength(3);
  }
});
