import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenizerJson, trainBpe } from '../../models/micro/bpe.ts';
import { loadTokenizer } from './tokenizer.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-tokenizer-'));
  const { vocab, merges } = trainBpe(['Kenya: capital Nairobi', 'Peru: capital Lima\n'], 300);
  await writeFile(join(directory, 'tokenizer.json'), tokenizerJson(vocab, merges));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('text survives encoding and decoding, whatever the script', async () => {
  const tokenizer = await loadTokenizer(directory);
  const texts = ['Kenya: capital Nairobi\n', 'café 東京 ½', '  two  spaces'];
  const tokens = await Promise.all(texts.map((text) => tokenizer.encode(text)));
  expect(await tokenizer.decode(tokens)).toEqual(texts);
});

test('a prompt is led into the thinking part', async () => {
  const tokenizer = await loadTokenizer(directory);
  const [prompt] = await tokenizer.encodePrompts(['Kenya?']);
  expect(await tokenizer.decode([prompt ?? new Int32Array()])).toEqual(['Kenya?\n<think>\n']);
  expect(prompt).toEqual(await tokenizer.encode('Kenya?\n<think>\n'));
});

test('the end token goes, the marks that a reward reads stay', async () => {
  const tokenizer = await loadTokenizer(directory);
  const tokens = await tokenizer.encode('Peru\n</think>\n[Answer]\nLima<|end|>');
  expect(tokenizer.stopTokens).toEqual([tokens.at(-1)]);
  expect(await tokenizer.decode([tokens])).toEqual(['Peru\n</think>\n[Answer]\nLima']);
});

test('a folder without a tokenizer and a broken one are named', async () => {
  await expect(loadTokenizer(join(directory, 'nowhere'))).rejects.toMatchObject({ code: 'tokenizer-missing' });
  const broken = await mkdtemp(join(tmpdir(), 'golongrl-tokenizer-'));
  await writeFile(join(broken, 'tokenizer.json'), '{"version":');
  await expect(loadTokenizer(broken)).rejects.toMatchObject({ code: 'tokenizer-corrupt' });
  await rm(broken, { recursive: true });
});
