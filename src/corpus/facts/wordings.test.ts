/** @file The wordings in which authors sum up, define and refer, in shapes that the labelled set does not have. */
import { expect, test } from 'vitest';
import { parseStructure } from '../structure/structure.ts';

const sums =
  'Heron Quay lost a third of its moorings between 2019 and 2023, and the fees rose in each of those years. A new pontoon would repay its cost within nine seasons.';
const body = `## 1 Background

The quay was built for barges in the last century. Moorings were let by the season, and fees were set each spring by a committee of four.

## 2 Moorings

In 2019 there were ninety moorings at Heron Quay. In 2023 there were sixty. The fees rose by a tenth in each season, and three boats left.

## 3 The pontoon

A pontoon of forty berths would cost less than the repair of the wall. The years until it has repaid its cost were reckoned twice.
`;
const zhSums = '鹭洲码头的泊位在四年间减少了三分之一，停泊费却逐年上涨。报告建议新建一座浮码头，预计九年收回成本。';
const zhBody = `一、背景

码头建于上世纪，最初供驳船停靠。泊位按季出租，停泊费由四人委员会在每年春天议定。此前没有人清点过泊位。委员会开了两次会，看了浮码头的图纸。

二、浮码头

四十个泊位的浮码头造价低于修墙。收回成本的年数按上一季的收费推算，未计入补贴。三条船搬到了下游的港湾，因为停泊费每季上涨一成。
`;
const summariesOf = (text: string): string[] =>
  parseStructure(text).summaries.map(({ span }) => text.slice(span.start, span.end));

test.each([
  '## 1. Executive summary\n\n',
  '## Summary of findings\n\n',
  '## The report in brief\n\n',
  '## Plain English summary\n\n',
  '## What you need to know\n\n',
  '**Abstract**\n\n',
  '**In short:** ',
  '> **TL;DR** ',
  '*Synopsis.* ',
  'ABSTRACT. ',
])('what stands under or behind %j is a summary', (label) => {
  expect(summariesOf(`# Moorings\n\n${label}${sums}\n\n${body}`)).toEqual([sums]);
});

test.each(['摘　要\n\n', '摘  要：', '【摘要】', '内容摘要　', '**内容简介**\n\n', '编者按：', '## 报告摘要\n\n'])(
  'what stands under or behind %j is a summary too',
  (label) => {
    expect(summariesOf(`鹭洲码头泊位调查\n\n${label}${zhSums}\n\n${zhBody}`)).toEqual([zhSums]);
  },
);

test.each([
  '## Introduction\n\n',
  '## Recommendations\n\n',
  'In short, ',
  '## Summary\n\n| Year | Berths |\n|---|---|\n| 2019 | 90 |\n\n## Notes\n\n',
])('what stands under or behind %j is none', (label) => {
  expect(summariesOf(`# Moorings\n\nA report for the committee of Heron Quay\n\n${label}${sums}\n\n${body}`)).toEqual(
    [],
  );
});

test('what stands below a heading in its paragraph, in italics under a chapter, in parts or in its scope sums up too', () => {
  expect(summariesOf(`鹭洲码头\n\n第一章 码头\n本章提要：${zhSums}\n\n${zhBody}`)).toEqual([zhSums]);
  const chapter = (name: string): string =>
    `## Chapter ${name}\n\n*${sums}*\n\n${'The quay was long. '.repeat(60)}\n\n`;
  expect(summariesOf(`# Quays\n\n${chapter('1')}${chapter('2')}`)).toEqual([sums, sums]);
  const parts = `Background. Quays lose moorings. Aim. To find out why. Methods. We counted ${'moorings and '.repeat(9)}boats. Results. Fees rose. Conclusion. Fees matter.`;
  expect(summariesOf(`Moorings and fees\n\nAda Brook and Paul Adair\n\n${parts}\n\n${body}`)).toEqual([parts]);
  const scope =
    'This standard specifies how moorings are counted, and applies to every quay of the district and its harbours.';
  expect(summariesOf(`# Counting moorings\n\n## 1 Scope\n\n${scope}\n\n## 2 Counting\n\n${body}`)).toEqual([scope]);
});

