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

/** Example number `index` of a seeded, endless stream. */
export function supervisedExample(
  seed: number,
  index: number,
  recordsMin: number,
  recordsMax: number,
  only?: readonly TaskId[],
): SupervisedExample {
  const rng = random('supervised', seed, index);
  const task = rng.pick(only ?? taskIds);
  for (let attempt = 0; ; attempt++) {
    const size = Math.max(task === 'T7' ? 7 : 4, rng.integer(recordsMin, recordsMax));
    const dossier = drawDossier(inventedDocuments(size + 4, seed, index, attempt), size, rng);
    const draft = dossier && generators[task].propose(dossier, rng);
    if (dossier && draft)
      return { task, prompt: renderPrompt(dossier, draft, 'short'), response: renderResponse(draft) };
  }
}
