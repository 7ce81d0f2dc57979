/**
 * @file T7 Dimension-Quantified Retrieval and Graded Ranking (NDCG): the three records that are largest in one dimension.
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf, numericField, shownFact } from '../dossier.ts';

const topK = 3;

export const attributeRank: Generator = {
  id: 'attribute-rank',
  version: 1,
  task: 'T7',
  propose(dossier, rng) {
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
