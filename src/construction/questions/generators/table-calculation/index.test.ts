import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext } from '../../../../../test/questions/sample-reports.ts';
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
