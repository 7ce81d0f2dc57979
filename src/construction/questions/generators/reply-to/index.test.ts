import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { replyTo } from './index.ts';

test('asks who speaks after a question that names nobody, with the gold that the text alone proves', () => {
  const asked = ask(replyTo, [hearing]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'In “Hearing on the bridge”, Mr Wren asks: “Turning to page 18 of the bundle, who signed for the saddle of year 1808?” Who replies?',
    ),
    gold: ['MISS QUILL'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(['MISS QUILL']);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(replyTo, [hearing]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/MISS QUILL:/g, 'MR RAO:'))).toEqual([
    'MR RAO',
  ]);
  expect(ask(replyTo, [prose])).toBe('too few turns of a conversation');
});
