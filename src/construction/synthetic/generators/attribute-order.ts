/**
 * @file T8 Sequence Reconstruction and Ordering (Pairwise Accuracy): shuffled records into the order of a number
 * (a year, a chapter, a height).
 */
import type { Generator } from '../../generator.ts';
import { drawApart, evidenceOf, numericField, shownFact } from '../dossier.ts';

/** Items to order: a few of a small dossier, more of a large one. */
const itemsOf = (records: number): number => (records < 12 ? 3 : 6);

/** Asks to sort three or six records by a number, smallest first; gold: their names in order. */
export const attributeOrder: Generator = {
  id: 'attribute-order',
  version: 2,
  task: 'T8',
  propose(dossier, rng) {
    const field = numericField(dossier, rng);
    const amountOf = (record: (typeof dossier.records)[number]) => Number(shownFact(record, field).value);
    const items = dossier.named ?? itemsOf(dossier.records.length);
    const listed =
      dossier.named === undefined ? rng.sample(dossier.records, items) : drawApart(dossier, field, items, rng);
    if (listed === undefined) return undefined;
    const ordered = [...listed].sort((a, b) => amountOf(a) - amountOf(b));
    const first = listed[0];
    if (first === undefined || listed.length < items) return undefined;
    // Neither the order of the question nor its reverse may be a good answer: between one and two thirds of its pairs are right.
    const pairs = listed.flatMap((a, i) => listed.slice(i + 1).map((b) => amountOf(a) < amountOf(b)));
    const right = pairs.filter(Boolean).length;
    if (3 * right < pairs.length || 3 * right > 2 * pairs.length) return undefined;
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
