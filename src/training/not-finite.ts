/**
 * @file What a run leaves behind when a loss or gradient is not a finite number: the groups that the engine was given, so
 * that the offending prompt can be looked at. Nothing is saved of the step itself: the checkpoints from before stay sound.
 */
import { EngineError } from '../errors.ts';
import type { ScoredRollout } from '../rollouts/group.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import { writeRecord } from '../storage/record.ts';

/** What the engine was given: a prompt, and its completions unless it failed to make them. */
export interface Attempted {
  readonly sample: Sample;
  readonly rollouts?: readonly ScoredRollout[];
}

/**
 * What to do with an error of the engine. Writes `not-finite.json` when that is what the error says; its `groups` are numbered as in the message.
 * The function throws the error, with a hint that names the file.
 */
export const explainNotFinite =
  ({ run, step, groups }: { run: RunDirectory; step: number; groups: readonly Attempted[] }) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof EngineError) || error.code !== 'not-finite') throw error;
    const path = run.file('not-finite.json');
    const record = {
      step,
      error: error.message,
      groups: groups.map(({ sample, rollouts }, group) => ({
        group,
        sample: sample.id,
        prompt: sample.prompt,
        completions: (rollouts ?? []).map(({ text }) => text),
      })),
    };
    await writeRecord(path, record);
    throw new EngineError(
      error.code,
      `Step ${step}: ${error.message}`,
      `The prompts and completions are in ${path}. ${error.hint ?? ''}`.trim(),
      { cause: error },
    );
  };
