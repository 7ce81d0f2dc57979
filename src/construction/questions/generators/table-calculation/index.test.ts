import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { tableCalculation } from './index.ts';

test('calls years as the tables write them, and the solver finds the gold again', () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const asked = ask(tableCalculation, sampleContext('en', 1, overTwoYears), seed);
    expect(asked.question).toMatch(/202\d\/2\d\b/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

test('sums no rows of a table that holds a balance', () => {
  const withSurplus = (text: string): string =>
    text.replaceAll('| West |', '| Surplus |').replaceAll('| Stores |', '| Net cost |');
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const asked = ask(tableCalculation, sampleContext('en', 1, withSurplus), seed);
    expect(asked.question ?? '').not.toContain('taken together');
  }
});

const sheet = (head: string, rows: readonly string[]): string =>
  [head, head.replace(/[^,]+/g, '---'), ...rows].map((row) => `| ${row.replaceAll(',', ' | ')} |`).join('\n');
const seeds = Array.from({ length: 16 }, (_, i) => `${i}`);

test('sums and averages the rows of one kind, and never those above a bound', () => {
  const rows = [
    'Ash,north,41,370',
    'Birch,north,52,640',
    'Cedar,south,75,580',
    'Dale,south,88,930',
    'Elm,north,23,290',
    'Fern,south,67,710',
  ];
  const all = seeds.map((seed) =>
    ask(tableCalculation, contextOf('Yards', sheet('Yard,Coast,Cranes,Staff', rows)), seed),
  );
  const asked = all.map(({ question, gold }) => ({ question: question ?? '', gold: gold?.[0] }));
  expect(all.every(({ solved, gold, proven }) => proven && String(solved) === String(gold))).toBe(true);
  expect(asked.some(({ question }) => /more than|less than|largest/.test(question))).toBe(false);
  const average = asked.find(({ question }) =>
    question.includes(
      'the average “Staff” figure of the lines of the table “Yards” that have “north” under “Coast”, to one decimal',
    ),
  );
  const sum = asked.find(({ question }) =>
    question.includes('“south” under “Coast” come to together, by their “Cranes” figure'),
  );
  expect(average?.gold).toBe('433.3');
  expect(sum?.gold).toBe('230');
});

test('takes shares of totals of amounts, not of heights, and weighs a rate by the only number of people', () => {
  const floors = sheet('Floor,Height (m),Visitors,Satisfied (%)', [
    'Hall,14.2,120,81.5',
    'Loft,6.3,40,64.0',
    'Bells,5.1,210,90.5',
    'Stair,9.4,75,55.0',
    '**Total**,35.0,445,',
  ]);
  const all = seeds.map((seed) =>
    ask(tableCalculation, contextOf('Tower', `# Tower\n\nTable 1. Floors of the tower\n\n${floors}`), seed),
  );
  expect(all.every(({ solved, gold, proven }) => proven && String(solved) === String(gold))).toBe(true);
  const questions = all.map(({ question = '' }) => question);
  expect(questions.some((question) => /percentage of the total.*“Height/.test(question))).toBe(false);
  const weighted = all.find(({ question = '' }) =>
    /average “Satisfied \(%\)” figure of “Hall” and “Loft”.*weighted by “Visitors”/.test(question),
  );
  if (weighted !== undefined) expect(weighted.gold).toEqual(['77.1']);
  expect(questions.some((question) => question.includes('weighted by “Visitors”'))).toBe(true);
});

test('every wording of table-calculation reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tableCalculation.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tableCalculation, language, { document: 'A', what: 'what' })).toBe(true);
  }
});
