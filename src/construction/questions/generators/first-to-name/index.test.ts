import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { firstToName } from './index.ts';

test('asks who says a name first, with the gold that the text alone proves', () => {
  const asked = ask(firstToName, [hearing]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'Who is the first to mention Tolland by name in “Hearing on the bridge”?\n(A) Mrs Oakes\n(B) Miss Pell\n(C) Mr Drury\n(D) Mrs Vane',
    ),
    gold: ['C'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(['C']);
});

test('a possessive counts as the name, and a text without speakers is refused', () => {
  const asked = ask(firstToName, [hearing]);
  expect(
    typeof asked === 'string'
      ? asked
      : asked.solve((text) => text.replace('MISS PELL: It was', 'MISS PELL: It was Tolland’s clerk,')),
  ).toEqual(['B']);
  expect(ask(firstToName, [prose])).toBe('too few turns of a conversation');
});
