import { expect, test } from 'vitest';
import { ask } from '../../../../../test/ask-question.ts';
import { chaptersWith } from '../chapters-with/index.ts';
import { claimsToSources } from '../claims-to-sources/index.ts';
import { passagesToChapters } from './index.ts';

const heads = ['Arrival', 'Winter', 'Harvest', 'Quarrel', 'Market', 'Departure', 'Letters'];
const people: Readonly<Record<string, readonly string[]>> = {
  Arrival: ['Ada Merritt', 'Tom Barlow'],
  Winter: ['Ada Merritt'],
  Harvest: ['Ada Merritt', 'Tom Barlow'],
  Quarrel: ['Tom Barlow'],
  Market: ['Tom Barlow'],
  Departure: ['Ada Merritt'],
  Letters: [],
};
const things = ['lantern', 'kettle', 'ladder', 'saddle', 'violin', 'anchor', 'basket'];
const work = heads
  .map((head, i) => {
    const [thing] = things.slice(i);
    const met = (people[head] ?? []).map(
      (name) => `In the yard they talked for an hour with ${name} about the price of wool and rope.`,
    );
    return [
      `## ${i + 1}. ${head}`,
      [
        `Nobody could explain why the ${thing} had been left beside the well all night.`,
        `An old woman asked three shillings for a ${thing} that she had found.`,
        ...met,
        'It rained. '.repeat(14).trim(),
      ].join(' '),
    ].join('\n\n');
  })
  .join('\n\n');

test('passages are matched with the headings above them, without the numbers of the headings', () => {
  const asked = ask(passagesToChapters, [['The Farm', work]]);
  if (typeof asked === 'string') throw new Error(asked);
  const [first = ''] = asked.draft.gold;
  const thing = things[heads.indexOf(first.replace(/^1: /, ''))] ?? '';
  expect(asked.draft.slots.items?.split('\n')[0]).toContain(thing);
  expect(asked.solve()).toEqual(asked.draft.gold);
  expect(asked.solve((prompt) => prompt.replace(/^## .*$/gm, ''))).not.toEqual(asked.draft.gold);
});

test('a sentence below a heading that runs into its paragraph, or below a listing, is not quoted', () => {
  const runIn = work.replace(/(?<=\n\n)Nobody could explain/g, '2.1 Things found. Nobody could explain');
  expect(ask(passagesToChapters, [['The Farm', runIn]])).toMatch(/^fewer than four parts/);
  const listed = work.replace(/(?<=\n\n)Nobody could explain/g, '```\nx = 1\n```\n\nNobody could explain');
  const asked = ask(passagesToChapters, [['The Farm', listed]]);
  expect(typeof asked === 'string' ? asked : asked.draft.slots.items).not.toContain('Nobody could explain');
});

test('both names stand in two of the parts, and other parts have one of them', () => {
  const asked = ask(chaptersWith, [['The Farm', work]]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.gold).toEqual(['Arrival', 'Harvest']);
  expect(asked.draft.proof).toHaveLength(8);
  expect(asked.solve()).toEqual(['Arrival', 'Harvest']);
  expect(asked.solve((prompt) => prompt.replaceAll('Tom Barlow', 'a man'))).toBeUndefined();
});

test('statements about one name are traced to the documents', () => {
  const said = (verb: string): string =>
    `The harbour board of Selhaven ${verb} the pilots in the first week of the year. ${'It rained. '.repeat(20)}Selhaven lies by the sea, and the traders of Selhaven ${verb} every stranger. Selhaven is where it ends.`;
  const asked = ask(claimsToSources, [
    ['One', said('praised')],
    ['Two', said('feared')],
    ['Three', said('fined')],
  ]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.draft.slots.subject).toBe('Selhaven');
  expect(asked.solve()).toEqual(asked.draft.gold);
  expect(ask(claimsToSources, [['One', said('praised')]])).toMatch(/^no name/);
});
