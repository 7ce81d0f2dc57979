/**
 * @file Set F1 over lines (T3). Reference `F1_Score`: folded lines as sets, F = 2PR / (P + R).
 * `hardened`: more than twice as many distinct lines as gold is a dump and pays nothing; empty lines do not count.
 */
import type { Reward } from '../reward.ts';
import { distinct, fold, foldedLines, saidLines } from '../text.ts';

export const f1Reward: Reward = (answer, spec, profile) => {
  const gold = new Set(spec.gold.map(fold));
  const said = distinct(profile === 'paper' ? foldedLines(answer) : saidLines(answer));
  if (profile === 'hardened' && said.length > 2 * gold.size)
    return { score: 0, reason: `${said.length} lines for ${gold.size} items is a dump` };
  const right = said.filter((line) => gold.has(line)).length;
  if (right === 0) return { score: 0, reason: `none of ${gold.size} items found` };
  const precision = right / said.length;
  const recall = right / gold.size;
  return {
    score: (2 * precision * recall) / (precision + recall),
    reason: `${right} of ${gold.size} items found in ${said.length} lines`,
  };
};
