import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { buildDataset } from '../construction/build.ts';
import { GolongrlError, ResourceError } from '../errors.ts';
import { renderGold, scoreUpstream } from '../rewards/index.ts';
import { writeLines } from '../storage/lines.ts';
import { taskIds, tasks } from '../tasks/task.ts';
import { readSamples, writeSamples } from './jsonl.ts';
import { writeParquet } from './parquet.ts';
import type { Sample } from './sample.ts';
import { toUpstreamRecord } from './upstream.ts';
import { readManifest, writeDataset } from './write-dataset.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { samples } = buildDataset({
  documents: packagedDocuments(),
  seed: 5,
  short: { train: 45, heldout: 18 },
  long: { samples: 9, bins: [8] },
});

const [firstSample] = samples as [Sample, ...Sample[]];

/** What every write here has in common. */
const named = { seed: 5, tokenizer: 'words' };

const collect = async (file: string): Promise<Sample[]> => {
  const found: Sample[] = [];
  for await (const sample of readSamples(file)) found.push(sample);
  return found;
};

const code = async (action: () => Promise<unknown>): Promise<string> => {
  try {
    await action();
  } catch (error) {
    return error instanceof GolongrlError ? error.code : `${error}`;
  }
  return 'no error';
};

test('samples written and read are the same samples', async () => {
  const file = path.join(folder, 'all.jsonl');
  await writeSamples(file, samples);
  expect(await collect(file)).toEqual(samples);
});

test('a bad line is named with file, line and field', async () => {
  const file = path.join(folder, 'bad.jsonl');
  writeFileSync(file, `${JSON.stringify(samples[0])}\n${JSON.stringify({ ...samples[1], task: 'T10' })}\n`);
  await expect(collect(file)).rejects.toThrow(/bad\.jsonl:2: .*task/);
  writeFileSync(file, '{"id": ');
  await expect(collect(file)).rejects.toThrow(/bad\.jsonl:1: is not a sample: it ends too early/);
  expect(await code(() => collect(path.join(folder, 'nowhere.jsonl')))).toBe('file-missing');
});

test('a write that fails leaves the old file and no partial one', async () => {
  const file = path.join(folder, 'kept.txt');
  await writeLines(file, ['old']);
  const broken = function* (): Generator<string> {
    yield 'new';
    throw new Error('stopped');
  };
  await expect(writeLines(file, broken())).rejects.toThrow('stopped');
  expect(readFileSync(file, 'utf8')).toBe('old\n');
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is a resource error that names the file, and leaves the old one',
  async () => {
    for (const write of [writeLines, async (file: string) => writeParquet(file, [toUpstreamRecord(firstSample, 0)])]) {
      const file = path.join(folder, 'full');
      writeFileSync(file, 'old');
      // Every write to this device finds it full.
      symlinkSync('/dev/full', `${file}.partial`);
      const failure = write(file, ['new']);
      await expect(failure).rejects.toBeInstanceOf(ResourceError);
      await expect(failure).rejects.toThrow(/full: no space left/);
      expect(readFileSync(file, 'utf8')).toBe('old');
    }
  },
);

test('in the upstream layout the gold of every task scores in full under the paper profile, and an empty response nothing', () => {
  for (const task of taskIds) {
    const sample = samples.find((candidate) => candidate.task === task);
    if (sample === undefined) throw new Error(`no ${task}`);
    const { data_source, reward_model, extra_info, ability, prompt } = toUpstreamRecord(sample, 0);
    const row = (solution_str: string) => ({
      data_source,
      solution_str,
      ground_truth: reward_model.ground_truth,
      extra_info,
    });
    // The reference reads T4 from the whole output; a box is the form that it finds there without fail.
    const gold =
      task === 'T4' ? `</think>\n\\boxed{${sample.reward.gold[0]}}` : renderGold(sample.reward, 'paper', 'upstream');
    const result = scoreUpstream(row(gold), 'paper');
    expect(result.task).toBe(tasks[task].metric);
    // The reference scores T9 over the whole output: its own think mark keeps the gold of a short reference below 1.
    expect(result.score, task).toBeGreaterThanOrEqual(task === 'T9' ? 0.8 : 1);
    expect(scoreUpstream(row(''), 'paper').score, task).toBe(0);
    expect(ability).toBe(tasks[task].ability);
    expect(extra_info.reward_mode).not.toBe('');
    expect(prompt[0]?.content.includes('[Answer]')).toBe(task !== 'T1' && task !== 'T5');
  }
});

test('a dataset holds every sample in three forms, a card, and a manifest whose hashes are right', async () => {
  const directory = path.join(folder, 'dataset');
  const sections = [{ title: 'Gates', lines: ['g1: 0'] }];
  const manifest = await writeDataset(directory, samples, { ...named, sections, report: { ok: true } });
  expect(await readManifest(directory)).toEqual(manifest);
  for (const { path: name, sha256, bytes } of manifest.files) {
    const content = readFileSync(path.join(directory, name));
    expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256);
    expect(content.length).toBe(bytes);
  }
  const heldout = samples.filter((sample) => sample.split === 'heldout');
  expect(await collect(path.join(directory, 'native/heldout.jsonl'))).toEqual(heldout);
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(path.join(directory, 'data/heldout.parquet')),
  });
  const records = heldout.map((sample, index) => toUpstreamRecord(sample, index));
  expect(rows).toEqual(records);
  const lines = readFileSync(path.join(directory, 'data/heldout.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(records);
  const card = readFileSync(path.join(directory, 'README.md'), 'utf8');
  expect(card).toMatch(/\| T4 \| Numerical Extraction and Quantitative Reasoning \| math_verify \| 5 \| 2 \|/);
  expect(card).toMatch(/\| factbook\.json@1\.0\.0 \| public-domain \| \d+ \|/);
  expect(card).toContain('## Gates\n\n    g1: 0');
});

test('the same samples give the same bytes', async () => {
  const [a, b] = [path.join(folder, 'a'), path.join(folder, 'b')];
  const first = await writeDataset(a, samples, { ...named });
  expect(await writeDataset(b, samples, { ...named })).toEqual(first);
});

test('an existing folder is kept unless told otherwise, and foreign files always', async () => {
  const directory = path.join(folder, 'again');
  await writeDataset(directory, samples, { ...named, formats: ['native'] });
  expect(await code(() => writeDataset(directory, samples, { ...named }))).toBe('out-exists');
  const manifest = await writeDataset(directory, samples.slice(0, 9), {
    ...named,
    formats: ['native'],
    ifExists: 'overwrite',
  });
  expect(manifest.samples).toBe(9);
  // A kill can leave a half-written file beside the others.
  writeFileSync(path.join(directory, 'README.md.partial'), 'half');
  await writeDataset(directory, samples, { ...named, ifExists: 'overwrite' });
  await writeDataset(directory, samples, { ...named, formats: ['jsonl'], ifExists: 'overwrite' });
  expect(readdirSync(directory, { recursive: true }).sort()).toEqual(
    ['README.md', 'data', 'data/heldout.jsonl', 'data/train.jsonl', 'manifest.json', 'native'].sort(),
  );
  writeFileSync(path.join(directory, 'thesis.txt'), 'mine');
  expect(await code(() => writeDataset(directory, samples, { ...named, ifExists: 'overwrite' }))).toBe('out-not-empty');
  expect(readFileSync(path.join(directory, 'thesis.txt'), 'utf8')).toBe('mine');
});

test('a directory without a manifest is not a dataset', async () => {
  expect(await code(() => readManifest(folder))).toBe('file-missing');
});
