import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { versionOfChange } from './index.ts';

const newer = `# Sundial changelog

## 1.7.0, 11 November 2024

- Added: The hour lines of a wall that leans are drawn as well.

## 1.6.0, 3 August 2024

- Added: Names of saints can be written beside the days of the year.

## 1.5.0, 18 May 2024

- Added: A motto may be engraved along the lower edge of a face.
`;
const newerZh = `# 日晷更新记录

## 1.7.0（2024年11月11日）

- 新增：倾斜墙面上的时线也可以画出来。

## 1.6.0（2024年8月3日）

- 新增：日期旁边可以写上节气的名称。

## 1.5.0（2024年5月18日）

- 新增：晷面下沿可以刻一句自己写的格言。
`;
const bodyOf = (text: string): string => text.slice(text.indexOf('\n\n') + 2);
const long = `${newer}\n${bodyOf(changelog)}`;
const longZh = `${newerZh}\n${bodyOf(changelogZh)}`;
const seeds = Array.from({ length: 24 }, (_, seed) => seed);

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(versionOfChange, long, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'I depend on every one of these changes listed in “A text”. What is the oldest release I can install?\n1: “Fixed: The page could not be opened without a network”\n2: “Added: Longitudes can be typed in degrees and minutes of arc”\n3: “Added: Names of saints can be written beside the days of the year”\n(A) 1.3.0\n(B) 1.1.0\n(C) 1.6.0\n(D) 1.3.1',
  );
  expect(asked.gold).toEqual(['C']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(versionOfChange, longZh, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '《A text》里的这几项更改我都需要，最低要装哪个版本？\n1: “新增：经度可以按度和分输入，并自动换算”\n2: “新增：晷面可以不留边距地打印在一页纸上”\n3: “修复：经度恰为一百八十度时表单拒绝输入”\n4: “新增：地方真太阳时正午播放一段提示音”\n(A) 1.2.0\n(B) 1.1.0\n(C) 1.3.0\n(D) 1.3.1',
  );
  expect(asked.gold).toEqual(['D']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('the right release stands anywhere in the order of those on offer', () => {
  const places = seeds.flatMap((seed) => {
    const asked = askedOf(versionOfChange, long, seed);
    if (typeof asked === 'string') return [];
    const offered = [...asked.question.matchAll(/^\(([A-D])\) (.*)$/gm)].map(([, letter, text]) => ({ letter, text }));
    const right = offered.find(({ letter }) => letter === asked.gold[0]);
    return [
      offered
        .map(({ text }) => text)
        .sort()
        .indexOf(right?.text),
    ];
  });
  const counts = [0, 1, 2, 3].map((place) => places.filter((one) => one === place).length);
  expect(places.length).toBe(seeds.length);
  expect(Math.min(...counts)).toBeGreaterThan(2);
});

test.each([
  ['its entry', 'page without a margin.', 'page without a margin. It was backported to 1.1.4.'],
  ['its entry in Chinese', '打印在一页纸上。', '打印在一页纸上。此项已移植到1.1.4。'],
  [
    'another release',
    'Fixed: The page',
    'Fixed: A cherry-picked way to have faces printed without margin.\n- Fixed: The page',
  ],
  ['its release', '## 1.2.0, 9 September 2023\n', '## 1.2.0, 9 September 2023\n\nAlso available as 1.1.4.\n'],
])('a change that %s says was carried to another release is not asked for', (_, from, to) => {
  const text = from.includes('。') ? longZh : long;
  const asksFor = (shown: string): boolean[] =>
    seeds.slice(0, 12).map((seed) => {
      const asked = askedOf(versionOfChange, shown, seed);
      return /without a margin|边距/.test(typeof asked === 'string' ? asked : (asked.slots.items ?? ''));
    });
  expect(asksFor(text)).toContain(true);
  expect(asksFor(text.replace(from, to))).not.toContain(true);
});

test('refuses a text without dated releases, and one with so few that the right one would be late', () => {
  expect(askedOf(versionOfChange, contract)).toBe('too few releases');
  expect(askedOf(versionOfChange, changelog)).toBe('too few other releases');
});
