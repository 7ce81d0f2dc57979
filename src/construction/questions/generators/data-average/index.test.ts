import { expect, test } from 'vitest';
import { birds } from '../../../../../test/questions/bird-data.ts';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { dataAverage } from './index.ts';

// Reckoned by hand from the sixteen rows.
const shown: Readonly<Record<string, string>> = {
  'In the data set “Waders ringed”, how many rows are there in which “sex” is “M”?': '8',
  'In the data set “Waders ringed”, what is the average “bill (mm)” of the rows in which “shore” is “south”, to one decimal?':
    '48.5',
  'In the data set “Waders ringed”, what is the average “bill (mm)” of the rows in which “shore” is “north”, to one decimal?':
    '39.5',
  'In the data set “Waders ringed”, how many rows are there in which “shore” is “south”?': '4',
};

test('counts or averages the rows that meet one or two conditions', () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const asked = ask(dataAverage, birds, seed);
    expect(asked.question).toMatch(
      /^In the data set “Waders ringed”, (?:how many rows are there in which|what is the average)/,
    );
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
    expect(asked.solvedWithoutTables ?? []).toEqual([]);
    expect(asked.gold).toEqual([shown[asked.question ?? '']]);
  }
});

test('every wording of data-average reads back, and a report is no data set', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(dataAverage.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(dataAverage, language, { title: 'A', what: 'how many' })).toBe(true);
  }
  expect(ask(dataAverage, sampleContext('en'), 'a')).toHaveProperty('refused');
});
