/**
 * @file T6 Fragment-Level Structured Matching and Induction (SubEM): to each of three listed fragments, the category that
 * its record belongs to, as `fragment: category`. The three categories differ, so one guess for all pays a third at most.
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf } from '../dossier.ts';

/** Asks for the categories of three named records; gold: three lines `name: category`. */
export const fragmentMatch: Generator = {
  id: 'fragment-match',
  version: 2,
  task: 'T6',
  propose(dossier, rng) {
    const picked = rng.sample(dossier.records, 3);
    const first = picked[0];
    if (first === undefined || new Set(picked.map((record) => record.category.value)).size < 3) return undefined;
    return {
      task: 'T6',
      question: `Match each name with its ${dossier.categoryField}: ${picked.map((record) => record.key).join(', ')}.`,
      gold: picked.map((record) => `${record.key}: ${record.category.value}`),
      rationale: picked.map((record) => `${record.key} (${record.category.value})`).join('\n'),
      primaryDocument: first.document.id,
      evidence: picked.flatMap((record) => evidenceOf(record, record.category)),
    };
  },
};
