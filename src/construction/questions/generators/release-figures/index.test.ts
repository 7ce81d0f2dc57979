import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { releaseFigures } from './index.ts';
import { asked as words } from './wordings.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(releaseFigures, changelog, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Working from “Sundial changelog”, how many entries are there under “Added” in the releases from version 1.1.0 (2023-06-01) to version 1.4.0 (2024-03-02), counting these two as well?',
  );
  expect(asked.gold).toEqual(['5']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('2024', '2025')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(releaseFigures, changelogZh, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '对照《日晷更新记录》来看，从版本1.1.0（2023-06-01）到版本1.4.0（2024-03-02），连这两个版本在内，“新增”一类的条目一共有多少条？',
  );
  expect(asked.gold).toEqual(['4']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(releaseFigures, contract)).toBe('too few releases');
});

test('numbered events of a history are no releases, whatever month follows the number', () => {
  const events = ['July 2000: A builder died', 'May 2001: The mill burnt', 'March 2002: A fair', 'July 2005: A flood'];
  const history = `# History\n\n${events.map((event, i) => `### 4.13.${i + 1} ${event}\n\n- Fixed: the roof of the mill was mended by hand.\n- Added: a second door was made in the wall.`).join('\n\n')}\n`;
  expect(askedOf(releaseFigures, history, 1)).toBe('too few releases');
});

test('no wording gives a reason that its figure may not have', () => {
  for (const [, text] of [...words.texts.en, ...words.texts.zh])
    expect(text).not.toMatch(/our piece|is missing|have “\{document\}” here|稿子|节奏|翻了一遍/);
});
