import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { documentsFingerprint, writeBuildRecord } from '../../build/build-record.ts';
import { selectOwnDocuments } from '../../corpus/own-documents.ts';
import { loadTokenizer } from '../../engine/tokenizer.ts';
import { GolongrlError } from '../../errors.ts';
import { versions } from '../../runs/versions.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs one command line as the program does; what it printed, or the code of its error. */
async function run(...args: string[]): Promise<{ out: string; err: string; code?: string; message?: string }> {
  let out = '';
  let err = '';
  const program = createProgram({ out: (text) => (out += text), err: (text) => (err += text), columns: undefined });
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

test('a dataset is built from the packaged documents, inspected, and not overwritten unasked', {
  tags: ['long'],
}, async () => {
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

test('a dry run says which documents serve which task, how many samples and how long, and writes nothing', {
  tags: ['long'],
}, async () => {
  const out = path.join(folder, 'dry');
  const args = ['data', 'build', '--dry-run', '--out', out, '--short', '90', '--long', '45'];
  const preview = JSON.parse((await run(...args, '--format', 'json')).out);
  expect(preview).toMatchObject({ state: 'absent', short: { train: 90, heldout: 18 }, documents: { kept: 619 } });
  expect(preview.qualified.T4.train).toBeGreaterThan(300);
  expect(preview.long).toEqual([8, 16, 32, 64, 128].map((bin) => ({ bin, train: 9, heldout: 0 })));
  expect(preview.shortTokens.most).toBeGreaterThan(preview.shortTokens.least);
  const limited = await run(...args, '--limit', '18');
  expect(limited.out).toContain('short samples: 18 to train on, 18 held out; ');
  expect(limited.out).toContain(`Nothing was written to ${out}.`);
  expect(existsSync(out)).toBe(false);
});

/** Relative names and bytes of everything in a folder. */
const filesOf = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(directory, file), readFileSync(file, 'latin1')]),
  );

test.skipIf(!existsSync('/dev/full'))(
  'a build that met a full disk is completed by --resume to the same bytes',
  { tags: ['long'] },
  async () => {
    const sizes = ['--short', '90', '--long', '9', '--seed', '3'];
    const whole = path.join(folder, 'whole');
    await run('data', 'build', '--out', whole, ...sizes, '--format', 'quiet');
    const out = path.join(folder, 'cut');
    mkdirSync(path.join(out, 'data'), { recursive: true });
    // Every write to this device finds it full: the build fails in the middle of its files.
    symlinkSync('/dev/full', path.join(out, 'data', 'train.parquet.partial'));
    expect((await run('data', 'build', '--out', out, ...sizes)).code).toBe('out-exists');
    expect((await run('data', 'build', '--out', out, '--overwrite', ...sizes)).code).toBe('disk-full');
    expect(existsSync(path.join(out, 'native', 'train.jsonl'))).toBe(false);
    expect((await run('data', 'inspect', out)).code).toBe('file-missing');
    expect((await run('data', 'build', '--resume', out, '--seed', '4')).code).toBe('resume-fixed');
    const resumed = await run('data', 'build', '--resume', out, '--format', 'json');
    expect(JSON.parse(resumed.out)).toMatchObject({ out, samples: 116 });
    expect(filesOf(out)).toEqual(filesOf(whole));
    const again = await run('data', 'build', '--resume', out);
    expect(again.err).toContain('is complete already');
    expect(again.out).toMatch(/^116 samples in /);
  },
);

test('a build is not resumed over other documents, and not without a build', async () => {
  const docs = path.join(folder, 'moving.txt');
  writeFileSync(docs, story());
  const out = path.join(folder, 'moved');
  const { kept } = await selectOwnDocuments(docs);
  const settings = { docs, seed: 1, sizes: { train: 9, heldout: 9, long: 0 } };
  const version = versions().golongrl ?? '';
  await writeBuildRecord(out, { version, documents: documentsFingerprint({ kept, refused: [] }), settings });
  writeFileSync(docs, `${story()}\n\nOne more line for Anna.`);
  const resumed = await run('data', 'build', '--resume', out);
  expect([resumed.code, resumed.message]).toEqual([
    'documents-changed',
    `${docs}: the documents have changed since the build began`,
  ]);
  writeFileSync(docs, story());
  expect((await run('data', 'build', '--resume', out)).out).toMatch(/^18 samples in /);
  expect((await run('data', 'build', '--resume', path.join(folder, 'nowhere'))).code).toBe('nothing-to-resume');
});

