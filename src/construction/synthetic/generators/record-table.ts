/**
 * @file T5 Multi-Table Structured Extraction (IoU): the records of one category as a table of name and one attribute.
 */
import type { Random } from '../../../random.ts';
import type { Dossier, DossierRecord, Generator } from '../../generator.ts';
import { drawMinorityCategory, evidenceOf, shownFact } from '../dossier.ts';

/** The records to tabulate, and how the question says which. */
function asked(
  dossier: Dossier,
  rng: Random,
): { readonly matches: DossierRecord[]; readonly which: string } | undefined {
  const { named, family, categoryField } = dossier;
  if (named !== undefined) {
    const matches = rng.sample(dossier.records, named);
    return { matches, which: `these ${family}: ${matches.map(({ key }) => key).join(', ')}` };
  }
  const matches = drawMinorityCategory(dossier, 2, rng);
  return matches && { matches, which: `the ${family} that have the ${categoryField} ${matches[0]?.category.value}` };
}

/** Asks for name and one field of the records of one category, or of named ones; gold: one JSON table. */
export const recordTable: Generator = {
  id: 'record-table',
  version: 1,
  task: 'T5',
  propose(dossier, rng) {
    const drawn = asked(dossier, rng);
    const first = drawn?.matches[0];
    if (drawn === undefined || first === undefined) return undefined;
    const { matches, which } = drawn;
    const field = rng.pick(dossier.fields);
    const table = {
      columns: ['name', field],
      data: matches.map((record) => [record.key, shownFact(record, field).value]),
    };
    return {
      task: 'T5',
      question: `Make a table of name and ${field} of ${which}.`,
      gold: [JSON.stringify(table)],
      rationale: matches
        .map((record) => `${record.key} (${record.category.value}) ${shownFact(record, field).value}`)
        .join('\n'),
      primaryDocument: first.document.id,
      evidence: matches.flatMap((record) => evidenceOf(record, record.category, shownFact(record, field))),
    };
  },
};
