import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { buildDataset } from '../../construction/build.ts';
import { writeSamples } from '../../samples/jsonl.ts';
import { runCommand } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'samples.jsonl');

async function lint(...args: string[]) {
  let out = '';
  let err = '';
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), columns: undefined };
  const code = await runCommand(['data', 'lint', ...args], terminal);
  return { code, out, err };
}

test('a built dataset passes; with every gold letter the same it fails with exit code 1', {
  tags: ['long'],
}, async () => {
  const { samples } = buildDataset({
    documents: packagedDocuments(),
    seed: 2,
    short: { train: 360, heldout: 9 },
    long: { samples: 0, bins: [8] },
  });
  await writeSamples(file, samples);
  const clean = await lint(file);
  expect(clean.err).toBe('Lint ...\n');
  expect(clean.code).toBe(0);
  expect(clean.out).toMatch(/^letter-balance +pass/m);
  const spoilt = samples.map((s) => (s.task === 'T2' ? { ...s, reward: { ...s.reward, gold: ['B'] } } : s));
  await writeSamples(file, spoilt);
  const biased = await lint(file, '--format', 'json');
  expect(biased.code).toBe(1);
  expect(JSON.parse(biased.out).failed).toContain('letter-balance');
  expect(biased.err).toContain('letter-balance');
});

test('bad input is named', async () => {
  expect(await lint(file, '--max-hack', '7')).toMatchObject({ code: 2, err: expect.stringContaining('got "7"') });
  const answers = path.join(folder, 'answers.jsonl');
  writeFileSync(answers, '{"id":"a","reward":1}\n{"id":"b"}\n');
  expect(await lint(file, '--closed-book', answers)).toMatchObject({
    code: 1,
    err: expect.stringContaining('answers.jsonl:2'),
  });
  writeFileSync(answers, '');
  expect(await lint(answers)).toMatchObject({ code: 1, err: expect.stringContaining('no samples') });
});