test('a file that cannot be used is named and left out, in the card too', async () => {
  const docs = path.join(folder, 'mixed');
  mkdirSync(docs);
  writeFileSync(path.join(docs, 'story.txt'), story());
  writeFileSync(path.join(docs, 'scan.txt'), new Uint8Array([1, 0, 2]));
  const out = path.join(folder, 'mixed-out');
  const built = await run('data', 'build', '--docs', docs, '--out', out, '--short', '9', '--long', '0');
  expect(built.err).toContain('! scan.txt is left out: got binary data, expected plain text.');
  const card = readFileSync(path.join(out, 'README.md'), 'utf8');
  expect(card).toContain('refused by file 1, licence 0');
  expect(card).toContain('scan.txt: got binary data, expected plain text');
});

test('bad input is refused with its reason and leaves nothing behind', async () => {
  const empty = path.join(folder, 'empty.txt');
  writeFileSync(empty, '');
  const out = path.join(folder, 'never');
  expect((await run('data', 'build', '--docs', empty, '--out', out)).code).toBe('document-empty');
  expect((await run('data', 'build', '--docs', path.join(folder, 'nowhere'), '--out', out)).code).toBe(
    'documents-missing',
  );
  expect((await run('data', 'build', '--out', out, '--short', '0', '--long', '0')).code).toBe('nothing-to-build');
  expect((await run('data', 'build', '--out', out, '--short', '5')).code).toBe('too-few-samples');
  expect((await run('data', 'build', '--out', out, '--resume', '--overwrite')).code).toBe('flags-conflict');
  expect((await run('data', 'build', '--out', empty)).code).toBe('out-not-a-folder');
  expect((await run('data', 'build', '--out', folder, '--overwrite')).code).toBe('out-not-empty');
  expect((await run('data', 'inspect', out)).code).toBe('file-missing');
  expect(existsSync(out)).toBe(false);
  const typo = await run('data', 'build', '--format', 'jsno');
  expect(typo.message).toContain('Did you mean "json"?');
});

test('a preset builds a mixture by every generator; sizes of the other kind of build are refused beside it', {
  tags: ['long'],
}, async () => {
  const out = path.join(folder, 'mixture');
  const args = ['data', 'build', '--preset', 'balanced', '--out', out];
  const built = await run(...args, '--samples', '45', '--lengths', '8K,16K', '--format', 'json');
  const { samples, byTask } = JSON.parse(built.out) as { samples: number; byTask: Record<string, number> };
  expect(samples).toBeGreaterThanOrEqual(30);
  expect(Object.keys(byTask)).toHaveLength(9);
  expect(readFileSync(path.join(out, 'README.md'), 'utf8')).toContain('## Construction (balanced)');
  const other = path.join(folder, 'no-mixture');
  expect((await run(...args.slice(0, 4), '--out', other, '--short', '90')).code).toBe('preset-sizes');
  expect((await run('data', 'build', '--out', other, '--samples', '90')).code).toBe('preset-sizes');
});

test('documents that serve no place are an error and leave nothing; those that serve few are told of', async () => {
  const docs = path.join(folder, 'docs-of-nothing');
  const out = path.join(folder, 'out-of-nothing');
  mkdirSync(docs);
  writeFileSync(path.join(docs, 'only.txt'), 'The rain fell and the road was long, and nobody came by. '.repeat(15));
  const args = ['data', 'build', '--docs', docs, '--preset', 'balanced', '--samples', '30', '--out', out];
  expect((await run(...args)).code).toBe('mixture-empty');
  expect(existsSync(out)).toBe(false);
  writeFileSync(path.join(docs, 'only.txt'), story().slice(0, 9000));
  expect((await run(...args, '--probes', '1', '--lengths', '256,512,8K')).err).toMatch(/\d+ of 30 places are filled/);
});

test('a tokenizer that is named counts the prompts of a build, and the card names it', { tags: ['long'] }, async () => {
  const out = path.join(folder, 'counted');
  const flags = [
    '--preset',
    'balanced',
    '--samples',
    '18',
    '--lengths',
    '2K,8K',
    '--tokenizer',
    'models/micro',
    '--format',
    'quiet',
  ];
  expect(await run('data', 'build', ...flags, '--out', out)).toMatchObject({ out: `${out}\n` });
  expect(JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8'))).toMatchObject({ tokenizer: 'micro' });
  const tokenizer = await loadTokenizer('models/micro');
  for await (const { prompt, tokens } of samplesOf(out))
    if (tokens < 3000) expect(tokens).toBe((await tokenizer.encode(prompt)).length);
});
