/**
 * @file SubEM (T6): the share of gold lines that the answer states. Reference `SubEM`: no precision term, so that stating
 * every candidate scores 1. `hardened`: more lines than gold pay nothing, and a line pays for one gold line only.
 */
import type { Reward } from '../reward.ts';
import { collapse, fold, foldedLines, saidLines } from '../text.ts';

export const subEmReward: Reward = (answer, spec, profile) => {
  const caseSensitive = profile === 'hardened' && spec.caseSensitive === true;
  const gold = spec.gold.map(caseSensitive ? collapse : fold);
  if (profile === 'paper') {
    const said = new Set(foldedLines(answer));
    const right = gold.filter((line) => said.has(line)).length;
    return { score: right / gold.length, reason: `${right} of ${gold.length} lines stated` };
  }
  const said = saidLines(answer, caseSensitive);
  if (said.length > gold.length)
    return { score: 0, reason: `${said.length} lines where ${gold.length} were asked for` };
  const open = new Map<string, number>();
  for (const line of said) open.set(line, (open.get(line) ?? 0) + 1);
  let right = 0;
  for (const line of gold) {
    const left = open.get(line) ?? 0;
    if (left === 0) continue;
    open.set(line, left - 1);
    right++;
  }
  return { score: right / gold.length, reason: `${right} of ${gold.length} lines stated` };
};
