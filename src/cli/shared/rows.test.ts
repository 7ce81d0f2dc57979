import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openRows } from './rows.ts';
import type { Terminal } from './terminal.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-rows-'));
afterAll(() => rm(directory, { recursive: true }));
const terminal: Terminal = { out: () => undefined, err: () => undefined, columns: undefined };

test('a writer that waits for the disk many times leaves no listener behind', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const file = join(directory, 'rows.jsonl');
  const writer = await openRows(file, terminal);
  const text = 'x'.repeat(40_000);
  for (let row = 0; row < 40; row++) await writer.write({ row, text });
  await writer.finish();
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(41);
});

test('a folder that is gone is an error of the file that is to appear, and nothing is left', async () => {
  const writer = await openRows(join(directory, 'folder', 'rows.jsonl'), terminal);
  await rm(join(directory, 'folder'), { recursive: true });
  await expect(writer.finish()).rejects.toThrow();
  await writer.abandon();
  expect(await readdir(directory)).toEqual(['rows.jsonl']);
});
