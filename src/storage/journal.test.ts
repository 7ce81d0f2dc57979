import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appendLines, Journal, readJournal } from './journal.ts';
import type { Envelope, JournalKind } from './journal-line.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly name: string;
}
const row = (name: string): Row => ({ name });
const kindOf = (envelope?: Envelope): JournalKind<Row> => ({
  name: 'a row',
  code: 'row-damaged',
  hint: 'Delete it.',
  line: z.object({ name: z.string() }),
  ...(envelope === undefined ? {} : { envelope }),
});
const kinds = {
  plain: kindOf(),
  single: kindOf({ key: 'key', value: 'value', check: 'single' }),
  chained: kindOf({ key: 'number', value: 'result', check: 'chained' }),
} as const;
const keyOf = (kind: JournalKind<Row>, number: number): string | number =>
  kind.envelope?.key === 'number' ? number : `k${number}`;

async function write(file: string, kind: JournalKind<Row>, rows: readonly Row[]): Promise<string> {
  rmSync(file, { force: true });
  const journal = await Journal.open(file, kind);
  for (const [i, one] of rows.entries()) journal.append([one], keyOf(kind, i));
  journal.close(true);
  return readFileSync(file, 'utf8');
}

const rows = ['one', 'two lines\nin a 中文 row', 'three'].map(row);

test.each(Object.entries(kinds))(
  'a %s journal that is cut at any byte goes on after its last whole line',
  async (name, kind) => {
    const file = path.join(folder, name);
    const bytes = Buffer.from(await write(file, kind, rows));
    const ends = [0, ...[...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1)];
    for (let cut = 0; cut <= bytes.length; cut++) {
      writeFileSync(file, bytes.subarray(0, cut));
      // A line without its line end is whole.
      const kept = ends.filter((end) => end > 0 && end - 1 <= cut).length;
      expect(await readJournal(file, kind)).toEqual(rows.slice(0, kept));
      const journal = await Journal.open(file, kind);
      for (let i = kept; i < rows.length; i++) journal.append([rows[i] as Row], keyOf(kind, i));
      journal.close();
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
  },
);

test('lines are appended without reading the file, after what a kill cut is gone', async () => {
  const file = path.join(folder, 'appended');
  await appendLines(file, kinds.plain, rows);
  appendFileSync(file, '{"name":"fo');
  await appendLines(file, kinds.plain, [row('five')]);
  expect(await readJournal(file, kinds.plain)).toEqual([...rows, row('five')]);
  appendFileSync(file, 'words of somebody');
  await expect(appendLines(file, kinds.plain, [row('six')])).rejects.toThrow(`${file}:5: is not a row`);
  expect(readFileSync(file, 'utf8')).toContain('words of somebody');
});

test('a reader beside the process that writes changes nothing', async () => {
  const file = path.join(folder, 'shared');
  const text = `${await write(file, kinds.single, rows)}{"key":"k4","ch`;
  writeFileSync(file, text);
  (await Journal.open(file, kinds.single, { readOnly: true })).close();
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a value that was changed is told by its checksum; lines without one, of older versions, are read', async () => {
  const file = path.join(folder, 'checked');
  const text = await write(file, kinds.single, rows);
  writeFileSync(file, text.replace('"three"', '"tree"'));
  await expect(readJournal(file, kinds.single)).rejects.toMatchObject({
    code: 'row-damaged',
    message: expect.stringContaining(`${file}:3: `),
    hint: 'Delete it.',
  });
  writeFileSync(file, text.replaceAll(/"check":"\w+",/g, ''));
  expect(await readJournal(file, kinds.single)).toEqual(rows);
  const chained = await write(file, kinds.chained, rows);
  writeFileSync(file, chained.split('\n').toSpliced(1, 1).join('\n'));
  await expect(readJournal(file, kinds.chained)).rejects.toThrow(`${file}:2: is not a row: number 2`);
});

test('line ends of another system and empty lines do not matter', async () => {
  const file = path.join(folder, 'crlf');
  writeFileSync(file, '{"name":"one"}\r\n\r\n{"name":"two"}\r\n');
  const journal = await Journal.open(file, kinds.plain);
  journal.append([row('three')]);
  journal.close();
  expect(await readJournal(file, kinds.plain)).toEqual(['one', 'two', 'three'].map(row));
});
