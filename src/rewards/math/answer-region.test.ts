/** @file Where a response answers: boxes after prose, labels, last sentences, thinking. */
import { expect, test } from 'vitest';
import { readAnswer } from '../reading/reading.ts';
import { judgeAnswer } from './judge.ts';

const mathAnswerOf = (response: string) => readAnswer(response, { metric: 'math_verify' });

const paid = (gold: string, response: string): boolean => {
  const { answer, state } = mathAnswerOf(response);
  return state === 'answered' && judgeAnswer(gold, answer).verdict === 'equal';
};

test.each([
  ['177', 'Adding 150 and 27 gives 177 crates.\n\nTherefore, the answer is $\\boxed{177}$.'],
  ['177', 'First box: \\boxed{170}. Wait, that is a mistake; I forgot 7.\n\nSo the answer is \\boxed{177}.'],
  ['5 km', 'The distance is\n\\[ \\boxed{5\\text{ km}} \\]'],
  ['5 km', 'The distance is $\\boxed{5}$ km.'],
  ['3, 4', 'The roots are $\\boxed{3}$ and $\\boxed{4}$.'],
  ['(2, 3)', 'So $(x, y) = \\boxed{(2, 3)}$. This checks: $2 + 3 = 5$.'],
  ['42', 'We add.\n\n**Final Answer:** 42\n\nHope that helps!'],
  ['42', 'We add.\n#### 42'],
  ['42', 'The box \\boxed{40} holds the first part. Final Answer: The final answer is $42$. I hope it is correct.'],
  ['42', '<think>maybe 41</think>\nIt is **42**. Let me know if you need more.'],
  ['42', '解：两数相加。\n\n因此，答案是42。'],
  ['42', 'The answer is \\boxed{42}.<|im_end|>\n<|im_start|>user\nThanks'],
])('%s is found in %j', (gold, response) => {
  expect(paid(gold, response)).toBe(true);
});

test.each([
  ['42', '<think>so it is \\boxed{42}, but let me check', 'cut'],
  ['42', 'The final answer is \\boxed{42}. The final answer is \\boxed{43}.', 'contradictory'],
  ['42', '', 'none'],
  ['42', '<think>It is 42.</think>\n', 'none'],
] as const)('%s is not paid from %j: %s', (gold, response, state) => {
  expect(mathAnswerOf(response)).toMatchObject({ answer: '', state });
  expect(paid(gold, response)).toBe(false);
});

test.each([
  ['42', 'The result is $\\boxed{42}$ million.'],
  ['42', 'Either \\boxed{42} or \\boxed{43}.'],
  ['42', 'The answer is 41 or 42.'],
  ['42', 'The answer is not 42.'],
  ['42', 'It lies between 41 and 42.'],
  ['42', 'I considered 42, but the answer is 43.'],
])('%s is not stated by %j', (gold, response) => {
  expect(paid(gold, response)).toBe(false);
});
