/**
 * @file Accuracy (T2): the right option. Reference `Accuracy`: the first line of the area equals the gold; what follows is free.
 * `hardened`: the one letter that the answer states, by itself or by the text of its option (reading/letter.ts).
 */
import { readLetter } from '../reading/letter.ts';
import { optionsOf } from '../reading/options.ts';
import type { Reward } from '../reward.ts';
import { collapse, fold, foldedLines } from '../text.ts';
import { emReward } from './em.ts';

const oneLetter = /^(?:the (?:correct )?answer is )?\(?([a-z])\)?[.。]?$/;

/** The letter that a gold is; undefined where it is none or more than one. */
export function statedLetter(gold: string): string | undefined {
  return oneLetter.exec(collapse(gold.replaceAll('*', '')).toLowerCase())?.[1]?.toUpperCase();
}

/** 0 or 1. Under `hardened` a gold that is no option letter is compared as EM compares it. */
export const accuracyReward: Reward = (answer, spec, profile) => {
  const gold = fold(spec.gold[0] ?? '');
  if (profile === 'paper') {
    const first = foldedLines(answer)[0] ?? '';
    const right = first === gold;
    return { score: right ? 1 : 0, reason: right ? 'right option' : `"${first.slice(0, 80)}" is not "${gold}"` };
  }
  const goldLetter = statedLetter(gold);
  if (goldLetter === undefined) return emReward(answer, spec, profile);
  const { state, letter: said } = readLetter(answer, optionsOf(spec.question, spec.options));
  if (state !== 'answered') return { score: 0, state, reason: 'the answer is not exactly one letter' };
  const right = said === goldLetter;
  return { score: right ? 1 : 0, reason: right ? 'right option' : `${said} is not ${goldLetter}` };
};
