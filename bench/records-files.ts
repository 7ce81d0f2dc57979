/** @file Odd files of rows, each of one kind that readers are known to differ in. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';

const rows = [
  { id: 1, text: 'Öl, 5" pipe', tags: ['a'] },
  { id: 2, text: 'line\nend', tags: [] },
  { id: 3, text: '李雷', tags: null },
];
const lines = rows.map((row) => JSON.stringify(row));
const jsonl = `${lines.join('\n')}\n`;
const table = 'id,text\n1,plain\n2,a 5" pipe\n3,"x ""y"", z\nw"\n4,"abc"def\n5,\n';
const utf16 = (text: string, big = false): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const gbk = [0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xc7, 0xd6, 0xd0, 0xb9, 0xfa, 0xb5, 0xc4, 0xca, 0xd7, 0xb6, 0xbc];
const packed = gzipSync(jsonl.repeat(200), { level: 1 });
const columnData = [
  { name: 'id', data: [9007199254740993n, 1n, -1n], type: 'INT64' as const },
  { name: 'text', data: ['a', '李雷', ''], type: 'STRING' as const },
  { name: 'at', data: [new Date(1), new Date(-1), new Date(0)], type: 'TIMESTAMP' as const },
];

/** Content by name. */
export const oddFiles: Readonly<Record<string, string | Uint8Array>> = {
  'plain.jsonl': jsonl,
  'bom.jsonl': `\ufeff${jsonl}`,
  'crlf.jsonl': jsonl.replaceAll('\n', '\r\n'),
  'cr.jsonl': jsonl.replaceAll('\n', '\r'),
  'wide.jsonl': utf16(`\ufeff${jsonl}`),
  'wide-unmarked.jsonl': utf16(jsonl, true),
  'separators.jsonl': '{"t":"a\u2028b\u2029c"}\n',
  'numbers.jsonl':
    '{"i":9007199254740993,"j":-18446744073709551615,"x":-0.0,"y":1e308}\n{"n":NaN,"p":[Infinity,-Infinity]}\n',
  'twice.jsonl': '{"a":1,"a":{"b":1,"b":2}}\n',
  'torn.jsonl': `${lines[0]}\n{"id": 2, "te`,
  'odd.jsonl': '[1]\n{"a":1}\n"x"\n\n{"a":2},\n',
  'surrogate.jsonl': '{"t":"\\ud83d\\ude00"}\n{"t":"\\ud83d"}\n',
  'members.jsonl.gz': Buffer.concat([gzipSync(jsonl.slice(0, 30)), gzipSync(jsonl.slice(30))]),
  'cut.jsonl.gz': packed.subarray(0, Math.floor(packed.length / 2)),
  'array.json': JSON.stringify(rows, undefined, 1),
  'lines.json': jsonl,
  'one.json': JSON.stringify(rows[0], undefined, 1),
  'joined.json': `${lines[0]}${lines[1]}\n${JSON.stringify(rows[2], undefined, 1)}`,
  'data.json': JSON.stringify({ version: 1, data: rows }),
  'server.json': JSON.stringify({
    features: [{}],
    rows: rows.map((row, i) => ({ row_idx: i, row, truncated_cells: [] })),
  }),
  'splits.json': JSON.stringify({ train: rows.slice(1), test: rows.slice(0, 1) }),
  'columns.json': JSON.stringify({ id: [1, 2], text: ['a', 'b'] }),
  'split-oriented.json': JSON.stringify({
    columns: ['id', 'text'],
    index: [7, 8],
    data: [
      [1, 'a'],
      [2, null],
    ],
  }),
  'column-oriented.json': JSON.stringify({ id: { 0: 1, 1: 2 }, text: { 0: 'a', 1: null } }),
  'index-oriented.json': JSON.stringify({ 0: { id: 1, text: 'a' }, 1: { id: 2, text: 'b' } }),
  'trailing.json': '[{"a":1}] x',
  'open.json': '[{"a":1},{"a":2}',
  'table.csv': table,
  'table.csv.gz': gzipSync(table),
  'bom.csv': `\ufeff${table}`,
  'cr.csv': 'a,b\r1,"x\ry"\r2,z\r',
  'semicolons.csv': 'name;price\nZoé;1,50\n"a;b";2,00\n',
  'bars.csv': 'a|b\n1|x,y\n',
  'tabs.tsv': 'a\tb\n1\t5\' 6" tall\n"x\ty"\t2\n',
  'ragged.csv': 'a,b\n1\n2,3\n4,5,6\n',
  'twice.csv': 'a,b,a\n1,2,3\n',
  'unclosed.csv': 'a,b\n1,2\n3,"open\n',
  'blanks.csv': ' a ,b\n , x\n\n"",\n',
  'one-column.csv': 'text\nx;y\n"a, b"\n',
  'gbk.csv': Buffer.concat([
    Buffer.from('id,text\n'),
    ...[1, 2, 3].map((i) => Buffer.from([0x30 + i, 0x2c, ...gbk, 10])),
  ]),
  'latin.csv': Buffer.from('id,q\n1,café\n2,plain\n', 'latin1'),
  'nul.csv': 'a,b\n1,x\0y\n2,z\n',
  'types.parquet': new Uint8Array(parquetWriteBuffer({ columnData })),
  'types.parquet.gz': gzipSync(new Uint8Array(parquetWriteBuffer({ columnData }))),
};

/** Writes all of them into a folder. */
export function writeOddFiles(folder: string): void {
  for (const [name, content] of Object.entries(oddFiles)) writeFileSync(path.join(folder, name), content);
}
