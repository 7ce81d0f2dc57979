import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { speechesOrder } from './index.ts';
import { asked as words } from './wordings.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(speechesOrder, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('In what order are these lines spoken in “The Lower Town”?'),
    gold: ['F', 'A', 'C', 'E', 'G', 'D', 'B'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
  const other = ask(speechesOrder, [chat], { language: 'zh' });
  expect(other).toMatchObject({
    question: expect.stringContaining('下面这些话在聊天记录《仪表项目群》里是按什么先后发出的？'),
    gold: ['G', 'F', 'D', 'B', 'E', 'C', 'A'],
    readsBack: true,
  });
  expect(typeof other === 'string' ? other : other.solve()).toEqual(typeof other === 'string' ? [] : other.gold);
});

test('a line that leans on what was said before it is not quoted', () => {
  const text = play.text.replaceAll(
    /I tell you that the (ferry|lantern|cellar|bridge|widow)/g,
    'It is known that the $1',
  );
  const asked = ask(speechesOrder, [{ ...play, text }]);
  const options = typeof asked === 'string' ? [] : [...asked.question.matchAll(/^\([A-H]\) (.*)$/gm)];
  expect(options.length).toBeGreaterThan(4);
  for (const [, line] of options) expect(line).toMatch(/^I tell you/);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speechesOrder, [play]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll(/\d/g, '0'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(speechesOrder, [prose])).toBe('neither a play nor a chat');
});

test('only whole sentences are quoted, and no wording claims a use that lines may not have', () => {
  const text = play.text.replaceAll(
    /I tell you that the (ferry|lantern|cellar|bridge|widow)/g,
    'Because I tell you that the $1',
  );
  const asked = ask(speechesOrder, [{ ...play, text }]);
  const options = typeof asked === 'string' ? [] : [...asked.question.matchAll(/^\([A-H]\) (.*)$/gm)];
  expect(options.length).toBeGreaterThan(4);
  for (const [, line] of options) expect(line).not.toMatch(/^Because/);
  for (const [, wording] of [...words.texts.en, ...words.texts.zh])
    expect(wording).not.toMatch(/chronology|reconstruct|discussion|summary|points|told what|经过|推进|摘要|几点/);
});
