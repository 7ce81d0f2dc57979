/**
 * @file T7: the rows of a table of real figures whose one number is below a bound, by another of its numbers.
 */

import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for the three rows with the largest number among those below a bound in another; gold: names, largest first. */
export const tableRank: ReadingGenerator = {
  id: 'table-rank',
  version: 1,
  task: 'T7',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 230,
  wording: phrase({
    en: 'In the table of {family}, which {k} rows have the largest {field} among those whose {other} is below {bound}? Give their names, largest first.',
    zh: '在 {family} 表中，{other} 小于 {bound} 的各行里 {field} 最大的{k}个名称是什么？从大到小排列。',
  }),
  rarelyChinese: englishRecords,
  exempt: {},
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(500), fields: 2 }, rng);
    const [field, other] = rng.shuffle(table?.fields ?? []);
    if (table === undefined || field === undefined || other === undefined) return undefined;
    const { family, categoryField, fields, rows } = table;
    const by = fields.indexOf(field);
    const limit = fields.indexOf(other);
    const bound =
      [...rows].map(({ values }) => values[limit] ?? 0).sort((a, b) => a - b)[Math.floor(0.7 * rows.length)] ?? 0;
    const matching = rows
      .filter(({ values }) => (values[limit] ?? 0) < bound)
      .sort((a, b) => (b.values[by] ?? 0) - (a.values[by] ?? 0));
    const k = 3;
    if (matching.length < 2 * k) return undefined;
    const unit = tableUnit(
      `Table of ${family}`,
      ['name', categoryField, ...fields],
      rows.map((r) => [r.key, r.category, ...r.values]),
      table,
    );
    if (unit === undefined) return undefined;
    const placed = insertUnits(reading, [unit], rng);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { family, k: String(k), field, other, bound: String(bound) }),
      gold: matching.slice(0, k).map(({ key }) => key),
      rationale: matching.map(({ key, values }) => `${key} ${values[by]}`).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
