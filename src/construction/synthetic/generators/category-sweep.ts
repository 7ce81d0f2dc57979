/**
 * @file T3 High-Recall Exhaustive Retrieval and Verification (F1): every record of one category.
 */
import type { Generator } from '../../generator.ts';
import { drawMinorityCategory, evidenceOf } from '../dossier.ts';

/** Asks for all records of one category; gold: their names, in any order. */
export const categorySweep: Generator = {
  id: 'category-sweep',
  version: 1,
  task: 'T3',
  propose(dossier, rng) {
    const matches = drawMinorityCategory(dossier, 2, rng);
    const first = matches?.[0];
    if (matches === undefined || first === undefined) return undefined;
    return {
      task: 'T3',
      question: `Which ${dossier.family} have the ${dossier.categoryField} ${first.category.value}?`,
      gold: matches.map((record) => record.key),
      rationale: matches.map((record) => `${record.key} (${record.category.value})`).join('\n'),
      primaryDocument: first.document.id,
      evidence: matches.flatMap((record) => evidenceOf(record, record.category)),
    };
  },
};
