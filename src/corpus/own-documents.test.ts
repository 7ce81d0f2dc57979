import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { InputError } from '../errors.ts';
import { random } from '../random.ts';
import { findTurns } from './conversation/turns.ts';
import { filterDocuments } from './filter.ts';
import { selectPackagedDocuments } from './load-corpus.ts';
import { selectOwnDocuments } from './own-documents.ts';
import { readOwnTexts } from './own-texts.ts';
import { selectionLines } from './select.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

const code = async (read: Promise<unknown>): Promise<string> => {
  try {
    await read;
  } catch (error) {
    return error instanceof InputError ? error.code : `not an InputError: ${error}`;
  }
  return 'no error';
};

/** A story in which two people keep being named inside sentences. */
const story = (paragraphs: number): string =>
  Array.from(
    { length: paragraphs },
    (_, i) =>
      `On day ${i} the crew saw ${i % 3 === 0 ? 'Anna' : 'Bertram'} again. ${'They walked on and on. '.repeat(30)}`,
  ).join('\n\n');

/** Another story than any other here: a near copy would be refused. */
const tale = (name: string, deed: string): string =>
  story(12).replaceAll('Anna', name).replaceAll('They walked on and on.', deed);

test.each([
  ['missing.txt', undefined, 'documents-missing'],
  ['empty.txt', '', 'document-empty'],
  ['blank.txt', ' \n\t\n', 'document-empty'],
  ['zero.txt', new Uint8Array([65, 0, 66]), 'document-binary'],
  ['latin1.txt', new Uint8Array([0x63, 0x61, 0x66, 0xe9]), 'document-not-utf8'],
  ['photo.jpg', 'not text', 'document-unknown-format'],
])('%s is refused with a reason', async (name, content, expected) => {
  const file = content === undefined ? path.join(folder, name) : put(name, content);
  expect(await code(selectOwnDocuments(file))).toBe(expected);
});

test('for dossiers a text becomes parts with numbers, words, last word and first name', async () => {
  const file = put('story/The Voyage.txt', story(40));
  const { kept } = await selectOwnDocuments(file, { licence: 'CC-BY-4.0' });
  expect(kept.length).toBeGreaterThan(5);
  expect(kept[0]?.record?.key).toBe('Walked');
  const facts = Object.fromEntries((kept[0]?.record?.facts ?? []).map((fact) => [fact.field, fact.value]));
  expect(facts).toMatchObject({ part: '1', 'last word': 'on', 'first named': 'Anna' });
  expect(kept.every((document) => document.licence === 'CC-BY-4.0')).toBe(true);
});

test('a folder is read in order of path, and a bad file is refused without stopping the rest', async () => {
  put('many/a.txt', tale('Anna', 'They sang of home and mended sails until the rain stopped.'));
  put('many/sub/b.md', tale('Bruno', 'The harbour of the town lay in thick fog for a week.'));
  put('many/c.pdf', 'no document');
  put('many/x.txt/inside.txt', tale('Clara', 'Every lamp in the street was lit before the guests came.'));
  put('many/z.txt', '');
  put('many/scan.txt', new Uint8Array([65, 0, 66]));
  symlinkSync(path.join(folder, 'nowhere.txt'), path.join(folder, 'many', 'link.txt'));
  const { kept, refused } = await selectOwnDocuments(path.join(folder, 'many'));
  expect([...new Set(kept.map((document) => document.source))]).toEqual(['a.txt', 'sub/b.md', 'x.txt/inside.txt']);
  expect(refused.map(({ id, criterion }) => [id, criterion])).toEqual([
    ['c.pdf', 'file'],
    ['link.txt', 'file'],
    ['scan.txt', 'file'],
    ['z.txt', 'file'],
  ]);
  expect(refused[1]?.reason).toBe('cannot be read (ENOENT)');
  expect(refused[3]?.reason).toBe('the document is empty');
});

