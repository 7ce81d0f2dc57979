import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-data-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

async function inspect(...args: string[]) {
  let [out, err] = ['', ''];
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), columns: undefined };
  const code = await runCommand(['data', 'inspect', ...args], terminal);
  return { code, out, err };
}

const play = file(
  'play.txt',
  `ACT I\n\n${['HANNA. Is he here?', 'KARL. He has telephoned.', 'HANNA. From where?', 'KARL. From the hall.', 'HANNA. Then he is here.'].join('\n\n')}\n`,
);

test('a document is shown as the pipeline sees it: on the terminal, as a tree, as a page', async () => {
  const page = path.join(folder, 'page.html');
  const { code, out } = await inspect(play, '--html', page);
  expect(code).toBe(0);
  expect(out).toContain('HANNA: 3 turns');
  expect(out).toMatch(/T9 Long Document Summarization: .*\n? *.*needs/);
  expect(readFileSync(page, 'utf8')).toContain('class="m speaker"');
  const tree = JSON.parse((await inspect(play, '--format', 'json')).out);
  expect(tree.turns).toHaveLength(5);
  expect(tree.text.slice(tree.turns[1].bodyStart, tree.turns[1].span.end)).toBe('He has telephoned.');
});

test('of a file with many documents the one that is asked for is shown', async () => {
  const rows = file('rows.jsonl', '{"text":"The first one.","id":"a"}\n{"text":"The second one.","id":"b"}\n');
  expect((await inspect(rows)).out).toContain('holds more documents');
  expect(JSON.parse((await inspect(rows, '--document', '1', '--format', 'json')).out).text).toBe('The second one.');
  expect(await inspect(rows, '--document', '7')).toMatchObject({
    code: 2,
    err: expect.stringContaining('from 0 to 1'),
  });
});

test('samples are told from documents by what they are, and flags of the other kind are refused', async () => {
  const samples = file('samples.jsonl', '{"id":"1","task":"T1","prompt":"p"}\n');
  expect(await inspect(samples)).toMatchObject({ code: 1, err: expect.stringContaining('samples.jsonl:1') });
  const page = path.join(folder, 'none.html');
  expect(await inspect(samples, '--html', page)).toMatchObject({ code: 2, err: expect.stringContaining('--html') });
  expect(existsSync(page)).toBe(false);
  expect(await inspect(play, '--sample', '0')).toMatchObject({ code: 2, err: expect.stringContaining('--sample') });
});

test('a document that cannot be read is named with the reason', async () => {
  const broken = file('broken.pdf', 'no PDF\u001b[31m');
  const { code, err } = await inspect(broken);
  expect(code).toBe(1);
  expect(err).toMatch(/broken\.pdf: (?:corrupt|unreadable|binary)/);
  expect(err).not.toContain('\u001b[31m');
  expect(await inspect(path.join(folder, 'missing.md'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('missing.md'),
  });
});
