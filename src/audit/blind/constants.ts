/** @file The same answer to every question: the commonest golds, the letters, small numbers. */
import { type BlindPolicy, byFrequency, type Learner, median } from './policy.ts';

/** Commonest golds that are tried, by generator and by task. */
const tried = 3;

const always = (text: string): BlindPolicy => ({
  name: `always ${JSON.stringify(text.slice(0, 60))}`,
  answer: () => text,
});

const smallNumbers = ['0', '1', '2', '3'];

export const constants: Learner = ({ group, task }) => {
  const golds = (items: typeof group): string[] => items.map(({ spec }) => spec.gold.join('\n'));
  const texts = new Set([...byFrequency(golds(group)).slice(0, tried), ...byFrequency(golds(task)).slice(0, tried)]);
  const [first] = group;
  if (first?.spec.metric === 'Accuracy') for (const gold of golds(task)) texts.add(gold);
  if (first?.spec.metric === 'math_verify' || first?.spec.metric === 'EM') for (const n of smallNumbers) texts.add(n);
  const numbers = golds(group).map(Number);
  if (numbers.length > 0 && numbers.every(Number.isFinite)) texts.add(String(median(numbers)));
  return [...texts].slice(0, 16).map(always);
};
