import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { speechShare } from './index.ts';

test('asks for the share of all speeches of who speaks most, with the gold that the text alone proves', () => {
  const asked = ask(speechShare, [hearing]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'What percentage of all the speeches in “Hearing on the bridge” is made by Mr Wren? Round to one decimal.',
    ),
    gold: ['50.0'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(['50.0']);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speechShare, [hearing]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace('MISS PELL:', 'MR WREN:'))).toEqual([
    '51.7',
  ]);
  expect(ask(speechShare, [prose])).toBe('too few turns of a conversation');
});

test('a line of a register that somebody reads out is no turn', () => {
  const read = {
    ...hearing,
    text: hearing.text.replace(/\n\nMR WREN: (?=Turning to page [12]2)/g, '\n\nReply: the line is bad.$&'),
  };
  expect(read.text).toContain('Reply:');
  const asked = ask(speechShare, [read]);
  expect(asked).toMatchObject({ gold: ['50.0'] });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(['50.0']);
});
