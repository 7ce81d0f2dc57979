import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldsOf, findFiles, readRecords } from './records.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-records-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function read(name: string, content: string | Uint8Array): Promise<unknown[]> {
  const file = join(directory, name);
  await writeFile(file, content);
  const found: unknown[] = [];
  for await (const record of readRecords(file)) found.push(record);
  return found;
}

const records = [
  { a: 'x, [y] "z" \\', b: [1, { c: '}' }] },
  { a: '中\n', b: [] },
];

test.each([
  ['lines.jsonl', records.map((record) => JSON.stringify(record)).join('\n')],
  ['lines.json', records.map((record) => JSON.stringify(record)).join('\n')],
  ['array.json', JSON.stringify(records)],
  ['indented.json', `\n ${JSON.stringify(records, undefined, 2)}\n`],
])('%s is read record by record', async (name, content) => {
  expect(await read(name, content)).toEqual(records);
});

test('an array larger than a chunk comes apart at the right places', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({ i, text: `"${'é'.repeat(500)}[${i}` }));
  expect(await read('large.json', JSON.stringify(many))).toEqual(many);
});

test('Parquet and CSV are read, with quotes, line ends and whole numbers', async () => {
  const columnData = [
    { name: 'a', data: ['x', 'y'], type: 'STRING' as const },
    { name: 'n', data: [1n, 2n], type: 'INT64' as const },
  ];
  expect(await read('t.parquet', new Uint8Array(parquetWriteBuffer({ columnData })))).toEqual([
    { a: 'x', n: 1 },
    { a: 'y', n: 2 },
  ]);
  expect(await read('t.csv', 'a,b\n"x, ""y""\nz",1\r\n,2\n')).toEqual([
    { a: 'x, "y"\nz', b: '1' },
    { a: '', b: '2' },
  ]);
});

test('broken files are errors that name the place', async () => {
  await expect(read('bad.jsonl', '{"a":1}\n{oops')).rejects.toThrow('bad.jsonl:2');
  await expect(read('cut.json', '[{"a":1},{"a":')).rejects.toThrow('does not end');
  await expect(read('no.parquet', 'text')).rejects.toMatchObject({ code: 'record-corrupt' });
  await expect(findFiles(directory, /^never$/, 'never')).rejects.toThrow('never');
  await expect(findFiles(join(directory, 'nowhere'), /x/, 'x')).rejects.toMatchObject({ code: 'file-missing' });
  expect(() => fieldsOf({ a: 1 }, 'f[3]').text('a')).toThrow('f[3]: field "a" is number, expected text');
});
