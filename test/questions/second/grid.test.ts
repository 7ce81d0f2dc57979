import { expect, test } from 'vitest';
import { figureOf, Grids, isTotal, yearFigure } from './grid.ts';

/** The tables of a prompt with one document. */
const gridsOf = (title: string, lines: readonly string[]): Grids =>
  new Grids({ prompt: `=== Document 1: ${title} ===\n${lines.join('\n')}\n`, question: 'How many?', language: 'en' });

test.each([
  ['## Appendix 2. Votes of readers', 'Votes of readers'],
  ['### Exhibit 4. Cash handling test', 'Cash handling test'],
  ['#### Note 2. Revenue', 'Revenue'],
  ['Table 1. Size and volume', 'Size and volume'],
  ['Notes of the clerk', 'Notes of the clerk'],
])('a table under %j is called %j', (caption, name) => {
  const grids = gridsOf('Ponds', [caption, '', '| Pond | Area |', '| --- | --- |', '| Alder | 12 |', '| Birch | 7 |']);
  expect(grids.table('Ponds', name)?.rows).toHaveLength(2);
});

test('names behind ranks or codes are the names of the rows, and totals of both kinds are found', () => {
  const grids = gridsOf('Ponds', [
    'Table 1. Budget',
    '',
    '| Code | Item | 2022 | 2023 |',
    '| --- | --- | --- | --- |',
    '| 201 | Banks | 52 | 50 |',
    '| 202 | Paths | 18 | 19 |',
    '| Total | | 70 | 69 |',
  ]);
  const grid = grids.table('Ponds', 'Budget');
  expect(grid?.head).toEqual(['Item', 'Code', '2022', '2023']);
  expect(yearFigure(grid, 'Paths', '2023')).toBe(19);
  expect(grid?.rows.map((row) => isTotal(grid, row))).toEqual([false, false, true]);
});

test('headings over two rows are one row under an empty corner too', () => {
  const grids = gridsOf('Form 10-Q', [
    '#### Note 2. Revenue',
    '',
    '| | Three months ended | | Nine months ended | |',
    '| --- | --- | --- | --- | --- |',
    '| | 2024 | 2023 | 2024 | 2023 |',
    '| Pumps | 31 | 29 | 90 | 86 |',
    '| Probes | 18 | 17 | 55 | 51 |',
  ]);
  const grid = grids.table('Form 10-Q', 'Revenue');
  expect(grid?.head.slice(1, 3)).toEqual(['Three months ended / 2024', 'Three months ended / 2023']);
  expect(grid?.rows.map(([name]) => name)).toEqual(['Pumps', 'Probes']);
});

test.each([
  ['3.9 kg', 3.9],
  ['EUR 1,149', 1149],
  ['$ 31,204', 31_204],
  ['13.5米', 13.5],
  ['5m', 5e6],
  ['30 June', undefined],
  ['ML-420', undefined],
])('%j states %j', (cell, figure) => {
  expect(figureOf(cell)).toBe(figure);
});
