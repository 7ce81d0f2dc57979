/** @file Rollouts of a model over one prompt, with their rewards: what all checks by solvers are made of. */
import type { Answered } from '../../../llm/cached-client.ts';
import type { ChatMessage } from '../../../llm/chat-model.ts';
import type { RewardSpec } from '../../../rewards/index.ts';
import { rolloutReward } from '../difficulty.ts';
import { type Asker, type AskStage, type Slot, seedOf } from '../draft-context.ts';

/** What is asked of a solver. */
export interface Solving {
  readonly endpoint: string;
  readonly messages: readonly ChatMessage[];
  readonly spec: RewardSpec;
  readonly stage: AskStage;
  /** Numbers of the rollouts to ask for, from and up to; each has a seed of its own. */
  readonly from: number;
  readonly to: number;
}

/** Rollouts of a model, with their rewards. */
export interface Rollouts {
  readonly model: string;
  readonly requests: string[];
  readonly rewards: number[];
  readonly texts: readonly string[];
}

/** As the sample keeps them. */
export const kept = ({ model, requests, rewards }: Rollouts) => ({ model, requests, rewards });

/** Asks so many rollouts; none is asked where `to` is not above `from`. */
export async function solve(
  asker: Asker,
  slot: Slot,
  { endpoint, messages, spec, stage, from, to }: Solving,
): Promise<Rollouts> {
  const { seed, solving } = asker.context.config;
  const request = {
    messages,
    temperature: solving.temperature,
    maxTokens: solving.maxTokens,
    seed: seedOf(seed, stage, slot.index) + from,
  };
  const answers: Answered[] = to > from ? await asker.askGroup(endpoint, request, to - from, stage) : [];
  const texts = answers.map(({ reply }) => reply.text);
  return {
    model: asker.nameOf(endpoint),
    requests: answers.map(({ key }) => key),
    rewards: texts.map((text) => rolloutReward(spec, text)),
    texts,
  };
}

/** The rollouts of both, in order. */
export const joined = (a: Rollouts, b: Rollouts): Rollouts => ({
  model: a.model,
  requests: [...a.requests, ...b.requests],
  rewards: [...a.rewards, ...b.rewards],
  texts: [...a.texts, ...b.texts],
});

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
