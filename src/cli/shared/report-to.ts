/** @file `--report-to`: a run's curves also on trackers, while it goes on. */

import { UsageError } from '../../errors.ts';
import type { OnExperimentEvent } from '../../runs/events.ts';
import type { RunFollower } from '../../trackers/follow-run.ts';
import { type TrackerName, trackerNames } from '../../trackers/names.ts';
import { listOf } from './options.ts';
import type { Terminal } from './terminal.ts';

/** The help of the flag. */
export const reportToHelp = trackerNames.join(' | ');

/** A parser for `--report-to`. Weights & Biases is asked for by name, and told apart from a slip of the pen. */
export function reportToList(text: string): TrackerName[] {
  if (text.split(',').some((name) => name.trim() === 'wandb'))
    throw new UsageError(
      'tracker-unsupported',
      `--report-to: got "wandb", expected ${reportToHelp}. Weights & Biases documents no protocol for programs that are not Python.`,
      'Take --report-to tensorboard: `wandb sync RUN/tensorboard` sends its files.',
    );
  return listOf('--report-to', trackerNames)(text);
}

/** A follower of the run in a directory, of which it reads alone. @throws UsageError when a tracker lacks its address */
export async function followerOf(
  directory: string,
  names: readonly TrackerName[],
  terminal: Terminal,
): Promise<RunFollower> {
  const { openTracker } = await import('../../trackers/registry.ts');
  const { RunFollower } = await import('../../trackers/follow-run.ts');
  const { RunDirectory } = await import('../../runs/run-directory.ts');
  const trackers = names.map((name) => ({ name, tracker: openTracker(name) }));
  return new RunFollower(new RunDirectory(directory), trackers, (text) => terminal.err(`! ${text}\n`));
}

/** Works with a listener that also has the trackers sent what is new after each step, and waits for them at the end. */
export async function reported<T>(
  follower: RunFollower,
  onEvent: OnExperimentEvent,
  work: (onEvent: OnExperimentEvent) => Promise<T>,
): Promise<T> {
  let begun = false;
  try {
    return await work((event) => {
      onEvent(event);
      begun ||= event.type === 'training-start';
      if (event.type === 'step-end' || event.type === 'supervised-step-end') void follower.sync();
    });
  } finally {
    if (begun) await follower.end();
  }
}
