/**
 * @file T7 Dimension-Quantified Retrieval and Graded Ranking (NDCG): the records that are largest in one dimension.
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf, numericField, shownFact } from '../dossier.ts';

/** k of NDCG@k: a few of a small dossier, more of a large one. With two, the second alone would pay 0.38. */
const topKOf = (records: number): number => (records < 12 ? 3 : 5);

/** Asks for the three or five records with the largest number; gold: their names, largest first. */
export const attributeRank: Generator = {
  id: 'attribute-rank',
  version: 2,
  task: 'T7',
  propose(dossier, rng) {
    const topK = topKOf(dossier.records.length);
    if (dossier.records.length <= 2 * topK) return undefined;
    const field = numericField(dossier, rng);
    const amountOf = (record: (typeof dossier.records)[number]) => Number(shownFact(record, field).value);
    const best = [...dossier.records].sort((a, b) => amountOf(b) - amountOf(a)).slice(0, topK);
    const first = best[0];
    if (first === undefined) return undefined;
    return {
      task: 'T7',
      question: `Rank the ${topK} ${dossier.family} with the largest ${field}, largest first.`,
      gold: best.map((record) => record.key),
      rationale: best.map((record) => `${record.key} ${amountOf(record)}`).join('\n'),
      primaryDocument: first.document.id,
      evidence: dossier.records.flatMap((record) => evidenceOf(record, shownFact(record, field))),
    };
  },
};
