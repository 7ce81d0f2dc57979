/** @file Bodies of the Tinker protocol as the server reads them. Fields that it does not know are passed over. */
import { z } from 'zod';
import { concatenate, type Datum, type ForwardBackwardRequest, readTrainingNumber } from '../../engine/tinker/wire.ts';
import { toDense, toInt32s } from '../../engine/tinker/wire-tensors.ts';

const seqId = z.int().nonnegative().nullish();
const tokens = z.array(z.int()).transform(toInt32s);
const text = z.literal('encoded_text', {
  error: ({ input }) => `got ${String(input).slice(0, 40)}: this server reads text alone`,
});
const modelInput = z
  .object({ chunks: z.array(z.object({ type: text.optional(), tokens })) })
  .transform(({ chunks }) => concatenate(chunks.map((chunk) => chunk.tokens)));

/** What clients attach to sessions, runs and checkpoints. */
const metadata = z.record(z.string(), z.unknown()).nullish();
/** Opens a session. */
export const createSession = z.object({
  tags: z.array(z.string()).nullish(),
  user_metadata: metadata,
  display_name: z.string().nullish(),
});
/** What a new session is called, and carries. */
export type CreateSession = z.infer<typeof createSession>;
/** Keeps the models of a session loaded. */
export const heartbeat = z.object({ session_id: z.string() });

/** More would be more than any projection has, and memory without end. */
const mostRank = 4096;

/** Rank 0 trains all parameters; without `lora_config` the rank is 32. */
export const createModel = z.object({
  session_id: z.string(),
  model_seq_id: z.int().nonnegative(),
  base_model: z.string(),
  user_metadata: metadata,
  lora_config: z
    .object({
      rank: z.int().nonnegative().max(mostRank),
      seed: z.int().nullish(),
      train_attn: z.boolean().default(true),
      train_mlp: z.boolean().default(true),
      train_unembed: z.boolean().default(true),
    })
    .refine(
      ({ train_attn, train_mlp }) => train_attn || train_mlp,
      'train_attn or train_mlp is needed: the output layer has no adapter',
    )
    .nullish(),
  optimizer_config: z.object({ type: z.literal('adamw') }).nullish(),
});

/** `model_path` is a checkpoint; without it the base model is sampled. */
export const createSamplingSession = z.object({
  session_id: z.string(),
  sampling_session_seq_id: z.int().nonnegative(),
  base_model: z.string().nullish(),
  model_path: z.string().nullish(),
});

/** Options that the embedded engine has no answer to; only "none" passes. */
const none = z.literal(0).nullish();

const count = z.int().nonnegative().nullish();
/** A tensor of a JSON body, dense or in compressed rows. */
const tensor = z.object({
  data: z.array(z.number()),
  dtype: z.enum(['int64', 'float32']).nullish(),
  shape: z.array(z.int().nonnegative()).nullish(),
  sparse_crow_indices: z.array(z.int().nonnegative()).nullish(),
  sparse_col_indices: z.array(z.int().nonnegative()).nullish(),
});
/** As it stands in a body. */
export type Tensor = z.infer<typeof tensor>;

/** One prompt, `num_samples` completions. Other tokens drawn along the prompt are refused: the engine does not draw them. */
export const sample = z.object({
  sampling_session_id: z.string().nullish(),
  base_model: z.string().nullish(),
  model_path: z.string().nullish(),
  seq_id: seqId,
  num_samples: z.int().positive().max(4096).default(1),
  prompt: modelInput,
  sampling_params: z.object({
    max_tokens: z.int().positive().nullish(),
    seed: z.int().nullish(),
    stop: z.union([z.string(), z.array(z.int()), z.array(z.string())]).nullish(),
    temperature: z.number().nonnegative().default(1),
    top_k: z.int().default(-1),
    top_p: z.number().gt(0).max(1).default(1),
  }),
  prompt_logprobs: z.boolean().nullish(),
  prompt_logprobs_last_n: z.int().positive().nullish(),
  topk_prompt_logprobs: count,
  topk_sample_logprobs: count,
  target_prompt_logprobs: tensor.nullish(),
  prompt_alt_tokens_k: none,
});
/** A sampling request after defaults: temperature 1, top_p 1, all tokens. */
export type SampleBody = z.infer<typeof sample>;

const training = z.object({
  data: z.array(z.object({ model_input: modelInput, loss_fn_inputs: z.record(z.string(), tensor) })),
  loss_fn: z.string(),
  loss_fn_config: z.record(z.string(), z.number()).nullish(),
});
const forwardBackward = z.object({
  model_id: z.string(),
  seq_id: seqId,
  forward_backward_input: training.optional(),
  forward_input: training.optional(),
});

