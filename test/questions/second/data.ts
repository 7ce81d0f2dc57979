/** @file Second implementations for data sets: the rows of one long table, grouped by a column. */

import { asked as averaged, figures } from '../../../src/construction/questions/generators/data-average/wordings.ts';
import { asked as compared, statement } from '../../../src/construction/questions/generators/data-compare/wordings.ts';
import { asked as grouped, measured } from '../../../src/construction/questions/generators/data-groups/wordings.ts';
import { bys, asked as ranked } from '../../../src/construction/questions/generators/data-rank/wordings.ts';
import { decimalsRead } from '../../../src/construction/questions/views/tables/decimal-words.ts';
import { columnOf, figureOf, type Grid, Grids, quoted } from './grid.ts';
import { onlyOption, type Second, said } from './prompt.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The figures of a column in some rows. */
const figuresOf = (grid: Grid, rows: readonly (readonly string[])[], head = ''): number[] => {
  const column = columnOf(grid, head);
  return column === undefined ? [] : rows.flatMap((row) => figureOf(row[column]) ?? []);
};

/** Rows whose columns have the words that stand in turn with them: column, word, column, word. */
const rowsWhere = (grid: Grid, pairs: readonly string[]): (readonly string[])[] =>
  grid.rows.filter((row) => pairs.every((head, i) => i % 2 === 1 || row[columnOf(grid, head) ?? -1] === pairs[i + 1]));

/** The words of a column in order. */
const wordsOf = (grid: Grid, head: string): string[] => [
  ...new Set(
    grid.rows.map((row) => row[columnOf(grid, head) ?? -1] ?? '').filter((word) => word !== '' && word !== 'NA'),
  ),
];

const dataAverage: Second = (asked) => {
  const { title, what } = averaged.read(asked.question) ?? {};
  const grid = new Grids(asked).alone(title);
  const { kind, slots = {} } = said(figures, what) ?? {};
  if (grid === undefined) return undefined;
  const rows = rowsWhere(grid, quoted(slots.rows));
  return kind === 'mean'
    ? [mean(figuresOf(grid, rows, slots.measure)).toFixed(decimalsRead(slots.decimals ?? ''))]
    : [String(rows.length)];
};

const dataGroups: Second = (asked) => {
  const { title, group = '', measure: about = '', columns } = grouped.read(asked.question) ?? {};
  const { measure, decimals = '' } = measured.read(about) ?? {};
  const grid = new Grids(asked).alone(title);
  if (grid === undefined) return undefined;
  const data = wordsOf(grid, group).map((word) => {
    const rows = rowsWhere(grid, [group, word]);
    return [word, String(rows.length), mean(figuresOf(grid, rows, measure)).toFixed(decimalsRead(decimals))];
  });
  return [JSON.stringify({ columns: quoted(columns), data })];
};

const dataCompare: Second = (asked) => {
  const grid = new Grids(asked).alone(compared.read(asked.question)?.title);
  if (grid === undefined) return undefined;
  return onlyOption(asked.question, (text) => {
    const { measure, column = '', one = '', other = '' } = statement.read(text) ?? {};
    const [a = 0, b = 0] = [one, other].map((word) => mean(figuresOf(grid, rowsWhere(grid, [column, word]), measure)));
    return a > b;
  });
};

const dataRank: Second = (asked) => {
  const { title, group = '', by = '' } = ranked.read(asked.question) ?? {};
  const grid = new Grids(asked).alone(title);
  if (grid === undefined) return undefined;
  const measure = bys.mean.read(by)?.measure;
  const rated = wordsOf(grid, group).map((word) => {
    const rows = rowsWhere(grid, [group, word]);
    return { word, value: measure === undefined ? rows.length : mean(figuresOf(grid, rows, measure)) };
  });
  return rated.sort((a, b) => b.value - a.value).map(({ word }) => word);
};

/** By the id of the generator. */
export const data: Readonly<Record<string, Second>> = {
  'data-average': dataAverage,
  'data-groups': dataGroups,
  'data-compare': dataCompare,
  'data-rank': dataRank,
};
