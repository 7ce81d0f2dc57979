/**
 * @file A group: one prompt, its G rollouts, their rewards. Sampling and scoring of a list of prompts.
 */
import type { Completion, Engine, SampleEvent } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { scoreResponse } from '../rewards/index.ts';
import type { PolicyMarks } from '../rewards/reading/reading.ts';
import type { Profile, RewardResult, RewardSpec } from '../rewards/reward.ts';
import type { Sample } from '../samples/sample.ts';

/** One response with its reward. */
export interface ScoredRollout {
  readonly completion: Completion;
  /** The response as text, without its end token. */
  readonly text: string;
  readonly result: RewardResult;
}

/** What an advantage is estimated from: one prompt and its G rollouts. */
export interface Group {
  readonly sample: Sample;
  /** [T] token ids with the prompt template. */
  readonly prompt: Int32Array;
  /** [G] */
  readonly rollouts: readonly ScoredRollout[];
}

/** A sample with its tokenised prompt. */
export interface TokenizedSample {
  readonly sample: Sample;
  readonly prompt: Int32Array;
}

/** Tokenises each prompt once for the life of the returned function. */
export function promptEncoder(tokenizer: Tokenizer): (samples: readonly Sample[]) => Promise<TokenizedSample[]> {
  const known = new Map<string, Int32Array>();
  return async (samples) => {
    const fresh = samples.filter(({ id }) => !known.has(id));
    const encoded = await tokenizer.encodePrompts(fresh.map(({ prompt }) => prompt));
    for (const [index, sample] of fresh.entries()) known.set(sample.id, encoded[index] ?? new Int32Array());
    return samples.map((sample) => ({ sample, prompt: known.get(sample.id) ?? new Int32Array() }));
  };
}

/** How groups are sampled: `rollouts` of at most `maxTokens` tokens for each prompt. */
export interface SampleGroupsOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly prompts: readonly TokenizedSample[];
  /** One seed a prompt; see SampleRequest. */
  readonly seeds: readonly number[];
  readonly rollouts: number;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  /** Texts that end a response, beside the end tokens. */
  readonly stop?: readonly string[];
  readonly profile: Profile;
  readonly onEvent?: ((event: SampleEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Samples the rollouts of each prompt and scores them. Seconds of both stages come with the groups. */
export async function sampleGroups(
  options: SampleGroupsOptions,
): Promise<{ groups: Group[]; sampling: number; scoring: number }> {
  const start = performance.now();
  const completionsPG = await options.engine.sample({
    prompts: options.prompts.map(({ prompt }) => prompt),
    rolloutsPerPrompt: options.rollouts,
    maxTokens: options.maxTokens,
    temperature: options.temperature,
    topP: options.topP ?? 1,
    topK: options.topK ?? 0,
    minP: options.minP ?? 0,
    stopTokens: options.tokenizer.stopTokens,
    ...(options.stop === undefined ? {} : { stopStrings: options.stop }),
    seeds: options.seeds,
    ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
    signal: options.signal,
  });
  const sampled = performance.now();
  const texts = await options.tokenizer.decode(completionsPG.flat().map(({ tokens }) => tokens));
  const { marks } = options.tokenizer;
  let next = 0;
  const groups = options.prompts.map(({ sample, prompt }, p) => ({
    sample,
    prompt,
    rollouts: (completionsPG[p] ?? []).map((completion) => {
      const text = texts[next++] ?? '';
      return { completion, text, result: scoreResponse(withMarks(sample.reward, marks), text, options.profile) };
    }),
  }));
  return { groups, sampling: (sampled - start) / 1000, scoring: (performance.now() - sampled) / 1000 };
}

/** A sample that states its marks keeps them. */
const withMarks = (reward: RewardSpec, marks: PolicyMarks): RewardSpec =>
  reward.marks === undefined ? { ...reward, marks } : reward;

/** Rollouts with a verdict; a verifier that timed out or failed says nothing about the policy. */
export const judged = (group: Group): ScoredRollout[] => group.rollouts.filter(({ result }) => result.status === 'ok');

export const hasUnjudgeableGold = (group: Group): boolean =>
  group.rollouts.some(({ result }) => result.status === 'unjudgeable');

/** Whether the rewards of a group say something about the policy: there are verdicts, and the gold can be judged. */
export const isJudgeable = (group: Group): boolean => judged(group).length > 0 && !hasUnjudgeableGold(group);

/** Whether the rewards of a group differ: only then does it carry an advantage. */
export function hasVariance(group: Group): boolean {
  const rewards = judged(group).map(({ result }) => result.score);
  return Math.max(...rewards) - Math.min(...rewards) > 1e-9;
}
