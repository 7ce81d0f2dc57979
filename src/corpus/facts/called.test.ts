/** @file Wordings of definitions, references and quantities, in shapes that the labelled set does not have. */
import { expect, test } from 'vitest';
import { parseStructure } from '../structure/structure.ts';

const defined = (text: string): string[][] =>
  parseStructure(text).definitions.map(({ term, meaning }) => [term, meaning]);

test.each([
  [
    'We call a *cold seam* any joint that was poured a day late. It shows.',
    [['cold seam', 'any joint that was poured a day late']],
  ],
  ['We call a promise a paper promise if nobody can keep it.', [['paper promise', 'if nobody can keep it']]],
  [
    'A “dead berth” – the trade’s word for a mooring without water – costs nothing.',
    [['dead berth', 'a mooring without water']],
  ],
  [
    'The policy names "wear", which it defines as damage that grows over months.',
    [['wear', 'damage that grows over months']],
  ],
  ['Versions follow CalVer, by which we mean that the year comes first.', [['CalVer', 'the year comes first']]],
  ['Black ice, that is, ice that cannot be seen, was found twice.', [['Black ice', 'ice that cannot be seen']]],
  [
    'He built in rammed chalk, the term he used for chalk beaten hard in a frame.',
    [['rammed chalk', 'chalk beaten hard in a frame']],
  ],
  [
    'The roof is a Belfast truss: a curved roof of small timbers, which is light.',
    [['Belfast truss', 'a curved roof of small timbers']],
  ],
  ['"Soft water" here means water with little lime.', [['Soft water', 'water with little lime']]],
  ['"poultry" includes ducks and geese but not swans.', [['poultry', 'ducks and geese but not swans']]],
  [
    'I put the *vane* on backwards. The vane is a small plate that turns with the wind.',
    [['vane', 'a small plate that turns with the wind']],
  ],
  ['By a *ford* I shall mean a place where one crosses on foot.', [['ford', 'a place where one crosses on foot']]],
  [
    '(1) A person who pays the fee (in these Rules, a "member") may vote.\n\n"member" has the meaning given in rule 1.',
    [['member', 'A person who pays the fee']],
  ],
  [
    '海陵纸业股份有限公司（以下简称“公司”或“海陵纸业”）收购了岭下浆厂有限公司（以下简称“岭下浆厂”）。',
    [
      ['公司', '海陵纸业股份有限公司'],
      ['海陵纸业', '海陵纸业股份有限公司'],
      ['岭下浆厂', '岭下浆厂有限公司'],
    ],
  ],
  ['市水务部门（以下称主管部门）负责监督。', [['主管部门', '市水务部门']]],
  ['前款所称住户，包括租住半年以上的人员。', [['住户', '租住半年以上的人员']]],
  ['宽限期，即付款日至罚息日的期间，不计利息。', [['宽限期', '付款日至罚息日的期间']]],
  ['- “慢充”——夜里用小电流充电的方式。', [['慢充', '夜里用小电流充电的方式']]],
])('what is defined in %j', (text, expected) => {
  expect(defined(text)).toEqual(expected);
});

test.each([
  'We call every Tuesday at noon.',
  '经理称其为好消息（以下内容略）。',
  '该房屋面积128平方米（以下称“该房屋”）。',
])('nothing is defined in %j', (text) => {
  expect(defined(text)).toEqual([]);
});

/** Labels, each with the words at its target. */
const referred = (text: string): string[] =>
  parseStructure(text).references.map(({ label, target }) =>
    target === undefined ? label : `${label} > ${text.slice(target.start, target.start + 9).trim()}`,
  );

test.each([
  [
    '# Rules\n\n## 1 Load\n\n### 1.1 Ropes\n\nHang the load.\n\n### 1.2 Clips\n\nUse the load given in 1.1, not 9.9.\n',
    ['1.1 > ### 1.1 R'],
  ],
  [
    '# 手册\n\n## 1 安装\n\n### 1.1 固定\n\n拧紧螺丝。\n\n## 2 清洁\n\n松动时按1.1处理，与2节的做法相同。\n',
    ['1.1 > ### 1.1 固', '2节 > ## 2 清洁'],
  ],
  [
    '1. Meetings\n\nThe club meets monthly.\n\n2. Fees\n\nThe fee is set under byelaw 1.\n\n3. Boats\n\nBoats are kept ashore.\n',
    ['byelaw 1 > Meetings'],
  ],
  [
    '# Changelog\n\n## [2.1.0] - 2024-05-01\n\n- Removed; it broke in 2.0.0.\n\n## [2.0.0] - 2024-04-01\n\n- Added.\n',
    ['2.0.0 > ## [2.0.0'],
  ],
  [
    '# Labels\n\nSizes are in Table 1.\n\nTable 1 — Sizes of labels\n\n| Mass | Side |\n|---|---|\n| 1 kg | 28 |\n| 2 kg | 40 |\n',
    ['Table 1 > Table 1 —'],
  ],
  [
    '# Labels\n\nAnnex A is normative.\n\n## 1 Scope\n\nAll labels.\n\n## Annex A (normative) Pull test\n\nPull.\n',
    ['Annex A > ## Annex'],
  ],
])('where the references of %j lead', (text, expected) => {
  expect(referred(text)).toEqual(expected);
});

test('parts with letters are parts, also where a letter is a Roman numeral', () => {
  const text = ['A - WORK', 'B - MONEY', 'C - RESERVES', 'D - LAND']
    .map((part) => `PART ${part}\n\nThe trustees met four times in the year.\n\n`)
    .join('');
  expect(parseStructure(text).sections.map(({ number, title, level }) => [number, title, level])).toEqual([
    ['A', 'WORK', 1],
    ['B', 'MONEY', 1],
    ['C', 'RESERVES', 1],
    ['D', 'LAND', 1],
  ]);
});

test.each([
  ['民国十七年下了雪。淳祐三年（1243年）又下了雪，下了三年。', ['三年']],
  ['谷值在第9小时出现，持续6小时。', ['6小时']],
  ['船走了两个钟头，堤长十二丈，限5个工作日内付清。', ['两个钟头', '十二丈', '5个工作日']],
  ['We will pay within five working days. It costs 3.2 million kroner.', ['five working days', '3.2 million kroner']],
  ['加水100 mL化开。', ['100 mL']],
])('what is measured in %j', (text, expected) => {
  expect(parseStructure(text).quantities.map(({ span }) => text.slice(span.start, span.end))).toEqual(expected);
});

test.each([
  ['‘You are late,’ Mr Reed told me, and I said, ‘The road was out,’ and he said, ‘Then sit.’', undefined],
  ['My teacher, old Brandl, used to say, “Wet wood sings.”', 'Brandl'],
  ['学者沈以宁在《河工考》中写道：“堤之坚，不在土。”沈以宁是学者。', '沈以宁'],
  ['邵明：邻居投诉信说：“每天五点，狗在门口开会。”', '邻居投诉信'],
  ['韩有福蹲在船头。韩有福抬头看了看。\n\n“不忙。”韩有福把绳子一丢，“河心有冰。”', '韩有福'],
])('who says the first words that are not of another in %j', (text, expected) => {
  const { quotations } = parseStructure(text);
  const said = quotations.find(({ span }) => !text.slice(span.start, span.end).startsWith('You'));
  expect(said?.speaker).toBe(expected);
});
