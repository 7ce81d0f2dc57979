import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadTokenizer } from '../../engine/tokenizer.ts';
import { runCommand } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-data-corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));
const inputs = path.join(folder, 'inputs');
mkdirSync(inputs);
writeFileSync(path.join(inputs, 'a\u001b[31m.doc'), 'x');
writeFileSync(path.join(inputs, 'rows.csv'), 'text;licence\nWords of a row.;\n');

async function corpus(...args: string[]) {
  let out = '';
  let err = '';
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), columns: undefined };
  const code = await runCommand(['data', 'corpus', ...args], terminal);
  return { code, out, err };
}

test('a corpus of nothing is an error, and what was refused is written', async () => {
  const out = path.join(folder, 'none');
  const { code, err } = await corpus(inputs, '--where', 'tokens > 1000', '--out', out);
  expect(code).toBe(1);
  expect(err).toContain('no document was kept');
  expect(err).toContain('a\\x1b[31m.doc');
  expect(err).not.toContain('\u001b[31m.doc');
  const refused = readFileSync(path.join(out, 'refused.jsonl'), 'utf8');
  expect(
    refused
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).code),
  ).toEqual(['unknown-format', 'filter']);
  expect(await corpus(inputs, '--where', 'tokens > 1000', '--dry-run')).toMatchObject({ code: 1 });
});

test('an empty licence column leaves the licence to the command', async () => {
  const out = path.join(folder, 'one');
  expect(await corpus(inputs, '--licence', 'CC0-1.0', '--out', out)).toMatchObject({ code: 0 });
  const [line = ''] = readFileSync(path.join(out, 'documents.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(line)).toMatchObject({ id: 'rows.csv#2', licence: 'CC0-1.0' });
});

test('a filter that compares unlike types is refused before anything is read', async () => {
  const out = path.join(folder, 'unlike');
  expect(await corpus(inputs, '--where', 'tokens > "abc"', '--out', out)).toMatchObject({ code: 2 });
  expect(existsSync(path.join(out, 'manifest.json'))).toBe(false);
});

test('a tokenizer that is named counts the tokens, filters see them, and a resumed run must name the same', async () => {
  const out = path.join(folder, 'counted');
  const exact = await corpus(inputs, '--licence', 'CC0-1.0', '--tokenizer', 'models/micro', '--out', out);
  expect(exact.out).toMatch(/1 documents, 4 words, \d+ tokens/);
  const { measures } = JSON.parse(readFileSync(path.join(out, 'documents.jsonl'), 'utf8'));
  const tokenizer = await loadTokenizer('models/micro');
  expect(measures.tokens).toBe((await tokenizer.encode('Words of a row.')).length);
  expect(await corpus(inputs, '--resume', '--out', out)).toMatchObject({
    err: expect.stringContaining('tokenizer: got nothing, begun with'),
  });
  expect(await corpus(inputs, '--tokenizer', inputs, '--out', path.join(folder, 'no'))).toMatchObject({ code: 1 });
});
