/** @file `--report-to`: a run's curves also on trackers, while it goes on. */
import type { OnExperimentEvent } from '../../runs/events.ts';
import type { RunFollower } from '../../trackers/follow-run.ts';
import type { TrackerName } from '../../trackers/names.ts';
import type { Terminal } from './terminal.ts';

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
