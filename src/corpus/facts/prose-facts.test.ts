import { expect, test } from 'vitest';
import type { Span } from '../document.ts';
import { parseStructure } from '../structure/structure.ts';

const at = (text: string, span: Span | undefined): string | undefined =>
  span === undefined ? undefined : text.slice(span.start, span.end);

test.each([
  ['4.2.1  Scope of the rule\n\nThe rule holds.', [['Scope of the rule', '4.2.1', 'section', 3]]],
  [
    'PART 1\nPRELIMINARY\n\n1  Short title\n(1) This may be cited as the Bees Act, and it comes into force in spring.\n\n2  Interpretation\nIn this Act, more is said than here, and more of bees than of anything else.\n\nPART 2\nDUTIES\n\n3  Duty\nThe keeper of bees must tell of them.',
    [
      ['PRELIMINARY', '1', 'part', 1],
      ['Short title', '1', 'section', 2],
      ['Interpretation', '2', 'section', 2],
      ['DUTIES', '2', 'part', 1],
      ['Duty', '3', 'section', 2],
    ],
  ],
  [
    'NAME\nls - list files\n\nSYNOPSIS\nls [FILE]\n\nDESCRIPTION\nList files.\nLANG\nis read.\n\nSEE ALSO\nstat(1)',
    [
      ['NAME', undefined, undefined, 1],
      ['SYNOPSIS', undefined, undefined, 1],
      ['DESCRIPTION', undefined, undefined, 1],
      ['SEE ALSO', undefined, undefined, 1],
    ],
  ],
  [
    'CONTENTS\n\nCHAPTER 1. Loomings\n\nCHAPTER 2. The Bag\n\nCHAPTER 3. The Inn\n\nCHAPTER 1. Loomings\n\nCall me Ishmael.\n\nCHAPTER 2. The Bag\n\nI stuffed it.\n\nCHAPTER 3. The Inn\n\nI came there.',
    [
      ['Loomings', '1', 'chapter', 1],
      ['The Bag', '2', 'chapter', 1],
      ['The Inn', '3', 'chapter', 1],
    ],
  ],
  [
    '第一章　总则\n\n第一条　为了保护公众健康，制定本条例。\n\n第二条【定义】本条例所称蜂箱，是指养蜂的箱。\n\n第二章　附则\n\n第三条违反第一条规定的，处三千元罚款。',
    [
      ['总则', '一', 'chapter', 1],
      ['第一条', '一', 'article', 2],
      ['定义', '二', 'article', 2],
      ['附则', '二', 'chapter', 1],
      ['第三条', '三', 'article', 2],
    ],
  ],
  ['1. Unplug the unit\n2. Remove the cover\n3. Clean the filter', []],
  ['He paid them all in\n4. Then he went away\nto the sea.', []],
])('the tree of %j', (text, tree) => {
  const { sections } = parseStructure(text);
  expect(sections.map(({ title, number, unit, level }) => [title, number, unit, level])).toEqual(tree);
  for (const { parent, span } of sections) {
    const outer = sections[parent ?? -1]?.span ?? { start: 0, end: text.length };
    expect(outer.start <= span.start && span.end <= outer.end).toBe(true);
  }
});

test.each([
  ['1. Open the lid.\n2. Remove the filter.\nIt is under the lid.\n\n3. Close the lid.', true, ['1.', '2.', '3.']],
  ['Step 1: Look at it.\n\nStep 2: Go.', true, ['Step 1:', 'Step 2:']],
  ['第一步：打开电源。\n第二步：按下开关。', true, ['第一步：', '第二步：']],
  ['1. 打开总阀；\n2. 水温到60 ℃时，将旋钮拧到二档；\n3. 静置十分钟。', true, ['1.', '2.', '3.']],
  ['1. 保管好钥匙，不得转借；\n2. 按月缴纳费用，应当留存收据；\n3. 保持卫生。', false, ['1.', '2.', '3.']],
  ['（一）将文件报送主管部门；\n（二）把样品封存；\n（三）填写登记表。', false, ['（一）', '（二）', '（三）']],
  ['(a) the name of the keeper;\n(b) the place; and\n(c) the number of hives.', false, ['(a)', '(b)', '(c)']],
  ['- one\n- two', false, ['-', '-']],
])('the list of %j', (text, steps, markers) => {
  const [list, ...others] = parseStructure(text).lists;
  expect(others).toEqual([]);
  expect([list?.steps, list?.items.map(({ marker }) => marker)]).toEqual([steps, markers]);
  expect(list?.span).toEqual({ start: 0, end: text.length });
});

