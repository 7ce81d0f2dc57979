/**
 * @file What a long run tells whoever watches: stages with progress, and the training loop's own events.
 */
import type { TrainingEvent } from '../training/loop.ts';

/** In the order in which a run goes through them; one on a dataset that exists begins with `before`. */
export const stages = ['corpus', 'dataset', 'plan', 'before', 'training', 'after', 'floors', 'report'] as const;
/** Also the key of `seconds` in a run's facts. */
export type Stage = (typeof stages)[number];

/** For display alone: no result of a run depends on who listens. */
export type ExperimentEvent =
  | { readonly type: 'stage-start'; readonly stage: Stage }
  | {
      readonly type: 'stage-progress';
      readonly stage: Stage;
      readonly done: number;
      readonly total: number;
      /** What else is worth watching, in a few words. */
      readonly detail?: string;
    }
  | {
      readonly type: 'stage-end';
      readonly stage: Stage;
      readonly seconds: number;
      /** What came of it, in one line. */
      readonly summary: string;
    }
  /** Something a person should know; the run goes on. */
  | { readonly type: 'notice'; readonly text: string }
  | TrainingEvent;

/** Called synchronously, in the order of what happens. */
export type OnExperimentEvent = (event: ExperimentEvent) => void;

/** What a stage reports to. */
export interface StageContext {
  readonly onEvent: OnExperimentEvent;
  readonly seconds: Partial<Record<Stage, number>>;
}

/** Runs one stage between its events and adds its duration to `seconds`. */
export async function stage<T>(
  name: Stage,
  context: StageContext,
  work: (progress: (done: number, total: number, detail?: string) => void) => Promise<{ value: T; summary: string }>,
): Promise<T> {
  const start = performance.now();
  context.onEvent({ type: 'stage-start', stage: name });
  const { value, summary } = await work((done, total, detail = '') =>
    context.onEvent({ type: 'stage-progress', stage: name, done, total, detail }),
  );
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  context.seconds[name] = seconds;
  context.onEvent({ type: 'stage-end', stage: name, seconds, summary });
  return value;
}
