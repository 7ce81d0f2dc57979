/**
 * @file T5: the join of two tables at different places of the text by their names, for one category.
 */

import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks to join two inserted tables by name, for one category; gold: one JSON table of two columns. */
export const tableJoin: ReadingGenerator = {
  id: 'table-join',
  version: 1,
  task: 'T5',
  kind: 'passages',
  least: 1024,
  most: 262144,
  reserve: 320,
  wording: phrase({
    en: 'One table of {family} in the text gives {category}, another gives {field}. Join them by name: a table with the columns name and {field} for the rows whose {category} is {value}.',
    zh: '文中一张 {family} 表列出 {category}，另一张列出 {field}。请按名称合并，并列出 {category} 为 {value} 的各行的 name 和 {field}。',
  }),
  rarelyChinese: englishRecords,
  exempt: {},
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(450), fields: 1 }, rng);
    const field = table?.fields[0];
    if (table === undefined || field === undefined) return undefined;
    const { family, categoryField, rows } = table;
    const value = rng.pick(rows).category;
    const matching = rows.filter(({ category }) => category === value);
    if (matching.length < 2 || 3 * matching.length > rows.length) return undefined;
    const left = tableUnit(
      `Table of ${family} by ${categoryField}`,
      ['name', categoryField],
      rows.map((r) => [r.key, r.category]),
      table,
    );
    const right = tableUnit(
      `Table of ${family} by ${field}`,
      ['name', field],
      rng.shuffle(rows).map((r) => [r.key, r.values[0] ?? 0]),
      table,
    );
    if (left === undefined || right === undefined) return undefined;
    const placed = insertUnits(reading, [left, right], rng);
    const data = matching.map((row) => [row.key, String(row.values[0])]);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { family, category: categoryField, field, value }),
      gold: [JSON.stringify({ columns: ['name', field], data })],
      rationale: data.map((row) => row.join(' ')).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
