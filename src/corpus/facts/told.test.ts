import { expect, test } from 'vitest';
import { parseStructure } from '../structure/structure.ts';

test.each([
  ['The landlord is Corran Estates LLP (the “Landlord”). The Landlord lets it.', [['Landlord', 'Corran Estates LLP']]],
  [
    'On May 2, 2024 the Company entered into a loan with Gem Bank (the “Loan”). It is due.',
    [['Loan', 'a loan with Gem Bank']],
  ],
  ['Baked by hand (see also Sheet 3, “Bread”). It is good.', []],
  [
    'gauge\n: a device that measures water level\n\nwriter\n: software in a gauge\n',
    [
      ['gauge', 'a device that measures water level'],
      ['writer', 'software in a gauge'],
    ],
  ],
  [
    '# Meanings\n\nCommon Parts: the yard, the stairs and the lift.\n\nRent: £27,000 a year, as revised.\n',
    [
      ['Common Parts', 'the yard, the stairs and the lift'],
      ['Rent', '£27,000 a year, as revised'],
    ],
  ],
  ['出租方（以下简称“甲方”）：启衡工程机械有限公司。', [['甲方', '启衡工程机械有限公司']]],
  [
    'In this report the *dry season* means the months from May to July, and *drought* means a month without rain.',
    [
      ['dry season', 'the months from May to July'],
      ['drought', 'a month without rain'],
    ],
  ],
  [
    '# 第一节 释义\n\n发行人 指 澄江水表股份有限公司\n报告期 指 2020年及2021年\n',
    [
      ['发行人', '澄江水表股份有限公司'],
      ['报告期', '2020年及2021年'],
    ],
  ],
  ['1.2 “工作日”是指除星期六、星期日以外的日期。', [['工作日', '除星期六、星期日以外的日期']]],
])('the definitions in %j', (text, found) => {
  expect(parseStructure(text).definitions.map(({ term, meaning }) => [term, meaning])).toEqual(found);
});

test.each([
  [
    'We sold it to Ada Lowe (ada.lowe@x.example). The files of ada-lowe.md name Ada Lowe. Ada Lowe wrote it.',
    'Ada Lowe',
    'person',
  ],
  ['We saw MV Gannet at noon. The owner sold MV Gannet in May.', 'MV Gannet', 'term'],
  [
    'A letter came from the Institute for Seed Heritage. Later the Institute for Seed Heritage wrote again.',
    'Institute for Seed Heritage',
    'organisation',
  ],
  ['She was the vicar of Saint Osyth. The bells of Saint Osyth rang.', 'Saint Osyth', 'place'],
  ['会议由安小棠记录。安小棠在会后整理。后来，安小棠又补充了两条意见。', '安小棠', 'person'],
])('in %j, %s is a %s', (text, name, kind) => {
  expect(parseStructure(text).names.find((one) => one.name === name)?.kind).toBe(kind);
});

test('the days of a life, a deadline and the first change of a version are events', () => {
  const life = 'Solveig Aarnes (4 February 1879 – 19 October 1954) was a hydrographer who charted islands.';
  expect(parseStructure(life).events.map(({ iso }) => iso)).toEqual(['1879-02-04', '1954-10-19']);
  expect(parseStructure('The closing date of the fund is 30 September 2024.').events.map(({ iso }) => iso)).toEqual([
    '2024-09-30',
  ]);
  const log =
    '# Changelog\n\n## [2.4.0] - 2025-03-02\n\n### Added\n- Reads files directly.\n\n## [2.3.0] - 2024-11-19\n\n- Follows no links.\n';
  expect(
    parseStructure(log).events.map(({ iso, span }) => [iso, log.slice(span.start, span.end).split('\n').at(-1)]),
  ).toEqual([
    ['2025-03-02', '- Reads files directly.'],
    ['2024-11-19', '- Follows no links.'],
  ]);
});

test.each([
  [
    '## 3 Deposit\n\n3.1 It is due.\n\n3.2 The Hirer pays £90.\n\n## 4 Damage\n\n4.1 The Hirer pays for it (see clause 3.2).',
    '3.2 The Hirer',
  ],
  [
    '# Article I. Scope\n\n## Sec. 1.1 Aim\n\nThe sky.\n\n# Article II. Rules\n\n## Sec. 2.1 Light\n\nSee Sec. 1.1 for it.',
    '## Sec. 1.1 Aim',
  ],
  ['# 滤网\n\n## 1 安装\n\n### 1.1 取出\n\n取出滤网。\n\n## 2 更换\n\n请按1.1节的方法更换。', '### 1.1 取出'],
  ['# 生产\n\n产量见表1。\n\n表1 2023年产量\n\n| 品种 | 吨 |\n| --- | --- |\n| 梨 | 12 |\n', '表1 2023年产量'],
])('the place that is referred to in %j', (text, begins) => {
  const targets = parseStructure(text).references.map(({ target }) => text.slice(target?.start, target?.end));
  expect(targets.map((target) => target.slice(0, begins.length))).toEqual([begins]);
});

test('the prose of a release below its date is its highlights', () => {
  const release = (version: string): string =>
    `# What's new in ${version}\n\nRelease date: 8 June 2022\n\nTarn ${version} brings faster builds and a new theme for long books.\n\n## Fixed\n\n- Links to headings with a colon were broken in the table of contents.\n- Entries with umlauts are sorted as they should be in the index now.\n\n`;
  const { form, summaries, events } = parseStructure(`${release('5.2')}${release('5.1')}`);
  expect(form).toBe('changelog');
  expect(events.map(({ iso }) => iso)).toEqual(['2022-06-08', '2022-06-08']);
  expect(summaries.map(({ kind }) => kind)).toEqual(['highlights', 'highlights']);
});

test.each([
  ['The bridge will be closed to all traffic from 8 April 2024, the council said.', ['2024-04-08']],
  ['During the storm of 16 August 2020, when much rain fell, all roofs behaved alike.', ['2020-08-16']],
  ['前两年租金为每月9,800元，第三年为每月10,500元。', []],
])('the events in %j', (text, days) => {
  expect(parseStructure(text).events.map(({ iso }) => iso)).toEqual(days);
});

test('a term of the heading or of the sentence before is told by a plain verb', () => {
  const terms = (text: string): string[] => parseStructure(text).definitions.map(({ term }) => term);
  expect(terms('## 撞石\n\n桥墩迎水一面砌有撞石。撞石指形状像船头、用来分开水流的石墩。')).toEqual(['撞石']);
  expect(terms('他站在桥头。老人指着远处的山说起往事，众人都听住了。')).toEqual([]);
});
