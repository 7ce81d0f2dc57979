/**
 * @file T5: select and project: the rows of a table of real figures that lie above a bound, two of its columns.
 */

import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for name and one column of the rows of an inserted table above a bound; gold: one JSON table. */
export const tableSelect: ReadingGenerator = {
  id: 'table-select',
  version: 1,
  task: 'T5',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 220,
  wording: phrase({
    en: 'From the table of {family}, give name and {shown} of the rows whose {field} is above {bound}, as a table with these two columns.',
    zh: '从 {family} 表中取 {field} 大于 {bound} 的各行，列出 name 和 {shown} 两栏。',
  }),
  rarelyChinese: englishRecords,
  exempt: {},
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(400), fields: 2 }, rng);
    const [field, shown] = rng.shuffle(table?.fields ?? []);
    if (table === undefined || field === undefined || shown === undefined) return undefined;
    const { family, categoryField, fields, rows } = table;
    const by = fields.indexOf(field);
    const sorted = rows.map(({ values }) => values[by] ?? 0).sort((a, b) => b - a);
    const take = rng.integer(2, Math.max(2, Math.floor(rows.length / 3)));
    const bound = sorted[take];
    if (bound === undefined || 3 * take > rows.length) return undefined;
    const unit = tableUnit(
      `Table of ${family}`,
      ['name', categoryField, ...fields],
      rows.map((row) => [row.key, row.category, ...row.values]),
      table,
    );
    if (unit === undefined) return undefined;
    const placed = insertUnits(reading, [unit], rng);
    const data = rows
      .filter(({ values }) => (values[by] ?? 0) > bound)
      .map(({ key, values }) => [key, String(values[fields.indexOf(shown)])]);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { family, shown, field, bound: String(bound) }),
      gold: [JSON.stringify({ columns: ['name', shown], data })],
      rationale: data.map((row) => row.join(' ')).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
