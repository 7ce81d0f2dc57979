/**
 * @file How servers of the same protocol differ, as one record a server. Detected from the server, field by field overridable:
 * the training loop states its loss once, and datums.ts makes it right for each profile.
 */
import { z } from 'zod';
import { isRecord } from '../../json.ts';
import type { Transport } from './transport.ts';

/** Servers of the protocol that are known; `hosted` is Thinking Machines' own. */
export const serverKinds = ['hosted', 'golongrl', 'skyrl-train', 'skyrl-jax'] as const;
/** A key of `profiles`. */
export type ServerKind = (typeof serverKinds)[number];

/** One server's ways, as detected or as the configuration states them. */
export const profileSchema = z.strictObject({
  lossNormalization: z
    .enum(['sum', 'sequence-mean'])
    .describe('sum: over all tokens until the optimizer step. sequence-mean: mean over sequences of weighted means.'),
  acceptsWeights: z
    .boolean()
    .describe('Whether policy losses take `weights`: needed for sequence-mean, refused by hosted.'),
  acceptsClip: z.boolean().describe('Whether ppo takes clip_low_threshold and clip_high_threshold.'),
  gradientClip: z.boolean().describe('Whether optim_step clips the gradient norm that it is told.'),
  adam: z
    .enum(['all', 'learning-rate'])
    .describe('Which optimizer settings of a step count; the server fixes the others.'),
  fullTraining: z.boolean().describe('Whether rank 0 trains all parameters; otherwise adapters only.'),
  forwardOnly: z.enum(['proto', 'json', 'none']).describe('How log-probabilities are asked for without a gradient.'),
  maxContext: z.int().positive().describe('Largest prompt plus completion, in tokens.'),
  promptLogprobOffset: z
    .int()
    .min(0)
    .max(1)
    .describe('1: the list of prompt log-probabilities lacks its first, empty entry.'),
  offPolicySampling: z.boolean().describe('Whether weights from before an update may still be sampled from.'),
  concurrency: z.int().positive().describe('Sampling requests at once.'),
});

/** A complete profile. */
export type EngineProfile = z.infer<typeof profileSchema>;

const hosted: EngineProfile = {
  lossNormalization: 'sum',
  acceptsWeights: false,
  acceptsClip: true,
  gradientClip: true,
  adam: 'all',
  fullTraining: false,
  forwardOnly: 'proto',
  maxContext: 32_768,
  promptLogprobOffset: 0,
  offPolicySampling: true,
  concurrency: 400,
};

const skyrlTrain: EngineProfile = {
  ...hosted,
  acceptsWeights: true,
  gradientClip: false,
  adam: 'learning-rate',
  fullTraining: true,
  offPolicySampling: false,
  concurrency: 64,
};

/** What each kind does where nothing is overridden. */
export const profiles: Readonly<Record<ServerKind, EngineProfile>> = {
  hosted,
  golongrl: { ...hosted, fullTraining: true, concurrency: 16 },
  'skyrl-train': skyrlTrain,
  // Old sampler checkpoints overwrite the weights in training there (seen), so every sample is of the newest weights.
  'skyrl-jax': {
    ...skyrlTrain,
    lossNormalization: 'sequence-mean',
    adam: 'all',
    fullTraining: false,
    promptLogprobOffset: 1,
  },
};

/** What a server says of itself. */
export interface Detected {
  readonly kind: ServerKind;
  readonly models: readonly { readonly name: string; readonly maxContext?: number }[];
}

/**
 * Asks the server what it is. SkyRL's front page names itself, without saying which backend runs: a server that trains with
 * FSDP or Megatron must be named (`kind`), because the backends normalise the loss differently.
 */
export async function detectServer(transport: Transport, named?: ServerKind): Promise<Detected> {
  const { supported_models: listed } = await transport.json('/api/v1/get_server_capabilities', undefined, {
    method: 'GET',
  });
  const models = (Array.isArray(listed) ? listed : []).filter(isRecord).map(({ model_name, max_context_length }) => ({
    name: String(model_name),
    ...(typeof max_context_length === 'number' ? { maxContext: max_context_length } : {}),
  }));
  if (named) return { kind: named, models };
  const front = await transport.call({ method: 'GET', path: '/', accepts: ({ status }) => status < 500 });
  const name = isRecord(front.body) ? front.body.name : undefined;
  const kind = name === 'golongrl' ? 'golongrl' : name === 'Tinker API Mock' ? 'skyrl-jax' : 'hosted';
  return { kind, models };
}
