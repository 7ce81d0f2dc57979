import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { turnArithmetic } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(turnArithmetic, [hearing]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'How many more times does MR WREN speak in “Hearing on the bridge” than MRS OAKES and MISS QUILL together?',
    ),
    gold: ['18'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(turnArithmetic, [hearing]);
  // One speech is another one’s.
  expect(
    typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/MR WREN: (?=[\s\S]*MR WREN)/, 'MR RAO: ')),
  ).toEqual(['17']);
  expect(ask(turnArithmetic, [prose])).toBe('too few turns of a conversation');
});
