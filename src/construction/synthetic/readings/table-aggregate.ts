/**
 * @file T4: the sum, the spread or the mean of a column over the rows of one category, in a table of real figures. The mean is
 * rounded half up to one decimal; a mean whose rounding would be a matter of convention is not asked for.
 */

import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

const operations = ['sum', 'mean', 'largest minus the smallest'] as const;

function compute(operation: (typeof operations)[number], values: readonly number[]): string | undefined {
  const sum = values.reduce((a, b) => a + b, 0);
  if (operation === 'sum') return String(sum);
  if (operation !== 'mean') return String(Math.max(...values) - Math.min(...values));
  // Whole numbers only: ten times the sum over the count is exact, and so is its remainder.
  const tenths = 10 * sum;
  const rest = tenths % values.length;
  if (2 * rest === values.length) return undefined;
  const rounded = (tenths - rest) / values.length + (2 * rest > values.length ? 1 : 0);
  return `${Math.floor(rounded / 10)}.${rounded % 10}`;
}

/** Asks for sum, mean or spread of a column over one category; gold: one number, a mean with one decimal. */
export const tableAggregate: ReadingGenerator = {
  id: 'table-aggregate',
  version: 1,
  task: 'T4',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 190,
  wording: phrase({
    en: 'In the table of {family}, take the rows whose {category} is {value}. What is the {operation} of their {field}? Round a mean to one decimal.',
    zh: '在 {family} 表中，取 {category} 为 {value} 的各行。它们的 {field} 的 {operation} 是多少？平均数保留一位小数。',
  }),
  rarelyChinese: englishRecords,
  exempt: {},
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(400), fields: 2 }, rng);
    if (table === undefined) return undefined;
    const { family, categoryField, fields, rows } = table;
    const value = rng.pick(rows).category;
    const column = rng.integer(0, 1);
    const matching = rows.filter(({ category }) => category === value);
    const operation = rng.pick(operations);
    const answer = compute(
      operation,
      matching.map(({ values }) => values[column] ?? 0),
    );
    if (matching.length < 2 || matching.length === rows.length || answer === undefined) return undefined;
    const cells = rows.map((row) => [row.key, row.category, ...row.values]);
    const unit = tableUnit(`Table of ${family}`, ['name', categoryField, ...fields], cells, table);
    if (unit === undefined) return undefined;
    const placed = insertUnits(reading, [unit], rng);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, {
        family,
        category: categoryField,
        value,
        operation,
        field: fields[column] ?? '',
      }),
      gold: [answer],
      rationale: matching.map(({ key, values }) => `${key} ${values[column]}`).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
