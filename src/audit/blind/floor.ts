/**
 * @file The blind floor of questions: what the best policy that reads nothing earns of them. It is learnt from one half of the known
 * samples and chosen on the other, so that the questions themselves decide nothing; of few questions that is a fairer figure than
 * halves of them give (measure.ts).
 */
import { groupBy } from '../../group-by.ts';
import type { Sample } from '../../samples/sample.ts';
import { type AuditItem, itemOf, sourceOfSample } from '../item.ts';
import { wilson } from '../wilson.ts';
import { type BlindOptions, bestOf, halfOf, meansOf } from './measure.ts';

/** Of one task. */
export interface BlindFloor {
  /** Mean reward of the blind policies, from 0 to 1: of each generator the one that was chosen. */
  readonly reward: number;
  readonly ci95: readonly [low: number, high: number];
  readonly questions: number;
  /** The chosen policy of the generator with most questions. */
  readonly policy: string;
}

/** Known samples of a generator that are learnt from: more costs seconds and finds the same policies. */
const mostKnown = 60;

async function floorOf(
  questions: readonly AuditItem[],
  known: readonly AuditItem[],
  options: BlindOptions,
): Promise<BlindFloor> {
  let sum = 0;
  let widest = { policy: 'none', questions: 0 };
  for (const [generator, own] of groupBy(questions, (item) => item.generator)) {
    const alike = known.filter((item) => item.generator === generator);
    const learnt = {
      group: alike.filter((item) => halfOf(item, options.seed) === 0),
      task: known.filter((item) => halfOf(item, options.seed) === 0),
    };
    const chosenOn = alike.filter((item) => halfOf(item, options.seed) === 1);
    const { policy } = bestOf(await meansOf(chosenOn, learnt, options));
    sum += own.length * ((await meansOf(own, learnt, options, policy)).get(policy) ?? 0);
    if (own.length > widest.questions) widest = { policy, questions: own.length };
  }
  const n = questions.length;
  return { reward: sum / Math.max(1, n), ci95: wilson(sum, n), questions: n, policy: widest.policy };
}

/** The first of each generator. */
const few = (samples: readonly Sample[]): Sample[] =>
  [...groupBy(samples, ({ provenance }) => provenance.generator).values()].flatMap((own) => own.slice(0, mostKnown));

/**
 * By task, over the questions that a run evaluates.
 *
 * @param known Samples that a policy may have seen: those of training.
 */
export async function blindFloors(
  questions: readonly Sample[],
  known: readonly Sample[],
  options: BlindOptions,
): Promise<Record<string, BlindFloor>> {
  const items = (samples: readonly Sample[]) => samples.map((sample) => itemOf(sourceOfSample(sample)));
  const floors: Record<string, BlindFloor> = {};
  for (const [task, own] of groupBy(questions, (sample) => sample.task))
    floors[task] = await floorOf(items(own), items(few(known.filter((sample) => sample.task === task))), options);
  return floors;
}