test.skipIf(process.getuid?.() === 0)(
  'what may not be read or listed is refused with the reason, and the rest is read (root may do all)',
  async () => {
    put('closed/a.txt', story(12));
    put('closed/secret/b.txt', story(12));
    chmodSync(put('closed/locked.txt', story(12)), 0);
    chmodSync(path.join(folder, 'closed/secret'), 0);
    const { kept, refused } = await selectOwnDocuments(path.join(folder, 'closed'));
    chmodSync(path.join(folder, 'closed/secret'), 0o700);
    expect(kept.every(({ source }) => source === 'a.txt')).toBe(true);
    expect(refused.map(({ id, reason }) => [id, reason])).toEqual([
      ['locked.txt', 'cannot be read (EACCES)'],
      ['secret', 'cannot be read (EACCES)'],
    ]);
  },
);

test('a folder without texts is refused; texts of one name are numbered through', async () => {
  put('broken/z.txt', '');
  put('broken/y.txt', '');
  expect(await code(selectOwnDocuments(path.join(folder, 'broken')))).toBe('folder-unusable');
  mkdirSync(path.join(folder, 'none'));
  expect(await code(selectOwnDocuments(path.join(folder, 'none')))).toBe('folder-empty');
  put('twins/a report 1.txt', tale('Anna', 'They sang of home and mended sails until the rain stopped.'));
  put('twins/a report 2.md', tale('Bruno', 'The harbour of the town lay in thick fog for a week.'));
  const { kept } = await selectOwnDocuments(path.join(folder, 'twins'));
  expect(new Set(kept.map(({ source }) => source)).size).toBe(2);
  expect(new Set(kept.map(({ record }) => record?.key)).size).toBe(kept.length);
});

test('the metadata filter keeps by licence, kind and length and says why it drops', async () => {
  const corpus = packagedDocuments();
  const { kept, refused } = filterDocuments(corpus, {
    licences: ['public-domain'],
    kinds: ['reference'],
    minWords: 1000,
  });
  expect(kept.length + refused.length).toBe(corpus.length);
  expect(kept.every((document) => document.kind === 'reference')).toBe(true);
  expect(refused.find((entry) => entry.id.startsWith('sotu/'))?.reason).toBe('licence CC0-1.0, expected public-domain');
  expect(refused.some((entry) => /^\d+ words$/.test(entry.reason))).toBe(true);
  const { kept: unknown } = await selectOwnDocuments(put('u.txt', story(3)));
  expect(filterDocuments(unknown, {}).kept).toEqual([]);
});

test('own documents in another language, too short, or copied are refused with the reason', async () => {
  put('mixed/a.txt', story(30));
  put('mixed/b copy.txt', story(30));
  put('mixed/c.txt', 'Trop court.');
  put('mixed/d.txt', 'Il etait une fois un roi et une reine dans un grand chateau, pres de la mer. '.repeat(20));
  const { kept, refused } = await selectOwnDocuments(path.join(folder, 'mixed'));
  expect(new Set(kept.map((document) => document.source))).toEqual(new Set(['a.txt']));
  const criteria = new Set(refused.map(({ criterion }) => criterion));
  expect(criteria).toEqual(new Set(['language', 'duplicate']));
  expect(kept.every((document) => document.licence === 'unknown')).toBe(true);
});

test('the packaged documents say which pages are no countries', () => {
  const { kept, refused } = selectPackagedDocuments();
  expect(kept.length).toBeGreaterThan(500);
  expect(refused.find(({ id }) => id === 'factbook/xx')?.reason).toBe('the page names no country');
  expect(refused.some(({ criterion }) => criterion === 'duplicate')).toBe(true);
});

