/**
 * @file What a step processes, in tokens.
 */

/** The sizes of a step, as a configuration or `golongrl plan` states them. */
export interface Workload {
  /** Groups in an optimizer step. */
  readonly prompts: number;
  /** Rollouts of a group. */
  readonly group: number;
  /** Mean prompt and response, in tokens. */
  readonly promptTokens: number;
  readonly responseTokens: number;
  /** Longest prompt and response: what memory is planned for. */
  readonly maxPromptTokens: number;
  readonly maxResponseTokens: number;
  /** Groups sampled for each one that is trained on: dynamic sampling drops those without variance. */
  readonly drawn: number;
}

/** Tokens of one optimizer step. */
export interface StepTokens {
  /** Prompts of all sampled groups, once each: engines keep a prefix. */
  readonly prefilled: number;
  readonly sampled: number;
  /** Prompt and response of each rollout that is trained on. */
  readonly trained: number;
  /** What is left when a group's prompt is passed once for all its rollouts, as the embedded engine does. */
  readonly trainedShared: number;
}

/** Rollouts that are dropped count as sampled and prefilled, not as trained. */
export function stepTokens({ prompts, group, promptTokens, responseTokens, drawn }: Workload): StepTokens {
  return {
    prefilled: prompts * drawn * promptTokens,
    sampled: prompts * drawn * group * responseTokens,
    trained: prompts * group * (promptTokens + responseTokens),
    trainedShared: prompts * (promptTokens + group * responseTokens),
  };
}
