/**
 * @file T8 Sequence Reconstruction and Ordering (Pairwise Accuracy): four shuffled records into the order of a number
 * (a year, a chapter, a height).
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf, numericField, shownFact } from '../dossier.ts';

const items = 4;

export const attributeOrder: Generator = {
  id: 'attribute-order',
  version: 1,
  task: 'T8',
  propose(dossier, rng) {
    const field = numericField(dossier, rng);
    const amountOf = (record: (typeof dossier.records)[number]) => Number(shownFact(record, field).value);
    const listed = rng.sample(dossier.records, items);
    const ordered = [...listed].sort((a, b) => amountOf(a) - amountOf(b));
    const first = listed[0];
    if (first === undefined || listed.length < items) return undefined;
    // Neither the order of the question nor its reverse may be a good answer: 3 of the 6 pairs stand right.
    const concordant = listed
      .flatMap((a, i) => listed.slice(i + 1).map((b) => amountOf(a) < amountOf(b)))
      .filter(Boolean);
    if (concordant.length !== 3) return undefined;
    return {
      task: 'T8',
      question: `Order by ${field}, smallest first: ${listed.map((record) => record.key).join(', ')}.`,
      gold: ordered.map((record) => record.key),
      rationale: listed.map((record) => `${record.key} ${amountOf(record)}`).join('\n'),
      primaryDocument: first.document.id,
      evidence: listed.flatMap((record) => evidenceOf(record, shownFact(record, field))),
    };
  },
};
