/**
 * @file The public face of the mathematics: does a response state the value of the gold? Every verdict carries its trace.
 */
import { Recent } from '../recent.ts';
import { compareAnswers } from './compare.ts';
import { type Extraction, extractAnswer } from './extract.ts';

/** A verdict with its reasons. */
export interface Verdict {
  readonly equal: boolean;
  /** What was extracted, in what form, and why equal or not, one step an entry. */
  readonly trace: readonly string[];
  /** The answer of the prediction as it was read; empty where nothing was found. */
  readonly extracted: string;
}

function judge(gold: Extraction, pred: Extraction): Verdict {
  const trace = [...gold.trace.map((line) => `gold: ${line}`), ...pred.trace.map((line) => `pred: ${line}`)];
  const extracted = pred.text ?? '';
  if (gold.expr !== undefined && pred.expr !== undefined) {
    const { equal, why } = compareAnswers(gold.expr, pred.expr);
    if (equal) return { equal, trace: [...trace, `equal: ${why}`], extracted };
    trace.push(`not equal: ${why}`);
  }
  const sameText = gold.text !== undefined && gold.text.trim() !== '' && gold.text.trim() === pred.text?.trim();
  return { equal: sameText, trace: [...trace, sameText ? 'equal: the same text' : 'not equal'], extracted };
}

/** Extractions of recent golds: the rollouts of a group share theirs. */
const recentGolds = new Recent<Extraction>(256);
const goldOf = (text: string): Extraction => recentGolds.get(text, () => extractAnswer(text));

/**
 * Whether `pred` states the value of `gold`, both as texts with mathematics in them (`$\frac{1}{2}$`, `0.5`).
 *
 * @example mathEqual('$\\frac{1}{2}$', 'The answer is 0.5').equal // true
 */
export function mathEqual(gold: string, pred: string): Verdict {
  return judge(goldOf(gold), extractAnswer(pred));
}

/**
 * The reference's reward of a solution (`math_verify_from_sky`): `gold` is bare LaTeX. A solution in which nothing parses is
 * wrong, whatever its text.
 */
export function mathReward(gold: string, solution: string): Verdict {
  const pred = extractAnswer(solution);
  if (pred.expr === undefined)
    return {
      equal: false,
      trace: [...pred.trace.map((line) => `pred: ${line}`), 'not equal'],
      extracted: pred.text ?? '',
    };
  if (pred.text === gold)
    return { equal: true, trace: [`pred: "${gold}"`, 'equal: the same text as the gold'], extracted: pred.text };
  return judge(goldOf(`\\boxed{${gold}}`), pred);
}
