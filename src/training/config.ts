/**
 * @file The configuration of a training run. Defaults are the paper's (section 4 and the released launch scripts: GRPO and
 * TMN-Reweight on Qwen3-4B); the presets `micro` and `reader` change what a policy of a million parameters or two needs changed on two cores.
 * The description of a field is its help text, and every field is reachable as a dotted flag (`--optimizer.learningRate`).
 */
import { z } from 'zod';
import { estimatorNames } from '../advantages/registry.ts';
import { aggregations, klEstimators } from '../engine/engine.ts';
import { computeDevices } from '../engine/local/compute.ts';
import { profileSchema, serverKinds } from '../engine/tinker/profile.ts';
import { profiles } from '../rewards/reward.ts';
import { taskIds } from '../tasks/task.ts';
import { promptOrders } from './prompt-order.ts';

const positiveInt = z.int().positive();
const share = z.number().min(0).max(1);

/** Losses of policies; cross-entropy is that of supervised training. */
export const policyLosses = ['ppo', 'cispo', 'importance-sampling'] as const;

/** Runs that must not learn, beside which one that learns is read. */
export const controls = ['shuffled-rewards'] as const;

/** Sets of values for what a configuration leaves out. */
export const presetNames = ['paper', 'micro', 'reader'] as const;

/** A training run; unknown fields are refused. Parsing fills in the paper's values for absent ones. */
export const trainingConfigSchema = z.strictObject({
  preset: z
    .enum(presetNames)
    .optional()
    .describe(
      'Values of what is not said here: those of the paper, or for micro or reader on two cores; micro or reader if model is that, else paper.',
    ),
  model: z
    .string()
    .min(1)
    .describe(
      'Folder of the policy in the Hugging Face layout; micro is the one that comes with golongrl, reader one of its repository.',
    ),
  lora: z
    .strictObject({
      rank: positiveInt.describe('Rank of a low-rank adapter that is trained instead of all parameters.'),
      alpha: z
        .number()
        .positive()
        .optional()
        .describe('Scale of the adapter times its rank; twice the rank if absent.'),
      targets: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('Projections with an adapter, by their names in peft (q_proj, ...); all if absent.'),
    })
    .optional()
    .describe('Train an adapter; without it all parameters are trained.'),
  engine: z
    .string()
    .regex(/^(local|tinker:.*)$/, 'expected local, or tinker:URL of a Tinker server')
    .default('local')
    .describe('Where the policy runs: local, or tinker:URL (hosted Tinker, SkyRL, golongrl engine serve).'),
  device: z
    .enum(computeDevices)
    .default('cpu')
    .describe(
      'Where the embedded engine computes: webgpu is a GPU (docs/engine.md), webgpu-fp16 stores less there, auto is it where it is the faster one.',
    ),
  tinker: z
    .strictObject({
      baseModel: z
        .string()
        .min(1)
        .optional()
        .describe('Name of the model on the server; may be absent where the server has one only.'),
      server: z.enum(serverKinds).optional().describe('What the server is, where it does not say.'),
      profile: profileSchema.partial().optional().describe('Fields of the server profile that are otherwise.'),
    })
    .prefault({})
    .describe('Settings of engine tinker:URL. The key is in the environment: TINKER_API_KEY.'),
  data: z
    .strictObject({
      train: z.string().min(1).describe('JSONL file of training samples.'),
      heldout: z
        .string()
        .min(1)
        .optional()
        .describe('JSONL file of held-out samples; without it nothing is evaluated.'),
      rendering: z.enum(['short', 'long', 'all']).default('all').describe('Which rendering of the samples to use.'),
      tasks: z
        .array(z.enum(taskIds))
        .min(1)
        .default([...taskIds])
        .describe('Tasks to train on.'),
      order: z
        .enum(promptOrders)
        .default('balanced')
        .describe('balanced: as many prompts of every task; shuffled: tasks as often as the dataset has them.'),
      limit: positiveInt.optional().describe('Training samples at most, the first ones of the file.'),
      subset: positiveInt.optional().describe('Training samples at most, drawn at random by the seed.'),
      maxPromptTokens: positiveInt.default(163_840).describe('Samples with longer prompts are left out and counted.'),
    })
    .describe('Where samples come from.'),
  seed: z.int().nonnegative().default(1).describe('Seed of every random stream of the run.'),
  steps: positiveInt.default(200).describe('Optimizer steps.'),
  profile: z.enum(profiles).default('hardened').describe('Reward profile.'),
  rollout: z
    .strictObject({
      prompts: positiveInt.default(128).describe('P: groups in an optimizer step.'),
      group: z.int().min(2).default(16).describe('G: rollouts of a prompt.'),
      maxTokens: positiveInt.default(16_384).describe('R: most tokens in a response.'),
      temperature: z.number().positive().default(1).describe('Sampling temperature.'),
      topP: z.number().gt(0).max(1).default(1).describe('Nucleus mass.'),
      topK: z.int().nonnegative().default(0).describe('The k most likely tokens alone; 0 is all.'),
      minP: share.default(0).describe("Least share of the most likely token's probability; 0 is all."),
      stop: z
        .array(z.string().min(1))
        .default([])
        .describe('Texts that end a response with the token that completes one; end tokens always do.'),
      trace: z
        .boolean()
        .default(false)
        .describe("Keep each token's log-probabilities, the sampler's and the trainer's, in the rollout files."),
    })
    .prefault({})
    .describe('Sampling during training, and its length and ends in evaluations.'),
  dynamicSampling: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Drop groups whose rewards do not differ and draw others.'),
      draw: z
        .number()
        .min(1)
        .default(4)
        .describe('Prompts of the first draw, as a multiple of rollout.prompts (512 / 128).'),
      enough: share
        .default(1)
        .describe('Draw again only while fewer than this share of rollout.prompts groups have variance.'),
      maxDraws: positiveInt
        .default(32)
        .describe('Draws in a step at most; then the step trains with the groups it has.'),
    })
    .prefault({})
    .describe('Dynamic sampling (DAPO).'),
  advantage: z
    .strictObject({
      type: z.enum(estimatorNames).default('tmn-reweight').describe('Advantage estimator.'),
      alpha: share.default(0.8).describe("tmn-reweight: weight of the prompt's own mean in the smoothed mean."),
      gamma: z.number().nonnegative().default(1).describe('tmn-reweight: strength of the difficulty reweighting.'),
    })
    .prefault({})
    .describe('Advantage estimation.'),
  control: z
    .enum(controls)
    .optional()
    .describe(
      'A run that must gain nothing: shuffled-rewards hands the rewards of a step round among all its responses to a task before advantages are made of them; what is logged stays true.',
    ),
  loss: z
    .strictObject({
      type: z.enum(policyLosses).default('ppo').describe('Policy loss; docs/training.md has the formulas.'),
      aggregation: z
        .enum(aggregations)
        .optional()
        .describe('How token losses become one number; token-mean if absent, constant with dr-grpo.'),
      clipLow: share.default(0.2).describe('Ratio floor is 1 - clipLow.'),
      clipHigh: z.number().nonnegative().default(0.28).describe('Ratio ceiling is 1 + clipHigh.'),
      dualClip: z.number().gt(1).default(3).describe('Bound c |A| of the loss for negative advantages.'),
      ratioLow: z
        .number()
        .nonnegative()
        .default(0.5)
        .describe('A token whose ratio to the rollout policy is below gets no gradient.'),
      ratioHigh: z
        .number()
        .positive()
        .default(5)
        .describe('A token whose ratio to the rollout policy is above gets no gradient.'),
      ratioVeto: z
        .number()
        .nonnegative()
        .default(1e-4)
        .describe('A rollout with a token ratio below gets no gradient.'),
      kl: z
        .strictObject({
          coefficient: z
            .number()
            .nonnegative()
            .default(0)
            .describe('Weight beta of a KL term to the policy of the start; 0 is none.'),
          estimator: z.enum(klEstimators).default('k3').describe('Estimator of the divergence.'),
        })
        .prefault({})
        .describe('KL to the policy of the start (the paper has none).'),
    })
    .prefault({})
    .describe('Policy loss.'),
  optimizer: z
    .strictObject({
      learningRate: z.number().positive().default(2e-6).describe('Learning rate after the warm-up.'),
      warmupSteps: z.int().nonnegative().default(5).describe('Steps of linear warm-up.'),
      schedule: z
        .enum(['constant', 'linear', 'cosine'])
        .default('constant')
        .describe('Learning rate after the warm-up, over the steps of the run.'),
      finalShare: share
        .default(0)
        .describe('linear, cosine: share of the learning rate that is left at the last step.'),
      beta1: share.default(0.9).describe('AdamW beta 1.'),
      beta2: share.default(0.999).describe('AdamW beta 2.'),
      epsilon: z.number().positive().default(1e-8).describe('AdamW epsilon.'),
      weightDecay: z.number().nonnegative().default(0.1).describe('Decoupled weight decay.'),
      gradientClip: z.number().nonnegative().default(1).describe('Clip of the global gradient norm; 0 is off.'),
    })
    .prefault({})
    .describe('AdamW.'),
  sft: z
    .strictObject({
      steps: positiveInt.default(100).describe('Optimizer steps of golongrl sft.'),
      batch: positiveInt.default(16).describe('Samples in a step.'),
      learningRate: z.number().positive().default(1e-5).describe('Learning rate after the warm-up.'),
      warmupSteps: z.int().nonnegative().default(5).describe('Steps of linear warm-up.'),
      rationale: z.boolean().default(true).describe('Whether the thinking quotes the evidence; else it is empty.'),
    })
    .prefault({})
    .describe('Supervised start (golongrl sft): gold answers as the policy should write them. Schedule: optimizer.'),
  checkpoint: z
    .strictObject({
      every: positiveInt
        .optional()
        .describe('Steps between checkpoints; if absent 5, and 1 on a server, which forgets what was not saved.'),
      keep: positiveInt.default(3).describe('Newest checkpoints kept.'),
    })
    .prefault({})
    .describe('Checkpoints.'),
  pipeline: z
    .strictObject({
      maxStaleness: z
        .int()
        .nonnegative()
        .optional()
        .describe('Updates that the policy of a rollout may be behind; if absent 1 where a server allows it, else 0.'),
    })
    .prefault({})
    .describe('Sampling ahead: the groups of the next step are drawn while one trains.'),
  evaluation: z
    .strictObject({
      samplesPerTask: positiveInt.default(60).describe('Held-out samples of each task at most.'),
      rollouts: positiveInt.default(1).describe('Responses to each held-out prompt at temperature 1.'),
      greedy: z.boolean().default(true).describe('Also evaluate greedily.'),
      every: z
        .int()
        .nonnegative()
        .default(0)
        .describe('Steps between evaluations at temperature 1 while training; 0 is none. The best checkpoint is kept.'),
    })
    .prefault({})
    .describe('Held-out evaluation: before, while and after training.'),
});

