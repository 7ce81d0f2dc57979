import { expect, test } from 'vitest';
import { birds } from '../../../../../test/questions/bird-data.ts';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { dataSet } from '../../views/tables/data-set.ts';
import { dataAverage } from './index.ts';

// Reckoned by hand from the sixteen rows.
const averages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bill (mm)': { M: '41.6', F: '37.6', north: '39.5', south: '48.5', east: '30.8', west: '39.8' },
  'mass (g)': { M: '3.2', F: '2.7', north: '3.0', south: '3.7', east: '2.2', west: '2.9' },
};

test('averages a figure over the rows of a kind, and counts no rows where every kind has as many', () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const asked = ask(dataAverage, birds, seed);
    const [, measure = '', value = ''] =
      /^In the data set “Waders ringed”, what is the average “(.+)” of the rows in which “\w+” is “(\w+)”, to one decimal\?$/.exec(
        asked.question ?? '',
      ) ?? [];
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
    expect(asked.solvedWithoutTables ?? []).toEqual([]);
    expect(asked.gold).toEqual([averages[measure]?.[value]]);
  }
});

test('counts the rows that meet two conditions', () => {
  const rows = ['M', 'F', 'F', 'M', 'M', 'F', 'M', 'M', 'M', 'F', 'M', 'M'].map(
    (sex, i) => `| b${i} | ${i % 3 === 0 ? 'east' : i > 7 ? 'west' : 'north'} | ${sex} | ${30 + 3 * i} |`,
  );
  const text = ['| ring | shore | sex | bill |', '| --- | --- | --- | --- |', ...rows, ...rows].join('\n');
  const all = Array.from({ length: 30 }, (_, i) => ask(dataAverage, contextOf('Waders', text), `${i}`));
  const counts = all.filter(({ question }) => question?.includes('how many'));
  expect(counts.length).toBeGreaterThan(0);
  for (const { question, gold, solved } of counts) {
    expect(question).toMatch(/“(?:shore|sex)” is “\w+” and “(?:shore|sex)” is “\w+”/);
    expect(solved).toEqual(gold);
  }
});

test('a figure that belongs to what a column names, as the size of a ship, is no measure', () => {
  const sizes: Readonly<Record<string, number>> = { Ann: 9, Bee: 7, Cid: 5, Dot: 3, Eve: 4 };
  const rows = Array.from({ length: 15 }, (_, i) => {
    const ship = Object.keys(sizes)[i % 5] ?? '';
    return `| ${ship} | ${sizes[ship]} | ${20 + i * i} |`;
  });
  const context = contextOf('Calls', ['| Ship | Tonnage | Visitors |', '| --- | --- | --- |', ...rows].join('\n'));
  const [document] = context.documents;
  expect(document && dataSet(document)?.measures.map(({ header }) => header)).toEqual(['Visitors']);
});

test('an average has the decimals of its figures', () => {
  const rows = Array.from({ length: 16 }, (_, i) => `| s${i} | ${i % 2 === 0 ? 'pear' : 'plum'} | 0.${31 + 2 * i} |`);
  const context = contextOf('Prices', ['| sale | fruit | price |', '| --- | --- | --- |', ...rows].join('\n'));
  const asked = ask(dataAverage, context, 'a');
  expect(asked.question).toMatch(/to two decimals\?$/);
  expect(['0.45', '0.47']).toContain(asked.gold?.[0]);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
});

test('every wording of data-average reads back, and a report is no data set', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(dataAverage.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(dataAverage, language, { title: 'A', what: 'how many' })).toBe(true);
  }
  expect(ask(dataAverage, sampleContext('en'), 'a')).toHaveProperty('refused');
});
