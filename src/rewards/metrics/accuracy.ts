/**
 * @file Accuracy (T2): the right option. Reference `Accuracy`: the first line of the area equals the gold; what follows is free.
 * `hardened`: the whole answer is exactly one letter, so that a list of letters cannot pass for a choice.
 */
import type { Reward } from '../reward.ts';
import { collapse, fold, foldedLines } from '../text.ts';

const oneLetter = /^(?:the (?:correct )?answer is )?\(?([a-z])\)?[.。]?$/;

/** The letter that an answer states, alone; undefined when it is none or several. */
export function statedLetter(answer: string): string | undefined {
  return oneLetter.exec(collapse(answer.replaceAll('*', '')).toLowerCase())?.[1]?.toUpperCase();
}

export const accuracyReward: Reward = (answer, spec, profile) => {
  const gold = fold(spec.gold[0] ?? '');
  if (profile === 'paper') {
    const first = foldedLines(answer)[0] ?? '';
    const right = first === gold;
    return { score: right ? 1 : 0, reason: right ? 'right option' : `"${first.slice(0, 80)}" is not "${gold}"` };
  }
  const goldLetter = statedLetter(gold);
  const said = goldLetter === undefined ? fold(answer) : (statedLetter(answer) ?? '');
  if (said === '') return { score: 0, reason: 'the answer is not exactly one letter' };
  const right = said === (goldLetter ?? gold);
  return { score: right ? 1 : 0, reason: right ? 'right option' : `${said.slice(0, 80)} is not ${goldLetter ?? gold}` };
};
