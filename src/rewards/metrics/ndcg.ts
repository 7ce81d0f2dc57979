/**
 * @file NDCG@k with k = |gold| (T7), as trec_eval's `ndcg_cut` defines it: linear gain |gold| - i, discount log2(rank + 1).
 * `paper` keeps what the reference's dictionaries do: of equal lines the last one counts, in the gold and in the answer.
 * `hardened`: the first of equal lines counts, and more than twice as many lines as gold is a dump.
 */
import type { Reward } from '../reward.ts';
import { distinct, fold, foldedLines, saidLines } from '../text.ts';

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

export const ndcgReward: Reward = (answer, spec, profile) => {
  const lines = spec.gold.map(fold);
  const gold = profile === 'paper' ? lines : distinct(lines);
  const k = gold.length;
  const gainOf = new Map(gold.map((line, i) => [line, k - i]));
  const said = profile === 'paper' ? foldedLines(answer) : saidLines(answer);
  if (profile === 'hardened' && said.length > 2 * k)
    return { score: 0, reason: `${said.length} lines for ${k} items is a dump` };
  const ranked = profile === 'paper' ? keepLast(said) : distinct(said);
  const ideal = dcg(
    [...gainOf.values()].sort((a, b) => b - a),
    k,
  );
  const gains = ranked.map((line) => gainOf.get(line) ?? 0);
  const found = gains.slice(0, k).filter((gain) => gain > 0).length;
  return { score: Math.min(1, dcg(gains, k) / ideal), reason: `${found} of ${k} items among the first ${k}` };
};
