/**
 * @file EM (T1): the answer is the gold span. Reference `EM_judge.compute_score`: equal after strip, nothing forgiven.
 * `hardened` forgives letter case, runs of spaces and a full stop at the end, unless the sample says that case matters.
 */
import type { Reward } from '../reward.ts';
import { collapse, fold, strip } from '../text.ts';

const lenient = (text: string): string =>
  fold(text)
    .replace(/^\*\*(.*)\*\*$/, '$1')
    .replace(/[.。]$/, '')
    .trimEnd();

export const emReward: Reward = (answer, spec, profile) => {
  const gold = spec.gold[0] ?? '';
  if (profile === 'paper') {
    const equal = strip(gold) === strip(answer);
    return { score: equal ? 1 : 0, reason: equal ? 'equals the gold' : 'differs from the gold' };
  }
  const canon = spec.caseSensitive === true ? collapse : lenient;
  const said = canon(answer);
  if (said === '') return { score: 0, reason: 'no answer' };
  const equal = said === canon(gold);
  return { score: equal ? 1 : 0, reason: equal ? 'equals the gold' : `"${said.slice(0, 80)}" is not "${canon(gold)}"` };
};
