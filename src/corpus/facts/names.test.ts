import { expect, test } from 'vitest';
import { readMobyDick } from '../sources/moby-dick.ts';
import { parseStructure } from '../structure/structure.ts';
import { findNamesIn } from './names/names-in.ts';
import { findNames, namesOf } from './names.ts';

const found = (text: string): string[] =>
  namesOf(text)
    .names.map(({ name, kind }) => `${name}: ${kind}`)
    .sort();

test.each([
  ['Ada Merritt came late. "No," said Mr. Merritt, and they saw Ada Merritt’s coat.', ['Ada Merritt: person']],
  [
    'We heard Ludwig van Beethoven play. The Bank of England paid Ludwig van Beethoven, as the Bank of England should.',
    ['Bank of England: organisation', 'Ludwig van Beethoven: person'],
  ],
  [
    'Shares of Harlow Foods Inc. fell. In Oslo, Harlow Foods Inc. had closed a mill near Oslo.',
    ['Harlow Foods Inc.: organisation', 'Oslo: place'],
  ],
  [
    'He studied at the University of Bergen in Norway. The University of Bergen is old, as is Norway.',
    ['Norway: place', 'University of Bergen: organisation'],
  ],
  [
    'They crossed the Wend River. From Kent County to the Wend River it is far, and Kent County is flat.',
    ['Kent County: place', 'Wend River: place'],
  ],
  ['In *The Pan and the Plough* he says so. Few read *The Pan and the Plough* now.', ['The Pan and the Plough: work']],
  ['The World Health Organization (WHO) said so. The WHO was sure.', ['World Health Organization: organisation']],
  ['The gross domestic product (GDP) rose. Then GDP fell.', ['GDP: term']],
])('the names in %s', (text, names) => {
  expect(found(text)).toEqual(names);
});

test.each([
  'Enter HAMLET. Exeunt. Enter two Clowns. Exeunt all. None of them speaks. None did.',
  'In March and in May it rained; on Monday in March. The May rains fell on Monday.',
  '# Sources Of Revenue\n\nIt rose.\n\n# Sources Of Revenue\n\nIt fell again.',
  'Call `RequestHandler` first. Then RequestHandler.run() or the RequestHandler(x) form.',
  'When he ran, they ran. When it rained, when not. When so. However, it is. However, it was.',
  'The Company and the Board met. The Board of the Company sits; the Company pays the Board.',
  'French wine and the French way. A French and an English view; English too.',
])('no name is in %s', (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['From: Odile Brandt <odile@mill.example>\nTo: the printer\n\nIt is late.', ['Odile Brandt: person']],
  [
    'A Study of Sheds\n\nKarin Holm and Esi Tetteh\n\nIt is cold.\n\n[1] E. Tetteh. Sheds.',
    ['Esi Tetteh: person', 'Karin Holm: person'],
  ],
  [
    '# Changelog\n\nAll notable changes to **millrace** are here.\n\nRun `millrace up`. Then millrace starts.',
    ['millrace: term'],
  ],
  ['See the Bees and Hives (Removal) Act 1987 for that.', ['Bees and Hives (Removal) Act 1987: work']],
  [
    'The stores at Brenna, Holm and Ytter were full. Then Holm burned, and Ytter too; Brenna did not.',
    ['Brenna: place', 'Holm: place', 'Ytter: place'],
  ],
  ['She was at Harrow & Pell. To Harrow & Pell it was a loss.', ['Harrow & Pell: organisation']],
])('what one place proves in %j', (text, names) => {
  expect(found(text)).toEqual(names);
});

test('columns say what their cells name', () => {
  const { names } = parseStructure(
    '| River | Otters |\n| --- | --- |\n| Wick Beck | 14 |\n| Sallow | 9 |\n\nWick Beck had most, and Sallow had few.',
  );
  expect(names.map(({ name, kind }) => `${name}: ${kind}`)).toEqual(['Sallow: place', 'Wick Beck: place']);
});

