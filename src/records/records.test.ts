import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, expect, test } from 'vitest';
import { goodRows, jsonText, type ReadRowsOptions, readFileRows, readRecords } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-records-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function all(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const value of values) found.push(value);
  return found;
}

/** Values of good rows, and `line: code` of what was set aside. */
async function read(name: string, content: string | Uint8Array, options?: ReadRowsOptions): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const row of readFileRows(put(name, content), options))
    found.push(row.type === 'row' ? row.value : `${row.line ?? 'file'}: ${row.code}`);
  return found;
}

const rows = [
  { id: 1, t: 'Ö, [x] "y" \\ }{' },
  { id: 2, t: '\u2028李雷\n' },
  { id: 3, t: null },
];
const lines = rows.map((row) => JSON.stringify(row));
const jsonl = `${lines.join('\n')}\n`;
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const columns = (values: readonly Record<string, unknown>[]): Record<string, unknown[]> =>
  Object.fromEntries(Object.keys(values[0] ?? {}).map((name) => [name, values.map((row) => row[name])]));

test.each<[string, string | Uint8Array]>([
  ['plain.jsonl', jsonl],
  ['bom.jsonl', `\ufeff${jsonl}`],
  ['crlf.jsonl', jsonl.replaceAll('\n', '\r\n')],
  ['cr.jsonl', jsonl.replaceAll('\n', '\r')],
  ['blank.ndjson', `\n  \n${jsonl}\n\n`],
  ['wide.jsonl', wide(`\ufeff${jsonl}`)],
  ['big.jsonl', wide(`\ufeff${jsonl}`).swap16()],
  ['unmarked.jsonl', wide(jsonl)],
  ['unmarked-big.json', wide(JSON.stringify(rows)).swap16()],
  ['members.jsonl.gz', Buffer.concat([gzipSync(jsonl.slice(0, 20)), gzipSync(jsonl.slice(20))])],
  ['padded.jsonl.gz', Buffer.concat([gzipSync(jsonl), Buffer.alloc(512)])],
  ['array.json', JSON.stringify(rows)],
  ['indented.json.gz', gzipSync(`\ufeff\n${JSON.stringify(rows, undefined, 2).replaceAll('\n', '\r\n')}\n`)],
  ['lines.json', jsonl],
  ['joined.json', `${lines[0]}${lines[1]}\n${JSON.stringify(rows[2], undefined, 1)}`],
  ['data.json', JSON.stringify({ version: '1', data: rows })],
  [
    'server.json',
    JSON.stringify({
      features: [{ name: 'id' }],
      rows: rows.map((row, i) => ({ row_idx: i, row, truncated_cells: [] })),
    }),
  ],
  ['splits.json', JSON.stringify({ train: rows.slice(0, 2), test: rows.slice(2) })],
  ['columns.json', JSON.stringify(columns(rows))],
  ['split.json', JSON.stringify({ columns: ['id', 't'], index: [0, 1, 2], data: rows.map(({ id, t }) => [id, t]) })],
  ['table.json', JSON.stringify({ schema: { fields: [] }, data: rows })],
  ['index.json', JSON.stringify(Object.fromEntries(rows.map((row) => [`q-${row.id}`, row])))],
  [
    'by-column.json',
    JSON.stringify({
      id: Object.fromEntries(rows.map(({ id }, i) => [i, id])),
      t: Object.fromEntries(rows.map(({ t }, i) => [i, t])),
    }),
  ],
])('%s holds the three rows', async (name, content) => {
  expect(await read(name, content)).toEqual(rows);
});

test('one object is one row, and so is any where the caller says so', async () => {
  const one = { id: 1, meta: { x: 1 }, messages: [{ role: 'user', content: 'a' }] };
  expect(await read('one.json', JSON.stringify(one, undefined, 1))).toEqual([one]);
  const wrapped = { data: rows };
  expect(await read('whole.json', JSON.stringify(wrapped), { layout: 'whole' })).toEqual([wrapped]);
});

test('a list inside of an object is read element by element, beyond the limit of one row', async () => {
  const many = Array.from({ length: 1500 }, (_, i) => ({ i, text: `"${'é'.repeat(500)}[${i}` }));
  const limits = { maxDocumentBytes: 2 ** 16 };
  expect(await read('large.json', JSON.stringify({ version: 1, data: many, end: [] }), { limits })).toEqual(many);
  expect(await read('array-large.json', JSON.stringify(many), { limits })).toEqual(many);
  const long = { i: 1, text: 'x'.repeat(2 ** 17) };
  expect(await read('over.json', JSON.stringify([many[0], long, many[1]]), { limits })).toEqual([
    many[0],
    '1: too-large',
    many[1],
  ]);
});

