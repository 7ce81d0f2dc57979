/**
 * @file What a run came to by the length of its held-out prompts, in tokens of the policy.
 */
import type { Engine } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { compareLengths, type LengthChange } from '../evaluation/compare/lengths.ts';
import type { EvaluationRow } from '../evaluation/heldout.ts';
import { promptEncoder, type TokenizedSample } from '../rollouts/group.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from '../training/config.ts';

interface Rows {
  readonly sampled: readonly EvaluationRow[];
  readonly greedy?: readonly EvaluationRow[];
}

/** The run whose rows are compared. */
export interface LengthContext {
  readonly config: TrainingConfig;
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly train: readonly Sample[];
  readonly heldout: readonly TokenizedSample[];
}

/** Prompts that the longest one is looked for among, those with most characters. */
const longestTried = 64;

/** Tokens of the longest prompt of the training set that training does not pass over. */
async function longestTrained({ config, engine, tokenizer, train }: LengthContext): Promise<number> {
  const { maxContext } = await engine.info();
  const limit = Math.min(config.data.maxPromptTokens, maxContext - config.rollout.maxTokens);
  const longest = train.toSorted((a, b) => b.prompt.length - a.prompt.length).slice(0, longestTried);
  const tokens = (await promptEncoder(tokenizer)(longest)).map(({ prompt }) => prompt.length);
  return tokens.reduce((most, each) => Math.max(most, Math.min(each, limit)), 0);
}

/** By the bins of `compareLengths`. */
export async function changeByLength(before: Rows, after: Rows, context: LengthContext): Promise<LengthChange[]> {
  const { config, heldout } = context;
  return compareLengths(
    {
      sampled: { before: before.sampled, after: after.sampled },
      greedy: before.greedy && after.greedy && { before: before.greedy, after: after.greedy },
    },
    {
      tokensOf: new Map(heldout.map(({ sample, prompt }) => [sample.id, prompt.length])),
      longestTrained: await longestTrained(context),
      seed: config.seed,
    },
  );
}