test('short speakers are who the text spells out', () => {
  const at = (text: string, from: number) => ({
    name: 'Osr',
    span: { start: text.indexOf('Osr. ', from), end: text.indexOf('Osr. ', from) + 3 },
  });
  const text = 'Enter Duke Osric.\n\nOsr. How now?\n\nOsr. Let be.';
  const { names } = namesOf(text, { speakers: [at(text, 0), at(text, 35)] });
  expect(names.map(({ name, kind }) => `${name}: ${kind}`)).toEqual(['Osric: person']);
});

test('a surname that two persons bear stays apart', () => {
  const text =
    'Ada Merritt met Hugh Merritt. Later Mr. Merritt spoke to Ada Merritt, and Hugh Merritt left. So did Mr. Merritt.';
  expect(found(text)).toEqual(['Ada Merritt: person', 'Hugh Merritt: person', 'Merritt: person']);
});

test('of a novel, the persons, the places and the ship, with the places where they stand', () => {
  const text = readMobyDick()
    .filter(({ id }) => /^moby-dick\/(?:16|17|18|20|21|36)$/.test(id))
    .map((document) => document.text)
    .join('\n\n');
  const { names } = namesOf(text);
  const kinds = new Map(names.map(({ name, kind }) => [name, kind]));
  for (const name of ['Ahab', 'Queequeg', 'Starbuck', 'Peleg', 'Bildad']) expect(kinds.get(name), name).toBe('person');
  for (const name of ['Nantucket']) expect(kinds.get(name), name).toBe('place');
  for (const { name, mentions } of names.slice(0, 40))
    for (const { start, end } of mentions)
      expect(name.toLowerCase().split(/[ -]/)).toEqual(
        expect.arrayContaining([text.slice(start, end).toLowerCase().split(/[\s-]/).at(-1)]),
      );
  expect(names.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['The']));
});

test('common words at the start of sentences are no names, and mentions are all of them', () => {
  const text = 'We saw Ahab. Then Ahab spoke, and Ahab wept. Whales came. Then whales left.';
  expect(findNames(text).map(({ name, mentions }) => [name, mentions.length])).toEqual([['Ahab', 3]]);
});

test('where every noun has a capital no names are told', () => {
  expect(findNamesIn('Der Hund und die Katze. Der Hund bellt, die Katze schläft.', ['de']).names).toEqual([]);
});

test('a hostile text takes linear time', () => {
  for (const text of [
    'A’'.repeat(20_000),
    'A. '.repeat(20_000),
    'Aa\n'.repeat(20_000),
    `${'A'.repeat(60_000)}_`,
    '*A '.repeat(20_000),
  ]) {
    const { names } = namesOf(text);
    expect(names.length).toBeLessThan(3);
  }
});

test.each([
  [
    '# Counting gulls\n\nMeret Aldous and Jon Brask, Hale Field Station\nAbstract. They were counted.\n\nBrask (2015) warned of it. Aldous suspects talk. Hale Field Station was built in 1950.\n',
    { 'Meret Aldous': 'person', 'Jon Brask': 'person', 'Hale Field Station': 'organisation' },
  ],
  [
    'It was confirmed. According to its managing director,\nNora Fell, it will cost more. Fell\nsaid it would add to the bill.\n',
    { 'Nora Fell': 'person' },
  ],
  [
    'In June it signed to buy Lindqvist Service AB of Lund. Lindqvist Service AB has 44 employees. The Hallow Brickworks shut in May. Nobody mourned the Hallow Brickworks.\n',
    { 'Lindqvist Service AB': 'organisation', 'Hallow Brickworks': 'organisation' },
  ],
  [
    '方塘桥是一座石拱桥，横跨青竹溪。1573年，方塘桥由乡绅捐建。后来青竹溪发大水，冲毁两孔，方塘桥次年修复。',
    { 方塘桥: 'place', 青竹溪: 'place' },
  ],
  [
    '参考文献\n\n[1] 何初平. 雨后渗水的观察[J]. 园林技术, 2013(2): 21-26.\n\n[2] 沈述之. 篾宽与编法[J]. 园林技术, 2016(4): 9-15.\n',
    { 园林技术: 'work' },
  ],
])('kinds of names in %j', (text, kinds) => {
  const found = Object.fromEntries(parseStructure(text).names.map(({ name, kind }) => [name, kind]));
  expect(found).toMatchObject(kinds);
});
