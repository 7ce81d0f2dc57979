import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { filterDocuments } from './filter.ts';
import { loadCorpus } from './load-corpus.ts';
import { readTextFile, readTextFolder } from './text-file.ts';

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

test('a folder is read in order of path, and one bad file is named', () => {
  put('many/a.txt', story(12));
  put('many/sub/b.md', story(12));
  put('many/c.pdf', 'ignored');
  const documents = readTextFolder(path.join(folder, 'many'));
  expect([...new Set(documents.map((document) => document.source))]).toEqual(['a.txt', 'sub/b.md']);
  put('many/z.txt', '');
  expect(() => readTextFolder(path.join(folder, 'many'))).toThrow(/z\.txt: the document is empty/);
});

test('a folder that is missing, without texts, or with two texts of one name is refused', () => {
  expect(code(() => readTextFolder(path.join(folder, 'nowhere')))).toBe('folder-unreadable');
  mkdirSync(path.join(folder, 'none'));
  expect(code(() => readTextFolder(path.join(folder, 'none')))).toBe('folder-empty');
  put('twins/a.txt', story(3));
  put('twins/sub/a.md', story(3));
  expect(code(() => readTextFolder(path.join(folder, 'twins')))).toBe('document-duplicate');
});

test('the metadata filter keeps by licence, kind and length and says why it drops', () => {
  const corpus = loadCorpus();
  const { kept, dropped } = filterDocuments(corpus, {
    licences: ['public-domain'],
    kinds: ['reference'],
    minWords: 1000,
  });
  expect(kept.length + dropped.length).toBe(corpus.length);
  expect(kept.every((document) => document.kind === 'reference')).toBe(true);
  expect(dropped.find((entry) => entry.id.startsWith('sotu/'))?.reason).toBe('licence CC0-1.0');
  expect(dropped.some((entry) => /^\d+ words$/.test(entry.reason))).toBe(true);
  expect(filterDocuments(readTextFile(put('u.txt', story(3))), {}).kept).toEqual([]);
});