/** A complete configuration, as the loop takes it. */
export type TrainingConfig = z.infer<typeof trainingConfigSchema>;
/** What a file or a preset may leave out. */
export type TrainingConfigInput = z.input<typeof trainingConfigSchema>;

/** What policies of a million parameters are trained with. */
const small = {
  // One large draw costs less than two small ones: a draw takes as long as its longest response.
  dynamicSampling: { enabled: true, draw: 1.25, enough: 0.5, maxDraws: 3 },
  optimizer: { learningRate: 3e-4, weightDecay: 0.01 },
  checkpoint: { every: 20, keep: 2 },
} as const;

/** Changes to the paper's values, which the schema has; `bench/` and the README say what those of `micro` were tuned on. */
export const presets = {
  paper: {},
  micro: {
    ...small,
    steps: 76,
    rollout: { prompts: 16, group: 8, maxTokens: 112, temperature: 1, topP: 1 },
  },
  // 5e-4 changed nothing in 12 steps, 1.5e-3 destroyed the policy within five.
  reader: {
    ...small,
    steps: 16,
    rollout: { prompts: 12, group: 8, maxTokens: 288, temperature: 1, topP: 1 },
    evaluation: { samplesPerTask: 12 },
  },
} as const satisfies Record<(typeof presetNames)[number], Partial<TrainingConfigInput>>;