test('what chapters tell, one after the other, is their argument; one such sentence alone is none', () => {
  const chapter = (number: number, opening: string): string =>
    `# Chapter ${number} The Quay\n\n${opening}\n\n${'The quay was long. '.repeat(30)}\n\n`;
  const [first, second] = [
    'Supper at the quay; the oars are explained; Edda is offered a trade and does not refuse it.',
    'The crossing; a boat without oars; somebody taller was expected.',
  ];
  expect(summariesOf(chapter(1, first) + chapter(2, second))).toEqual([first, second]);
  expect(summariesOf(chapter(1, first) + chapter(2, 'It rained.'))).toEqual([]);
  const [pipe, pump] = [
    'The pipe -- The pump -- A visit to the quay at the present day.',
    'The wall -- Its fall -- What the vestry wrote of it.',
  ];
  expect(summariesOf(chapter(1, pipe) + chapter(2, pump))).toEqual([pipe, pump]);
  const round = (number: string, opening: string): string =>
    `第${number}回 渡口\n\n${opening}\n\n${'渡口的水很急，船也很旧。'.repeat(12)}\n\n`;
  const told = '上回说到他出城。这一回单表他在渡口遇雨，听得沉船的缘由。';
  expect(summariesOf(round('一', told) + round('二', '此回追叙当年出走之事，并写二人过滩拾得铜锁一把。'))).toHaveLength(
    2,
  );
  expect(summariesOf(round('一', '上回书里的人都睡了，渡口只剩下一条船和一盏灯。') + round('二', '雨停了。'))).toEqual(
    [],
  );
});

test('highlights in figures and a block above an interview sum up', () => {
  const fell = 'Net sales fell by 8 per cent as sites closed. Orders came back in June. The outlook is restored.';
  expect(
    summariesOf(
      `Orrin pumps in the second quarter\n\nHIGHLIGHTS\n\n${fell}\n\nKEY FIGURES\n\n${'The factory was closed in April. '.repeat(12)}`,
    ),
  ).toEqual([fell]);
  const lead = '方云修了三十多年琴，去过十一个省的礼堂。她谈到受潮的琴和不肯响的琴。';
  const talk = '**齐棠：您几岁入行？**\n\n**方云：**十六岁，我进了厂。\n\n'.repeat(6);
  expect(summariesOf(`# 修琴的人\n\n> ${lead}\n\n采访：齐棠\n\n${talk}`)).toEqual([lead]);
});

const definitionsOf = (text: string): string[] =>
  parseStructure(`# Weirs\n\n## 1 Walls\n\n${text}\n\n## 2 Gates\n\nThe keeper walks the wall.\n`).definitions.map(
    ({ term, meaning }) => `${term}: ${meaning}`,
  );

