/** @file Two evaluations against each other, item by item, as `golongrl eval compare` does, with the questions of what flipped. */
import { compareRuns } from '../../evaluation/compare/compare-runs.ts';
import type { EvaluationPair } from '../shared/evaluation-api.ts';
import type { OpenEvaluation } from './open-evaluation.ts';

/** Flips that are told. */
const mostFlips = 400;
const shownQuestion = 240;

/** @throws UsageError when they share no item, InputError when one is damaged */
export async function evaluationPair(before: OpenEvaluation, after: OpenEvaluation): Promise<EvaluationPair> {
  const { flips, ...comparison } = await compareRuns(before.directory, after.directory);
  const named: EvaluationPair['flips'][number][] = [];
  for (const flip of flips.slice(0, mostFlips)) {
    const facts = (await before.facts(flip.benchmark)).get(flip.id);
    named.push({ ...flip, question: (facts?.question ?? '').slice(0, shownQuestion) });
  }
  const notes =
    flips.length > mostFlips
      ? [...comparison.notes, `${mostFlips} of ${flips.length} flips are shown.`]
      : comparison.notes;
  return { ...comparison, notes, before: before.place.name, after: after.place.name, flips: named };
}
