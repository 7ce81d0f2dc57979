/**
 * @file T9 Long Document Summarization (ROUGE-L): one record in one sentence; the reference is built from its fields.
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf, recordLine } from '../dossier.ts';

/** Asks for one record in a sentence; gold: a sentence made of its category and shown fields. */
export const recordSummary: Generator = {
  id: 'record-summary',
  version: 1,
  task: 'T9',
  propose(dossier, rng) {
    const record = rng.pick(dossier.records);
    const facts = record.facts.map((fact) => `its ${fact.field} is ${fact.value}`).join(' and ');
    return {
      task: 'T9',
      question: `Summarize ${record.key} in one sentence.`,
      gold: [`${record.key} belongs to ${record.category.value}, ${facts}.`],
      rationale: recordLine(record),
      primaryDocument: record.document.id,
      evidence: evidenceOf(record, record.category, ...record.facts),
    };
  },
};