test.each([
  ['"License" shall mean the terms of use.', 'License', 'the terms of use'],
  [
    '“apiary” means any place where hives are kept;\n“hive” means a box for bees.',
    'apiary',
    'any place where hives are kept',
  ],
  ['Here a **key** is a 40-character string. A **key** is a 40-character string.', 'key', 'a 40-character string'],
  [
    '# Glossary\n\nBollard:\n\nA short post to which ships are moored.',
    'Bollard',
    'A short post to which ships are moored',
  ],
  ['本办法所称古籍，是指1912年以前印刷的书籍。', '古籍', '1912年以前印刷的书籍'],
  ['海陵纸业股份有限公司（以下简称“本公司”）生产纸。', '本公司', '海陵纸业股份有限公司'],
])('the definition in %j', (text, term, meaning) => {
  const [found] = parseStructure(text).definitions;
  expect([found?.term, found?.meaning]).toEqual([term, meaning]);
  expect(at(text, found?.termSpan)).toBe(term);
});

test.each([
  'This means that the ship was lost.',
  'He lived by no means alone, and it means much to him.',
  '这是指另一件事。他的意思是说不去。',
])('nothing is defined in %j', (text) => {
  expect(parseStructure(text).definitions).toEqual([]);
});

test('references point to the place where it is in the text, and of other documents to none', () => {
  const text =
    '# Report\n\n## 1 Scope\n\nSee section 2 and Table 1, Section 2 of RFC 2119, [7] and sections 1 and 2.\n\n## 2 Results\n\nTable 1. Catch\n\nFish were caught.\n\n## References\n\n[7] A. Writer, A Book of Nets.';
  const { references } = parseStructure(text);
  expect(references.map(({ label, to, target }) => [label, to, at(text, target)?.slice(0, 8)])).toEqual([
    ['section 2', 'section', '## 2 Res'],
    ['Table 1', 'table', 'Table 1.'],
    ['Section 2', 'section', undefined],
    ['RFC 2119', 'document', undefined],
    ['[7]', 'document', '[7] A. W'],
    ['sections 1', 'section', '## 1 Sco'],
    ['2', 'section', '## 2 Res'],
  ]);
});

test('a small chapter’s number, a lettered table, a bare number, an annex without one and a listed work are told apart', () => {
  const labels = (text: string): string[] =>
    parseStructure(text).references.map(({ label, target }) => `${label} > ${at(text, target)?.slice(0, 10) ?? ''}`);
  const chapters =
    'CHAPTER I. OF DITCHES\n\nA ditch is dug.\n\nCHAPTER II. OF PIPES\n\nWhat Chapter I says holds here too. In figures I trust.\n';
  expect(labels(chapters)).toEqual(['Chapter I > CHAPTER I.']);
  expect(
    labels('As Table A shows, sales fell.\n\nTable A. Sales\n\n| Year | Sales |\n| --- | --- |\n| 2019 | 5 |\n'),
  ).toEqual(['Table A > Table A. S']);
  expect(
    labels(
      '# Ladders\n\n## 2 Tests\n\n### 2.1 Strength\n\nIt bears 2.4 kN.\n\n### 2.2 Rope\n\nApply the load of 2.1 to the tread, and a load of 2.1 kN.\n',
    ),
  ).toEqual(['2.1 > ### 2.1 St']);
  expect(labels('# 办法\n\n第一条 租金不得超过附表规定的上限。\n\n# 附表\n\n租金上限\n')).toEqual([
    '附表 > # 附表\n\n租金上限',
  ]);
  expect(
    labels(
      '# Gulls\n\nThey were counted.\n\n## References\n\nAldous, M. (2017). The upper deck. Field Station Notes 11.\n',
    ),
  ).toEqual([]);
});

