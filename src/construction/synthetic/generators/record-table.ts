/**
 * @file T5 Multi-Table Structured Extraction (IoU): the records of one category as a table of name and one attribute.
 */
import type { Generator } from '../../generator.ts';
import { drawMinorityCategory, evidenceOf, shownFact } from '../dossier.ts';

/** Asks for name and one field of the records of one category; gold: one JSON table. */
export const recordTable: Generator = {
  id: 'record-table',
  version: 1,
  task: 'T5',
  propose(dossier, rng) {
    const matches = drawMinorityCategory(dossier, 2, rng);
    const first = matches?.[0];
    if (matches === undefined || first === undefined) return undefined;
    const field = rng.pick(dossier.fields);
    const table = {
      columns: ['name', field],
      data: matches.map((record) => [record.key, shownFact(record, field).value]),
    };
    return {
      task: 'T5',
      question: `Make a table of name and ${field} of the ${dossier.family} that have the ${dossier.categoryField} ${first.category.value}.`,
      gold: [JSON.stringify(table)],
      rationale: matches
        .map((record) => `${record.key} (${record.category.value}) ${shownFact(record, field).value}`)
        .join('\n'),
      primaryDocument: first.document.id,
      evidence: matches.flatMap((record) => evidenceOf(record, record.category, shownFact(record, field))),
    };
  },
};
