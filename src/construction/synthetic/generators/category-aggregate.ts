/**
 * @file T4 Numerical Extraction and Quantitative Reasoning (math_verify): how many records share a category, or the
 * largest or smallest number among them.
 */
import type { Random } from '../../../random.ts';
import type { Dossier, Draft, Generator } from '../../generator.ts';
import { drawApart, drawMinorityCategory, evidenceOf, numericField, shownFact } from '../dossier.ts';

const aggregates = ['count', 'largest', 'smallest'] as const;

/** The largest or smallest number of some named records. */
function overNamed(dossier: Dossier, named: number, rng: Random): Draft | undefined {
  const largest = rng.chance(0.5);
  const field = numericField(dossier, rng);
  const listed = drawApart(dossier, field, named, rng);
  const first = listed?.[0];
  if (listed === undefined || first === undefined) return undefined;
  const values = listed.map((record) => Number(shownFact(record, field).value));
  const keys = listed.map(({ key }) => key);
  return {
    task: 'T4',
    question: `What is the ${largest ? 'largest' : 'smallest'} ${field} of these ${dossier.family}: ${keys.join(', ')}?`,
    gold: [String(largest ? Math.max(...values) : Math.min(...values))],
    rationale: listed.map((record) => `${record.key} ${shownFact(record, field).value}`).join('\n'),
    primaryDocument: first.document.id,
    evidence: listed.flatMap((record) => evidenceOf(record, shownFact(record, field))),
  };
}

/** Asks, for one category, how many records or which largest or smallest number, or the latter of named records; gold: one number. */
export const categoryAggregate: Generator = {
  id: 'category-aggregate',
  version: 1,
  task: 'T4',
  propose(dossier, rng) {
    if (dossier.named !== undefined) return overNamed(dossier, dossier.named, rng);
    const aggregate = rng.pick(aggregates);
    const matches = drawMinorityCategory(dossier, aggregate === 'count' ? 1 : 2, rng);
    const first = matches?.[0];
    if (matches === undefined || first === undefined) return undefined;
    const category = `the ${dossier.categoryField} ${first.category.value}`;
    if (aggregate === 'count') {
      return {
        task: 'T4',
        question: `How many ${dossier.family} have ${category}?`,
        gold: [String(matches.length)],
        rationale: matches.map((record, i) => `${record.key} (${record.category.value}) ${i + 1}`).join('\n'),
        primaryDocument: first.document.id,
        evidence: matches.flatMap((record) => evidenceOf(record, record.category)),
      };
    }
    const field = numericField(dossier, rng);
    const values = matches.map((record) => Number(shownFact(record, field).value));
    const answer = aggregate === 'largest' ? Math.max(...values) : Math.min(...values);
    return {
      task: 'T4',
      question: `What is the ${aggregate} ${field} of the ${dossier.family} that have ${category}?`,
      gold: [String(answer)],
      rationale: matches
        .map((record) => `${record.key} (${record.category.value}) ${shownFact(record, field).value}`)
        .join('\n'),
      primaryDocument: first.document.id,
      evidence: matches.flatMap((record) => evidenceOf(record, record.category, shownFact(record, field))),
    };
  },
};
