/**
 * @file What a run leaves behind when a loss or gradient is not a finite number: the groups that the engine was given, so
 * that the offending prompt can be looked at. Nothing is saved of the step itself: the checkpoints from before stay sound.
 */
import { EngineError } from '../errors.ts';
import type { Group } from '../rollouts/group.ts';
import { writeFileAtomic } from '../runs/files.ts';
import type { RunDirectory } from '../runs/run-directory.ts';

/**
 * Writes `not-finite.json` when that is what the error says; its `groups` are numbered as in the message.
 *
 * @throws the error, with a hint that names the file.
 */
export async function explainNotFinite(
  error: unknown,
  { run, step, groups }: { run: RunDirectory; step: number; groups: readonly Group[] },
): Promise<never> {
  if (!(error instanceof EngineError) || error.code !== 'not-finite') throw error;
  const path = run.file('not-finite.json');
  const record = {
    step,
    error: error.message,
    groups: groups.map(({ sample, rollouts }, group) => ({
      group,
      sample: sample.id,
      prompt: sample.prompt,
      completions: rollouts.map(({ text }) => text),
    })),
  };
  await writeFileAtomic(path, `${JSON.stringify(record, undefined, 2)}\n`);
  throw new EngineError(
    error.code,
    `Step ${step}: ${error.message}`,
    `The prompts and completions are in ${path}. ${error.hint ?? ''}`.trim(),
    { cause: error },
  );
}
