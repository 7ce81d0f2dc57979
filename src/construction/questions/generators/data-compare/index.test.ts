import { expect, test } from 'vitest';
import { birds } from '../../../../../test/questions/bird-data.ts';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { dataCompare } from './index.ts';

test('one of four statements about two groups each holds', () => {
  const asked = ask(dataCompare, birds, 'a');
  expect(asked.question).toBe(
    'Which of these statements about the data set “Waders ringed” is true?\n(A) the average “mass (g)” is higher where “shore” is “west” than where it is “south”\n(B) the average “bill (mm)” is higher where “shore” is “east” than where it is “south”\n(C) the average “mass (g)” is higher where “sex” is “F” than where it is “M”\n(D) the average “bill (mm)” is higher where “sex” is “M” than where it is “F”',
  );
  expect(asked).toMatchObject({ gold: ['D'], solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of data-compare reads back, and a report is no data set', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(dataCompare.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(dataCompare, language, { title: 'A', options: '(A) one\n(B) two' })).toBe(true);
  }
  expect(ask(dataCompare, sampleContext('en'), 'a')).toHaveProperty('refused');
});
