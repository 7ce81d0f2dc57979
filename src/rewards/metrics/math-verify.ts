/**
 * @file math_verify (T4). Reference `math_dapo.compute_score(is_use_math_verify)`: the last 500 characters of the whole output,
 * Math-Verify's extraction and equality. `hardened` judges by type (math/judge.ts): one gold line against the whole answer, several
 * gold lines by position against the lines of the answer. A gold without a value is `unjudgeable`.
 */
import { mathReward } from '../math/equal.ts';
import { goldFault, type JudgeOptions, judgeAnswer } from '../math/judge.ts';
import { unwrapped } from '../reading/value.ts';
import type { MetricVerdict, Reward, RewardSpec } from '../reward.ts';
import { saidLines } from '../text.ts';

/** The last `count` characters as Python counts them: code points, not UTF-16 units. */
function lastCharacters(text: string, count: number): string {
  const tail = text.slice(-count);
  if (!/[\ud800-\udfff]/.test(tail)) return tail;
  return Array.from(text.slice(-2 * count))
    .slice(-count)
    .join('');
}

function paper(answer: string, spec: RewardSpec): MetricVerdict {
  const { equal, trace } = mathReward(spec.gold[0] ?? '', lastCharacters(answer, 500));
  return { score: equal ? 1 : 0, reason: trace.at(-1) ?? '' };
}

/** What a sample states about the judgement; its tolerance is a share of the gold. */
export const judgeOptions = ({ question, tolerance, ordered, unitsDemanded }: RewardSpec): JudgeOptions => ({
  question,
  tolerance: tolerance === undefined ? undefined : `${100 * tolerance}%`,
  ordered,
  unitsDemanded,
});

/** The gold lines that are judged: all of a list; one line alone is not cut. */
const goldLines = ({ gold }: RewardSpec): readonly string[] =>
  gold.length === 1 ? gold : gold.flatMap((line) => saidLines(line, true));

/** Why no answer can be judged by these gold lines; undefined where each states a value. */
export function mathGoldFault(spec: RewardSpec): string | undefined {
  const options = judgeOptions(spec);
  return goldLines(spec)
    .map((line) => goldFault(line, options))
    .find((fault) => fault !== undefined);
}

const numbered = /^(?:[-*•]|\(?\d{1,2}[.)、)])\s+(?=\S)/;

/** The lines of an answer that stand for gold lines: without introductions, and without the numbers of a list. */
function answerLines(answer: string): string[] {
  const lines = saidLines(answer, true).filter((line) => !/[:：]$/.test(line));
  return lines.length > 1 && lines.every((line) => numbered.test(line))
    ? lines.map((line) => line.replace(numbered, ''))
    : lines;
}

function hardened(answer: string, spec: RewardSpec): MetricVerdict {
  const gold = goldLines(spec);
  const said = gold.length === 1 ? [unwrapped(answer)] : answerLines(unwrapped(answer));
  const options = judgeOptions(spec);
  const judgements = gold.map((line, i) => judgeAnswer(line, said[i] ?? '', options));
  const fault = judgements.find(({ verdict }) => verdict === 'unjudgeable');
  if (fault !== undefined) return { score: 0, unjudgeable: true, reason: fault.reason };
  const right = judgements.filter(({ verdict }) => verdict === 'equal').length;
  const why = judgements.find(({ verdict }) => verdict === 'different') ?? judgements[0];
  const reason = why === undefined ? 'no gold' : `${why.type}: ${why.reason}`;
  return {
    score: right / Math.max(gold.length, said.length),
    reason: gold.length === 1 ? reason : `${right} of ${gold.length} lines equal the gold (${reason})`,
  };
}

/** 0 or 1 under `paper`; in [0, 1] under `hardened`, where each line counts. */
export const mathVerifyReward: Reward = (answer, spec, profile) =>
  profile === 'paper' ? paper(answer, spec) : hardened(answer, spec);
