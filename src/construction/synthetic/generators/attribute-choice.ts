/**
 * @file T2 Evidence-Grounded Comprehension and Reasoning (Accuracy): one attribute of one record among four options.
 * All options are values of the same field in the same dossier, so that the text, not the form of an option, decides.
 */
import type { Generator } from '../../generator.ts';
import { evidenceOf, recordLine, shownFact } from '../dossier.ts';

const optionLetters = ['A', 'B', 'C', 'D'] as const;

/** Asks which of four values is one field of one record; gold: the letter, A to D. */
export const attributeChoice: Generator = {
  id: 'attribute-choice',
  version: 1,
  task: 'T2',
  propose(dossier, rng) {
    const record = rng.pick(dossier.records);
    const field = rng.pick(dossier.fields);
    const fact = shownFact(record, field);
    const distractors = rng.sample(
      dossier.records.filter((other) => other !== record).map((other) => shownFact(other, field).value),
      optionLetters.length - 1,
    );
    if (distractors.length < optionLetters.length - 1) return undefined;
    const options = rng.shuffle([fact.value, ...distractors]);
    const letter = optionLetters[options.indexOf(fact.value)];
    if (letter === undefined) return undefined;
    const listed = options.map((value, i) => `${value} (${optionLetters[i]})`);
    return {
      task: 'T2',
      question: `Which is the ${field} of ${record.key}: ${listed.join(', ')}?`,
      gold: [letter],
      rationale: `${recordLine(record)}\n${fact.value} (${letter})`,
      primaryDocument: record.document.id,
      evidence: evidenceOf(record, fact),
    };
  },
};
