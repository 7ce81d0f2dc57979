import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { buildDataset } from '../../construction/build.ts';
import { diffDatasets } from '../../refinement/diff-datasets.ts';
import { writeSamples } from '../../samples/jsonl.ts';
import type { Sample } from '../../samples/sample.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { samples } = buildDataset({
  documents: packagedDocuments(),
  seed: 2,
  short: { train: 45, heldout: 9 },
  long: { samples: 0, bins: [8] },
});

async function* stream(list: readonly Sample[]): AsyncGenerator<Sample> {
  yield* list;
}

async function run(...args: string[]): Promise<string> {
  let out = '';
  const program = createProgram({ out: (text) => (out += text), err: () => undefined, columns: undefined });
  await program.parseAsync(['node', 'golongrl', 'data', ...args]);
  return out;
}

test('a diff names what was added, removed and changed, and what that does to each task', async () => {
  const [first, second, ...rest] = samples;
  if (first === undefined || second === undefined) throw new Error('no samples');
  const rebuilt = { ...second, id: 'rebuilt', tokens: second.tokens + 5 };
  const foreign = { ...first, id: 'foreign', provenance: { ...first.provenance, seed: 'another draw' } };
  const diff = await diffDatasets(stream(samples), stream([...rest, rebuilt, foreign]));
  expect(diff).toMatchObject({
    added: ['foreign'],
    removed: [first.id],
    changed: [{ before: second.id, after: 'rebuilt' }],
    unchanged: samples.length - 2,
  });
  const { before, after } = diff.tasks[second.task];
  expect([after.samples - before.samples, after.tokens - before.tokens]).toEqual([0, 5]);
});

test('samples of unrelated datasets are added and removed, though their seeds are the same', async () => {
  const ofOthers = samples.map((sample) => ({
    ...sample,
    id: `other ${sample.id}`,
    provenance: {
      ...sample.provenance,
      documents: sample.provenance.documents.map((document) => ({ ...document, id: `other ${document.id}` })),
    },
  }));
  const diff = await diffDatasets(stream(samples), stream(ofOthers));
  expect([diff.added.length, diff.removed.length, diff.changed]).toEqual([samples.length, samples.length, []]);
});

test('the commands decontaminate, diff and export work on one file of samples', async () => {
  const file = path.join(folder, 'samples.jsonl');
  const benchmark = path.join(folder, 'benchmark.jsonl');
  const clean = path.join(folder, 'clean.jsonl');
  const [first, ...rest] = samples;
  if (first === undefined) throw new Error('no samples');
  const gold = ['the amber lantern hung above the ninth stair until the ferryman carried his brother home'];
  const leaked: Sample = { ...first, reward: { ...first.reward, gold } };
  await writeSamples(file, [leaked, ...rest]);
  await writeSamples(benchmark, []);
  await expect(run('decontaminate', file, '--benchmark', benchmark)).rejects.toMatchObject({ code: 'benchmark-empty' });
  writeFileSync(benchmark, `${JSON.stringify({ question: 'Which one?', answers: leaked.reward.gold })}\n`);
  const report = JSON.parse(
    await run('decontaminate', file, '--benchmark', benchmark, '--out', clean, '--format', 'json'),
  );
  expect(report.removed).toEqual([leaked.id]);
  const diff = JSON.parse(await run('diff', file, clean, '--format', 'json'));
  expect(diff).toMatchObject({ added: [], removed: report.removed, changed: [] });
  const records = async (to: string): Promise<Record<string, unknown>[]> => {
    const out = path.join(folder, `${to}.jsonl`);
    await run('export', file, '--to', to, '--out', out);
    return readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const train = samples.filter(({ split }) => split === 'train');
  const trl = await records('trl');
  expect(trl).toHaveLength(train.length);
  expect(trl[0]).toMatchObject({ prompt: [{ role: 'user', content: train[0]?.prompt }], task: train[0]?.task });
  expect((await records('verl'))[0]).toMatchObject({ extra_info: { sample_id: train[0]?.id } });
  expect(JSON.parse(String((await records('openrlhf'))[0]?.label))).toMatchObject({ id: train[0]?.id });
});

test('the rules of datatrove and of the paper’s script are modes, and a flag of another mode is refused', async () => {
  const file = path.join(folder, 'modes.jsonl');
  const benchmark = path.join(folder, 'modes-benchmark.jsonl');
  const page = path.join(folder, 'modes.html');
  const [first, second, ...rest] = samples;
  if (first === undefined || second === undefined) throw new Error('no samples');
  const words =
    'the amber lantern hung above the ninth stair until the ferryman carried his elder brother slowly home again';
  const asked: Sample = { ...first, id: 'asked', question: `${words}, no?` };
  const answered: Sample = { ...second, id: 'answered', reward: { ...second.reward, gold: [words.toUpperCase()] } };
  await writeSamples(file, [asked, answered, ...rest]);
  writeFileSync(benchmark, `${JSON.stringify({ text: words, answer: words })}\n`);
  const decontaminate = async (...args: string[]): Promise<unknown> =>
    JSON.parse(await run('decontaminate', file, '--benchmark', benchmark, '--format', 'json', ...args));
  expect(await decontaminate('--mode', 'datatrove', '--report', page)).toMatchObject({ removed: ['answered'] });
  expect(readFileSync(page, 'utf8')).toContain('12 words shared, in the text');
  const upstream = ['--mode', 'upstream', '--tokenizer', 'models/micro'];
  expect(await decontaminate(...upstream, '--report', page)).toMatchObject({ removed: ['asked'], byKind: { 13: 1 } });
  expect(readFileSync(page, 'utf8')).toContain('13 tokens shared, question repeats text');
  await expect(decontaminate('--mode', 'upstream')).rejects.toMatchObject({ code: 'tokenizer-needed' });
  await expect(decontaminate('--query-ngrams')).rejects.toMatchObject({ code: 'flag-of-another-mode' });
});
