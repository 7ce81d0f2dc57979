import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDocuments } from '../corpus/readers/read-documents.ts';
import { type CorpusItem, streamCorpus } from '../corpus/stream-corpus.ts';
import { writeCorpus } from './write-corpus.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));

const input = path.join(folder, 'input.jsonl');
const prose = (name: string): string => `We saw ${name} there. Then ${name} spoke to the crew of the ship. `.repeat(20);
writeFileSync(
  input,
  [
    { text: prose('Ahab'), license: 'MIT' },
    { text: prose('Ahab'), license: 'MIT' },
    { text: prose('Stubb') },
    { text: '*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***' },
    { text: 'Short and of the crew.' },
  ]
    .map((row) => JSON.stringify(row))
    .join('\n'),
);
const items = (): AsyncGenerator<CorpusItem> => streamCorpus(readDocuments([input]), { where: 'words > 20' });
const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(path.join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('kept and refused documents are both on disk, with licence and reason, and twice the same bytes', async () => {
  const first = await writeCorpus(path.join(folder, 'a'), items());
  expect(lines('a/documents.jsonl').map(({ id, licence }) => [id, licence])).toEqual([
    ['input.jsonl#1', 'MIT'],
    ['input.jsonl#3', 'unknown'],
  ]);
  expect(lines('a/refused.jsonl').map(({ id, code }) => [id, code])).toEqual([
    ['input.jsonl#2', 'exact-duplicate'],
    ['input.jsonl#4', 'empty'],
    ['input.jsonl#5', 'filter'],
  ]);
  expect(first.refused).toEqual({ 'exact-duplicate': 1, empty: 1, filter: 1 });
  const second = await writeCorpus(path.join(folder, 'b'), items());
  expect(second.files).toEqual(first.files);
});

test('a corpus is not written over unless told, and a broken run leaves no manifest', async () => {
  const out = path.join(folder, 'c');
  await writeCorpus(out, items());
  await expect(writeCorpus(out, items())).rejects.toMatchObject({ code: 'corpus-exists' });
  const broken = async function* (): AsyncGenerator<CorpusItem> {
    yield* items();
    throw new Error('killed');
  };
  await expect(writeCorpus(out, broken(), { overwrite: true })).rejects.toThrow('killed');
  expect(
    ['manifest.json', 'documents.jsonl.partial', 'refused.jsonl.partial'].filter((name) =>
      existsSync(path.join(out, name)),
    ),
  ).toEqual([]);
});

test('a wrong filter fails before anything is read', () => {
  expect(() => streamCorpus(readDocuments(['nowhere']), { where: 'token > 1' })).toThrow('Did you mean "tokens"?');
});
