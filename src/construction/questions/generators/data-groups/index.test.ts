import { expect, test } from 'vitest';
import { birds } from '../../../../../test/questions/bird-data.ts';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { dataGroups } from './index.ts';

test('sums a data set up by the values of a column', () => {
  const asked = ask(dataGroups, birds, 'a');
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.gold).toEqual([
    '{"columns":["sex","Rows","Average bill (mm)"],"data":[["M","8","41.6"],["F","8","37.6"]]}',
  ]);
  expect(asked.question).toBe(
    'Summarise the data set “Waders ringed” in a table with the columns “sex”, “Rows” and “Average bill (mm)”: for each “sex”, the number of rows and the average “bill (mm)” (to one decimal).',
  );
});

test('every wording of data-groups reads back, and a report is no data set', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(dataGroups.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(
      wordingsReadBack(dataGroups, language, {
        title: 'A',
        group: 'shore',
        measure: '“mass (g)” (to one decimal)',
        columns: '“shore” and “Rows”',
      }),
    ).toBe(true);
  }
  expect(ask(dataGroups, sampleContext('en'), 'a')).toHaveProperty('refused');
});