test('numbers are as Python reads them, and JSON keeps their digits', async () => {
  const text =
    '{"id":9007199254740993,"min":-9223372036854775809,"x":-0.0,"f":1e308,"s":"9007199254740993 NaN \\" 12345678901234567890"}';
  const [row] = await read('numbers.jsonl', text);
  expect(row).toEqual({
    id: 9007199254740993n,
    min: -9223372036854775809n,
    x: -0,
    f: 1e308,
    s: '9007199254740993 NaN " 12345678901234567890',
  });
  expect(jsonText(row)).toBe(text.replace('-0.0', '0').replace('1e308', '1e+308'));
  expect(
    await read('nan.jsonl', '{"a":NaN,"b":[Infinity,-Infinity],"c":"NaN"}\n{"a":-NaN}\n{"a":012345678901234567}'),
  ).toEqual([
    { a: Number.NaN, b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], c: 'NaN' },
    '2: corrupt',
    '3: corrupt',
  ]);
  expect(await read('keys.jsonl', '{"a":1,"a":{"b":1,"b":2}}')).toEqual([{ a: { b: 2 } }]);
});

test.each<[string, string | Uint8Array, unknown[]]>([
  [
    'surrogate.jsonl',
    '{"t":"\\ud83d\\ude00"}\n{"t":["\\ud83d"]}\n{"\\udc00":1}',
    [{ t: '😀' }, '2: lone-surrogate', '3: lone-surrogate'],
  ],
  ['torn.jsonl', '{"a":1}\n{"a":2', [{ a: 1 }, '2: corrupt']],
  [
    'mixed.jsonl',
    '# x\n{"a":1}\n[1]\nnull\n{"a":2},\n{"a":3}',
    ['1: corrupt', { a: 1 }, '3: corrupt', '4: corrupt', '5: corrupt', { a: 3 }],
  ],
  ['torn-lines.json', '{"a":1}\n{"a":2\n{"a":3}\n', [{ a: 1 }, '2: corrupt', { a: 3 }]],
  ['deep.jsonl', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, ['1: corrupt']],
  ['rest.json', '[{"a":1}] trailing', [{ a: 1 }, 'file: corrupt']],
  ['open.json', '[{"a":1},\n{"a":2}', [{ a: 1 }, 'file: corrupt']],
  ['hole.json', '[{"a":1},,{"a":2}]', [{ a: 1 }, 'file: corrupt']],
  ['odd.json', '[{"a":1},\n5,{"a":1]}]', [{ a: 1 }, '2: corrupt', '2: corrupt', 'file: corrupt']],
  ['empty.json', ' ', ['file: corrupt']],
  ['cells.json', '{"rows":[{"row_idx":0,"row":{"a":1},"truncated_cells":["a"]}]}', ['1: corrupt']],
  [
    'damaged.jsonl',
    Buffer.concat([Buffer.from('{"t":"李雷李雷李雷"}\n{"t":"'), Buffer.from([0xe9]), Buffer.from('"}\n{"t":"é"}')]),
    [{ t: '李雷李雷李雷' }, '2: not-utf8', { t: 'é' }],
  ],
  [
    'cut.jsonl.gz',
    gzipSync(`${lines[0]}\n${'{"a":1}\n'.repeat(400)}`, { level: 0 }).subarray(0, 72),
    [rows[0], ...Array(2).fill({ a: 1 }), 'file: corrupt'],
  ],
  ['utf32.csv', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), ['file: not-utf8']],
  ['x.docx', 'x', ['file: unknown-format']],
])('%s: what is bad is set aside with its line, and the rest is read', async (name, content, expected) => {
  expect(await read(name, content)).toEqual(expected);
});

test.each<[string, string | Uint8Array, unknown[]]>([
  [
    'inch.csv',
    'a,b\n1,a 5" pipe\n6" bolt,2\n',
    [
      { a: '1', b: 'a 5" pipe' },
      { a: '6" bolt', b: '2' },
    ],
  ],
  [
    'quotes.csv',
    'a,b\r\n"x, ""y""\r\nz",1\r\n"",\n"abc"def,"p""q"r\n',
    [
      { a: 'x, "y"\r\nz', b: '1' },
      { a: '', b: '' },
      { a: 'abcdef', b: 'p"qr' },
    ],
  ],
  [
    'cr.csv',
    'a,b\r1,"x\ry"\r\r2,z',
    [
      { a: '1', b: 'x\ry' },
      { a: '2', b: 'z' },
    ],
  ],
  [
    'blanks.csv',
    '\ufeffa, b \n\n , x\n"",\n',
    [
      { a: ' ', ' b ': ' x' },
      { a: '', ' b ': '' },
    ],
  ],
  ['one.csv', 'text\nx;y\n\n""\n"a, b"', [{ text: 'x;y' }, { text: '' }, { text: 'a, b' }]],
  ['ragged.csv', 'a,b\n"x\ny",1,2\n3\n4,5\n', ['2: corrupt', '4: corrupt', { a: '4', b: '5' }]],
  ['unclosed.csv', 'a,b\n1,2\n3,"open\nto the end\n', [{ a: '1', b: '2' }, '3: corrupt']],
  ['twice.csv', 'a,b,a\n1,2,3\n', ['file: corrupt']],
  ['nul.csv', 'a\nx\0y\nz\n', ['2: binary', { a: 'z' }]],
  ['header.csv', 'a,b\n', []],
  ['proto.csv', '__proto__,b\n1,2\n', [JSON.parse('{"__proto__":"1","b":"2"}')]],
  [
    'semicolons.csv',
    'nom;prix\n"a;b";1,50\nZoé, Lyon;2,00',
    [
      { nom: 'a;b', prix: '1,50' },
      { nom: 'Zoé, Lyon', prix: '2,00' },
    ],
  ],
  [
    'tie.csv',
    'a,b;c\n1,2;3;4\n5,6;7\n',
    [
      { a: '1', 'b;c': '2;3;4' },
      { a: '5', 'b;c': '6;7' },
    ],
  ],
  ['bars.csv.gz', gzipSync('a|b\n1|"x|y"\n'), [{ a: '1', b: 'x|y' }]],
  ['tabs.tsv', 'a\tb, c\n"x\ty"\t5\' 6" tall\n', [{ a: 'x\ty', 'b, c': '5\' 6" tall' }]],
  ['wide.csv', wide('\ufeffa,b\r\nCafé,李\r\n'), [{ a: 'Café', b: '李' }]],
  ['latin.csv', Buffer.from('a\ncafé\nplain\n', 'latin1'), ['2: not-utf8', { a: 'plain' }]],
])('%s is read as Python reads it, or set aside by name', async (name, content, expected) => {
  expect(await read(name, content)).toEqual(expected);
});

