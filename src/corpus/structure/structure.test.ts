import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { findDates } from '../facts/dates.ts';
import { findNames } from '../facts/names.ts';
import { findNumbers } from '../facts/numbers.ts';
import { findRecords } from '../tables/field-records.ts';
import { boilerplateMarks, stripBoilerplate } from './boilerplate.ts';
import { findSections } from './sections.ts';
import { findParagraphs, findSentences } from './sentences.ts';
import { parseStructure } from './structure.ts';

const corpus = packagedDocuments();
const textOf = (id: string): string => corpus.find((document) => document.id === id)?.text ?? '';

test.each([
  ['a coast of 1,204 km, twice', 1204, '1204', 'km', '1,204 km'],
  ['1.284 million sq km in all', 1284000, '1.284', 'sq km', '1.284 million sq km'],
  ['at -12.6% of it', -12.6, '-12.6', '%', '-12.6%'],
  ['$901,125,674.86 were paid', 901125674.86, '901125674.86', '$', '$901,125,674.86'],
  ['the 3415 m peak', 3415, '3415', 'm', '3415 m'],
  ['3 mates', 3, '3', undefined, '3'],
  ['$3.4m in cash', 3_400_000, '3.4', '$', '$3.4m'],
  ['a wall 3.4m high', 3.4, '3.4', 'm', '3.4m'],
  ['£5m', 5_000_000, '5', '£', '£5m'],
  ['$1.07 billion', 1_070_000_000, '1.07', '$', '$1.07 billion'],
  ['$1.2bn of it', 1_200_000_000, '1.2', '$', '$1.2bn'],
  ['US$40 million', 40_000_000, '40', '$', 'US$40 million'],
  ['1.5M users', 1_500_000, '1.5', undefined, '1.5M'],
  ['some 10 000 people', 10_000, '10000', undefined, '10 000'],
  ['12 500 km of road', 12_500, '12500', 'km', '12 500 km'],
  ['sales 800 750', 800, '800', undefined, '800'],
  ['−5 °C at night', -5, '-5', '°C', '−5 °C'],
  ['-$20', -20, '-20', '$', '-$20'],
  ['1e6 of them', 1_000_000, '1e6', undefined, '1e6'],
  ['3 x 10^8 m/s', 300_000_000, '3', 'm/s', '3 x 10^8 m/s'],
  ['16 GB', 16, '16', 'GB', '16 GB'],
  ['5 GHz', 5, '5', 'GHz', '5 GHz'],
  ['200 lb', 200, '200', 'lb', '200 lb'],
  ['25 basis points', 25, '25', 'basis points', '25 basis points'],
])('number in "%s"', (text, value, digits, unit, wording) => {
  const [found] = findNumbers(text);
  expect(found).toMatchObject({ value, digits });
  expect(found?.unit).toBe(unit);
  expect(text.slice(found?.span.start, found?.span.end)).toBe(wording);
});

test.each([
  ['on 5 July 1962 (from France)', '1962-07-05'],
  ['the treaty of the 15th June, 1846, between', '1846-06-15'],
  ['July 4, 1776', '1776-07-04'],
  ['2015-02-28', '2015-02-28'],
  ['since January 2014', '2014-01'],
  ['in 1960', '1960'],
  ['on Jan 5, 1962', '1962-01-05'],
  ['the year ended Dec. 31, 2019', '2019-12-31'],
  ['5 Sept 1962', '1962-09-05'],
  ['the 4th of July 1776', '1776-07-04'],
  ['1962/07/05', '1962-07-05'],
  ['31/12/2019', '2019-12-31'],
  ['12/31/2019', '2019-12-31'],
  ['05/07/1962', '1962'],
  ['by May 12th', '--05-12'],
  ['221 BC', '-0220'],
  ['4.13.1 July 2000: the fair', '2000-07'],
])('date in "%s"', (text, iso) => {
  expect(findDates(text).map((date) => date.iso)).toEqual([iso]);
});

test.each([
  '31 February 1900',
  'March 32, 1999',
  '2024-13-01',
  '1500 people came',
  'a coast of 1960 km and 1,960 ships',
  'the 1990s',
])('"%s" has no date', (text) => {
  expect(findDates(text)).toEqual([]);
});

