/**
 * @file Set F1 over items (T3). Reference `F1_Score`: folded lines as sets, F = 2PR / (P + R).
 * `hardened`: the items that the answer states in any form (reading/list.ts). More items than the gold has cost once more,
 * F * |gold| / |said|, and more than twice as many are a dump; where the sample states its candidates N, what stating them all
 * earns, 2 |gold| / (N + |gold|), is taken off.
 */
import { distinctOrder } from '../reading/order.ts';
import { aboveFloor, type MetricVerdict, type Reward, type RewardSpec } from '../reward.ts';
import { distinct, fold, foldedLines } from '../text.ts';

function f1(right: number, said: number, gold: number): number {
  const precision = right / said;
  const recall = right / gold;
  return (2 * precision * recall) / (precision + recall);
}

function hardened(answer: string, spec: RewardSpec): MetricVerdict {
  const said = distinctOrder(answer, spec.gold, spec);
  const gold = new Set(spec.gold.map(fold)).size;
  const right = said.filter(({ index }) => index >= 0).length;
  if (said.length > 2 * gold) return { score: 0, reason: `${said.length} items for ${gold} is a dump` };
  if (right === 0) return { score: 0, reason: `none of ${gold} items found` };
  const reason = `${right} of ${gold} items found in ${said.length}`;
  const score = f1(Math.min(right, gold), said.length, gold) * Math.min(1, gold / said.length);
  const { candidates } = spec;
  return {
    score: candidates === undefined ? score : aboveFloor(score, (2 * gold) / (Math.max(candidates, gold) + gold)),
    reason,
  };
}

/** In [0, 1]; items count once, however often they stand. */
export const f1Reward: Reward = (answer, spec, profile) => {
  if (profile === 'hardened') return hardened(answer, spec);
  const gold = new Set(spec.gold.map(fold));
  const said = distinct(foldedLines(answer));
  const right = said.filter((line) => gold.has(line)).length;
  if (right === 0) return { score: 0, reason: `none of ${gold.size} items found` };
  return {
    score: f1(right, said.length, gold.size),
    reason: `${right} of ${gold.size} items found in ${said.length} lines`,
  };
};
