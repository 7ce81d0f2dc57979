/**
 * @file The blind floors of the questions that a run evaluated, learnt from what it trained on: offline, once both evaluations are there.
 */
import { blindFloors } from '../audit/blind/floor.ts';
import { scoreHere } from '../audit/scoring.ts';
import { type StageContext, stage } from '../runs/events.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from '../training/config.ts';

/** The run, with the samples of both splits. */
export interface FindFloorsOptions {
  readonly run: RunDirectory;
  readonly config: TrainingConfig;
  readonly train: readonly Sample[];
  readonly heldout: readonly Sample[];
  readonly context: StageContext;
}

/** Notes the floors in `run.json`, where they are not there yet. */
export async function findFloors({ run, config, train, heldout, context }: FindFloorsOptions): Promise<void> {
  if ((await run.readRecord()).facts.floors !== undefined) return;
  const evaluated = new Set((await run.readEvaluation('before-sampled')).map(({ sample }) => sample));
  const questions = heldout.filter(({ id }) => evaluated.has(id));
  const floors = await stage('floors', context, async () => {
    const value = await blindFloors(questions, train, { seed: config.seed, profile: config.profile, score: scoreHere });
    const mean =
      Object.values(value).reduce((sum, { reward }) => sum + reward, 0) / Math.max(1, Object.keys(value).length);
    return { value, summary: `a policy that reads nothing earns ${mean.toFixed(3)} of these questions` };
  });
  await run.update({ facts: { floors } });
}