test('CSV is the same however its bytes are cut', async () => {
  const text = `a,b\r\n${'"é""李\r\n",x\r\n'.repeat(20_000)}`;
  const found = await read('pieces.csv', text);
  expect(found).toHaveLength(20_000);
  expect(new Set(found.map((row) => JSON.stringify(row)))).toEqual(
    new Set([JSON.stringify({ a: 'é"李\r\n', b: 'x' })]),
  );
});

test('an encoding is told where that is sure, and else named by the caller', async () => {
  const chinese = Uint8Array.from([
    0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xc7, 0xd6, 0xd0, 0xb9, 0xfa, 0xb5, 0xc4, 0xca, 0xd7, 0xb6, 0xbc,
  ]);
  const gbk = Buffer.concat([Buffer.from('t\n'), chinese, Buffer.from('\n'), chinese, Buffer.from('\n')]);
  expect(await read('gbk.csv', gbk)).toEqual(Array(2).fill({ t: '北京是中国的首都' }));
  const spanish = Buffer.from('t\n¿Dónde está el niño? Comió una manzana en España\n', 'latin1');
  expect(await read('spanish.csv', spanish)).toEqual([{ t: '¿Dónde está el niño? Comió una manzana en España' }]);
  const latin = Buffer.from('t\ncafé\n', 'latin1');
  expect(await read('named.csv', latin, { encoding: 'windows-1252' })).toEqual([{ t: 'café' }]);
  await expect(read('klingon.csv', latin, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'encoding-unknown' });
});

test('Parquet values keep their digits: whole numbers, decimals, times', async () => {
  const columnData = [
    { name: 'i', data: [9007199254740993n, 7n] },
    { name: 'at', data: [new Date(-1), new Date(1709251199999)] },
    { name: 'd', data: [-0.001, 12.345] },
    { name: 'l', data: [[1, null], []] },
  ];
  const schema = [
    { name: 'root', num_children: 4 },
    { name: 'i', type: 'INT64' as const, repetition_type: 'OPTIONAL' as const },
    {
      name: 'at',
      type: 'INT64' as const,
      repetition_type: 'OPTIONAL' as const,
      converted_type: 'TIMESTAMP_MILLIS' as const,
    },
    {
      name: 'd',
      type: 'INT64' as const,
      repetition_type: 'REQUIRED' as const,
      converted_type: 'DECIMAL' as const,
      precision: 4,
      scale: 3,
    },
    { name: 'l', type: 'BYTE_ARRAY' as const, repetition_type: 'OPTIONAL' as const, converted_type: 'JSON' as const },
  ];
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData, schema }));
  const expected = [
    { i: 9007199254740993n, at: '1969-12-31T23:59:59.999000+00:00', d: '-0.001', l: '[1,null]' },
    { i: 7, at: '2024-02-29T23:59:59.999000+00:00', d: '12.345', l: '[]' },
  ];
  expect(await read('types.parquet', bytes)).toEqual(expected);
  expect(await read('types.parquet.gz', gzipSync(bytes))).toEqual(expected);
  expect(await read('no.parquet', 'text')).toEqual(['file: corrupt']);
});

test('whoever needs every row ends at the first bad one, with file and line', async () => {
  const bad = put('bad.jsonl', '{"a":1}\n{oops');
  await expect(all(readRecords(bad))).rejects.toThrow(`${bad}:2: not JSON`);
  const open = put('cut.json', '[{"a":1},{"a":');
  await expect(all(goodRows(readFileRows(open)))).rejects.toThrow(`${open}: the JSON does not end`);
  await expect(all(readRecords(path.join(folder, 'nowhere.csv')))).rejects.toMatchObject({
    code: 'file-missing',
  });
});