test('sentences do not end at abbreviations or initials', () => {
  const text =
    'Mr. Starbuck met J. Q. Adams at 3 p.m. in the U.S. Capitol. "Who goes?" he cried. Nobody did.\n\nThe end.';
  expect(findSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Mr. Starbuck met J. Q. Adams at 3 p.m. in the U.S. Capitol.',
    '"Who goes?" he cried.',
    'Nobody did.',
    'The end.',
  ]);
});

test('sentences do not end within a time of day', () => {
  const text = 'It was off at 7.40 p.m. Thursday, said Sgt. Hill. By 9 a.m. The Times had it.';
  expect(findSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'It was off at 7.40 p.m. Thursday, said Sgt. Hill.',
    'By 9 a.m.',
    'The Times had it.',
  ]);
});

test('sentences do not end between an abbreviation and its number', () => {
  const text = 'He came on Jan. 5 and left. See Fig. 3 and Sec. 2.1 (Dec. 31, 2019). It was the 31st of Dec. We slept.';
  expect(findSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'He came on Jan. 5 and left.',
    'See Fig. 3 and Sec. 2.1 (Dec. 31, 2019).',
    'It was the 31st of Dec.',
    'We slept.',
  ]);
});

test.each([
  ['Guide\n=====\n\nIntro.\n\nUsage\n-----\n\nMore.', ['Guide', 'Usage']],
  ['---\ntitle: x\n---\n\n| a |\n---\n\nOne\ntwo\n---', []],
  ['```py\n# no heading\nx=1\n```\n\n# Real\n\n```\n# never closed', ['Real', 'never closed']],
  ['Part One\n\nChapter One\n\nIt was.\n\nBOOK THE LAST: 1805', ['Part One', 'Chapter One', '1805']],
  ['section 13, concerning a network, applies\nSection 2 of the law says so.\nPart one of them left.', []],
  ['一、总论\n\n正文。\n\n（一）小节\n\n二、方法\n\n三、这是一个句子，不是标题。', ['总论', '小节', '方法']],
])('the headings of %j', (text, titles) => {
  expect(findSections(text).map(({ title }) => title)).toEqual(titles);
});

