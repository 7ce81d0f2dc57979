import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { filterDocuments } from './filter.ts';
import { loadCorpus, selectPackagedDocuments } from './load-corpus.ts';
import { readTextFile, readTextFolder, selectOwnDocuments } from './text-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

const code = (read: () => unknown): string => {
  try {
    read();
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

test.each([
  ['missing.txt', undefined, 'document-unreadable'],
  ['empty.txt', '', 'document-empty'],
  ['blank.txt', ' \n\t\n', 'document-empty'],
  ['zero.txt', new Uint8Array([65, 0, 66]), 'document-binary'],
  ['latin1.txt', new Uint8Array([0x63, 0x61, 0x66, 0xe9]), 'document-binary'],
])('%s is refused with a reason', (name, content, expected) => {
  const file = content === undefined ? path.join(folder, name) : put(name, content);
  expect(code(() => readTextFile(file))).toBe(expected);
});

test('a text becomes parts with numbers, words, last word and first name', () => {
  const documents = readTextFile(put('story/The Voyage.txt', story(40)), { licence: 'CC-BY-4.0' });
  expect(documents.length).toBeGreaterThan(5);
  expect(documents[0]?.record?.key).toBe('Voyage 1');
  const facts = Object.fromEntries((documents[0]?.record?.facts ?? []).map((fact) => [fact.field, fact.value]));
  expect(facts).toMatchObject({ part: '1', 'last word': 'on', 'first named': 'Anna' });
  expect(documents.every((document) => document.licence === 'CC-BY-4.0')).toBe(true);
});

test('a folder is read in order of path, and a bad file is refused without stopping the rest', () => {
  put('many/a.txt', story(12));
  put('many/sub/b.md', story(12));
  put('many/c.pdf', 'ignored');
  put('many/x.txt/inside.txt', story(12).replaceAll('Anna', 'Clara'));
  put('many/z.txt', '');
  put('many/scan.txt', new Uint8Array([65, 0, 66]));
  symlinkSync(path.join(folder, 'nowhere.txt'), path.join(folder, 'many', 'link.txt'));
  const { kept, refused } = readTextFolder(path.join(folder, 'many'));
  expect([...new Set(kept.map((document) => document.source))]).toEqual(['a.txt', 'sub/b.md', 'x.txt/inside.txt']);
  expect(refused.map(({ id, criterion }) => [id, criterion])).toEqual([
    ['link.txt', 'file'],
    ['scan.txt', 'file'],
    ['z.txt', 'file'],
  ]);
  expect(refused[0]?.reason).toBe('cannot be read (ENOENT)');
  expect(refused[2]?.reason).toBe('the document is empty');
});

test.skipIf(process.getuid?.() === 0)(
  'a file that may not be read is refused with the reason (root may read all)',
  () => {
    put('locked/a.txt', story(12));
    chmodSync(put('locked/secret.txt', story(12)), 0);
    const { refused } = readTextFolder(path.join(folder, 'locked'));
    expect(refused).toEqual([{ id: 'secret.txt', criterion: 'file', reason: 'cannot be read (EACCES)' }]);
  },
);

test.skipIf(process.getuid?.() === 0)(
  'a folder inside that may not be listed is refused and the rest is read (root may list all)',
  () => {
    put('closed/a.txt', story(12));
    put('closed/secret/b.txt', story(12));
    chmodSync(path.join(folder, 'closed/secret'), 0);
    const { kept, refused } = readTextFolder(path.join(folder, 'closed'));
    chmodSync(path.join(folder, 'closed/secret'), 0o700);
    expect(kept.every(({ source }) => source === 'a.txt')).toBe(true);
    expect(refused).toEqual([{ id: 'secret', criterion: 'file', reason: 'is not a folder that can be read' }]);
  },
);

test('a folder that is missing, without texts, or with two texts of one name is refused', () => {
  expect(code(() => readTextFolder(path.join(folder, 'nowhere')))).toBe('folder-unreadable');
  put('broken/z.txt', '');
  expect(code(() => readTextFolder(path.join(folder, 'broken')))).toBe('folder-unusable');
  mkdirSync(path.join(folder, 'none'));
  expect(code(() => readTextFolder(path.join(folder, 'none')))).toBe('folder-empty');
  put('twins/a.txt', story(3));
  put('twins/sub/a.md', story(3));
  expect(code(() => readTextFolder(path.join(folder, 'twins')))).toBe('document-duplicate');
});

test('the metadata filter keeps by licence, kind and length and says why it drops', () => {
  const corpus = loadCorpus();
  const { kept, refused } = filterDocuments(corpus, {
    licences: ['public-domain'],
    kinds: ['reference'],
    minWords: 1000,
  });
  expect(kept.length + refused.length).toBe(corpus.length);
  expect(kept.every((document) => document.kind === 'reference')).toBe(true);
  expect(refused.find((entry) => entry.id.startsWith('sotu/'))?.reason).toBe('licence CC0-1.0, expected public-domain');
  expect(refused.some((entry) => /^\d+ words$/.test(entry.reason))).toBe(true);
  expect(filterDocuments(readTextFile(put('u.txt', story(3))), {}).kept).toEqual([]);
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
  /** Another story than any other here: a near copy would be refused. */
  const tale = (name: string, deed: string): string =>
    story(12).replaceAll('Anna', name).replaceAll('They walked on and on.', deed);
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
