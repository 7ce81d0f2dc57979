/** @file Names of trackers, as `--report-to` takes them; apart from the trackers, so that help loads none. */

export const trackerNames = ['tensorboard', 'mlflow', 'trackio'] as const;
export type TrackerName = (typeof trackerNames)[number];
