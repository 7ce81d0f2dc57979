/**
 * @file A preset as Hydra overrides of verl 0.9 (`ppo_trainer`, with `model_engine=megatron` or `dp`). A `+` adds a key that verl's
 * configuration does not have; every other key must exist there, or Hydra refuses the list. `differences.ts` tells where the
 * released scripts say something else.
 */
import { UsageError } from '../../errors.ts';
import type { Profile } from '../../rewards/reward.ts';
import { sequenceTokens, type VerlPreset } from './preset.ts';

/** A paragraph of `overrides.txt` with its title as a comment. */
export interface OverrideGroup {
  readonly title: string;
  /** `key=value`, the key with its `+` if any. */
  readonly overrides: readonly string[];
}

/** What may differ from the preset. */
export interface OverrideOptions {
  /** Which reward profile the server is asked for. */
  readonly profile: Profile;
  /** `key=value`: replaces the preset's override of that key, or is added. */
  readonly set?: readonly string[];
}

/** A sequence is split over the GPUs that share it. */
const tokensPerGpu = (preset: VerlPreset): number => sequenceTokens(preset) / preset.context;

const under = (prefix: string, overrides: readonly string[]): string[] =>
  overrides.map((text) => (text.startsWith('+') ? `+${prefix}.${text.slice(1)}` : `${prefix}.${text}`));

const algorithm = ({ estimator, difficultyReweight }: VerlPreset) =>
  under('algorithm', [
    `adv_estimator=${estimator}`,
    ...(estimator === 'tmn_grpo'
      ? [`+difficulty_reweight=${difficultyReweight ? 'True' : 'False'}`, '+difficulty_smooth_alpha=0.8']
      : []),
    'use_kl_in_reward=False',
    'kl_ctrl.kl_coef=0.0',
    'filter_groups.enable=True',
    'filter_groups.metric=score',
    'filter_groups.max_inflight_gen_batches=4',
    'rollout_correction.rollout_is=token',
    'rollout_correction.rollout_is_threshold="0.5_5.0"',
    'rollout_correction.bypass_mode=False',
    '+rollout_veto_threshold=1e-4',
  ]);

const data = ({ scale: { prompts, promptTokens, responseTokens } }: VerlPreset) =>
  under('data', [
    'return_raw_chat=True',
    'trust_remote_code=True',
    'shuffle=True',
    `train_batch_size=${prompts}`,
    `max_prompt_length=${promptTokens}`,
    `max_response_length=${responseTokens}`,
    'truncation=left',
    'prompt_key=prompt',
    'filter_overlong_prompts=True',
    'filter_overlong_prompts_workers=16',
  ]);

const model = under('actor_rollout_ref.model', ['trust_remote_code=True', 'use_remove_padding=True']);

const actor = (preset: VerlPreset) =>
  under('actor_rollout_ref.actor', [
    'policy_loss.loss_mode=vanilla',
    'loss_agg_mode=token-mean',
    'clip_ratio_low=0.2',
    'clip_ratio_high=0.28',
    'clip_ratio_c=3.0',
    'use_kl_loss=False',
    'kl_loss_coef=0.0',
    'entropy_coeff=0',
    'optim.lr=2e-6',
    'optim.lr_warmup_steps=5',
    'optim.weight_decay=0.1',
    'optim.clip_grad=1.0',
    `ppo_mini_batch_size=${preset.scale.prompts}`,
    'ppo_epochs=1',
    'ppo_micro_batch_size_per_gpu=1',
    'use_dynamic_bsz=False',
    `ppo_max_token_len_per_gpu=${tokensPerGpu(preset)}`,
    'use_torch_compile=False',
  ]);

const megatron = ({ tensorParallel, expertParallel, context }: VerlPreset, role: 'actor' | 'ref') =>
  under(`actor_rollout_ref.${role}.megatron`, [
    'use_mbridge=True',
    'use_dist_checkpointing=False',
    `tensor_model_parallel_size=${tensorParallel}`,
    'pipeline_model_parallel_size=1',
    `context_parallel_size=${context}`,
    `expert_model_parallel_size=${expertParallel}`,
    'expert_tensor_parallel_size=1',
    'param_offload=True',
    'optimizer_offload=True',
  ]);

const transformer = under('actor_rollout_ref.actor.megatron.override_transformer_config', [
  'recompute_method=uniform',
  'recompute_granularity=full',
  'recompute_num_layers=1',
  'attention_backend=flash',
  '+moe_router_dtype=fp32',
]);

/** FSDP2 keeps parameters, gradients and optimizer on the host, and one layer at a time on the GPU. */
const fsdp = ({ context }: VerlPreset, role: 'actor' | 'ref') =>
  under(`actor_rollout_ref.${role}.fsdp_config`, [
    'strategy=fsdp2',
    'offload_policy=True',
    'reshard_after_forward=True',
    'fsdp_size=-1',
    `ulysses_sequence_parallel_size=${context}`,
    'entropy_from_logits_with_chunking=True',
  ]);

