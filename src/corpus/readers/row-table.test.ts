import { Readable } from 'node:stream';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import type { DocumentFormat } from './formats.ts';
import { readSource } from './read-file.ts';
import type { ReadItem } from './reader.ts';

async function read(format: DocumentFormat, content: string | Uint8Array): Promise<ReadItem[]> {
  const items: ReadItem[] = [];
  const bytes = Readable.from([Buffer.from(content)]);
  for await (const item of readSource({ id: `in/t.${format}`, format, bytes, file: undefined }, {})) items.push(item);
  return items;
}

const ports = '| port | ships |\n| --- | --- |\n| Alder | 3 |\n| Brice \\| Cove | 12 |';

test.each([
  ['csv', 'port,ships\nAlder,3\nBrice | Cove,12\n'],
  ['tsv', 'port\tships\nAlder\t3\nBrice | Cove\t12\n'],
  ['jsonl', '{"port":"Alder","ships":3}\n{"port":"Brice | Cove","ships":12}'],
  ['json', '[{"port":"Alder","ships":3},{"port":"Brice | Cove","ships":12}]'],
  [
    'parquet',
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'port', data: ['Alder', 'Brice | Cove'] },
          { name: 'ships', data: [3, 12], type: 'INT32' },
        ],
      }),
    ),
  ],
] as const)('a %s file without a column of text is a table', async (format, content) => {
  expect(await read(format, content)).toEqual([
    { type: 'document', id: `in/t.${format}`, title: `t.${format}`, text: ports, metadata: { rows: 2, columns: 2 } },
  ]);
});

test('a long table comes in parts with their heading, and cut cells are counted', async () => {
  const rows = Array.from({ length: 4500 }, (_, i) => `${i + 1},${i === 4 ? 'x'.repeat(300) : 'y'}`);
  const items = await read('csv', `n,word\n${rows.slice(0, 2100).join('\n')}\n1,2,3\n${rows.slice(2100).join('\n')}\n`);
  expect(items.map(({ id }) => id)).toEqual([
    'in/t.csv#rows 1-2000',
    'in/t.csv#2102',
    'in/t.csv#rows 2001-4000',
    'in/t.csv#rows 4001-4500',
  ]);
  expect(items[0]).toMatchObject({ title: 't.csv, rows 1-2000', metadata: { rows: 2000, columns: 2, cutCells: 1 } });
  const [, , , last] = items;
  expect(last?.type === 'document' ? last.text.split('\n').slice(0, 3) : []).toEqual([
    '| n | word |',
    '| --- | --- |',
    '| 4001 | y |',
  ]);
});

test.each([
  ['one row', '{"a":1,"b":2}'],
  ['one column', '{"a":1}\n{"a":2}'],
  ['a text under another name', `{"a":1,"review":"${'x'.repeat(3000)}"}\n{"a":2,"review":"y"}`],
  ['lists and objects', '{"a":[1],"b":{"c":2}}\n{"a":[2],"b":{}}'],
  ['an empty text', '{"a":1,"text":null}\n{"a":2,"text":null}'],
])('%s is no table', async (_, content) => {
  const items = await read('jsonl', content);
  expect(items.map((item) => item.type === 'quarantined' && item.code)).toEqual(items.map(() => 'no-text-field'));
});

test('a CSV file with titles, two rows of headings and notes is laid out as the sheet that it was', async () => {
  const csv =
    'Ports;;;;\n(tonnes);;;;\n\n;In;;Out;\nPort;2019;2020;2019;2020\nAlder;1;2;3;4\nBrice;5;6;7;8\n\nSource: own counts;;;;\n';
  const [item] = await read('csv', csv);
  expect(item?.type === 'document' && item.text.split('\n')).toEqual([
    'Ports',
    '',
    '(tonnes)',
    '',
    '| Port | In / 2019 | In / 2020 | Out / 2019 | Out / 2020 |',
    '| --- | --- | --- | --- | --- |',
    '| Alder | 1 | 2 | 3 | 4 |',
    '| Brice | 5 | 6 | 7 | 8 |',
    '',
    'Source: own counts',
  ]);
});
