/**
 * @file Whether two places of a response give the same answer: then it is given once.
 */
import type { Metric } from '../../tasks/task.ts';
import { wordsOf } from './text/tokens.ts';

const unordered: ReadonlySet<Metric> = new Set(['F1_Score', 'SubEM', 'IoU']);
const whole: ReadonlySet<Metric> = new Set(['Summary', 'IoU', 'F1_Score', 'SubEM', 'NDCG', 'Pairwise_Accuracy']);

function key(metric: Metric, answer: string): string {
  const first = answer.trim();
  const paragraph = first.indexOf('\n\n');
  const line = first.indexOf('\n');
  const end = whole.has(metric) ? paragraph : line;
  const keys = wordsOf(end < 0 ? first : first.slice(0, end))
    .tokens.map((token) => token.key)
    .filter((word) => !/^(?:and|the|\+|→|>|<|=)$/.test(word));
  return (unordered.has(metric) ? keys.sort() : keys).join(' ');
}

/** Compares words, not values: `0.5` and `1/2` differ. For sets of items their order does not count. */
export const sameAnswer = (metric: Metric, a: string, b: string): boolean => key(metric, a) === key(metric, b);
