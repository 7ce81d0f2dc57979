import { expect, test } from 'vitest';
import { askedOf, changelog, contract, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { byReference } from './index.ts';

test('asks in English for what a provision with one reference leads to, and the solver finds the gold again', () => {
  const asked = askedOf(byReference, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'In “Clock agreement”, the Article headed “Relief” makes reference to another Article. Please state the heading of that Article.',
  );
  expect(asked.gold).toEqual(['Notices']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 8', 'Article 2')).toBe(false);
  // With a second reference it is no longer told which is meant.
  expect(asked.agreesWith('Relief shall be claimed', 'Under Article 3 relief shall be claimed')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(byReference, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe('在《镇区公园管理条例》里，第六条援引了另一条，请写明那一条规定的期限或时长。');
  expect(asked.gold).toEqual(['五日']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

const seeds = Array.from({ length: 16 }, (_, seed) => seed);

test('of a provision with several references the sentence with one of them is quoted up to some words before it', () => {
  const quoted = seeds.flatMap((seed) => {
    const asked = askedOf(byReference, contract, seed);
    return typeof asked !== 'string' && asked.slots.place?.startsWith('the sentence') ? [asked] : [];
  });
  const golds = new Map(quoted.map(({ slots, gold }) => [slots.place, gold]));
  expect(golds).toEqual(
    new Map([
      ['the sentence beginning “This Agreement continues for five years, unless ended earlier”', ['Ending']],
      ["the sentence beginning “The Council may extend it by giving four months' notice”", ['Notices']],
    ]),
  );
  for (const { gold, solved } of quoted) expect(solved).toEqual(gold);
});

/** Six sections, of which the second has a reference. */
const manual = (sentence: string): string =>
  ['Purpose', 'Lamps', 'Wicks', 'Storage', 'Cleaning', 'Disposal']
    .map(
      (title, i) =>
        `## ${i + 1}. ${title}\n\nThe keeper reads this part before the night begins. ${i === 1 ? sentence : 'Nothing is left burning.'}\n`,
    )
    .join('\n');

test('a number that only shows how the parts are numbered is not followed', () => {
  const asked = askedOf(byReference, manual('Lamps are carried down and kept as section 4 tells.'), 1);
  expect(asked).toMatchObject({ gold: ['Storage'], solved: ['Storage'] });
  for (const example of [
    'Rules are numbered in the form L-*part*-*n*, so that L-4-2 is the second rule of section 4.',
    'A rule may be cited by its part, for example as a rule of section 4.',
    'The storage of lamps is told in section 4.',
  ])
    expect(askedOf(byReference, manual(example), 1)).toMatch(/^no provision or sentence/);
});

test('a section is not named for its only reference where a part of it may have another', () => {
  const parted = manual('Lamps are carried down the ladder and kept as section 4 tells.').replace(
    '## 3. Wicks',
    '### 2.1 Glasses\n\nGlasses are washed as section 5 tells.\n\n## 3. Wicks',
  );
  const places = seeds.flatMap((seed) => {
    const asked = askedOf(byReference, parted, seed);
    return typeof asked === 'string' ? [] : [asked.slots.place];
  });
  expect(places).toContain('the section headed “Glasses”');
  expect(places).not.toContain('the section headed “Lamps”');
  expect(places.length).toBe(seeds.length);
});

test('no figure is asked for where another one might be meant, and no sign of Markdown is quoted', () => {
  const drained = (rule: string): string =>
    manual('The oil of lamps is drained as section 4 tells.').replace(
      'Nothing is left burning.\n\n## 5',
      `The oil is drained within 3 days. ${rule}\n\n## 5`,
    );
  expect(askedOf(byReference, drained('It smells.'), 1)).toMatchObject({ gold: ['3 days'], solved: ['3 days'] });
  expect(askedOf(byReference, drained('It is so on four successive days.'), 1)).toMatchObject({ gold: ['Storage'] });
  const starred = manual('The *keeper* carries all lamps down the ladder by section 4. Wicks go by section 3.');
  const places = seeds.flatMap((seed) => {
    const asked = askedOf(byReference, starred, seed);
    return typeof asked === 'string' ? [] : [asked.slots.place];
  });
  expect(places).toContain('the sentence beginning “The keeper carries all lamps down the ladder”');
  // Items of a list are no beginning of a sentence.
  const listed = manual('The keeper carries: (a) all lamps down the ladder by section 4. Wicks go by section 3.');
  for (const seed of seeds) expect(JSON.stringify(askedOf(byReference, listed, seed))).not.toContain('carries');
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(byReference, changelog)).toBe('too few numbered provisions');
});