test('paragraphs and sentences cover every letter of a real chapter, in order and without overlap', () => {
  const text = textOf('moby-dick/36');
  for (const spans of [findParagraphs(text), findSentences(text)]) {
    let end = 0;
    let covered = '';
    for (const span of spans) {
      expect(span.start).toBeGreaterThanOrEqual(end);
      expect(text.slice(end, span.start)).toMatch(/^\s*$/);
      covered += text.slice(span.start, span.end);
      end = span.end;
    }
    expect(covered.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  }
});

test('sections nest by level', () => {
  const text = '# Book\n\nlead\n\n## One\n\na\n\n### Deep\n\nb\n\n## Two\n\nc';
  const sections = findSections(text).map(({ title, level, span }) => [
    title,
    level,
    text.slice(span.start, span.end).length,
  ]);
  expect(sections).toEqual([
    ['Book', 1, text.length],
    ['One', 2, text.indexOf('## Two') - text.indexOf('## One')],
    ['Deep', 3, text.indexOf('## Two') - text.indexOf('### Deep')],
    ['Two', 2, text.length - text.indexOf('## Two')],
  ]);
  expect(
    findSections('CHAPTER XII. The Whale\n\nx\n\n1.2 Method of work\n\ny').map((section) => section.title),
  ).toEqual(['The Whale', 'Method of work']);
});

test('what is put behind a record is a part of its own beside the numbered ones', () => {
  const record =
    '一、主持人开场\n\n现在开会。\n\n二、总结\n\n会议到此结束。\n\n附：后续情况\n\n批复于八月下发。\n\n附：名单、日程';
  expect(findSections(record).map(({ title, level }) => [title, level])).toEqual([
    ['主持人开场', 1],
    ['总结', 1],
    ['后续情况', 1],
  ]);
});

test.each([
  ['* Changes in 4.2\n\n** Bug fixes\n\n  Mended.\n\n** It runs.\n** It stops.\n', ['1 Changes in 4.2', '2 Bug fixes']],
  [
    '一、任务\n\n（一）排查隐患。各区应当排查。\n\n（二）储备物资。各区应当储备。\n',
    ['1 任务', '2 排查隐患', '2 储备物资'],
  ],
  ['## 3 Use\n\n## 3.1 Cooking\n\nHeat it.\n\n## 4 Care\n', ['2 Use', '3 Cooking', '2 Care']],
  ['Leeks\n\nHistory\n\n- old\n\nToday\n\n- new\n\nUses\n\n- soup\n', ['1 History', '1 Today', '1 Uses']],
])('the headings of %j', (text, expected) => {
  expect(findSections(text).map(({ level, title }) => `${level} ${title}`)).toEqual(expected);
});

test('contents, works cited and subsections of a law are no lists; persons of a play are one', () => {
  const listsOf = (text: string): number => parseStructure(text).lists.length;
  expect(listsOf('# A\n\n- [B](#b)\n- [C](#c)\n\n## References\n\n1. Ash, Ropes.\n2. Elm, Sails.\n')).toBe(0);
  expect(
    listsOf(
      '1 Dues\n\n(1) Dues are payable in respect of every vessel which enters.\n(2) The rates of dues are fixed by the Authority.\n\n2 Payment\n\nAt once.\n',
    ),
  ).toBe(0);
  expect(listsOf('CHARACTERS\n\nNELL, a widow\nTOM, her nephew\n\nNELL. You are late.\n')).toBe(1);
});

test('a country profile parses into its sections and its fields', () => {
  const text = textOf('factbook/cd');
  const { sections, records } = parseStructure(text);
  expect(sections.map((section) => section.title).slice(0, 3)).toEqual([
    'Introduction',
    'Geography',
    'People and Society',
  ]);
  const fields = records.flatMap((record) => record.fields);
  const capital = fields.find((field) => field.label === 'Capital - name');
  expect(capital?.value).toBe("N'Djamena");
  for (const field of fields) expect(text.slice(field.span.start, field.span.end)).toBe(field.value);
});

test('runs of fields are records', () => {
  expect(findRecords('Name: Pequod\nMasts: 3\n\nAlone: x')).toHaveLength(1);
});

test('names are found with all their mentions; common words at the start of sentences are not names', () => {
  const names = findNames(textOf('moby-dick/36'));
  const ahab = names.find((name) => name.name === 'Ahab');
  expect(ahab?.mentions.length).toBeGreaterThan(10);
  const text = textOf('moby-dick/36');
  for (const { name, mentions } of names)
    for (const span of mentions) expect(text.slice(span.start, span.end)).toBe(name);
  expect(names.map((name) => name.name)).toEqual(expect.arrayContaining(['Starbuck', 'Stubb', 'Moby Dick']));
  expect(findNames('When he ran, they ran. When it rained, when not. When so.')).toEqual([]);
});

const page = (n: number): string => `THE WHALE\n\nBody ${n}. ${'Call me Ishmael. '.repeat(60)}\n\n${n}\n`;

test('distribution headers, footers, page numbers and running heads are taken off', () => {
  const text = `The Project Gutenberg eBook\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n${[1, 2, 3, 5, 6].map(page).join('\n')}\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\nlicence`;
  const stripped = stripBoilerplate(text);
  expect(stripped.match(/Body \d/g)).toHaveLength(5);
  expect(stripped).not.toMatch(/GUTENBERG|WHALE|licence|^\d+$/im);
  expect(boilerplateMarks.some((mark) => mark.test(text))).toBe(true);
});

test.each([
  ['*** START OF THE PROJECT GUTENBERG\nEBOOK LONG TITLE ***\n\nThe body.', 'The body.'],
  ['Legal advice.\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\nThe body.', 'The body.'],
  ["The body.\n\nEnd of Project Gutenberg's X, by Y\n\n*** END OF", 'The body.'],
  ['One.\nPage 3 of 10\nTwo.', 'One.\nTwo.'],
])('of "%s" the work is left', (text, work) => {
  expect(stripBoilerplate(text)).toBe(work);
});

test('numbers alone on their lines are data unless they number pages', () => {
  const column = Array.from({ length: 60 }, (_, i) => `${i + 1}`).join('\n');
  expect(stripBoilerplate(column)).toBe(column);
  const years = [1984, 1985, 1986, 1987]
    .map((year) => `${year}\n\n${'Much rain fell. '.repeat(40).trim()}`)
    .join('\n\n');
  expect(stripBoilerplate(years)).toBe(years);
  const counted = 'The winning years:\n\n1984\n\n1985\n\nand he counted\n42\nitems';
  expect(stripBoilerplate(counted)).toBe(counted);
  const both = `${[1, 2, 3, 4].map(page).join('\n')}\n${'It was counted. '.repeat(30)}\n${column}`;
  expect(stripBoilerplate(both).match(/^\d+$/gm)).toHaveLength(60);
});
