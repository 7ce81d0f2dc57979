/**
 * @file T1 Precise Long-Range Information Retrieval (EM): one attribute of one record, to be copied exactly.
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf, recordLine, shownFact } from '../dossier.ts';

/** Asks for one field of one record; gold: its value as the dossier shows it. */
export const attributeLookup: Generator = {
  id: 'attribute-lookup',
  version: 1,
  task: 'T1',
  propose(dossier, rng) {
    const record = rng.pick(dossier.records);
    const field = rng.pick(dossier.fields);
    const fact = shownFact(record, field);
    return {
      task: 'T1',
      question: `What is the ${field} of ${record.key}?`,
      gold: [fact.value],
      rationale: recordLine(record),
      primaryDocument: record.document.id,
      evidence: evidenceOf(record, fact),
    };
  },
};
