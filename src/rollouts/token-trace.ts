/** @file What a run keeps of each token of a rollout, where its configuration asks for it (`rollout.trace`). */

/** A column of a rollout's line; the lists have equal lengths. */
export interface TokenTrace {
  /** [R] each token as text, the end token among them. */
  readonly pieces: readonly string[];
  /** [R] log-probability under the sampler, in thousandths of a nat. */
  readonly sampler: readonly number[];
  /** [R] the same under the trainer, before the update; absent where the engine does not tell. */
  readonly trainer?: readonly number[];
  /** [R] entropy of the sampler's choice, in thousandths of a nat; absent where the engine does not tell. */
  readonly entropy?: readonly number[];
}
