import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDocuments } from '../../../test/newcomer/documents.ts';
import { runCommand } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-docs-'));
const texts = path.join(folder, 'texts');
beforeAll(async () => {
  mkdirSync(texts);
  for (const [name, text] of Object.entries(ownDocuments())) writeFileSync(path.join(texts, name), text);
  // Loaded here: a cold start is no part of a test.
  await import('../../build/run-build.ts');
  await import('../../build/preview/preview-plan.ts');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function build(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    columns: undefined,
  };
  const code = await runCommand(['data', 'build', ...args], terminal);
  return { code, out: out.join(''), err: err.join('') };
}

test('a dry run over own documents says what the run gives, and writes nothing', async () => {
  const out = path.join(folder, 'mixture');
  const few = path.join(texts, 'r*.md');
  const args = ['--docs', few, '--samples', '18', '--lengths', '2K', '--out', out, '--format', 'json'];
  const dry = await build(...args, '--dry-run');
  expect(dry.code).toBe(0);
  expect(existsSync(out)).toBe(false);
  const run = await build(...args);
  expect(run.code).toBe(0);
  const [said, done] = [JSON.parse(dry.out), JSON.parse(run.out)];
  expect(done.samples).toBeGreaterThan(0);
  expect(said).toMatchObject({ samples: done.samples, margin: 0, drawn: 18, planned: 18 });
  for (const [task, count] of Object.entries(done.byTask)) expect(said.byTask[task], task).toBe(count);
});

test('short questions are asked of any folder, all nine tasks, as many as the dry run says', async () => {
  const args = [
    '--docs',
    texts,
    '--short',
    '45',
    '--long',
    '0',
    '--out',
    path.join(folder, 'short'),
    '--format',
    'json',
  ];
  const said = JSON.parse((await build(...args, '--dry-run')).out);
  const done = JSON.parse((await build(...args)).out);
  expect(said.short).toEqual(done.bySplit);
  expect(Object.values(done.byTask).every((count) => Number(count) > 0)).toBe(true);
});

test('documents that give no sample are a failure of the dry run and of the run, which leaves nothing', async () => {
  const docs = path.join(folder, 'nothing');
  mkdirSync(docs);
  writeFileSync(
    path.join(docs, 'a.txt'),
    'The rain fell on Anna and the road was long, and nobody but Anna came by. '.repeat(20),
  );
  const out = path.join(folder, 'no', 'dataset');
  for (const kind of [
    ['--short', '9', '--long', '0'],
    ['--samples', '18'],
  ])
    for (const dry of [['--dry-run'], []]) {
      const { code, err } = await build('--docs', docs, '--out', out, ...kind, ...dry);
      expect(code).toBe(1);
      expect(err.trimEnd().split('\n').at(-1)).toMatch(/^error: .*Give more documents, or longer ones/);
      expect(existsSync(path.join(folder, 'no'))).toBe(false);
    }
});
