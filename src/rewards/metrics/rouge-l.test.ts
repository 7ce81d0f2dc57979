/** @file The F of rouge 1.0.1 (`Rouge().get_scores(answer, reference)`), where sentences, repetition and depth make it peculiar. */
import { expect, test } from 'vitest';
import { paperRougeL } from './rouge-l.ts';

const many = (count: number): string => Array.from({ length: count }, () => 'w').join(' ');

test.each<[why: string, answer: string, reference: string, f: number | undefined]>([
  ['sentences are matched one by one, their words united', 'a b. c d', 'a b c d', 0.999999995],
  ['equal sentences count once, order within one counts', 'a b. a b. a b.', 'b a', 0.49999999500000003],
  ['a sentence of nothing but spaces is one empty word', '. .x', 'x. .', 0.999999995],
  ['spaces around a full stop do not matter', 'a . b', 'b. a', 0.999999995],
  ['words are sets', 'b a b a', 'a b a b', 0.999999995],
  ['an ordinary pair', 'the old bridge. the new one', 'the new bridge. one', 0.8888888839506173],
  ['nothing shared', 'x y', 'p q', 0],
  ['no words at all raise', '...', 'a', undefined],
  ['a long sentence is walked', many(900), 'a b', 0],
  ['a longer one overflows the stack, shared words or not', many(1100), 'a b', undefined],
  ['a longer one overflows the stack also beside others', `a. ${many(1100)}. b`, 'a b', undefined],
])('%s', (_, answer, reference, f) => {
  const ours = paperRougeL(answer, reference);
  if (f === undefined) expect(ours).toBeUndefined();
  else expect(ours).toBeCloseTo(f, 12);
});
