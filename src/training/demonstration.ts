/**
 * @file The response that a policy should write to a sample: the evidence in the thinking, between the policy's own marks, then the
 * gold answer as the reader of answers reads it (rewards/render-gold.ts). Supervised training starts a policy from these.
 */
import type { Tokenizer } from '../engine/tokenizer.ts';
import { type PolicyMarks, visiblePart } from '../rewards/reading/thinking.ts';
import { renderGold } from '../rewards/render-gold.ts';
import type { Profile } from '../rewards/reward.ts';
import type { TokenizedSample } from '../rollouts/group.ts';
import type { Sample } from '../samples/sample.ts';

/** How gold answers are written out. */
export interface DemonstrationOptions {
  readonly profile: Profile;
  /** Whether the thinking quotes the evidence; else it is empty. */
  readonly rationale: boolean;
  /** The policy's marks of thinking; `<think>` by default, and under `paper`, which demands it. */
  readonly marks?: PolicyMarks;
}

/** What opens and what closes the thinking. */
function thinkMarks({ profile, marks }: DemonstrationOptions): readonly [open: string, close: string] {
  const [open = '<think>'] = marks?.thinkOpen ?? [];
  const [close = '</think>'] = marks?.thinkClose ?? [];
  return profile === 'paper' || marks?.thinkOpen?.includes('<think>') === true
    ? ['<think>', '</think>']
    : [open, close];
}

/** The response without the mark that opens its thinking. */
function fromInside(sample: Sample, options: DemonstrationOptions): string {
  const [, close] = thinkMarks(options);
  const gold = renderGold(sample.reward, options.profile).replace(/^<think>\n<\/think>/, '');
  const thought = options.rationale && sample.rationale !== '' ? `${sample.rationale}\n` : '';
  return `${thought}${close}${gold}`;
}

/** The whole response, from `<think>`, or the policy's own mark, on. */
export const demonstration = (sample: Sample, options: DemonstrationOptions): string =>
  `${thinkMarks(options)[0]}\n${fromInside(sample, options)}`;

/** Tokens at the end of a prompt that can hold the opening of the thinking. */
const openingTokens = 12;

/** Token ids of the response, its end token included. Where the prompt's template opens the thinking, it starts inside. */
export async function demonstrationTokens(
  tokenizer: Tokenizer,
  { sample, prompt }: TokenizedSample,
  options: DemonstrationOptions,
): Promise<Int32Array> {
  const [end = ''] = await tokenizer.decode([prompt.subarray(-openingTokens)], { specialTokens: true });
  const { marks } = tokenizer;
  const { thinkOpen, thinkClose } = marks;
  const inside = visiblePart(end, { thinkOpen, thinkClose }).cut;
  const own = { ...options, marks };
  const response = inside ? fromInside(sample, own) : demonstration(sample, own);
  return Int32Array.of(...(await tokenizer.encode(response)), tokenizer.stopTokens[0] as number);
}
