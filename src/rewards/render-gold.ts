/**
 * @file The response that states the gold: scores 1 under the profile and layout that it is rendered for.
 * Construction checks reward(gold) = 1 with it, and supervised warm-up can train on it.
 */
import type { Profile, RewardSpec } from './reward.ts';

/** Where `renderGold` puts the answer. */
export const layouts = ['native', 'upstream'] as const;
/** `native` is this package's prompt form, `upstream` the reference's. */
export type Layout = (typeof layouts)[number];

const thought = '<think>\n</think>\n';

function goldText({ metric, gold }: RewardSpec, profile: Profile): string {
  // The reference finds LaTeX only between marks; the box is one that it prefers.
  if (metric === 'math_verify' && profile === 'paper') return `\\boxed{${gold[0] ?? ''}}`;
  switch (metric) {
    case 'EM':
    case 'Accuracy':
    case 'IoU':
    case 'Summary':
      return gold[0] ?? '';
    default:
      return gold.join('\n');
  }
}

/**
 * A response that gives the gold, as a right answer looks.
 *
 * @param layout `native`: the answer stands after `[Answer]` whatever the task. `upstream`: EM is the bare span and IoU stands
 * in `<answer>` tags, as the reference demands.
 */
export function renderGold(spec: RewardSpec, profile: Profile = 'hardened', layout: Layout = 'native'): string {
  const text = goldText(spec, profile);
  if (layout === 'upstream' && spec.metric === 'EM') return thought + text;
  if (layout === 'upstream' && spec.metric === 'IoU') return `${thought}<answer>${text}</answer>`;
  return `${thought}[Answer]\n${text}`;
}
