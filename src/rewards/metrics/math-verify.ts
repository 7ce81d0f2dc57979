/**
 * @file math_verify (T4). Reference `math_dapo.compute_score(is_use_math_verify)`: the last 500 characters of the whole output,
 * Math-Verify's extraction and equality. `hardened` grades the visible answer line by line against the gold lines, by
 * position, each line as one expression (reading/value.ts), so that a list of numbers is no answer.
 */
import { mathLine, mathReward } from '../math/equal.ts';
import { mathText } from '../reading/value.ts';
import type { Reward } from '../reward.ts';
import { saidLines } from '../text.ts';

/** The last `count` characters as Python counts them: code points, not UTF-16 units. */
function lastCharacters(text: string, count: number): string {
  const tail = text.slice(-count);
  if (!/[\ud800-\udfff]/.test(tail)) return tail;
  return Array.from(text.slice(-2 * count))
    .slice(-count)
    .join('');
}

/** 0 or 1 under `paper`; in [0, 1] under `hardened`, where each line counts. */
export const mathVerifyReward: Reward = (answer, spec, profile) => {
  if (profile === 'paper') {
    const { equal, trace } = mathReward(spec.gold[0] ?? '', lastCharacters(answer, 500));
    return { score: equal ? 1 : 0, reason: trace.at(-1) ?? '' };
  }
  const gold = spec.gold.flatMap((line) => saidLines(line, true));
  const said = gold.length === 1 ? [mathText(answer)] : saidLines(answer, true);
  const verdicts = gold.map((line, i) => mathLine(line, said[i] ?? ''));
  const right = verdicts.filter(({ equal }) => equal).length;
  const why = verdicts.find(({ equal }) => !equal)?.trace.at(-1);
  return {
    score: right / Math.max(gold.length, said.length),
    reason: `${right} of ${gold.length} lines equal the gold${why === undefined ? '' : ` (${why})`}`,
  };
};
