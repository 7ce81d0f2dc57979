/**
 * @file A configuration that this machine can run: the paper's recipe, made smaller until the plan says that it fits into the memory and the time
 * that there are. The plan is the one that a run is refused by.
 */
import { InputError } from '../../errors.ts';
import { planOfConfig } from '../../planning/plan-of-config.ts';
import { type ReadShape, readModelShape } from '../../planning/read-model-shape.ts';
import { taskIds } from '../../tasks/task.ts';
import { presets, type TrainingConfigInput } from '../../training/config.ts';
import { completeConfig } from '../../training/parse-config.ts';
import { contextOf } from './context-of.ts';

/** What is to be trained, on what, where, for how long. */
export interface Wish {
  /** As the configuration names it: `micro`, or the path of a model. */
  readonly model: string;
  /** Where it lies. */
  readonly folder: string;
  /** Address of a Tinker server; the embedded engine without it. */
  readonly server?: string | undefined;
  readonly train: string;
  readonly heldout?: string | undefined;
  /** Tokens of the training prompts, as the samples state them. */
  readonly promptTokens: readonly number[];
  /** Seconds that all may take here. */
  readonly seconds: number;
  /** Bytes of memory. */
  readonly memory: number;
}

/** `prompts` of the training set are not longer than the configuration allows. */
export interface Proposal {
  readonly config: TrainingConfigInput;
  readonly prompts: number;
}

/** From what a strong machine can do towards what any laptop can; the first that fits is taken. */
const sizes = [
  { prompts: 32, group: 16, maxTokens: 2048 },
  { prompts: 16, group: 8, maxTokens: 1024 },
  { prompts: 8, group: 8, maxTokens: 512 },
  { prompts: 4, group: 8, maxTokens: 512 },
  { prompts: 4, group: 4, maxTokens: 256 },
  { prompts: 2, group: 4, maxTokens: 128 },
] as const;
/** Of the context, what prompts may fill. */
const shares = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32] as const;
const steps = { least: 10, most: 200 } as const;
/** Of the time, what the steps take; the evaluations before and after have the rest. */
const trainingShare = 0.75;
const evaluated = { least: 2, most: 60 } as const;
const adapterRank = 16;
/** Parameters above which an adapter is trained: moments and gradients of all of them fill a laptop. */
const smallModel = 50e6;

const within = ({ promptTokens }: Wish, most: number): number => promptTokens.filter((tokens) => tokens <= most).length;
const data = ({ train, heldout }: Wish): TrainingConfigInput['data'] => ({
  train,
  ...(heldout === undefined ? {} : { heldout }),
});

/** The bundled policy's tokens are shorter than those that samples are counted in. */
const microTokens = 2.5;
/** No response is shorter than this in any proposal. */
const leastResponse = sizes.reduce((least, { maxTokens }) => Math.min(least, maxTokens), Number.POSITIVE_INFINITY);

/** Tokens, as samples state them, of the longest prompt that a policy can be trained on at all. @throws InputError */
export async function longestPrompt({ model, folder }: Pick<Wish, 'model' | 'folder'>): Promise<number> {
  const positions = contextOf(await readModelShape(folder));
  return model === 'micro' ? (positions - presets.micro.rollout.maxTokens) / microTokens : positions - leastResponse;
}

function proposeMicro(wish: Wish, read: ReadShape): Proposal | undefined {
  const most = contextOf(read) - presets.micro.rollout.maxTokens;
  const prompts = within(wish, most / microTokens);
  if (prompts === 0) return undefined;
  const { steps: taken, rollout } = presets.micro;
  const { prompts: drawn, group, maxTokens } = rollout;
  const config: TrainingConfigInput = {
    preset: 'micro',
    model: 'micro',
    data: { ...data(wish), maxPromptTokens: most },
    steps: taken,
    rollout: { prompts: drawn, group, maxTokens },
    advantage: { type: 'tmn-reweight' },
  };
  return { config, prompts };
}

const isLarge = ({ shape: { vocabulary, hidden, layers } }: ReadShape): boolean =>
  vocabulary * hidden + 12 * layers * hidden ** 2 > smallModel;

/** The same sizes with as many steps, and as large an evaluation, as the time allows; undefined where it or the memory is too small. */
async function fitted(wish: Wish, config: TrainingConfigInput): Promise<TrainingConfigInput | undefined> {
  const complete = completeConfig(config);
  const { local } = await planOfConfig({ config: complete, model: wish.folder, promptTokens: wish.promptTokens });
  if (local === undefined || local.total > wish.memory) return undefined;
  const { prompts, group } = complete.rollout;
  const taken = Math.floor((trainingShare * wish.seconds) / (local.sampling + local.training));
  if (taken < steps.least) return undefined;
  const response = local.sampling / (prompts * group * complete.dynamicSampling.draw);
  const each = Math.floor(((1 - trainingShare) * wish.seconds) / (2 * response * taskIds.length));
  const samplesPerTask = Math.max(evaluated.least, Math.min(evaluated.most, each));
  return { ...config, steps: Math.min(steps.most, taken), evaluation: { samplesPerTask, greedy: false } };
}

async function proposeLocal(wish: Wish, read: ReadShape): Promise<Proposal | undefined> {
  const large = isLarge(read);
  const positions = contextOf(read);
  for (const share of shares)
    for (const rollout of sizes) {
      const most = Math.floor((positions - rollout.maxTokens) * share);
      const prompts = within(wish, most);
      if (prompts < rollout.prompts) continue;
      const config = await fitted(wish, {
        model: wish.model,
        ...(large ? { lora: { rank: adapterRank } } : {}),
        data: { ...data(wish), maxPromptTokens: most },
        rollout,
        dynamicSampling: { draw: 1.25, enough: 0.5, maxDraws: 3 },
        advantage: { type: 'tmn-reweight' },
        optimizer: { learningRate: large ? 1e-4 : 1e-5, warmupSteps: 2 },
        checkpoint: { every: 5 },
      });
      if (config !== undefined) return { config, prompts };
    }
  return undefined;
}

/** @throws InputError when no prompt fits into the context, or the smallest run not into the machine and the time. */
export async function propose(wish: Wish): Promise<Proposal> {
  const { server, model, promptTokens } = wish;
  if (server !== undefined)
    return { config: { model, engine: `tinker:${server}`, data: data(wish) }, prompts: promptTokens.length };
  const read = await readModelShape(wish.folder);
  const proposal = model === 'micro' ? proposeMicro(wish, read) : await proposeLocal(wish, read);
  if (proposal !== undefined) return proposal;
  const shortest = promptTokens.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  throw new InputError(
    'nothing-fits',
    `No training of ${model} on ${wish.train} fits: the shortest of ${promptTokens.length} prompts has ${shortest} tokens, the model reads ${read.context?.positions ?? 'an unknown number of'} of its own.`,
    'Build shorter prompts (data build --lengths 512,1K; for micro --short 900 --long 0), allow more time, or name a server: TINKER_BASE_URL.',
  );
}
