/**
 * @file The legacy multiple-choice reward of `data_source = selection`. Reference `multi_choices.compute_score`: the first
 * "The correct answer is (X)", else the first "The correct answer is X", letters A to D, asterisks ignored, case matters.
 */

import { readLetter } from '../reading/letter.ts';
import type { Reward } from '../reward.ts';
import { statedLetter } from './accuracy.ts';

function paperLetter(text: string): string | undefined {
  const plain = text.replaceAll('*', '');
  return (/The correct answer is \(([A-D])\)/.exec(plain) ?? /The correct answer is ([A-D])/.exec(plain))?.[1];
}

/** 0 or 1. `hardened` also takes the letter in any form that letter.ts reads. */
export const selectionReward: Reward = (answer, spec, profile) => {
  const label = spec.gold[0] ?? '';
  const said = profile === 'paper' ? paperLetter(answer) : readLetter(answer).letter || undefined;
  if (said === undefined) return { score: 0, reason: 'no option stated' };
  const right =
    said === label || said === paperLetter(label) || (profile === 'hardened' && said === statedLetter(label));
  return { score: right ? 1 : 0, reason: right ? 'right option' : `${said} is not the gold option` };
};
