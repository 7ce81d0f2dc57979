/**
 * @file T7 Dimension-Quantified Retrieval and Graded Ranking (NDCG): the records that are largest in one dimension.
 */
import type { Random } from '../../../random.ts';
import type { Dossier, DossierRecord, Draft, Generator } from '../../generator.ts';
import { drawApart, evidenceOf, numericField, shownFact } from '../dossier.ts';

/** k of NDCG@k: a few of a small dossier, more of a large one. With two, the second alone would pay 0.38. */
const topKOf = (records: number): number => (records < 12 ? 3 : 5);

/** One more than are ranked, so that one has to be left out. */
function overNamed(dossier: Dossier, topK: number, rng: Random): Draft | undefined {
  const field = numericField(dossier, rng);
  const amountOf = (record: DossierRecord) => Number(shownFact(record, field).value);
  const listed = drawApart(dossier, field, topK + 1, rng);
  if (listed === undefined) return undefined;
  const best = [...listed].sort((a, b) => amountOf(b) - amountOf(a)).slice(0, topK);
  const [first] = best;
  if (first === undefined) return undefined;
  const keys = listed.map(({ key }) => key);
  return {
    task: 'T7',
    question: `Rank the ${topK} of these ${dossier.family} with the largest ${field}, largest first: ${keys.join(', ')}.`,
    gold: best.map((record) => record.key),
    candidates: listed.length,
    rationale: listed.map((record) => `${record.key} ${amountOf(record)}`).join('\n'),
    primaryDocument: first.document.id,
    evidence: listed.flatMap((record) => evidenceOf(record, shownFact(record, field))),
  };
}

/** Asks for the three or five records with the largest number, of all or of a few named ones; gold: their names, largest first. */
export const attributeRank: Generator = {
  id: 'attribute-rank',
  version: 2,
  task: 'T7',
  propose(dossier, rng) {
    if (dossier.named !== undefined) return overNamed(dossier, dossier.named, rng);
    const topK = topKOf(dossier.records.length);
    if (dossier.records.length <= 2 * topK) return undefined;
    const field = numericField(dossier, rng);
    const amountOf = (record: DossierRecord) => Number(shownFact(record, field).value);
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
