/** @file Prompts in one file: stored once, read again, whole after a kill, and beside the files of older runs. */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PromptStore, promptHash } from './prompt-store.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'golongrl-prompts-')), 'prompts');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const texts = ['first prompt\n', '第二个提示 🙂', 'x'.repeat(100_000)];

test('each text is stored once, and read by a store that opens later', async () => {
  const store = new PromptStore(folder);
  const hashes = [];
  for (const text of [...texts, ...texts]) hashes.push(await store.write(text));
  expect(hashes.slice(0, 3)).toEqual(texts.map(promptHash));
  expect(readFileSync(path.join(folder, 'texts'), 'utf8')).toBe(texts.join(''));
  const later = new PromptStore(folder);
  for (const text of texts) expect(await later.text(promptHash(text))).toBe(text);
  expect(await later.text('0123456789abcdef')).toBeUndefined();
});

test('a reader that is open sees what a writer adds', async () => {
  const writer = new PromptStore(folder);
  await writer.write('one');
  const reader = new PromptStore(folder);
  expect(await reader.text(promptHash('one'))).toBe('one');
  await writer.write('two');
  expect(await reader.text(promptHash('two'))).toBe('two');
});

test('what a kill leaves behind the last line of the index is cut off: the bytes are those of the unbroken run', async () => {
  const whole = new PromptStore(path.join(folder, '..', 'whole'));
  for (const text of texts) await whole.write(text);
  await new PromptStore(folder).write('first prompt\n');
  appendFileSync(path.join(folder, 'texts'), '第二');
  const index = path.join(folder, 'index.jsonl');
  appendFileSync(index, '{"hash":"abc');
  const resumed = new PromptStore(folder);
  for (const text of texts) await resumed.write(text);
  for (const name of ['texts', 'index.jsonl'])
    expect(readFileSync(path.join(folder, name)).equals(readFileSync(path.join(folder, '..', 'whole', name)))).toBe(
      true,
    );
});

test('a run of before the store keeps its files: they are read, and not stored again', async () => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, `${promptHash('old')}.txt`), 'old');
  const store = new PromptStore(folder);
  expect(await store.text(promptHash('old'))).toBe('old');
  await store.write('old');
  await store.write('new');
  expect(readFileSync(path.join(folder, 'texts'), 'utf8')).toBe('new');
  expect(await new PromptStore(folder).text(promptHash('new'))).toBe('new');
});

test('a hash that would leave the folder is none', async () => {
  writeFileSync(path.join(path.dirname(folder), 'secret.txt'), 'secret');
  expect(await new PromptStore(folder).text('../secret')).toBeUndefined();
});

test('a store that ends too early is an error that names it', async () => {
  await new PromptStore(folder).write('whole text');
  writeFileSync(path.join(folder, 'texts'), 'who');
  await expect(new PromptStore(folder).text(promptHash('whole text'))).rejects.toThrow(/texts: ends before the prompt/);
});
