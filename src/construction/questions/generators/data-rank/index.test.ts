import { expect, test } from 'vitest';
import { birds } from '../../../../../test/questions/bird-data.ts';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { dataRank } from './index.ts';

test('ranks the values of a column', () => {
  const asked = ask(dataRank, birds, 'a');
  expect(asked.question).toBe(
    'Rank the values of “shore” in the data set “Waders ringed” by their average “mass (g)”, highest first.',
  );
  expect(asked).toMatchObject({ gold: ['south', 'north', 'west', 'east'], solved: asked.gold, proven: true });
});

test('every wording of data-rank reads back, and a report is no data set', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(dataRank.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(
      wordingsReadBack(dataRank, language, { title: 'A', group: 'shore', by: 'the number of rows that each has' }),
    ).toBe(true);
  }
  expect(ask(dataRank, sampleContext('en'), 'a')).toHaveProperty('refused');
});
