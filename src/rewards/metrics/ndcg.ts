/**
 * @file NDCG@k with k = |gold| (T7), as trec_eval's `ndcg_cut` defines it: linear gain |gold| - i, discount log2(rank + 1).
 * `paper` keeps what the reference's dictionaries do: of equal lines the last one counts, in the gold and in the answer.
 * `hardened`: the first of equal items counts, more than twice as many items as gold is a dump, and chance is taken off,
 * max(0, (s - c) / (1 - c)): c is what m items in random order earn on average, m the number stated, up to k, out of N candidates
 * (the golds where the sample states none): c = (sum of gains / N) * (sum of the first m discounts) / ideal.
 */
import { distinctOrder } from '../reading/order.ts';
import { aboveFloor, type MetricVerdict, type Reward, type RewardSpec } from '../reward.ts';
import { distinct, fold, foldedLines } from '../text.ts';

/** Of equal lines the last; the order is that of the kept ones. */
function keepLast(lines: readonly string[]): string[] {
  return distinct(lines.toReversed()).toReversed();
}

/** DCG of the first k gains. */
function dcg(gains: readonly number[], k: number): number {
  let sum = 0;
  for (let i = 0; i < Math.min(k, gains.length); i++) sum += (gains[i] ?? 0) / Math.log2(i + 2);
  return sum;
}

function paper(answer: string, spec: RewardSpec): MetricVerdict {
  const gold = spec.gold.map(fold);
  const k = gold.length;
  const gainOf = new Map(gold.map((line, i) => [line, k - i]));
  const ideal = dcg(
    [...gainOf.values()].sort((a, b) => b - a),
    k,
  );
  const gains = keepLast(foldedLines(answer)).map((line) => gainOf.get(line) ?? 0);
  const found = gains.slice(0, k).filter((gain) => gain > 0).length;
  return { score: Math.min(1, dcg(gains, k) / ideal), reason: `${found} of ${k} items among the first ${k}` };
}

function hardened(answer: string, spec: RewardSpec): MetricVerdict {
  const gold = distinct(spec.gold);
  const k = gold.length;
  const said = distinctOrder(answer, gold, spec);
  if (said.length === 0) return { score: 0, state: 'unreadable', reason: 'no item' };
  if (said.length > 2 * k) return { score: 0, reason: `${said.length} items for ${k} is a dump` };
  const gains = said.map(({ index }) => (index < 0 ? 0 : k - index));
  const ideal = dcg(
    gold.map((_, i) => k - i),
    k,
  );
  const found = gains.slice(0, k).filter((gain) => gain > 0).length;
  const mean = (k * (k + 1)) / 2 / Math.max(k, spec.candidates ?? k);
  const chance =
    k === 1 && spec.candidates === undefined ? 0 : dcg(new Array(Math.min(k, said.length)).fill(mean), k) / ideal;
  const share = Math.min(1, dcg(gains, k) / ideal);
  return {
    score: aboveFloor(share, chance),
    reason: `${found} of ${k} items among the first ${k}, NDCG ${share.toFixed(3)}, chance ${chance.toFixed(3)}`,
  };
}

/** In [0, 1]; the gold lines stand in order of relevance, the most relevant first. */
export const ndcgReward: Reward = (answer, spec, profile) => (profile === 'paper' ? paper : hardened)(answer, spec);
