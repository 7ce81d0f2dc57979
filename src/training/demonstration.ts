/**
 * @file The response that a policy should write to a sample: the evidence in the thinking, then the gold answer as the reward
 * reads it (rewards/render-gold.ts). Supervised training starts a policy from these.
 */
import type { Tokenizer } from '../engine/tokenizer.ts';
import { renderGold } from '../rewards/render-gold.ts';
import type { Profile } from '../rewards/reward.ts';
import type { TokenizedSample } from '../rollouts/group.ts';
import type { Sample } from '../samples/sample.ts';

const opening = '<think>\n';

/** `profile` is the one under which the gold answer at the end scores 1. */
export interface DemonstrationOptions {
  readonly profile: Profile;
  /** Whether the thinking quotes the evidence; else it is empty. */
  readonly rationale: boolean;
}

/** The whole response, from `<think>` on. */
export function demonstration(sample: Sample, { profile, rationale }: DemonstrationOptions): string {
  const text = renderGold(sample.reward, profile);
  const thought = rationale && sample.rationale !== '' ? `${sample.rationale}\n` : '';
  return opening + thought + text.slice(opening.length);
}

/** Tokens at the end of a prompt that can hold the opening of the thinking. */
const openingTokens = 12;

/** Token ids of the response, its end token included. Where the prompt's template opens the thinking, it starts inside. */
export async function demonstrationTokens(
  tokenizer: Tokenizer,
  { sample, prompt }: TokenizedSample,
  options: DemonstrationOptions,
): Promise<Int32Array> {
  const [end = ''] = await tokenizer.decode([prompt.subarray(-openingTokens)]);
  const text = demonstration(sample, options);
  const response = end.trimEnd().endsWith(opening.trimEnd()) ? text.slice(opening.length) : text;
  return Int32Array.of(...(await tokenizer.encode(response)), tokenizer.stopTokens[0] as number);
}