test('under the heading of terms plain sentences define', () => {
  const text =
    '# Gulls\n\n## 2.1 Terms\n\nA pass is one crossing of the roost. Error is reported as the difference between the two.\n\n## 2.2 Order\n\nA pass is one chance to count. It is reported as the mean.\n';
  expect(parseStructure(text).definitions.map(({ term, meaning }) => [term, meaning])).toEqual([
    ['pass', 'one crossing of the roost'],
    ['Error', 'the difference between the two'],
  ]);
});

test('Chinese references are told from counted things', () => {
  const text = '第一条　本条例适用于本市。\n\n第二条　违反第一条规定的，按照表3处罚，他上了第三节课。\n\n表3 罚款';
  const { references } = parseStructure(text);
  expect(references.map(({ label, target }) => [label, at(text, target)?.slice(0, 3)])).toEqual([
    ['第一条', '第一条'],
    ['表3', '表3 '],
  ]);
});

test.each([
  ['“Aye, that I did,” said Stubb, “and more than once.”', ['Stubb', 'Stubb']],
  ['"We knocked on every door," Ada Merritt said.', ['Ada Merritt']],
  ['Sergeant Paul Adair, who was there, told the Panel: "We knocked on doors."', ['Sergeant Paul Adair']],
  ['“You will want to get up,” said a voice above him. “Then I will do so,” he replied.', [undefined, undefined]],
  ['He had never liked the word “whale” or the “Company” itself.', []],
  ['“It worries,” said the Widow Amsel. “Go home,” his sister Perpetua had told him.', ['Widow Amsel', 'Perpetua']],
  [
    'Our chief executive, Marcus A. Teale, told investors that “we bought a freezer, not an adventure”.',
    ['Marcus A. Teale'],
  ],
  [
    '“Mind the step,” my father used to say. The shift manager wrote: “Do not touch it.”',
    ['my father', 'The shift manager'],
  ],
  ['Dr. Ada Hallam was there and took it well. She said: “I should like to shake them.”', ['Ada Hallam']],
  ['Dr. Ada Hallam met the warden there. She said: “I should like to shake them.”', [undefined]],
  ['“Look,” said Perpetua, and shook him. “Every year the sea comes less far.”', ['Perpetua', 'Perpetua']],
  ['The clerk pressed the button “Save” and the word “Done” appeared.', []],
  ['李承志教授住在镇上。李承志教授最早研究过这里，他在报告里写道：“堤一开，鱼先回来。”', ['李承志']],
  ['社区的老用户有句话：“先扶天线，再问问题。”我妈讲：“门没有了可以再做。”', ['社区的老用户', '我妈']],
  ['《井矿杂记》里有一段话，写得极好：“凿井者如夜行人。”', ['《井矿杂记》']],
  ['Anton Krüger soll am Deich gesagt haben: „Der Winter ist auch ein Genosse.“', ['Anton Krüger']],
  ['« Il fallait venir à trois heures », lui a répondu Hélène Cazaux.', ['Hélène Cazaux']],
  ['浜田誠一は年頭のあいさつで「海が変わったのなら、こちらも変わるほかない」と述べた。', ['浜田誠一']],
  ['王小明说：“走吧！”李芳笑道：“好。”他问：“去哪里？”', ['王小明', '李芳', undefined]],
])('who speaks in %j', (text, speakers) => {
  const { quotations } = parseStructure(text);
  expect(quotations.map(({ speaker }) => speaker)).toEqual(speakers);
  for (const { speaker, speakerSpan } of quotations) expect(at(text, speakerSpan)).toBe(speaker);
});

test.each([
  ['In June 2009, Kosovo joined the World Bank.', ['2009-06']],
  ['A canal was opened in 1878 and closed on 2 October 1954.', ['1878', '1954-10-02']],
  ['The strike will begin on 5 May 2024.', ['2024-05-05']],
  ['On 1st January 2020 the property vests in the Authority.', ['2020-01-01']],
  ['He walked down Brill Street on the morning of the twenty-first of March, 1823.', ['1823-03-21']],
  [
    'Ada Brook, who has run the desk since 2003, put it so. It is supported until 30 June 2026.',
    ['2003', '2026-06-30'],
  ],
  ['嘉靖三十六年（1557年），黄世安奉召入京。自2025年4月1日起，货车将加装摄像头。', ['1557', '2025-04-01']],
  ['Copyright 1999 Ada Merritt was asserted in 1999.', []],
  ['The 1998 report of the Panel was long.', []],
  ['It was built between 1961 and 1990.', []],
  ['Revenue: $5 million (31 December 2011)', []],
  ['灯塔于1897年由白礼文主持修建。', ['1897']],
  ['旧版接口将在 2025 年 6 月移除，2020 年 1 月 31 日起停止支持旧版系统。', ['2025-06', '2020-01-31']],
  ['本条例自2020年3月1日起施行。', ['2020-03-01']],
  ['截至2020年末，全市人口为三百万人。', []],
])('what happened when in %j', (text, dates) => {
  expect(parseStructure(text).events.map(({ iso }) => iso)).toEqual(dates);
});

