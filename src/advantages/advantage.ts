/**
 * @file The one signature of all advantage estimators.
 */

/** The rollouts of one step, one entry a datum D; the three arrays have equal lengths. */
export interface AdvantageBatch {
  /** [D] rewards of the surviving rollouts. */
  readonly rewards: readonly number[];
  /** [D] prompt (group) key of each rollout; rollouts with the same key form one group. */
  readonly prompts: readonly (string | number)[];
  /** [D] task key of each rollout: the reward type (`Metric`), never empty. */
  readonly tasks: readonly string[];
}

/** Read by TMN-Reweight alone; the other estimators pass over them. */
export interface AdvantageOptions {
  /** Weight of the prompt's own mean in the smoothed mean (paper 0.8). */
  readonly alpha?: number;
  /** Strength of the difficulty reweighting (paper 1). */
  readonly gamma?: number;
}

/** What an estimator gives for a batch: one scalar a rollout, the same for all of its tokens. */
export interface AdvantageResult {
  /** [D] */
  readonly advantages: Float64Array;
  /** Mean over prompts of the smoothed pass rate p_x; NaN for estimators that do not use one. */
  readonly meanPassRate: number;
}

/** A pure function of the batch. @throws UsageError where `checkBatch` refuses the batch. */
export type AdvantageEstimator = (batch: AdvantageBatch, options?: AdvantageOptions) => AdvantageResult;