test('own documents of other formats are read beside plain text: rows are numbered through their file and keep their licence', async () => {
  put('eight/a.txt', tale('Anna', 'They sang of home and mended sails until the rain stopped.'));
  put(
    'eight/page.html',
    `<html><body><p>${tale('Bruno', 'The harbour of the town lay in thick fog for a week.').replaceAll('\n\n', '</p><p>')}</p></body></html>`,
  );
  const rows = [
    tale('Clara', 'Every lamp in the street was lit before the guests came.'),
    tale('Dmitri', 'A goat ate the map and nobody knew where to go.'),
  ].map((text) => ({ text, license: 'MIT' }));
  put('eight/rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  put('eight/packed.csv.gz', gzipSync(`text\n"${tale('Edith', 'Snow fell on the pass while the mules were fed.')}"\n`));
  put('eight/photo.jpg', 'not text');
  const { kept, refused } = await selectOwnDocuments(path.join(folder, 'eight'), { licence: 'CC0-1.0' });
  const files = new Set(kept.map(({ source }) => source.split('#')[0]));
  expect(files).toEqual(new Set(['a.txt', 'page.html', 'rows.jsonl', 'packed.csv.gz']));
  expect(refused.find(({ id }) => id === 'photo.jpg')?.criterion).toBe('file');
  const own = kept.filter(({ source }) => source.startsWith('rows.jsonl'));
  expect(new Set(own.map(({ licence }) => licence))).toEqual(new Set(['MIT']));
  expect(new Set(kept.map(({ record }) => record?.key)).size).toBe(kept.length);
  expect(kept.find(({ source }) => source === 'a.txt')?.licence).toBe('CC0-1.0');
  const one = await selectOwnDocuments(path.join(folder, 'eight/rows.jsonl'));
  expect(one.kept.length).toBe(own.length);
  const some = await selectOwnDocuments(path.join(folder, 'eight/*.jsonl'));
  expect(some.kept.length).toBe(own.length);
});

/** A play, names above the speeches, of words drawn so that no two parts are alike. */
function play(speeches: number, layout: (name: string, words: string) => string): string {
  const rng = random('play', speeches);
  const words = 'the crown and sword of our lost king will fall to you before this night is old'.split(' ');
  const line = () => `${Array.from({ length: 14 }, () => rng.pick(words)).join(' ')}.`;
  const names = ['HAMLET', 'HORATIO', 'GERTRUDE', 'OPHELIA'];
  return Array.from({ length: speeches }, () => layout(rng.pick(names), `${line()}\n${line()}`)).join('\n\n');
}

test.each([
  ['names above speeches', (name: string, words: string) => `${name}.\n${words}`, 'conversation'],
  ['labels', (name: string, words: string) => `${name}: ${words}`, 'conversation'],
])('for readings a play stays one conversation, with every speaker: %s', async (layout, write, form) => {
  const file = put(`plays ${layout}/Play.txt`, play(300, write));
  const { kept } = await selectOwnDocuments(file, { purpose: 'readings' });
  expect(new Set(kept.map(({ kind }) => kind))).toEqual(new Set([form]));
  expect(kept.length).toBeLessThan(6);
  const turns = kept.flatMap(({ text }) => findTurns(text));
  expect(turns).toHaveLength(300);
  expect(new Set(turns.map(({ speaker }) => speaker)).size).toBe(4);
});

test('for readings parts are long and have the titles of their files; a language model is given the whole', async () => {
  const rng = random('essays');
  const words = 'the river and its old bridge were known to all who came from the far hills with salt'.split(' ');
  const essay = () =>
    Array.from({ length: 80 }, () => `${Array.from({ length: 60 }, () => rng.pick(words)).join(' ')}.`).join('\n\n');
  const rows = Array.from({ length: 60 }, (_, i) => JSON.stringify({ title: `Essay ${i}`, text: essay() }));
  const file = put('essays.jsonl', rows.join('\n'));
  const parts = (await selectOwnDocuments(file, { purpose: 'readings' })).kept;
  expect(parts).toHaveLength(60);
  expect(parts[7]?.title).toBe('Essay 7');
  const whole = (await selectOwnDocuments(file, { purpose: 'whole' })).kept;
  expect(whole).toHaveLength(60);
  expect(JSON.parse(rows[3] ?? '').text).toBe(whole[3]?.text);
  expect((await selectOwnDocuments(file)).kept.length).toBeGreaterThan(300);
});

test('of more text than a build holds, the same texts are taken whatever their order', async () => {
  const texts = Array.from({ length: 50 }, (_, i) =>
    JSON.stringify({ id: `d${i}`, text: `${i} ${'words '.repeat(100)}` }),
  );
  put('held/documents.jsonl', texts.join('\n'));
  put('held/refused.jsonl', '{"id":"x","code":"empty"}');
  const forth = await readOwnTexts(path.join(folder, 'held'), 9000);
  put('held/documents.jsonl', texts.toReversed().join('\n'));
  const back = await readOwnTexts(path.join(folder, 'held'), 9000);
  expect(forth.texts.length).toBeGreaterThan(10);
  expect(forth.texts.length).toBeLessThan(16);
  expect(new Set(back.texts.map(({ id }) => id))).toEqual(new Set(forth.texts.map(({ id }) => id)));
  expect(forth.refused[0]?.reason).toMatch(/^\d+ of 50 texts are left out/);
});

test('a text in another language than those of the generators is refused with its name, and counted by it', async () => {
  const japanese = Array.from(
    { length: 60 },
    (_, i) =>
      `${1950 + i}年5月に、田中花子は名古屋港の委員会で計画について話した。予算は${6000 + 17 * i}万円で、工事は${i + 9}か月かかる。`,
  ).join('\n\n');
  const russian = Array.from(
    { length: 60 },
    (_, i) => `В ${1950 + i} году комитет порта обсудил план и смету работ.`,
  ).join('\n\n');
  put('languages/ja.txt', japanese);
  put('languages/ru.txt', russian);
  put(
    'languages/zh.txt',
    Array.from({ length: 80 }, (_, i) => `${1950 + i}年，港务委员会讨论了第${i}号计划和预算。`).join('\n\n'),
  );
  for (const purpose of ['readings', 'whole'] as const) {
    const selection = await selectOwnDocuments(path.join(folder, 'languages'), { purpose, licence: 'MIT' });
    expect(new Set(selection.kept.map(({ language }) => language))).toEqual(new Set(['zh']));
    expect(selection.refused.map(({ reason }) => reason)).toContain('language Japanese, expected English or Chinese');
    expect(selectionLines(selection)[0]).toMatch(/language \d+ \(Japanese \d+, Russian \d+\)/);
  }
});

test('for questions a text without a title or headings is called by its first line, not by its file', async () => {
  const words = tale('Anna', 'They sang of home and mended sails until the rain stopped.');
  const titled = put('lines/oral-evidence.txt', `The Beacon Inquiry: oral evidence, 19 March\n\n${words}`);
  const { kept } = await selectOwnDocuments(titled, { purpose: 'questions' });
  expect(kept[0]?.title).toMatch(/^The Beacon Inquiry: oral evidence, 19 March(?:: 1)?$/);
  const { kept: untitled } = await selectOwnDocuments(put('lines/plain.txt', words), { purpose: 'questions' });
  expect(untitled[0]?.title).toMatch(/^plain/);
});

test('for questions a heading that only numbers a part is no title', async () => {
  const words = tale('Anna', 'They sang of home and mended sails until the rain stopped.');
  const titleOf = async (file: string, text: string): Promise<string | undefined> =>
    (await selectOwnDocuments(put(file, text), { purpose: 'questions' })).kept[0]?.title;
  expect(await titleOf('numbered/CHANGELOG.md', `## 3.12.4 (2024-05-01)\n\n${words}`)).toMatch(/^CHANGELOG/);
  expect(await titleOf('numbered/novel.txt', `Stillwater\n\nby\n\nE. Marsh\n\nChapter 1\n\n${words}`)).toMatch(
    /^Stillwater/,
  );
  const chinese = Array.from({ length: 80 }, (_, i) => `${1950 + i}年，摆渡人记下了第${i}次涨水。`).join('\n\n');
  expect(await titleOf('numbered/河边.txt', `渡船\n\n作者：秦川\n\n第一章 涨水的春天\n\n${chinese}`)).toMatch(/^渡船/);
});