/** All values of a tensor; `pad` where it has none. @throws RangeError for places that it does not have. */
export function dense(value: Tensor, integers: boolean, pad = 0): Int32Array | Float32Array {
  const { data, shape, sparse_crow_indices: rows, sparse_col_indices: columns } = value;
  const values = integers ? toInt32s(data) : Float32Array.from(data);
  return rows && columns ? toDense(values, { rows, columns }, shape ?? [], pad) : values;
}

/** The JSON form of a training request. */
export function readForwardBackward(body: unknown, forwardOnly: boolean): ForwardBackwardRequest {
  const { model_id, seq_id, forward_backward_input, forward_input } = forwardBackward.parse(body);
  const input = forward_backward_input ?? forward_input;
  if (input === undefined) throw new RangeError('forward_backward_input is missing');
  return {
    modelId: model_id,
    seqId: seq_id ?? 0,
    data: input.data.map(
      ({ model_input, loss_fn_inputs }): Datum => ({
        tokens: model_input,
        inputs: Object.fromEntries(
          Object.entries(loss_fn_inputs).map(([name, value]) => [
            name,
            dense(value, value.dtype === 'int64' || name === 'target_tokens'),
          ]),
        ),
      }),
    ),
    lossFn: input.loss_fn,
    lossConfig: input.loss_fn_config ?? {},
    forwardOnly: forwardOnly || forward_backward_input === undefined,
  };
}

/** Adam's settings of this step; `grad_clip_norm` 0 clips nothing. */
export const optimStep = z.object({
  model_id: z.string(),
  seq_id: seqId,
  adam_params: z.object({
    learning_rate: z.number().nonnegative().default(1e-4),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.95),
    eps: z.number().nonnegative().default(1e-12),
    weight_decay: z.number().nonnegative().default(0),
    grad_clip_norm: z.number().default(0),
  }),
});

/** Seconds until a checkpoint is gone. */
const lifetime = z.int().positive().nullish();

/** Without `path` the server names the checkpoint. */
export const saveWeights = z.object({
  model_id: z.string(),
  seq_id: seqId,
  path: z.string().nullish(),
  overwrite: z.boolean().nullish(),
  ttl_seconds: lifetime,
  user_metadata: metadata,
});

/** The model's files for other programs. */
export const saveExternal = saveWeights.extend({
  path: z.string(),
  age_encryption_recipients: z.array(z.string()).max(0, 'this server does not encrypt').nullish(),
});

/** Without `path` a state in memory, which a sampling session can name by its number. */
export const saveForSampler = z.object({
  model_id: z.string(),
  seq_id: seqId,
  path: z.string().nullish(),
  sampling_session_seq_id: z.int().nullish(),
  kind: z.enum(['snapshot', 'inflight']).nullish(),
  ttl_seconds: lifetime,
  user_metadata: metadata,
});

const loaded = z.object({ path: z.string(), optimizer: z.boolean().default(true), user_metadata: metadata });
/** Into a model, or (official client, 0.38) into a new one. */
export const loadWeights = z.union([
  loaded.extend({ model_id: z.string(), seq_id: seqId }),
  loaded.extend({ session_id: z.string(), model_seq_id: z.int().nonnegative(), base_model: z.string().nullish() }),
]);

/** The place of a training request in its model's order; numbers start at 1. */
export interface TrainingNumber {
  readonly modelId: string;
  readonly seqId: number;
}

const numbered = z.object({ model_id: z.string(), seq_id: z.int().positive() });

/** Model and number of a training request, whatever is wrong with the rest of it; undefined where it has none. */
export function trainingNumber(raw: Uint8Array, proto: boolean): TrainingNumber | undefined {
  try {
    if (proto) {
      const { modelId, seqId } = readTrainingNumber(raw);
      return modelId !== '' && Number.isSafeInteger(seqId) && seqId > 0 ? { modelId, seqId } : undefined;
    }
    const { data } = numbered.safeParse(JSON.parse(Buffer.from(raw).toString('utf8')));
    return data === undefined ? undefined : { modelId: data.model_id, seqId: data.seq_id };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Some clients send the id as a number. */
export const retrieveFuture = z.object({ request_id: z.union([z.string(), z.number()]).transform(String) });
/** Body of the routes that ask about, or unload, a model. */
export const modelOnly = z.object({ model_id: z.string() });
/** A checkpoint's lifetime from now on; null is without end. */
export const setLifetime = z.object({ ttl_seconds: lifetime });
/** A copy of a checkpoint, as a run of its own. */
export const copyWeights = z.object({
  source_path: z.string(),
  session_id: z.string().nullish(),
  model_seq_id: z.int().nonnegative().nullish(),
  ttl_seconds: lifetime,
});
/** Body of weights_info; the path is `tinker://MODEL/KIND/NAME`. */
export const pathOnly = z.object({ tinker_path: z.string() });
