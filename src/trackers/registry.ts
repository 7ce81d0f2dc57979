/** @file The trackers that a run can be reported to, by name. */
import { mlflow, mlflowOptions } from './mlflow.ts';
import type { TrackerName } from './names.ts';
import { tensorboard } from './tensorboard.ts';
import type { Tracker } from './tracker.ts';
import { trackio, trackioOptions } from './trackio.ts';

const makers = {
  tensorboard: () => tensorboard(),
  mlflow: () => mlflow(mlflowOptions(process.env)),
  trackio: () => trackio(trackioOptions(process.env)),
} as const satisfies Record<TrackerName, () => Tracker>;

/** @throws UsageError when the environment lacks what the tracker needs */
export const openTracker = (name: TrackerName): Tracker => makers[name]();
