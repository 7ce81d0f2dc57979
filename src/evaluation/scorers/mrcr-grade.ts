/** @file The grade of MRCR: nothing without the random prefix asked for, else the similarity of what follows it. */
import { sequenceRatio } from './sequence-matcher.ts';

const without = (text: string, prefix: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text);

/** In [0, 1]. */
export function mrcrGrade(response: string, answer: string, prefix: string): number {
  if (!response.startsWith(prefix)) return 0;
  return sequenceRatio(without(response, prefix), without(answer, prefix));
}
