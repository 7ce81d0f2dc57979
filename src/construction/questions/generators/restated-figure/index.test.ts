import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { restatedFigure } from './index.ts';

test('asks in English for the figure that a newer report restates most', () => {
  const asked = ask(restatedFigure, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    '“Alder plc: Annual Report 2023” restates some of the 2022 figures that “Alder plc: Annual Report 2022” had given in “Sales by region”. By how much does the largest restatement of a single line, totals aside, change the figure (new minus old, in the unit of the table)?',
  );
  expect(asked.gold).toEqual(['-2']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of restated-figure reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(restatedFigure.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(restatedFigure, language, { year: '2022', tables: '“Sales”', one: 'A', other: 'B' })).toBe(
      true,
    );
  }
});

test('one report alone gives no such question', () => {
  expect(ask(restatedFigure, sampleContext('zh'), 'a')).toEqual({ refused: 'no figure that a newer report restates' });
});
