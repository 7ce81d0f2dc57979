/**
 * @file Supervised examples for the micro policy: problems of the nine generators over invented dossiers, each with the
 * response of a careful reader (quote the evidence, then answer), and random segments to be repeated, which teach copying
 * first (induction; without them the policy learns nothing for thousands of steps).
 */
import { renderPrompt, renderResponse } from '../../src/construction/render.ts';
import { drawDossier } from '../../src/construction/synthetic/dossier.ts';
import { generators } from '../../src/construction/synthetic/generators/registry.ts';
import { random } from '../../src/random.ts';
import { type TaskId, taskIds } from '../../src/tasks/task.ts';
import { inventedDocuments } from './generated-corpus.ts';

export interface SupervisedExample {
  readonly task: TaskId;
  readonly prompt: string;
  readonly response: string;
}

/** Share of each task among the examples, in parts: orderings and counts are hardest, copying a record easiest. */
const parts: Readonly<Record<TaskId, number>> = { T1: 2, T2: 3, T3: 3, T4: 4, T5: 5, T6: 2, T7: 5, T8: 10, T9: 1 };
const lots = taskIds.flatMap((task) => Array.from({ length: parts[task] }, () => task));

/**
 * Share of careless demonstrations: the answer to another question of the same kind about the same dossier. A policy shown
 * only right answers would leave reinforcement learning little to do on the tasks that are easy to copy.
 */
const careless: Readonly<Record<TaskId, number>> = {
  T1: 0.5,
  T2: 0.5,
  T3: 0.5,
  T4: 0.2,
  T5: 0.2,
  T6: 0.5,
  T7: 0,
  T8: 0,
  T9: 0.6,
};

export interface SupervisedOptions {
  readonly recordsMin: number;
  readonly recordsMax: number;
  /** Whether to mix in careless demonstrations. */
  readonly careless: boolean;
}

/** Example number `index` of a seeded, endless stream. */
export function supervisedExample(seed: number, index: number, options: SupervisedOptions): SupervisedExample {
  const rng = random('supervised', seed, index);
  const task = rng.pick(lots);
  const slip = options.careless && rng.chance(careless[task]);
  for (let attempt = 0; ; attempt++) {
    const size = Math.max(task === 'T7' ? 7 : 4, rng.integer(options.recordsMin, options.recordsMax));
    const dossier = drawDossier(inventedDocuments(size + 4, seed, index, attempt), size, rng);
    const draft = dossier && generators[task].propose(dossier, rng);
    const shown = slip && dossier ? generators[task].propose(dossier, rng) : draft;
    if (dossier && draft && shown) {
      return { task, prompt: renderPrompt(dossier, draft, 'short'), response: renderResponse(shown) };
    }
  }
}
