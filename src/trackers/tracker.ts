/**
 * @file What a tracker is: a place outside the run directory where people look at curves. Each is one file here and a line of the
 * registry; all are fed from the run directory (follow-run.ts), so that a run can be sent again, or to another tracker, afterwards.
 */

/** What a tracker is told of the run before its steps. */
export interface TrackedRun {
  /** The run directory. */
  readonly directory: string;
  readonly name: string;
  /** The configuration, by dotted names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Numbers of a step by name, such as `reward` and `tasks/T1/passRate`; what is not finite is left out. */
export type Scalars = Readonly<Record<string, number>>;

/** One row of a step's table of rollouts. */
export interface RolloutRow {
  readonly sample: string;
  readonly task: string;
  readonly gold: string;
  readonly response: string;
  readonly reward: number | undefined;
  readonly advantage: number | undefined;
  readonly tokens: number;
}

/** A connection to a tracker; calls come one at a time. */
export interface Tracker {
  /** Says which run follows. @returns the last step that the tracker has of it already; -1 for none */
  begin(run: TrackedRun): Promise<number>;
  /** `time` in milliseconds since 1970. */
  scalars(step: number, values: Scalars, time: number): Promise<void>;
  rollouts(step: number, rows: readonly RolloutRow[], time: number): Promise<void>;
  end(status: 'running' | 'interrupted' | 'done'): Promise<void>;
}
