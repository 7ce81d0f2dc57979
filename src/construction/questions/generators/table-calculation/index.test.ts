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
const seeds = Array.from({ length: 20 }, (_, i) => `${i}`);

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
  // Reckoned by hand.
  const known: Readonly<Record<string, string>> = {
    'average Cranes north': '38.7',
    'average Cranes south': '76.7',
    'average Staff north': '433.3',
    'average Staff south': '740.0',
    'sum Cranes north': '116',
    'sum Cranes south': '230',
    'sum Staff north': '1300',
    'sum Staff south': '2220',
  };
  const told = asked.flatMap(({ question, gold }) => {
    const average =
      /average “(\w+)” figure of the rows of the table “Yards” that have “(\w+)” under “Coast”, to one decimal/.exec(
        question,
      );
    const sum = /that have “(\w+)” under “Coast” come to together, by their “(\w+)” figure/.exec(question);
    if (average !== null) return [{ key: `average ${average[1]} ${average[2]}`, gold }];
    return sum === null ? [] : [{ key: `sum ${sum[2]} ${sum[1]}`, gold }];
  });
  expect(new Set(told.map(({ key }) => key.split(' ')[0]))).toEqual(new Set(['average', 'sum']));
  for (const { key, gold } of told) expect(gold).toBe(known[key]);
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
  const floorsBy: Readonly<Record<string, readonly [number, number]>> = {
    Hall: [120, 81.5],
    Loft: [40, 64],
    Bells: [210, 90.5],
    Stair: [75, 55],
  };
  const weighted = all.filter(({ question = '' }) => question.includes('weighted by “Visitors”'));
  expect(weighted.length).toBeGreaterThan(0);
  for (const { question = '', gold } of weighted) {
    const named = [...question.matchAll(/“(\w+)”/g)].flatMap(([, name = '']) => floorsBy[name] ?? []);
    const pairs = named.flatMap((count, i) => (i % 2 === 0 ? [{ count, rate: named[i + 1] ?? 0 }] : []));
    const all = pairs.reduce((sum, { count }) => sum + count, 0);
    expect(gold).toEqual([(pairs.reduce((sum, { count, rate }) => sum + count * rate, 0) / all).toFixed(1)]);
  }
});

test('every wording of table-calculation reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tableCalculation.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tableCalculation, language, { document: 'A', what: 'what' })).toBe(true);
  }
});