test.each([
  [
    'In this Part, “crest” means the top of a weir and “toe” means its foot.',
    ['crest: the top of a weir', 'toe: its foot'],
  ],
  [
    'A leat, also called a lade, is a channel that brings water to a mill.',
    ['leat: a channel that brings water to a mill'],
  ],
  [
    'The height of the wall above the water is known as freeboard.',
    ['freeboard: The height of the wall above the water'],
  ],
  ['For the purposes of this book, a flood is any flow above forty units.', ['flood: any flow above forty units']],
  ['“Keeper”: the person who is in charge of the gates.', ['Keeper: the person who is in charge of the gates']],
  ['SWL stands for still water level.', ['SWL: still water level']],
  [
    '| Term | Meaning |\n|---|---|\n| Crest | the top of a weir |\n| Toe | its foot |',
    ['Crest: the top of a weir', 'Toe: its foot'],
  ],
  ['“堰顶”是指堰的最高点。', ['堰顶: 堰的最高点']],
  ['我们把堰的最高点称为堰顶。', ['堰顶: 堰的最高点']],
  ['将超高定义为墙顶高出水面的高度。', ['超高: 墙顶高出水面的高度']],
  ['超高是墙顶高出水面的高度。', ['超高: 墙顶高出水面的高度']],
  ['What the trade calls a seat is the stone that the gate shuts on.', ['seat: the stone that the gate shuts on']],
  ['Seating is what keepers call letting the gate down.', ['Seating: letting the gate down']],
  ['Leakage, as we use it, is water that passes under the gate.', ['Leakage: water that passes under the gate']],
  [
    'A SluiceKey is a handle for which no lock is needed. It fits every SluiceKey.',
    ['SluiceKey: a handle for which no lock is needed'],
  ],
  [
    'The settling time is the time from the first rain to the first clear water.',
    ['settling time: the time from the first rain to the first clear water'],
  ],
  [
    'They pay a flood bonus, that is, a fixed sum for each night that the gate is up.',
    ['flood bonus: a fixed sum for each night that the gate is up'],
  ],
  ['By a leat I understand a channel that brings water to a mill.', ['leat: a channel that brings water to a mill']],
  ['Wet oak, that is, oak felled in the same winter, is stacked for a year.', []],
  [
    'Wet boards, that is, boards sawn in the same winter, are stacked for a year.',
    ['Wet boards: boards sawn in the same winter'],
  ],
  [
    'Adjusted profit is operating profit before depreciation. Net debt means interest-bearing liabilities less cash.',
    ['Adjusted profit: operating profit before depreciation', 'Net debt: interest-bearing liabilities less cash'],
  ],
  ['“本公司”“公司”指鹭洲水务股份有限公司。', ['本公司: 鹭洲水务股份有限公司', '公司: 鹭洲水务股份有限公司']],
  ['The keeper is afraid before the gate. The wall is cold before dawn.', []],
  ['“Gate dues” are charges that are levied on barges.', ['Gate dues: charges that are levied on barges']],
  ['这叫“渗流”。渗流就是从墙脚漏出去的水。', ['渗流: 从墙脚漏出去的水']],
  ['闸下有消力池。消力池是专门用来减慢水流的石槽。', ['消力池: 专门用来减慢水流的石槽']],
  ['E5的意思是进水温度过低。屏幕上又出现了E5。', ['E5: 进水温度过低']],
  ['Unter Freibord versteht man die Höhe der Mauer über dem Wasser.', ['Freibord: die Höhe der Mauer über dem Wasser']],
  [
    'On appelle bief la partie du canal comprise entre deux écluses.',
    ['bief: la partie du canal comprise entre deux écluses'],
  ],
  ['余裕高とは、水面から壁の上端までの高さをいう。', ['余裕高: 水面から壁の上端までの高さをいう']],
  [
    'The result is the number of gates. A cold spring means the end of the season. It is recommended that gates be oiled.',
    [],
  ],
  ['石桥是清代修的老桥。他就是村里的老师。', []],
  ['What this means is that the wall was low. The man is called away.', []],
  ['Ada is a keeper who never sleeps. 他指的是那道墙。', []],
])('%s', (text, wanted) => {
  expect(definitionsOf(text)).toEqual(wanted);
});

const referencesOf = (text: string): string[] =>
  parseStructure(
    `# Pumps\n\n## 1 Starting the pump\n\nThe pump is checked.\n\n## 2 Remarks\n\n${text}\n`,
  ).references.map(({ label }) => label);

test.each([
  ['Figures 2a and 2b show it (cf. Tab. 1).', ['Figures 2a', '2b', 'Tab. 1']],
  ['Refer to Starting the pump for the order.', ['Starting the pump']],
  ['It meets BS 5316-2 and EN 809:1998.', ['BS 5316-2', 'EN 809:1998']],
  ['It falls under Regulation (EU) 2016/679.', ['Regulation (EU) 2016/679']],
  ['See the Engine Room Handbook for details.', ['Engine Room Handbook']],
  ['公式（3）给出流量，详情请参考第三部分。', ['公式（3）', '第三部分']],
  ['It is required by rule 2, not by rule 9; the load of 2 tonnes and rule 5 of chess are others.', ['rule 2']],
  ['The loads listed\nunder Starting the pump apply.', ['Starting the pump']],
  ['See Oil and grease.\n\n## 3 Oil and grease\n\nNone.', ['Oil and grease']],
  ['本摘要第二节说明原因。', ['第二节']],
  ['他第三节课没有来，在家读《红楼梦》。', []],
])('%s', (text, wanted) => {
  expect(referencesOf(text)).toEqual(wanted);
});
