import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GolongrlError } from '../../errors.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-shards-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ out: string; code?: string; message?: string }> {
  let out = '';
  const program = createProgram({ out: (text) => (out += text), err: () => undefined, columns: undefined });
  try {
    await program.parseAsync(['node', 'golongrl', 'data', ...args]);
    return { out };
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    return { out, code: error.code, message: error.message };
  }
}

const filesOf = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(directory, file), readFileSync(file, 'latin1')]),
  );

const at = (...names: string[]): string => path.join(folder, ...names);
/** Three texts of a hundred pages together; so few documents make equal short samples, which merging must treat as one build does. */
function writeTexts(): void {
  mkdirSync(at('texts'));
  const people = ['Anna', 'Bertram', 'Clara', 'Dmitri', 'Edith', 'Farid'];
  const starts = 'north south east west high low old new long wide'.split(' ');
  const ends = 'gate field wood ford bridge moor hill dale'.split(' ');
  for (const [number, name] of ['Amber', 'Birch', 'Cedar'].entries()) {
    const paragraphs = Array.from({ length: 220 }, (_, i) => {
      const j = i * (number + 2) + number;
      const who = people[(j * j + Math.floor(j / 7)) % people.length];
      const rain = 'The rain fell and the road was long. '.repeat(2 + ((j * 37) % 23));
      return `In ${1700 + ((j * 13) % 250)} ${who} came back. ${rain}They slept near the ${starts[(j * 7) % 10]}${ends[(j * 3) % 8]}.`;
    });
    writeFileSync(at('texts', `${name}.txt`), paragraphs.join('\n\n'));
  }
}

const settings = [
  '--docs',
  at('texts'),
  '--licence',
  'CC0-1.0',
  '--preset',
  'balanced',
  '--samples',
  '117',
  '--probes',
  '1',
];
const buildShard = (index: number, of: number, ...more: string[]) =>
  run('build', ...settings, '--shard', `${index}/${of}`, '--out', at(`${index}-of-${of}`), ...more);

beforeAll(async () => {
  writeTexts();
  await run('build', ...settings, '--out', at('whole'), '--format', 'quiet');
});

const mergesToOneBuild = async (of: number): Promise<void> => {
  const shards = Array.from({ length: of }, (_, i) => i + 1);
  for (const index of shards) expect((await buildShard(index, of)).code).toBeUndefined();
  const directories = shards.map((index) => at(`${index}-of-${of}`)).reverse();
  const merged = JSON.parse((await run('merge', ...directories, '--out', at(`merged-${of}`), '--format', 'json')).out);
  expect(merged.samples).toBeGreaterThan(60);
  expect(filesOf(at(`merged-${of}`))).toEqual(filesOf(at('whole')));
};
test.each([2, 3, 5, 1, 9])(
  '%d shards merged, in any order, are the bytes of one build',
  { tags: ['long'] },
  mergesToOneBuild,
);

test('a shard cut in the middle of a line is not merged, is completed by --resume, and then merges to the same bytes', {
  tags: ['long'],
}, async () => {
  const journal = at('2-of-3', 'places.jsonl');
  const whole = readFileSync(journal);
  const record = JSON.parse(readFileSync(at('2-of-3', 'shard.json'), 'utf8'));
  // What a kill leaves: some whole lines, half of the next, and a record that does not say complete.
  writeFileSync(journal, whole.subarray(0, Math.floor(whole.length / 3)));
  writeFileSync(at('2-of-3', 'shard.json'), JSON.stringify({ ...record, complete: false }));
  const shards = [1, 2, 3].map((index) => at(`${index}-of-3`));
  const early = await run('merge', ...shards, '--out', at('early'));
  expect([early.code, existsSync(at('early'))]).toEqual(['shard-unfinished', false]);
  expect((await buildShard(2, 3)).code).toBe('out-exists');
  expect((await run('build', '--resume', at('2-of-3'), '--seed', '9')).code).toBe('resume-fixed');
  expect((await run('build', '--resume', at('2-of-3'))).code).toBeUndefined();
  expect(readFileSync(journal).equals(whole)).toBe(true);
  await run('merge', ...shards, '--out', at('late'));
  expect(filesOf(at('late'))).toEqual(filesOf(at('whole')));
});

