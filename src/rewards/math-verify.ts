/**
 * @file math_verify (T4). Reference `math_dapo.compute_score(is_use_math_verify)`: the last 500 characters of the whole output,
 * Math-Verify's extraction and equality. `hardened` grades the visible answer line by line against the gold lines, by
 * position; a line must be one expression, so that a list of numbers is no answer.
 */
import { mathEqual } from './math/equal.ts';
import type { Reward } from './reward.ts';
import { saidLines } from './text.ts';

export const mathVerifyReward: Reward = (answer, spec, profile) => {
  if (profile === 'paper') {
    const { equal, trace } = mathEqual(spec.gold[0] ?? '', [...answer].slice(-500).join(''));
    return { score: equal ? 1 : 0, reason: trace.at(-1) ?? '' };
  }
  const gold = spec.gold.flatMap((line) => saidLines(line, true));
  const said = saidLines(answer, true);
  const right = gold.filter((line, i) => mathEqual(line, said[i] ?? '').equal).length;
  return {
    score: right / Math.max(gold.length, said.length),
    reason: `${right} of ${gold.length} lines equal the gold`,
  };
};
