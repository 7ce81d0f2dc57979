/** @file The samples of a set-up: those of a dataset that is there, or of one that is built from the documents for the policy that is to read them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildContext } from '../../build/build-report.ts';
import type { MixturePlan, QuickstartPlan } from '../../build/plan.ts';
import { runBuild } from '../../build/run-build.ts';
import { readModelShape } from '../../planning/read-model-shape.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { contextOf } from './context-of.ts';

/** Files of a dataset, and how long the prompts to train on are. */
export interface SetupSamples {
  readonly train: string;
  readonly heldout: string | undefined;
  readonly promptTokens: readonly number[];
}

/** @throws InputError when the dataset is damaged */
export async function samplesOfDataset(dataset: string): Promise<SetupSamples> {
  const [train, heldout] = ['train', 'heldout'].map((split) => path.join(dataset, 'native', `${split}.jsonl`));
  const promptTokens: number[] = [];
  for await (const { tokens } of samplesOf(train ?? '')) promptTokens.push(tokens);
  return { train: train ?? '', heldout: existsSync(heldout ?? '') ? heldout : undefined, promptTokens };
}

/** Whether a dataset has a prompt to train on of so many tokens or fewer. @throws InputError when it is damaged */
export async function hasPromptWithin(dataset: string, most: number): Promise<boolean> {
  for await (const { tokens } of samplesOf(path.join(dataset, 'native', 'train.jsonl')))
    if (tokens <= most) return true;
  return false;
}

const seed = 7;
/** Enough for a few hundred steps of the bundled policy. */
const microSizes = { train: 2700, heldout: 540, long: 0 };
/** Lengths in tokens that a prompt may be asked to have, and the room that is left for a response. */
const lengths = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072] as const;
const responseRoom = 512;

/** A build that the policy can read: short questions for the bundled one, else prompts up to its context. */
export async function buildPlanFor(
  docs: string,
  out: string,
  { model, folder }: { readonly model: string; readonly folder: string },
): Promise<QuickstartPlan | MixturePlan> {
  const common = { docs: path.resolve(docs), seed };
  if (model === 'micro') return { kind: 'quickstart', out, resume: false, settings: { ...common, sizes: microSizes } };
  const most = contextOf(await readModelShape(folder)) - responseRoom;
  const fitting = lengths.filter((tokens, i) => i === 0 || tokens <= most);
  const mixture = {
    preset: 'balanced' as const,
    samples: 2700,
    fit: 'sizes' as const,
    lengths: fitting.map((tokens) => ({ tokens, weight: 1 })),
  };
  const settings = { ...common, sizes: { train: 0, heldout: 0, long: 0 }, tokenizer: folder, mixture };
  return { kind: 'mixture', out, resume: false, settings };
}

/** Builds and reads the samples. @throws InputError when the documents give none */
export async function buildSamples(plan: QuickstartPlan | MixturePlan, context: BuildContext): Promise<SetupSamples> {
  await runBuild(plan, context);
  return await samplesOfDataset(plan.out);
}