test('a process that is killed while it draws is resumed by the same command', { tags: ['long'] }, async () => {
  await run('build', ...settings, '--shard', '1/1', '--out', at('unbroken'));
  const out = at('killed');
  const args = ['build', ...settings, '--shard', '1/1', '--out', out];
  const entry = at('entry.mjs');
  writeFileSync(
    entry,
    `import { main } from ${JSON.stringify(path.resolve('src/cli/main.ts'))};\nawait main(process.argv);\n`,
  );
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), entry, 'data', ...args], {
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  const deadline = Date.now() + 100_000;
  const lines = (): number =>
    existsSync(path.join(out, 'places.jsonl'))
      ? readFileSync(path.join(out, 'places.jsonl'), 'latin1').split('\n').length - 1
      : 0;
  while (lines() < 3 && child.exitCode === null && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await gone;
  const kept = lines();
  expect(kept).toBeGreaterThan(0);
  const before = readFileSync(path.join(out, 'places.jsonl'), 'latin1').split('\n').slice(0, kept);
  expect((await run(...args, '--resume')).code).toBeUndefined();
  const after = readFileSync(path.join(out, 'places.jsonl'), 'latin1').split('\n');
  expect(after.slice(0, kept)).toEqual(before);
  expect(after.length - 1).toBe(117);
  expect(readFileSync(path.join(out, 'places.jsonl'), 'latin1')).toBe(
    readFileSync(at('unbroken', 'places.jsonl'), 'latin1'),
  );
});

test('shards that are missing, double, of another build or damaged are named, and nothing is written', {
  tags: ['long'],
}, async () => {
  const merge = (...shards: string[]) => run('merge', ...shards.map((name) => at(name)), '--out', at('never'));
  const missing = await merge('1-of-5', '3-of-5', '4-of-5');
  expect([missing.code, missing.message]).toEqual(['shard-missing', 'got 3 of 5 shards; missing: 2-of-5, 5-of-5']);
  expect((await merge('1-of-2', '1-of-2')).code).toBe('shard-twice');
  await run('build', ...settings, '--seed', '5', '--shard', '2/2', '--out', at('other'));
  const foreign = await merge('1-of-2', 'other');
  expect(foreign.code).toBe('shard-foreign');
  expect(foreign.message).toMatch(/other: is a shard of another build than .*1-of-2: settings .*"seed":5/);
  expect((await merge('1-of-2', '2-of-3')).code).toBe('shard-foreign');
  expect((await merge('whole')).code).toBe('no-shard');
  appendFileSync(at('other', 'places.jsonl'), 'x');
  expect((await run('build', ...settings, '--shard', '2/2', '--out', at('whole'))).code).toBe('out-not-empty');
  expect(existsSync(at('never'))).toBe(false);
});

test('a shard whose journal was changed is named with its line, and neither merged nor gone on with', {
  tags: ['long'],
}, async () => {
  const journal = at('2-of-2', 'places.jsonl');
  const whole = readFileSync(journal, 'utf8');
  const kept = whole.split('\n');
  const merge = () => run('merge', at('1-of-2'), at('2-of-2'), '--out', at('tampered'));
  const gold = kept.findIndex((line) => line.includes('"gold":["'));
  const changed = kept.map((line, i) => (i === gold ? line.replace('"gold":["', '"gold":["9') : line));
  const short = kept.filter((_, i) => i !== gold);
  for (const lines of [changed, short]) {
    writeFileSync(journal, lines.join('\n'));
    const { code, message } = await merge();
    expect(code).toBe('journal-damaged');
    expect(message).toContain(`${journal}:${gold + 1}: `);
    expect(message).toMatch(/ is not a place of this journal: number \d+ is not as it was written/);
    expect(existsSync(at('tampered', 'manifest.json'))).toBe(false);
  }
  const record = JSON.parse(readFileSync(at('2-of-2', 'shard.json'), 'utf8'));
  writeFileSync(journal, changed.slice(0, gold + 3).join('\n'));
  writeFileSync(at('2-of-2', 'shard.json'), JSON.stringify({ ...record, complete: false }));
  expect((await buildShard(2, 2, '--resume')).code).toBe('journal-damaged');
  writeFileSync(journal, whole);
  writeFileSync(at('2-of-2', 'shard.json'), JSON.stringify(record));
  expect((await merge()).code).toBeUndefined();
  expect(filesOf(at('tampered'))).toEqual(filesOf(at('whole')));
});

test('wrong shards and wrong places for them are usage errors', async () => {
  expect((await run('build', ...settings, '--shard', '0/2')).code).toBe('shard-invalid');
  expect((await run('build', ...settings, '--shard', '3/2')).code).toBe('shard-invalid');
  expect((await run('build', '--short', '90', '--shard', '1/2', '--out', at('no'))).code).toBe('shard-mixture');
  expect((await run('build', 'config.yaml', '--shard', '1/2')).code).toBe('shard-mixture');
  const dry = JSON.parse((await buildShard(3, 4, '--dry-run', '--format', 'json')).out);
  expect(dry).toMatchObject({ places: 29, shard: { index: 3, of: 4 } });
  expect(existsSync(at('3-of-4'))).toBe(false);
});
