import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { releasesOrder } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(releasesOrder, changelog, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Reconstruct from “Sundial changelog” the order of release of the following changes, oldest first.\n(A) “Added: Longitudes can be typed in degrees and minutes of arc”\n(B) “Removed: The old menu of colours, which nobody had opened in a year”\n(C) “Fixed: Places south of the equator had the shadow on the wrong side”\n(D) “Fixed: The page could not be opened without a network”\n(E) “Added: The shadow is drawn on round faces as well as on flat ones”',
  );
  expect(asked.gold).toEqual(['D', 'B', 'A', 'C', 'E']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('2023', '2025')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(releasesOrder, changelogZh, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '请依据《日晷更新记录》还原下列更改的发布顺序，由早到晚。\n(A) “新增：经度可以按度和分输入，并自动换算”\n(B) “新增：晷面可以不留边距地打印在一页纸上”\n(C) “修复：经度恰为一百八十度时表单拒绝输入”\n(D) “新增：地方真太阳时正午播放一段提示音”\n(E) “修复：秋季调回时钟后指针不再走动的问题”',
  );
  expect(asked.gold).toEqual(['D', 'B', 'A', 'C', 'E']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(releasesOrder, contract)).toBe('too few releases');
});

test('a changelog without days is in the order of its versions', () => {
  const changes = [
    'Fix the lamp in cold weather',
    'Add a second dial to the case',
    'Remove the old spring lock',
    'Allow the hand to be set by hand',
    'Improve the sound of the chime',
  ];
  const log = changes
    .map(
      (change, i) => `CHANGES FROM 3.${8 - i} TO 3.${9 - i}\n\n* ${change}.\n\n* Make the glass ${9 - i} mm thick.\n`,
    )
    .join('\n');
  const asked = askedOf(releasesOrder, log, 1);
  if (typeof asked === 'string') throw new Error(asked);
  const lines = [...asked.question.matchAll(/^\(([A-E])\) “(.*)”$/gm)];
  const place = (letter: string): number => {
    const words = lines.find(([, own]) => own === letter)?.[2] ?? '';
    const thick = Number(/glass (\d)/.exec(words)?.[1]);
    return Number.isNaN(thick) ? 9 - changes.indexOf(words) : thick;
  };
  expect(asked.gold.map(place)).toEqual([...asked.gold.map(place)].sort((a, b) => a - b));
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});
