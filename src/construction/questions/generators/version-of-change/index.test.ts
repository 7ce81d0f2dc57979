import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { versionOfChange } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(versionOfChange, changelog, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'I depend on every one of these changes listed in “Sundial changelog”. What is the oldest release I can install?\n1: “Added: Longitudes can be typed in degrees and minutes of arc”\n2: “Added: Faces can be printed on one page without a margin”\n3: “Fixed: A longitude of exactly 180 degrees was refused by the form”\n4: “Added: A sound is played at noon, local apparent time”\n(A) 1.4.0\n(B) 1.2.0\n(C) 1.3.1\n(D) 1.3.0',
  );
  expect(asked.gold).toEqual(['C']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('1.3.1', '1.3.9')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(versionOfChange, changelogZh, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '《日晷更新记录》里的这几项更改我都需要，最低要装哪个版本？\n1: “新增：经度可以按度和分输入，并自动换算”\n2: “新增：晷面可以不留边距地打印在一页纸上”\n3: “修复：经度恰为一百八十度时表单拒绝输入”\n4: “新增：地方真太阳时正午播放一段提示音”\n(A) 1.3.0\n(B) 1.1.0\n(C) 1.4.0\n(D) 1.3.1',
  );
  expect(asked.gold).toEqual(['D']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(versionOfChange, contract)).toBe('too few releases');
});