const backend = (preset: VerlPreset): OverrideGroup =>
  preset.backend === 'megatron'
    ? { title: 'Megatron', overrides: [...megatron(preset, 'actor'), ...transformer, ...megatron(preset, 'ref')] }
    : {
        title: 'FSDP2',
        overrides: [
          'actor_rollout_ref.actor.strategy=fsdp2',
          'actor_rollout_ref.model.enable_gradient_checkpointing=True',
          ...fsdp(preset, 'actor'),
          ...fsdp(preset, 'ref'),
        ],
      };

const rollout = (preset: VerlPreset) =>
  under('actor_rollout_ref.rollout', [
    'name=sglang',
    'mode=async',
    `n=${preset.scale.group}`,
    'temperature=1.0',
    'top_p=1.0',
    'top_k=-1',
    `max_model_len=${sequenceTokens(preset)}`,
    `tensor_model_parallel_size=${preset.rolloutTensorParallel}`,
    'gpu_memory_utilization=0.6',
    'multi_turn.max_assistant_turns=1',
    'multi_stage_wake_up=True',
    'enable_chunked_prefill=True',
    'free_cache_engine=True',
    'calculate_log_probs=True',
    'checkpoint_engine.update_weights_bucket_megabytes=2048',
    'log_prob_use_dynamic_bsz=False',
    `log_prob_max_token_len_per_gpu=${tokensPerGpu(preset)}`,
    'log_prob_micro_batch_size_per_gpu=1',
    `agent.num_workers=${Math.max(8, preset.scale.nodes)}`,
    'val_kwargs.temperature=0.6',
    'val_kwargs.top_p=0.95',
    'val_kwargs.top_k=-1',
    'val_kwargs.do_sample=True',
    'val_kwargs.n=1',
    '+engine_kwargs.sglang.disable_radix_cache=False',
    '+engine_kwargs.sglang.disable_cuda_graph=False',
    '+engine_kwargs.sglang.cuda_graph_max_bs=512',
    '+engine_kwargs.sglang.max_running_requests=512',
    '+engine_kwargs.sglang.log_level=info',
  ]);

const reward = (profile: Profile, responseTokens: number) =>
  under('reward', [
    'custom_reward_function.path=pkg://golongrl.verl.reward',
    'custom_reward_function.name=compute_score_async',
    `+custom_reward_function.reward_kwargs.profile=${profile}`,
    'reward_manager.name=dapo',
    '+reward_kwargs.overlong_buffer_cfg.enable=False',
    '+reward_kwargs.overlong_buffer_cfg.len=4096',
    '+reward_kwargs.overlong_buffer_cfg.penalty_factor=1.0',
    '+reward_kwargs.overlong_buffer_cfg.log=False',
    `+reward_kwargs.max_resp_len=${responseTokens}`,
  ]);

const trainer = ({ experiment }: VerlPreset) =>
  under('trainer', [
    'use_v1=True',
    'v1.trainer_mode=sync',
    'project_name=GoLongRL',
    `experiment_name=${experiment}`,
    "logger=['console','tensorboard']",
    'val_before_train=False',
    'test_freq=-1',
    'save_freq=5',
    'total_epochs=10',
    'resume_mode=auto',
    'max_actor_ckpt_to_keep=60',
    'log_val_generations=15',
  ]);

/** The key of an override without its prefix. */
export const overrideKey = (override: string): string => override.replace(/^[+~]*/, '').split('=', 1)[0] ?? '';

function checkSet(text: string): string {
  if (/^[+~]*[A-Za-z_][\w.]*=/.test(text)) return text;
  throw new UsageError(
    'set-invalid',
    `--set: got "${text}", expected KEY=VALUE in Hydra's words`,
    'For example: --set trainer.save_freq=10',
  );
}

/** The preset's overrides by part of the configuration; what depends on the machine is added by `launch.sh`. */
export function verlOverrides(preset: VerlPreset, { profile, set = [] }: OverrideOptions): OverrideGroup[] {
  const own = new Map(set.map((text) => [overrideKey(checkSet(text)), text]));
  const groups: OverrideGroup[] = [
    { title: 'engine', overrides: [`model_engine=${preset.backend === 'megatron' ? 'megatron' : 'dp'}`] },
    { title: 'algorithm', overrides: algorithm(preset) },
    { title: 'data', overrides: data(preset) },
    { title: 'model', overrides: model },
    { title: 'actor', overrides: actor(preset) },
    backend(preset),
    { title: 'rollouts', overrides: rollout(preset) },
    { title: 'reward', overrides: reward(profile, preset.scale.responseTokens) },
    { title: 'trainer', overrides: trainer(preset) },
  ];
  const kept = groups.map(({ title, overrides }) => ({
    title,
    overrides: overrides.filter((text) => !own.has(overrideKey(text))),
  }));
  return own.size === 0 ? kept : [...kept, { title: 'your own (--set)', overrides: [...own.values()] }];
}

/** Tokens of the longest sequence that a list of overrides asks for: of a prompt with its response, or of the rollout engine. */
export function longestSequence(overrides: readonly string[]): number {
  const values = new Map(overrides.map((text) => [overrideKey(text), Number(text.slice(text.indexOf('=') + 1))]));
  const at = (key: string): number => values.get(key) || 0;
  const both = at('data.max_prompt_length') + at('data.max_response_length');
  return Math.max(both, at('actor_rollout_ref.rollout.max_model_len'));
}
