import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { random } from '../random.ts';
import { inLockedDirectory } from '../storage/lock.ts';
import type { CorpusSettings } from './corpus-settings.ts';
import { writeCorpus } from './write-corpus.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));

const input = path.join(folder, 'input.jsonl');
const prose = (name: string): string => `We saw ${name} there. Then ${name} spoke to the crew of the ship. `.repeat(20);
const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
writeFileSync(
  input,
  jsonLines([
    { text: prose('Ahab'), license: 'MIT' },
    { text: prose('Ahab'), license: 'MIT' },
    { text: prose('Stubb') },
    { text: '*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***' },
    { text: 'Short and of the crew.' },
  ]),
);
const settings: CorpusSettings = { version: '0', targets: [input], where: 'words > 20', nearDuplicates: true };
const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(path.join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const filesOf = (directory: string): Record<string, string> =>
  Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]));

test('kept and refused documents are both on disk, with licence and reason, and twice the same bytes', async () => {
  const first = await writeCorpus(path.join(folder, 'a'), settings);
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
  await writeCorpus(path.join(folder, 'b'), settings);
  expect(filesOf(path.join(folder, 'b'))).toEqual(filesOf(path.join(folder, 'a')));
});

test('a corpus is not written over unless told; what is missing or wrong is told before anything is written', async () => {
  const out = path.join(folder, 'c');
  await writeCorpus(out, settings);
  await expect(writeCorpus(out, settings)).rejects.toMatchObject({ code: 'corpus-exists' });
  expect(await writeCorpus(out, settings, { ifExists: 'resume' })).toMatchObject({ documents: 2 });
  const never = path.join(folder, 'never');
  const nowhere = { ...settings, targets: [path.join(folder, 'nowhere')] };
  await expect(writeCorpus(never, nowhere)).rejects.toMatchObject({ code: 'documents-missing' });
  await expect(writeCorpus(never, { ...settings, where: 'token > 1' })).rejects.toThrow('Did you mean "tokens"?');
  await expect(writeCorpus(never, settings, { ifExists: 'resume' })).rejects.toMatchObject({
    code: 'nothing-to-resume',
  });
  expect(existsSync(never)).toBe(false);
});

/** Several files of several hundred documents, some of them repeated across files, some refused. */
function mixedInput(): string {
  const place = path.join(folder, 'mixed');
  mkdirSync(place);
  const draw = random('corpus resume');
  const words = Array.from({ length: 400 }, (_, i) => `word${i}`);
  const text = (): string => Array.from({ length: 120 }, () => draw.pick(words)).join(' ');
  const many = (count: number): object[] => Array.from({ length: count }, (_, i) => ({ text: text(), number: i }));
  const shared = many(20);
  writeFileSync(path.join(place, 'a.jsonl'), jsonLines([...shared, ...many(340)]));
  writeFileSync(path.join(place, 'b.jsonl.gz'), gzipSync(jsonLines([...many(100), ...shared, { no: 'text' }])));
  for (let i = 0; i < 20; i++) writeFileSync(path.join(place, `c${i}.txt`), text());
  writeFileSync(path.join(place, 'd.txt'), new Uint8Array([1, 0, 2]));
  writeFileSync(path.join(place, 'e.jsonl'), jsonLines([...shared, ...many(150)]));
  return place;
}
const mixed = mixedInput();

const cli = fileURLToPath(new URL('../../test/run-cli.ts', import.meta.url));

/** Starts `data corpus`; kills it once the partial output has that many bytes. @returns the exit code, null when killed. */
function corpus(place: string, out: string, flags: readonly string[], killAt?: number): Promise<number | null> {
  const args = ['--import', 'tsx', cli, 'data', 'corpus', place, '--out', out, '--format', 'quiet', ...flags];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const partial = path.join(out, 'documents.jsonl.partial');
  const grown = (): boolean => (statSync(partial, { throwIfNoEntry: false })?.size ?? 0) >= (killAt ?? Infinity);
  const watch = setInterval(() => grown() && child.kill('SIGKILL'), 1);
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearInterval(watch);
      resolve(code);
    }),
  );
}

test('a run that is killed again and again goes on and gives the same bytes; other settings are refused by name', {
  tags: ['long'],
}, async () => {
  const place = mixed;
  const [whole, broken] = [path.join(folder, 'whole'), path.join(folder, 'broken')];
  expect(await corpus(place, whole, [])).toBe(0);
  const size = statSync(path.join(whole, 'documents.jsonl')).size;
  let flags: string[] = [];
  let killed = 0;
  for (const share of [0.2, 0.7]) {
    if ((await corpus(place, broken, flags, share * size)) === null) killed++;
    flags = ['--resume'];
  }
  expect(killed).toBeGreaterThan(0);
  const begun = JSON.parse(readFileSync(path.join(broken, 'journal.jsonl'), 'utf8').split('\n')[0] ?? '').settings;
  await expect(writeCorpus(broken, begun)).rejects.toMatchObject({ code: 'corpus-unfinished' });
  const other = { ...begun, where: 'words > 3' };
  await expect(writeCorpus(broken, other, { ifExists: 'resume' })).rejects.toThrow(
    'where: got "words > 3", begun with nothing',
  );
  expect(await corpus(place, broken, flags)).toBe(0);
  expect(filesOf(broken)).toEqual(filesOf(whole));
});

test('a resumed run notices that its inputs or what it kept were changed', async () => {
  const place = mixed;
  const begun: CorpusSettings = { version: '0', targets: [place], nearDuplicates: true };
  const stopped = async (name: string): Promise<string> => {
    const out = path.join(folder, name);
    let items = 0;
    const onItem = (): void => {
      if (++items === 450) throw new Error('stopped');
    };
    await expect(writeCorpus(out, begun, { onItem })).rejects.toThrow('stopped');
    return out;
  };
  const out = await stopped('stopped');
  const first = path.join(place, 'a.jsonl');
  const { mtime, size } = statSync(first);
  appendFileSync(first, jsonLines([{ text: 'One more.' }]));
  await expect(writeCorpus(out, begun, { ifExists: 'resume' })).rejects.toThrow(/a\.jsonl: has changed/);
  truncateSync(first, size);
  utimesSync(first, mtime, mtime);
  truncateSync(path.join(out, 'documents.jsonl.partial'), 1000);
  await expect(writeCorpus(out, begun, { ifExists: 'resume' })).rejects.toMatchObject({ code: 'corpus-damaged' });
  expect((await writeCorpus(out, begun, { ifExists: 'overwrite' })).documents).toBe(630);
});

test('beside another process nothing is written, whatever is asked for', async () => {
  const directory = path.join(folder, 'locked');
  await inLockedDirectory(directory, async () => {
    for (const ifExists of ['fail', 'resume', 'overwrite'] as const)
      await expect(writeCorpus(directory, settings, { ifExists })).rejects.toMatchObject({ code: 'directory-locked' });
    expect(readdirSync(directory)).toEqual(['lock']);
  });
});
