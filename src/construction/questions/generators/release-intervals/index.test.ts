import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { releaseIntervals } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(releaseIntervals, changelog, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Work out from “Sundial changelog” how many days it took from the earliest to the latest release among those that brought the changes below.\n1: “Added: Longitudes can be typed in degrees and minutes of arc”\n2: “Removed: The old menu of colours, which nobody had opened in a year”\n3: “Fixed: Places south of the equator had the shadow on the wrong side”\n4: “Fixed: The page could not be opened without a network”\n5: “Added: The shadow is drawn on round faces as well as on flat ones”',
  );
  expect(asked.gold).toEqual(['275']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('2024', '2025')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(releaseIntervals, changelogZh, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '请依据“日晷更新记录”计算：带来下列更改的各版本中，从最早发布到最晚发布共多少天？\n1: “新增：经度可以按度和分输入，并自动换算”\n2: “新增：晷面可以不留边距地打印在一页纸上”\n3: “修复：经度恰为一百八十度时表单拒绝输入”\n4: “新增：地方真太阳时正午播放一段提示音”',
  );
  expect(asked.gold).toEqual(['233']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(releaseIntervals, contract)).toBe('too few dated releases');
});
