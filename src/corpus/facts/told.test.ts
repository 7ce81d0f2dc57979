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
