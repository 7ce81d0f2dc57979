/**
 * @file What verl refuses of a job's split before, or in, its first step: heads, key/value heads, experts, GPUs and rollouts that do
 * not divide. Sources: verl 0.9 (`validate_config`, Ulysses), Megatron-Core, SGLang.
 */
import type { ModelShape } from './model-shape.ts';

/** Sizes as the overrides state them, with what verl assumes where they state none. */
export interface VerlSplit {
  readonly backend: 'megatron' | 'fsdp2';
  readonly gpus: number;
  readonly tensor: number;
  readonly pipeline: number;
  /** Context-parallel ranks of Megatron, or Ulysses' sequence-parallel ones. */
  readonly context: number;
  readonly expert: number;
  readonly rollout: number;
  readonly prompts: number;
  readonly miniBatch: number;
  readonly group: number;
  readonly sequence: number;
  /** `max_model_len` of the rollout engine; 0 where it is left to the model. */
  readonly modelLength: number;
}

/** Sentences for a person. */
export interface Refusal {
  readonly found: string;
  readonly change: string;
}

/** Of values by Hydra key. */
export function splitOfOverrides(values: ReadonlyMap<string, string>, nodes: number, gpusPerNode: number): VerlSplit {
  const at = (key: string, otherwise: number): number => Number(values.get(key) ?? otherwise);
  const megatron = values.get('model_engine') === 'megatron';
  const actor = 'actor_rollout_ref.actor';
  const prompts = at('data.train_batch_size', 1024);
  return {
    backend: megatron ? 'megatron' : 'fsdp2',
    gpus: at('trainer.nnodes', nodes) * at('trainer.n_gpus_per_node', gpusPerNode),
    tensor: megatron ? at(`${actor}.megatron.tensor_model_parallel_size`, 1) : 1,
    pipeline: megatron ? at(`${actor}.megatron.pipeline_model_parallel_size`, 1) : 1,
    context: megatron
      ? at(`${actor}.megatron.context_parallel_size`, 1)
      : at(`${actor}.fsdp_config.ulysses_sequence_parallel_size`, 1),
    expert: megatron ? at(`${actor}.megatron.expert_model_parallel_size`, 1) : 1,
    rollout: at('actor_rollout_ref.rollout.tensor_model_parallel_size', 2),
    prompts,
    miniBatch: at(`${actor}.ppo_mini_batch_size`, 256),
    group: at('actor_rollout_ref.rollout.n', 1),
    sequence: at('data.max_prompt_length', 512) + at('data.max_response_length', 512),
    modelLength: at('actor_rollout_ref.rollout.max_model_len', 0),
  };
}

const divides = (a: number, b: number): boolean => a > 0 && b > 0 && b % a === 0;
/** Key/value heads are split, or each stands on several GPUs. */
const sharesHeads = (size: number, kvHeads: number): boolean => divides(size, kvHeads) || divides(kvHeads, size);

/** All that is wrong; empty where verl would start. */
export function splitRefusals(split: VerlSplit, shape: ModelShape): Refusal[] {
  const { heads, kvHeads, layers, experts } = shape;
  const { gpus, tensor, pipeline, context, expert, rollout, prompts, miniBatch, group, sequence, modelLength } = split;
  const copy = tensor * pipeline * context;
  const ulysses = split.backend === 'fsdp2';
  const found: [boolean, string, string][] = [
    [
      divides(copy, gpus),
      `${gpus} GPUs are no multiple of the ${copy} that a copy of the policy takes`,
      'Change NNODES, GPUS_PER_NODE or the split.',
    ],
    [
      divides(rollout, gpus),
      `${gpus} GPUs are no multiple of the ${rollout} of a rollout engine`,
      'Change rollout.tensor_model_parallel_size.',
    ],
    [
      divides(tensor, heads) && divides(tensor, kvHeads),
      `tensor_model_parallel_size ${tensor} does not divide ${heads} heads and ${kvHeads} key/value heads`,
      `Take a divisor of ${kvHeads}.`,
    ],
    [
      divides(pipeline, layers),
      `pipeline_model_parallel_size ${pipeline} does not divide ${layers} layers`,
      `Take a divisor of ${layers}.`,
    ],
    [
      !ulysses || (divides(context, heads) && sharesHeads(context, kvHeads)),
      `ulysses_sequence_parallel_size ${context} does not go with ${heads} heads and ${kvHeads} key/value heads`,
      `Take a divisor of ${heads} that divides ${kvHeads} or is a multiple of it.`,
    ],
    [
      divides(rollout, heads) && sharesHeads(rollout, kvHeads),
      `rollout.tensor_model_parallel_size ${rollout} does not go with ${heads} heads and ${kvHeads} key/value heads`,
      `Take a divisor of ${heads} that divides ${kvHeads} or is a multiple of it.`,
    ],
    [
      expert === 1 || divides(expert, experts?.count ?? 0),
      `expert_model_parallel_size ${expert} does not divide ${experts?.count ?? 0} experts`,
      experts === undefined ? 'Take 1: the model has no experts.' : `Take a divisor of ${experts.count}.`,
    ],
    [
      miniBatch <= prompts,
      `ppo_mini_batch_size ${miniBatch} is more than train_batch_size ${prompts}`,
      'Lower ppo_mini_batch_size.',
    ],
    [
      !divides(copy, gpus) || divides(gpus / copy, prompts * group),
      `${prompts * group} rollouts a step do not divide among ${gpus / copy} copies of the policy`,
      'Change data.train_batch_size or rollout.n.',
    ],
    [
      modelLength === 0 || modelLength >= sequence,
      `rollout.max_model_len ${modelLength} is less than prompt and response together, ${sequence}`,
      `Set it to ${sequence}.`,
    ],
  ];
  return found.flatMap(([good, text, change]) => (good ? [] : [{ found: text, change }]));
}
