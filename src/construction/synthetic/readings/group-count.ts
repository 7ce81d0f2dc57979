/**
 * @file T5: group and aggregate: the largest number of each category of a table, for the categories with at least two rows.
 */

import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for the largest number of each category with two rows or more; gold: one JSON table. */
export const groupCount: ReadingGenerator = {
  id: 'group-count',
  version: 1,
  task: 'T5',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 220,
  wording: phrase({
    en: 'Group the table of {family} by {category}: give a table with the columns {category} and largest {field}, one row for each {category} of at least two rows.',
    zh: '将 {family} 表按 {category} 分组：列出 {category} 和 largest {field} 两栏，只取至少有两行的组。',
  }),
  rarelyChinese: englishRecords,
  exempt: {},
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(500), fields: 1 }, rng);
    const field = table?.fields[0];
    if (table === undefined || field === undefined) return undefined;
    const { family, categoryField, rows } = table;
    const groups = new Map<string, number[]>();
    for (const { category, values } of rows) groups.set(category, [...(groups.get(category) ?? []), values[0] ?? 0]);
    const data = [...groups]
      .filter(([, values]) => values.length >= 2)
      .map(([name, values]) => [name, String(Math.max(...values))]);
    const unit = tableUnit(
      `Table of ${family}`,
      ['name', categoryField, field],
      rows.map((r) => [r.key, r.category, r.values[0] ?? 0]),
      table,
    );
    if (unit === undefined || data.length < 2) return undefined;
    const placed = insertUnits(reading, [unit], rng);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { family, category: categoryField, field }),
      gold: [JSON.stringify({ columns: [categoryField, `largest ${field}`], data })],
      rationale: data.map((row) => row.join(' ')).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
