/**
 * @file Where the exported job differs from the released scripts, key by key, checked against verl 0.9.1's own configuration.
 * The README of an exported folder prints the list; `doctor` explains a dead key with it.
 */

/** One key of the released scripts; texts are for the README. */
export interface Difference {
  /** What the released scripts set. */
  readonly script: string;
  /** What the export sets; empty where nothing takes its place. */
  readonly now: string;
  readonly why: string;
}

/** Keys of the scripts that verl 0.9 does not know: Hydra refuses them. */
export const deadKeys: readonly Difference[] = [
  {
    script: 'algorithm.rollout_is, algorithm.rollout_is_level',
    now: 'algorithm.rollout_correction.rollout_is=token',
    why: 'moved',
  },
  {
    script: 'algorithm.rollout_is_threshold, algorithm.rollout_is_threshold_lower, algorithm.rollout_is_mode',
    now: 'algorithm.rollout_correction.rollout_is_threshold="0.5_5.0"',
    why: 'two bounds in one string: a token outside has weight 0, as with the old mode "clip"',
  },
  {
    script: 'algorithm.rollout_is_veto_threshold',
    now: '+algorithm.rollout_veto_threshold=1e-4',
    why: 'dropped by verl; the trainer of golongrl.verl applies it. The nearest option of verl, rollout_rs=seq_max_k2, is two-sided and shortens the response mask, which changes the token mean',
  },
  {
    script: 'actor_rollout_ref.actor.load_weight, actor_rollout_ref.ref.load_weight',
    now: '',
    why: 'weights are always loaded',
  },
  {
    script: 'actor_rollout_ref.actor.megatron.grad_offload, actor_rollout_ref.ref.megatron.grad_offload',
    now: '',
    why: 'removed; gradients go with param_offload',
  },
  {
    script: 'actor_rollout_ref.rollout.update_weights_bucket_megabytes',
    now: 'actor_rollout_ref.rollout.checkpoint_engine.update_weights_bucket_megabytes=2048',
    why: 'moved',
  },
  { script: 'actor_rollout_ref.rollout.agent.buffer_capacity', now: '', why: 'rollouts wait in TransferQueue' },
  {
    script: 'reward_model.launch_reward_fn_async',
    now: '',
    why: 'rewards are always computed while rollouts are generated',
  },
];

/** Keys of the scripts that verl 0.9 takes and does not use. */
export const idleKeys: readonly Difference[] = [
  { script: 'reward_model.reward_manager', now: 'reward.reward_manager.name=dapo', why: 'the old place is ignored' },
  { script: 'reward_model.reward_kwargs', now: '+reward.reward_kwargs', why: 'the old place is ignored' },
  { script: 'reward_model.enable_reward_workers, reward_model.compute_in_agent_loop', now: '', why: 'ignored' },
  {
    script: 'custom_reward_function',
    now: 'reward.custom_reward_function',
    why: 'the old place is ignored, and rewards would come from verl itself',
  },
  {
    script: 'data.filtered_cache_dir, data.use_filtered_cache, data.rebuild_filtered_cache',
    now: 'data.filter_overlong_prompts_workers=16',
    why: 'prompts are measured anew at each start, in parallel',
  },
  {
    script: 'data.gen_batch_size',
    now: '',
    why: 'with dynamic sampling verl draws prompts one at a time, after the first 128 as groups are dropped',
  },
  {
    script: 'algorithm.filter_groups.max_num_gen_batches',
    now: 'algorithm.filter_groups.max_inflight_gen_batches=4',
    why: 'draws are bounded by what is in flight (4 x 128 = the 512 prompts of the scripts), not by their number',
  },
];

/** What no key shows. */
export const otherDifferences: readonly string[] = [
  'Entry: `python -m golongrl.verl.main` instead of `recipe.dapo.main_dapo`, which has left verl.',
  "Each pair of dropped groups is replaced by four new prompts, and what is over at the end of a step is discarded; the recipe's loop kept whole generation batches.",
  'The task of a group travels in its uid, from `extra_info.reward_mode`; verl has no other way to an estimator. A row without a task ends the run at its start.',
  'With `grpo` the scripts pass `difficulty_reweight=False`, which that estimator never read: it is left out.',
  'The released scripts do not match the released code either: six `rollout_is` keys, the bucket size, the buffer capacity and `launch_reward_fn_async` are absent from its configuration. They document intent.',
];
