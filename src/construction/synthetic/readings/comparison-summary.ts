/**
 * @file T9: four rows of a table of real figures, one sentence each, in a form that the question states once.
 */
import { drawTable, rowsFor, tableUnit } from '../../reading/draw-table.ts';
import { englishRecords, freeText } from '../../reading/exemptions.ts';
import { insertUnits } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for four rows of an inserted table in a fixed form; gold: four sentences in one line. */
export const comparisonSummary: ReadingGenerator = {
  id: 'comparison-summary',
  version: 1,
  task: 'T9',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 240,
  wording: phrase({
    en: 'Summarise {names} by the table of {family}, in this order, a sentence each: “X has the {category} …, the {first} … and the {second} ….”',
    zh: '请按 {family} 表依次概括 {names}，用英文各写一句：“X has the {category} …, the {first} … and the {second} ….”',
  }),
  rarelyChinese: englishRecords,
  exempt: { g3: freeText, g4: 'the question names the form of the sentences and no figure' },
  propose(reading, rng) {
    const table = drawTable(reading.pool, { rows: rowsFor(400), fields: 2 }, rng);
    const [first, second] = table?.fields ?? [];
    if (table === undefined || first === undefined || second === undefined) return undefined;
    const { family, categoryField: category, rows } = table;
    const chosen = rng.sample(rows, 4);
    const unit = tableUnit(
      `Table of ${family}`,
      ['name', category, first, second],
      rows.map((r) => [r.key, r.category, ...r.values]),
      table,
    );
    if (unit === undefined) return undefined;
    const placed = insertUnits(reading, [unit], rng);
    const sentences = chosen.map(
      ({ key, category: group, values }) =>
        `${key} has the ${category} ${group}, the ${first} ${values[0]} and the ${second} ${values[1]}.`,
    );
    const names = chosen.map(({ key }) => `“${key}”`).join(', ');
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { names, family, category, first, second }),
      gold: [sentences.join(' ')],
      rationale: chosen.map((row) => `${row.key} ${row.values.join(' ')}`).join('\n'),
      evidence: placed.inserted,
      composed: true,
    };
  },
};
