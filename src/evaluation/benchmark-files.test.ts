import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldsOf, findFiles } from './benchmark-files.ts';
import { gpqaDiamond } from './benchmarks/gpqa-diamond.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-benchmark-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('what is not as expected is an error that names the place', async () => {
  await expect(findFiles(directory, /^never$/, 'never')).rejects.toThrow('never');
  await expect(findFiles(join(directory, 'nowhere'), /x/, 'x')).rejects.toMatchObject({ code: 'file-missing' });
  expect(() => fieldsOf({ a: 1 }, 'f[3]').text('a')).toThrow('f[3]: field "a" is number, expected text');
  expect(fieldsOf({ id: 9007199254740993n, no: null }, 'f').maybe('id')).toBe('9007199254740993');
  expect(fieldsOf({ no: null }, 'f').maybe('no')).toBe('');
});

test('a benchmark whose questions have inch marks keeps all of its items, packed or not', async () => {
  const head = 'Record ID,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3';
  const rows = ['plain?', 'How long is a 5" pipe?', 'after?', '6" or 7"?', 'last?'].map((q, i) => `r${i},${q},a,b,c,d`);
  await writeFile(join(directory, 'gpqa_diamond.csv.gz'), gzipSync([head, ...rows].join('\n')));
  const ids: string[] = [];
  const options = { path: directory, prompts: {}, seed: 1, onFile: () => undefined };
  for await (const { facts } of gpqaDiamond.load(options)) ids.push(facts.id);
  expect(ids).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
});
