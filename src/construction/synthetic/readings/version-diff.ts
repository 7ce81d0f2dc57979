/**
 * @file T3: two editions of a table of real figures at different places of the text; the names whose figure differs are asked
 * for.
 */

import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks where two inserted editions of a table differ; gold: the names, two to a third of the rows. */
export const versionDiff: ReadingGenerator = {
  id: 'version-diff',
  version: 1,
  task: 'T3',
  kind: 'passages',
  least: 1024,
  most: 262144,
  reserve: 300,
  wording: phrase({
    en: 'The text holds a first and a second edition of a table of {family}. For which names does the {field} differ between them?',
    zh: '文中有 {family} 表的第一版和第二版。哪些名称的 {field} 在两版之间不同？',
  }),
  rarelyChinese: englishRecords,
  exempt: {},
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(300), fields: 1 }, rng);
    const field = table?.fields[0];
    if (table === undefined || field === undefined) return undefined;
    const changed = new Set(
      rng.sample(
        table.rows.map((_, i) => i),
        rng.integer(2, Math.max(2, Math.floor(table.rows.length / 3))),
      ),
    );
    if (changed.size * 3 > table.rows.length) return undefined;
    const rows = table.rows.map(({ key, values }, i) => ({
      key,
      old: values[0] ?? 0,
      now: (values[0] ?? 0) + (changed.has(i) ? rng.integer(1, 9) : 0),
    }));
    const edition = (n: string, pick: (row: (typeof rows)[number]) => number) =>
      tableUnit(
        `Table of ${table.family}, ${n} edition`,
        ['name', field],
        rng.shuffle(rows).map((row) => [row.key, pick(row)]),
        table,
      );
    const first = edition('first', (row) => row.old);
    const second = edition('second', (row) => row.now);
    if (first === undefined || second === undefined) return undefined;
    const placed = insertUnits(reading, [first, second], rng);
    const gold = rows.filter(({ old, now }) => old !== now);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { family: table.family, field }),
      gold: gold.map(({ key }) => key),
      rationale: gold.map(({ key, old, now }) => `${key} ${old} ${now}`).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