test.each([
  ['The output rose to 12.5 million tonnes.', 12_500_000, 'tonnes', 1e6, 'output'],
  ['They had a revenue of about $3 million.', 3_000_000, '$', 1e6, 'revenue'],
  ['Orders came to EUR 71.2 million.', 71_200_000, 'EUR', 1e6, undefined],
  ['The board took a cut of 20\nper cent.', 20, 'per cent', 1, undefined],
  ['农户租用功率在十五千瓦以上的农具。', 15, '千瓦', 1, undefined],
  ['河面宽不过二十四丈。', 24, '丈', 1, undefined],
  ['自动保存改为 5 秒。', 5, '秒', 1, undefined],
  ['修复超过 500 个标签时变慢的问题。', 500, '个', 1, undefined],
  ['He walked for two hours.', 2, 'hours', 1, undefined],
  ['Area - total: 49 sq km', 49, 'sq km', 1, 'Area - total'],
  ['全年粮食产量达到1250万吨。', 12_500_000, '吨', 1e4, '全年粮食产量'],
])('the quantity in %j', (text, value, unit, scale, measures) => {
  const [found, ...others] = parseStructure(text).quantities;
  expect(others).toEqual([]);
  expect([found?.value, found?.unit, found?.scale, found?.measures]).toEqual([value, unit, scale, measures]);
  expect(at(text, found?.measuresSpan)).toBe(measures);
});

const body = 'The gauge rose over the night, and the pumps at the street were off. Nobody came to see it. '.repeat(8);

test.each([
  [
    `# Paper\n\n## Abstract\n\nWe count the eggs and the fry of the lamprey in three reaches of a stream.\n\n## Introduction\n\n${body}`,
    'abstract',
  ],
  [
    `CHAPTER IX.\n\nOF THE CAUSEWAY\n\nARGUMENT.--Mr. Lovage sets out for the marsh against advice; is overtaken by the tide; and arrives at last without boots.\n\n${body}`,
    'argument',
  ],
  [
    `# Review\n\n## Executive Summary\n\nThe pumps were off in the night and the street was wet, and nobody came.\n\n## Findings\n\n${body}`,
    'executive summary',
  ],
  [
    `# Nets\n\nNets is a small library that counts the meshes of nets and tells of their holes.\n\n## Use\n\n${body}`,
    'description',
  ],
  [
    `# 报告\n\n**摘要**：为量化遮荫的作用，本文选取六条街道进行观测。结果表明，覆盖率越高，温度越低。\n\n## 1 引言\n\n${body}`,
    'abstract',
  ],
  [
    `# Nets\n\n## Overview\n\nWelcome to the nets. You can install them with one command and get going at once, whatever your system may be today.\n\n## Use\n\n${body}`,
    undefined,
  ],
  [
    `# Nets\n\n## Background\n\nThe nets have been known for a long time, and many have used them before us.\n\n## Use\n\n${body}`,
    undefined,
  ],
])('the author’s summary of %j', (text, kind) => {
  const [found] = parseStructure(text).summaries;
  expect(found?.kind).toBe(kind);
  expect(found === undefined || (found.cut.start <= found.span.start && found.span.end <= found.cut.end)).toBe(true);
});

test('what stands in tables and fenced blocks is no prose', () => {
  const text =
    '```\nSee section 4. "x" means a y. It rose on 5 May 2024 to 5 km.\n```\n\n| a | b |\n| --- | --- |\n| see section 4 | 5 km |';
  const { references, definitions, events, quantities } = parseStructure(text);
  expect([references, definitions, events, quantities]).toEqual([[], [], [], []]);
});
