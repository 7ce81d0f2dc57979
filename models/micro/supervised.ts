/**
 * @file Supervised examples for the micro policy: problems of the nine generators over invented dossiers, each with the
 * response of a careful reader (quote the evidence, then answer), and random segments to be repeated, which teach copying
 * first (induction; without them the policy learns nothing for thousands of steps).
 */

import type { Dossier } from '../../src/construction/generator.ts';
import { renderPrompt, renderResponse } from '../../src/construction/render.ts';
import { drawDossier } from '../../src/construction/synthetic/dossier.ts';
import { generators } from '../../src/construction/synthetic/generators/registry.ts';
import { type Random, random } from '../../src/random.ts';
import { type TaskId, taskIds } from '../../src/tasks/task.ts';
import { inventedDocuments } from './generated-corpus.ts';

export interface SupervisedExample {
  readonly task: TaskId;
  readonly prompt: string;
  readonly response: string;
}

/** Share of each task among the examples, in parts: orderings and counts are hardest, copying a record easiest. */
const parts: Readonly<Record<TaskId, number>> = { T1: 1, T2: 3, T3: 3, T4: 4, T5: 4, T6: 2, T7: 5, T8: 7, T9: 1 };
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

/** Group number `index` of a seeded, endless stream: `count` examples over one dossier, whose tokens are processed once. */
export function supervisedGroup(
  seed: number,
  index: number,
  count: number,
  options: SupervisedOptions,
): SupervisedExample[] {
  const rng = random('supervised', seed, index);
  for (let attempt = 0; ; attempt++) {
    const tasks = Array.from({ length: count }, () => rng.pick(lots));
    const size = Math.max(tasks.includes('T7') ? 7 : 4, rng.integer(options.recordsMin, options.recordsMax));
    const dossier = drawDossier(inventedDocuments(size + 4, seed, index, attempt), size, rng);
    const examples = dossier && tasks.map((task) => supervisedExample(task, dossier, options, rng));
    const drawn = examples?.filter((example) => example !== undefined) ?? [];
    // A dossier without a category of the right size cannot pose some questions; with few of its tasks left it is drawn again.
    if (2 * drawn.length > count) return drawn;
  }
}

/** @returns undefined when the dossier has no question of the task (its categories are too large or too small). */
function supervisedExample(
  task: TaskId,
  dossier: Dossier,
  options: SupervisedOptions,
  rng: Random,
): SupervisedExample | undefined {
  const propose = () => {
    for (let attempt = 0; attempt < 4; attempt++) {
      const draft = generators[task].propose(dossier, rng);
      if (draft) return draft;
    }
    return undefined;
  };
  const asked = propose();
  const answered = options.careless && rng.chance(careless[task]) ? propose() : asked;
  if (!asked || !answered) return undefined;
  return { task, prompt: renderPrompt(dossier, asked, 'short'), response: renderResponse(answered) };
}
