import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { buildMixture } from '../../construction/mixture/build-mixture.ts';
import { environmentNames } from '../../export/environments/registry.ts';
import { writeSamples } from '../../samples/jsonl.ts';
import type { Sample } from '../../samples/sample.ts';
import { trainers } from '../../samples/trainer-export.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { createProgram } from '../main.ts';

const lengths = [512, 1024, 2048].map((tokens) => ({ tokens, weight: 1 }));

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...names: string[]): string => path.join(folder, ...names);

async function run(...args: string[]): Promise<string> {
  let out = '';
  const program = createProgram({ out: (text) => (out += text), err: () => undefined, columns: undefined });
  await program.parseAsync(['node', 'golongrl', 'data', ...args]);
  return out;
}
const rowsOf = async (file: string) => await parquetReadObjects({ file: await asyncBufferFromFile(file) });

const withoutNulls = (rows: unknown): unknown =>
  JSON.parse(JSON.stringify(rows, (_, value: unknown) => (value === null ? undefined : value)));

const samples = [
  ...buildMixture({ documents: packagedDocuments(), seed: 2, preset: 'balanced', samples: 90, lengths, probes: 1 }),
];
const licensed = (licence: string): Sample[] =>
  samples.map((sample) => ({
    ...sample,
    provenance: {
      ...sample.provenance,
      documents: sample.provenance.documents.map((document) => ({ ...document, licence })),
    },
  }));
beforeAll(async () => {
  const named = { seed: 2, tokenizer: 'words' };
  await writeDataset(at('known'), samples, named);
  await writeDataset(at('unknown'), licensed('unknown'), named);
});

test.each(trainers)('%s gets the same rows as Parquet and as JSON lines', async (trainer) => {
  await run('export', at('known'), '--to', trainer, '--out', at(`${trainer}.parquet`));
  await run('export', at('known'), '--to', trainer, '--out', at(`${trainer}.jsonl`));
  const lines = readFileSync(at(`${trainer}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length).toBeGreaterThan(40);
  // A column has one type: what a sample does not say is null in Parquet and absent in JSON.
  expect(withoutNulls(await rowsOf(at(`${trainer}.parquet`)))).toEqual(lines.map((line) => JSON.parse(line)));
});

test('a hub folder has a card whose front matter names the files that are there, and both splits', async () => {
  await run('export', at('known'), '--to', 'hf', '--out', at('hub'));
  expect(readdirSync(at('hub'), { recursive: true }).sort()).toEqual([
    'README.md',
    'data',
    'data/heldout.parquet',
    'data/train.parquet',
  ]);
  const card = readFileSync(at('hub', 'README.md'), 'utf8');
  for (const [, file] of card.matchAll(/path: (\S+)/g)) expect(existsSync(at('hub', file ?? '')), file).toBe(true);
  expect(card).toContain('| public-domain |');
  expect(card).not.toContain('native/');
  const all = [...(await rowsOf(at('hub/data/train.parquet'))), ...(await rowsOf(at('hub/data/heldout.parquet')))];
  expect(all).toHaveLength(samples.length);
});

test('a split without samples is neither written nor named in the card: a loader would fail on it', async () => {
  await writeDataset(
    at('one'),
    samples.filter(({ split }) => split === 'train'),
    { seed: 2, tokenizer: 'words' },
  );
  await run('export', at('one'), '--to', 'hf', '--out', at('one-hub'));
  expect(existsSync(at('one-hub/data/heldout.parquet'))).toBe(false);
  expect(readFileSync(at('one-hub', 'README.md'), 'utf8')).not.toContain('heldout.parquet');
});

test('text of unknown licence is exported only when asked for', async () => {
  for (const to of ['trl', 'hf']) {
    const out = at(`refused-${to}`);
    await expect(run('export', at('unknown'), '--to', to, '--out', out)).rejects.toMatchObject({
      code: 'licence-unknown',
    });
    expect(existsSync(out)).toBe(false);
    await run('export', at('unknown'), '--to', to, '--out', out, '--allow-unknown-licence');
    expect(existsSync(out)).toBe(true);
  }
});

test.each(['NOASSERTION', 'UNKNOWN', 'none', 'n/a', '', ' ', 'Not specified'])(
  'the licence %j is unknown too',
  async (licence) => {
    const file = at('one-licence.jsonl');
    await writeSamples(file, licensed(licence).slice(0, 3));
    const out = at('one-licence-trl.jsonl');
    await expect(run('export', file, '--to', 'trl', '--out', out)).rejects.toMatchObject({ code: 'licence-unknown' });
    expect(existsSync(out)).toBe(false);
  },
);

test('one file of samples becomes a hub folder with a card of its own', async () => {
  await writeSamples(at('single.jsonl'), samples);
  await run('export', at('single.jsonl'), '--to', 'hf', '--out', at('single-hub'));
  const card = readFileSync(at('single-hub', 'README.md'), 'utf8');
  expect(card).toContain(`${samples.length} samples of single.jsonl`);
  for (const [, file] of card.matchAll(/path: (\S+)/g))
    expect(existsSync(at('single-hub', file ?? '')), file).toBe(true);
  expect(await rowsOf(at('single-hub/data/train.parquet'))).toHaveLength(
    samples.filter(({ split }) => split === 'train').length,
  );
});

test('the licence of documents is kept on every sample from the build to the export', async () => {
  await run('export', at('known'), '--to', 'verl', '--out', at('kept.parquet'));
  for (const { extra_info } of await rowsOf(at('kept.parquet'))) {
    const { documents } = JSON.parse(extra_info.provenance) as Sample['provenance'];
    expect(documents.length).toBeGreaterThan(0);
    for (const { licence } of documents) expect(['public-domain', 'CC0-1.0']).toContain(licence);
  }
});

test.each(environmentNames)('a package for %s holds every sample, its reward and the Python package', async (name) => {
  const out = at(`My ${name}`);
  expect(await run('export', at('known'), '--to', name, '--out', out)).toContain(`my-${name}:`);
  const files = readdirSync(out, { recursive: true }).map(String);
  expect(files).toContain('python/golongrl/src/golongrl/task_keys.json');
  expect(files.filter((file) => /__pycache__|tests/.test(file))).toEqual([]);
  const rows = files
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(path.join(out, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as { id: string; reward: object });
  expect(rows.map(({ id }) => id).sort()).toEqual(samples.map(({ id }) => id).sort());
  expect(rows.every(({ reward }) => 'metric' in reward && 'gold' in reward)).toBe(true);
  await expect(run('export', at('known'), '--to', name, '--out', out)).rejects.toThrow(/the folder holds/);
});

test('a package needs a name that Python can import', async () => {
  const flags = ['--to', 'verifiers', '--out', at('package'), '--name'];
  await expect(run('export', at('known'), ...flags, '9')).rejects.toThrow(/begins with a letter/);
  expect(await run('export', at('known'), ...flags, 'Long Context: v2')).toContain('long-context-v2:');
  expect(readFileSync(at('package', 'pyproject.toml'), 'utf8')).toContain('packages = ["long_context_v2"]');
});
