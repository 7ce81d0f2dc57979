import { expect, test } from 'vitest';
import { isWholeSentence } from './whole-sentences.ts';

test.each([
  'In all my years at the ferry I have never lost a rope.',
  'If the tide is late, the cart must wait.',
  'The rule stands that nobody rows alone.',
  'I believed that the bell was cracked.',
  "There isn't a rope left in the shed.",
  '如果潮水来晚了，车就等着。',
  '渡口的绳子换过三次了。',
  '因为潮水来晚了，所以车先走了。',
])('%s is a sentence by itself', (words) => {
  expect(isWholeSentence(words)).toBe(true);
});

test.each([
  'Because the tide was late, and the cart had gone.',
  'Because a man who lost his rope might want another.',
  'On Friday, when I painted it.',
  'Anything that was not there before the fair.',
  'Before the toll, and before our share, which is nine pence.',
  'The third of March, the ninth of May, and last Sunday.',
  'Carried nothing when he came back.',
  'Three hundred and twelve, four and six.',
  'Rosa, Emil, Ines, me.',
  '因为潮水来晚了，而且车已经走了。',
  '因为绳子是你们买的，三丈以上',
  '以及渡口的绳子和木桩。',
])('%s is half of one', (words) => {
  expect(isWholeSentence(words)).toBe(false);
});
