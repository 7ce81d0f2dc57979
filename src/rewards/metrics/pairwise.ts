/**
 * @file Pairwise accuracy (T8): the share of pairs in the right order.
 * Reference `Pairwise_Accuracy` divides by the pairs of the *answer*, so that two right items score 1; of equal lines the
 * last counts; a share above 1 (equal gold lines) trips its assertion and scores 0.
 * `hardened` divides by the pairs of max(|gold|, |answer|): missing items are wrong, foreign items cost; the first of equal
 * lines counts. It also takes off what chance pays, max(0, 2 share - 1) (Kendall's tau, no less than 0): any order at all
 * has half of its pairs right on average, so repeating the order of the question would earn 0.5 unread.
 */
import { distinctOrder } from '../reading/order.ts';
import type { Reward, RewardSpec } from '../reward.ts';
import { distinct, fold, foldedLines } from '../text.ts';

/** Pairs of gold lines whose places in the answer ascend. A Fenwick tree over the places: dumps have thousands of lines. */
function orderedPairs(gold: readonly string[], said: readonly string[]): number {
  const placeOf = new Map(said.map((line, i) => [line, i]));
  const counts = new Int32Array(said.length + 1);
  let right = 0;
  for (const line of gold) {
    const place = placeOf.get(line);
    if (place === undefined) continue;
    for (let at = place; at > 0; at -= at & -at) right += counts[at] as number;
    for (let at = place + 1; at < counts.length; at += at & -at) counts[at] = (counts[at] as number) + 1;
  }
  return right;
}

/** The stated items, golds as they are written, others by what they say. */
const statedLines = (answer: string, gold: readonly string[], spec: RewardSpec): string[] =>
  distinctOrder(answer, gold, spec).map(({ index, key }) => (index < 0 ? `?${key}` : (gold[index] ?? '')));

/** In [0, 1]; 0 where gold or answer has fewer than two items. */
export const pairwiseReward: Reward = (answer, spec, profile) => {
  const gold = profile === 'paper' ? spec.gold.map(fold) : distinct(spec.gold);
  const said = profile === 'paper' ? foldedLines(answer) : statedLines(answer, gold, spec);
  if (gold.length <= 1 || said.length <= 1) return { score: 0, reason: 'no pair to compare' };
  const right = orderedPairs(gold, said);
  const items = profile === 'paper' ? said.length : Math.max(gold.length, said.length);
  const pairs = (items * (items - 1)) / 2;
  if (right > pairs) return { score: 0, reason: `${right} ordered pairs of ${pairs}: the gold repeats a line` };
  const share = right / pairs;
  const score = profile === 'paper' ? share : Math.max(0, 2 * share - 1);
  return { score, reason: `${right} of ${pairs} pairs in order` };
};
