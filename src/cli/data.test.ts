import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, expect, test } from 'vitest';
import { GolongrlError } from '../errors.ts';
import { register } from './data.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs one command line as the program does; what it printed, or the code of its error. */
async function run(...args: string[]): Promise<{ out: string; err: string; code?: string; message?: string }> {
  let out = '';
  let err = '';
  const program = new Command().exitOverride();
  register(program, { out: (text) => (out += text), err: (text) => (err += text), columns: undefined });
  try {
    await program.parseAsync(['node', 'golongrl', ...args]);
    return { out, err };
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    return { out, err, code: error.code, message: error.message };
  }
}

/** Plain text of a few hundred sentences in which five people recur. */
function story(): string {
  const people = ['Anna', 'Bertram', 'Clara', 'Dmitri', 'Edith'];
  const starts = 'north south east west high low old new long wide'.split(' ');
  const ends = 'gate field wood ford bridge moor hill dale'.split(' ');
  return Array.from({ length: 240 }, (_, i) => {
    const who = people[(i * i + Math.floor(i / 7)) % people.length];
    const rain = 'The rain fell and the road was long. '.repeat(8 + ((i * 37) % 23));
    return `On that day ${who} came back. ${rain}They slept near the ${starts[(i * 7) % 10]}${ends[(i * 3) % 8]}.`;
  }).join('\n\n');
}

test('a dataset is built from the packaged documents, inspected, and not overwritten unasked', async () => {
  const out = path.join(folder, 'packaged');
  const args = ['data', 'build', '--out', out, '--short', '18', '--long', '0', '--seed', '3'];
  const built = await run(...args, '--format', 'json');
  expect(JSON.parse(built.out)).toMatchObject({ out, samples: 27, bySplit: { train: 18, heldout: 9 } });
  expect((await run(...args)).code).toBe('out-exists');
  expect((await run(...args, '--overwrite', '--format', 'quiet')).out).toBe(`${out}\n`);
  expect((await run('data', 'inspect', out)).out).toMatch(/^27 samples: train 18, heldout 9; short 27, long 0\n/);
  const first = JSON.parse((await run('data', 'inspect', out, '--sample', '0', '--format', 'json')).out);
  const shown = await run('data', 'inspect', path.join(out, 'native/train.jsonl'), '--sample', first.id);
  expect(shown.out).toContain(first.prompt);
  expect(shown.out).toContain(`Gold: ${first.reward.gold.join(' | ')}`);
  expect((await run('data', 'inspect', out, '--sample', '27')).message).toMatch(/from 0 to 26/);
});

test("anyone's plain text gives all nine tasks, short and long", async () => {
  const docs = path.join(folder, 'texts');
  mkdirSync(docs);
  writeFileSync(path.join(docs, 'The Long Road.txt'), story());
  const out = path.join(folder, 'own');
  const built = await run(
    'data',
    'build',
    '--docs',
    docs,
    '--out',
    out,
    '--short',
    '45',
    '--long',
    '9',
    '--licence',
    'CC-BY-4.0',
    '--format',
    'json',
  );
  expect(built.code).toBeUndefined();
  const result = JSON.parse(built.out) as { byTask: Record<string, number>; byRendering: Record<string, number> };
  for (const [task, count] of Object.entries(result.byTask)) expect(count, task).toBeGreaterThan(0);
  expect(result.byRendering.long).toBeGreaterThan(0);
  expect(readFileSync(path.join(out, 'README.md'), 'utf8')).toContain('| The Long Road.txt | CC-BY-4.0 |');
});

test('bad input is refused with its reason and leaves nothing behind', async () => {
  const empty = path.join(folder, 'empty.txt');
  writeFileSync(empty, '');
  const out = path.join(folder, 'never');
  expect((await run('data', 'build', '--docs', empty, '--out', out)).code).toBe('document-empty');
  expect((await run('data', 'build', '--docs', path.join(folder, 'nowhere'), '--out', out)).code).toBe(
    'folder-unreadable',
  );
  expect((await run('data', 'build', '--out', out, '--short', '0', '--long', '0')).code).toBe('nothing-to-build');
  expect((await run('data', 'inspect', out)).code).toBe('file-missing');
  expect(existsSync(out)).toBe(false);
  const typo = await run('data', 'build', '--format', 'jsno');
  expect(typo.message).toContain('Did you mean "json"?');
});
