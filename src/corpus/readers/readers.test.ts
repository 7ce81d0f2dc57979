import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, expect, test } from 'vitest';
import { unpackedBytes } from '../../records/bytes.ts';
import { defaultLimits, type ReadLimits } from '../../records/reader.ts';
import { readDocuments } from './read-documents.ts';
import { readSource } from './read-file.ts';
import type { ReadItem } from './reader.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-readers-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function read(target: string, limits: Partial<ReadLimits> = {}): Promise<ReadItem[]> {
  const items: ReadItem[] = [];
  for await (const item of readDocuments([target], { limits })) items.push(item);
  return items;
}

const shown = (items: readonly ReadItem[]): string[] =>
  items.map((item) => `${item.id} ${item.type === 'document' ? item.text : item.code}`);

/** A book of two chapters, as calibre or pandoc lay one out. */
function epub(extra: Zippable = {}): Uint8Array {
  return zipSync({
    mimetype: strToU8('application/epub+zip'),
    'META-INF/container.xml': strToU8(
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    ),
    'OPS/book.opf': strToU8(
      `<package><metadata><dc:title>The Voyage</dc:title><dc:rights>CC-BY-4.0</dc:rights></metadata><manifest>
       <item id="b" href="text/two%20.xhtml"/><item id="a" href="text/one.xhtml"/></manifest>
       <spine><itemref idref="a"/><itemref idref="b"/></spine></package>`,
    ),
    'OPS/text/two .xhtml': strToU8('<html><body><h2>Home</h2><p>They came home.</p></body></html>'),
    'OPS/text/one.xhtml': strToU8('<html><body><h2>Out</h2><p>They sailed &amp; sang.</p></body></html>'),
    ...extra,
  });
}

interface PdfPages {
  /** What stands in the file as its title. */
  readonly title?: string;
  readonly font?: string;
}

/** The smallest PDF with these lines on its pages. */
function pdf(pages: readonly (readonly string[])[], { title, font }: PdfPages = {}): string {
  const count = pages.length;
  const streams = pages.map((lines) =>
    lines.map((line, i) => `BT /F1 12 Tf 20 ${180 - 20 * i} Td (${line}) Tj ET`).join('\n'),
  );
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, i) => `${5 + 2 * i} 0 R`).join(' ')}] /Count ${count} >>`,
    font ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< ${title === undefined ? '' : `/Title (${title})`} >>`,
    ...streams.flatMap((stream, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents ${6 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(at).padStart(10, '0');
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer << /Size ${size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}

const html =
  '<html lang="en"><head><title>Ships</title><style>p{}</style></head><body><nav>Menu</nav><h1>Ships</h1><p>Two  ships.</p><table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Pequod</td><td>30</td></tr></table></body></html>';

test.each([
  ['a.txt', 'One.', ['a.txt One.']],
  ['b.md', '\ufeff# T\n\nOne.', ['b.md # T\n\nOne.']],
  ['c.html', html, ['c.html # Ships\n\nTwo ships.\n\n| Ship | Crew |\n| --- | --- |\n| Pequod | 30 |']],
  ['d.jsonl', '{"text":"One"}\n\n{"content":"Two"}', ['d.jsonl#1 One', 'd.jsonl#3 Two']],
  ['e.csv', 'id,text\r\n1,"a ""b"",\nc"\r\n2,d', ['e.csv#2 a "b",\nc', 'e.csv#3 d']],
  ['f.epub', epub(), ['f.epub ## Out\n\nThey sailed & sang.\n\n## Home\n\nThey came home.']],
  ['g.pdf', pdf([['Call me Ishmael.']]), ['g.pdf Call me Ishmael.']],
  [
    'h.parquet',
    new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data: ['One', 'Two'] }] })),
    ['h.parquet#1 One', 'h.parquet#2 Two'],
  ],
])('%s is read, and so is its gzipped form', async (name, content, expected) => {
  expect(shown(await read(put(name, content)))).toEqual(expected);
  const packed = await read(put(`packed/${name}.gz`, gzipSync(content)));
  expect(shown(packed)).toEqual(expected.map((line) => line.replace(name, `${name}.gz`)));
});

test('the number of a chapter above its larger title is one heading with it', async () => {
  const page = (label: string, title: string) =>
    strToU8(
      `<html xmlns="http://www.w3.org/1999/xhtml"><body><h2>${label}</h2><h1>${title}</h1><p>They sailed.</p></body></html>`,
    );
  const [book] = await read(
    put('numbers.epub', epub({ 'OPS/text/one.xhtml': page('Chapter the Third', 'In which they sail') })),
  );
  expect(book?.type === 'document' ? book.text : '').toContain(
    '# Chapter the Third. In which they sail\n\nThey sailed.',
  );
});

test('title, licence and columns travel with the document', async () => {
  const [book] = await read(put('rights.epub', epub()));
  expect(book).toMatchObject({ title: 'The Voyage', licence: 'CC-BY-4.0' });
  const [row] = await read(put('row.jsonl', '{"text":"One","license":"MIT","year":1999,"nested":{"a":1}}'));
  expect(row).toMatchObject({ licence: 'MIT', metadata: { year: 1999 } });
  const [blank, other] = await read(put('blank.csv', 'text,licence,license,title\nOne, ,,\nTwo,,MIT,T\n'));
  expect(blank).not.toHaveProperty('licence');
  expect(blank).not.toHaveProperty('title');
  expect(other).toMatchObject({ licence: 'MIT', title: 'T' });
});

test('the lines on most pages of a PDF are no text, and its title is its title', async () => {
  const words = ['Whales swim far.', 'Ships follow them.', 'Nobody returns.', 'The sea is wide.'];
  const pages = words.map((line, i) => [`Page ${i + 1} of my report`, line]);
  const [report] = await read(put('report.pdf', pdf(pages, { title: 'My report' })));
  expect(report).toMatchObject({ title: 'My report', text: words.join('\n\n') });
});

test('a PDF whose letters cannot be told is set aside, however well its footers read', async () => {
  const font =
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 0 1000 1000] /Ascent 752 /Descent -271 /StemV 58 /ItalicAngle 0 /CapHeight 700 >> >>] >>';
  const [item] = await read(put('song.pdf', pdf([['NOTE']], { font })));
  expect(item).toMatchObject({ code: 'reader-missing', reason: expect.stringContaining('GBK-EUC-H') });
});

test('standard input is read in the format that is named', async () => {
  const items: ReadItem[] = [];
  const bytes = Readable.from([Buffer.from('{"text":"O'), Buffer.from('ne"}\n')]);
  for await (const item of readSource({ id: 'stdin', format: 'jsonl', bytes, file: undefined }, {})) items.push(item);
  expect(shown(items)).toEqual(['stdin#1 One']);
});

test('gzipped standard input is told by its first bytes', async () => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpackedBytes(Readable.from([gzipSync('{"text":"One"}')]), defaultLimits))
    chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('{"text":"One"}');
});

const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const page = (charset: string): string => `<html><head><meta charset="${charset}"></head><body><p>`;

test.each([
  ['wide.txt', utf16('Café.'), ['wide.txt Café.']],
  ['wide.csv', utf16('text,n\nCafé,1', true), ['wide.csv#2 Café']],
  ['wide.jsonl', utf16('{"text":"Café"}'), ['wide.jsonl#1 Café']],
  ['wide.html', utf16(`${page('utf-16')}Café`), ['wide.html Café']],
  ['half.txt', utf16('Café.').subarray(0, 5), ['half.txt corrupt']],
  ['semicolons.csv', 'text;"n,m"\n"a;b";1', ['semicolons.csv#2 a;b']],
  ['tabs.csv', 'n\ttext\n1\ta, b', ['tabs.csv#2 a, b']],
  ['gbk.html', Buffer.concat([Buffer.from(page('gbk')), new Uint8Array([0xb9, 0xfa, 0xb1, 0xea])]), ['gbk.html 国标']],
  [
    'latin.html',
    Buffer.concat([Buffer.from(page('windows-1252')), new Uint8Array([0x93, 0xe9, 0x94])]),
    ['latin.html “é”'],
  ],
  ['odd.html', `${page('klingon')}x`, ['odd.html corrupt']],
])('%s is read in its own characters', async (name, content, expected) => {
  expect(shown(await read(put(`characters/${name}`, content)))).toEqual(expected);
});

/** The text in its encoding, as Base64: Node writes few of them. */
test.each([
  ['gb18030', 'uNvO8c6v1LG74dPa1tzSu7+qu+Gho9b3z6/Kx8HWyPS7qqGj', '港务委员会于周一开会。主席是林若华。'],
  ['big5', 'tOSwyKllrfu3fKnztmekQLZ9t3yhQ6VErnWsT6pMrVm12KFD', '港務委員會於週一開會。主席是林若華。'],
  ['shift_jis', 'jWCYcIjPiPWJ74LNjI6XapP6gsmKSoKpguqCvYFC', '港湾委員会は月曜日に開かれた。'],
  ['euc-jp', 'ucHP0bDRsPey8aTPt+7Ny8b8pMuzq6SrpOykv6Gj', '港湾委員会は月曜日に開かれた。'],
  ['euc-kr', 'x9e4uCDAp7/4yLi0wiC/+b/kwM+/oSC/rbfItNku', '항만 위원회는 월요일에 열렸다.'],
  [
    'latin-1',
    'TGUgY29taXTpIGR1IHBvcnQgcydlc3Qgcul1bmkg4CBPcmzpYW5zLiBMYSBwculzaWRlbnRlIOl0YWl0IFpv6SBC6XJhbmdlci4=',
    "Le comité du port s'est réuni à Orléans. La présidente était Zoé Béranger.",
  ],
  [
    'windows-1252',
    'VGhlIGNoYWlyIHNhaWQgk25vlCB0byB0aGUgY2Fm6ZdhbmQgbGVmdC4=',
    'The chair said “no” to the café—and left.',
  ],
  [
    'utf-16le',
    'L26hUtRZWFQaT45OaFQATgBfGk8CMDtOLV4vZpdn5YJOUwIwAE4pWQIw',
    '港务委员会于周一开会。主席是林若华。一天。',
  ],
  ['utf-16be', 'bi9uflnUVOFPGjBvZwhm3GXlMGuVizBLMIwwXzAC', '港湾委員会は月曜日に開かれた。'],
])('a text in %s is told from its bytes', async (encoding, bytes, expected) => {
  expect(shown(await read(put(`told/${encoding}.txt`, Buffer.from(bytes, 'base64'))))).toEqual([
    `${encoding}.txt ${expected}`,
  ]);
});

test('ligatures, soft hyphens and a lone zero byte are not what a text says', async () => {
  const words = 'The o\ufb03cial e\ufb00ort to ap\u00adprove the har\u200bbour pos\u00ad\nsible. '.repeat(10);
  const plain = 'The official effort to approve the harbour possible. '.repeat(10);
  expect(shown(await read(put('odd/letters.txt', words)))).toEqual([`letters.txt ${plain}`]);
  const zero = Buffer.concat([Buffer.from(plain), new Uint8Array([0]), Buffer.from('End.')]);
  expect(shown(await read(put('odd/zero.txt', zero)))).toEqual([`zero.txt ${plain}End.`]);
});

test('names of files cannot write to a terminal', async () => {
  put('names/a\u001b[31m.txt', 'A');
  put('names/b\nc.json\u001b', 'B');
  expect(shown(await read(path.join(folder, 'names')))).toEqual([
    'a\\x1b[31m.txt A',
    'b\\x0ac.json\\x1b unknown-format',
  ]);
});

test('a link that leads out of the folder is told and not followed', async () => {
  put('outside/secret.txt', 'Secret');
  put('inside/one.txt', 'One');
  symlinkSync('../outside', path.join(folder, 'inside/away'));
  symlinkSync('../outside/secret.txt', path.join(folder, 'inside/b.txt'));
  symlinkSync('one.txt', path.join(folder, 'inside/c.txt'));
  const expected = ['away unsafe-path', 'b.txt unsafe-path', 'c.txt One', 'one.txt One'];
  expect(shown(await read(path.join(folder, 'inside')))).toEqual(expected);
  symlinkSync('inside', path.join(folder, 'named'));
  expect(shown(await read(path.join(folder, 'named')))).toEqual(expected);
});

test('patterns name files over folders', async () => {
  put('glob/a.txt', 'A');
  put('glob/sub/deep/b.txt', 'B');
  put('glob/sub/c.md', 'C');
  expect(shown(await read(path.join(folder, 'glob/**/*.txt')))).toEqual(['a.txt A', 'sub/deep/b.txt B']);
  expect(shown(await read(path.join(folder, 'glob/sub/*.{md,txt}')))).toEqual(['c.md C']);
});

const small = { maxDocumentBytes: 2000, maxExpansion: 20 };
const zeros = Buffer.alloc(200_000, 'a');

test.each([
  ['long.txt', zeros, ['long.txt too-large']],
  ['bomb.txt.gz', gzipSync(zeros), ['bomb.txt.gz expands-too-far']],
  ['bomb.jsonl.gz', gzipSync('\n'.repeat(200_000)), ['bomb.jsonl.gz expands-too-far']],
  ['bomb.epub', epub({ 'OPS/bomb.xhtml': zeros }), ['bomb.epub expands-too-far']],
  ['escape.epub', epub({ '../../etc/passwd': strToU8('x') }), ['escape.epub unsafe-path']],
  ['windows.epub', epub({ 'C:\\boot.xml': strToU8('x') }), ['windows.epub unsafe-path']],
  ['zip.epub', zipSync({ 'a.xml': strToU8('x') }), ['zip.epub corrupt']],
  ['text.epub', 'no zip', ['text.epub corrupt']],
  ['cut.txt.gz', gzipSync('One and two and three').subarray(0, 25), ['cut.txt.gz corrupt']],
  ['nothing.pdf', pdf([[]]), ['nothing.pdf empty']],
  ['no.pdf', 'no pdf', ['no.pdf corrupt']],
  ['no.parquet', 'no parquet', ['no.parquet corrupt']],
  ['latin.txt', new Uint8Array([0x63, 0x61, 0x66, 0xe9]), ['latin.txt not-utf8']],
  ['latin.csv', new Uint8Array([0x74, 0x65, 0x78, 0x74, 10, 0xe9, 10]), ['latin.csv#2 not-utf8']],
  ['zero.txt', new Uint8Array([65, 0, 66]), ['zero.txt binary']],
  ['blank.txt', ' \n', ['blank.txt empty']],
  ['deep.html', '<b>'.repeat(300), ['deep.html empty']],
  ['x.docx', 'x', ['x.docx corrupt']],
  ['x.doc', 'x', ['x.doc unknown-format']],
  ['wide.csv', 'text,b\n1,2,3\nx,y', ['wide.csv#2 corrupt', 'wide.csv#3 x']],
  ['open.csv', 'text\nx\n"never closed', ['open.csv#2 x', 'open.csv#3 corrupt']],
  ['column.jsonl', '{"title":"x"}', ['column.jsonl#1 no-text-field']],
])('%s is set aside with its reason', async (name, content, expected) => {
  expect(shown(await read(put(`hostile/${name}`, content), small))).toEqual(expected);
});

test('bad lines of a file are set aside and the lines after them are read', async () => {
  const long = `{"text":"${'x'.repeat(5000)}"}`;
  const lines = ['{"text":"One"}', long, '{"text":', '[1]', '{"text":"Two"}'].join('\n');
  const file = put(
    'mixed.jsonl',
    Buffer.concat([Buffer.from(`${lines}\n{"text":"`), Buffer.from([0xe9]), Buffer.from('"}\n')]),
  );
  expect(shown(await read(file, small))).toEqual([
    'mixed.jsonl#1 One',
    'mixed.jsonl#2 too-large',
    'mixed.jsonl#3 corrupt',
    'mixed.jsonl#4 corrupt',
    'mixed.jsonl#5 Two',
    'mixed.jsonl#6 not-utf8',
  ]);
});

test('a link back, a broken link and a link to itself are told, and the folder is read once', async () => {
  put('links/a/one.txt', 'One');
  put('links/z.txt', 'Z');
  symlinkSync('..', path.join(folder, 'links/a/back'));
  symlinkSync('nowhere.txt', path.join(folder, 'links/broken.txt'));
  symlinkSync('self.txt', path.join(folder, 'links/self.txt'));
  expect(shown(await read(path.join(folder, 'links')))).toEqual([
    'a/back symlink-loop',
    'a/one.txt One',
    'broken.txt unreadable',
    'self.txt symlink-loop',
    'z.txt Z',
  ]);
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be listed does not stop the rest (root may list all)',
  async () => {
    put('locked/a.txt', 'A');
    put('locked/secret/b.txt', 'B');
    put('locked/z.txt', 'Z');
    chmodSync(path.join(folder, 'locked/secret'), 0);
    const items = await read(path.join(folder, 'locked'));
    chmodSync(path.join(folder, 'locked/secret'), 0o700);
    expect(shown(items)).toEqual(['a.txt A', 'secret unreadable', 'z.txt Z']);
  },
);

test('a place that does not exist is an error, not an empty corpus', async () => {
  await expect(read(path.join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'documents-missing' });
});

test('reStructuredText is titles, lists, notes and listings; comments, targets and pictures are left out', async () => {
  const source = [
    '========',
    'Handbook',
    '========',
    '',
    '.. _top:',
    '.. A comment',
    '   of two lines.',
    '',
    'Setting up',
    '==========',
    '',
    ':Date: 3 May 2021',
    '',
    'Use ``make`` or :ref:`the short way <short>` [1]_; see `Setting up`_ and `our site <https://example.org>`_::',
    '',
    '    make all',
    '',
    '#. First.',
    '#. Then *second*.',
    '',
    '.. note:: Keep the key.',
    '   It is short.',
    '',
    '.. code-block:: sh',
    '   :linenos:',
    '',
    '   run it',
    '',
    '.. image:: a.png',
    '',
    'The short way',
    '-------------',
    '',
    '* One',
    '* Two',
    '',
    '.. [1] Not on Sundays.',
  ].join('\n');
  const parts = [
    '# Handbook',
    '## Setting up',
    'Date: 3 May 2021',
    'Use `make` or the short way [^1]; see [Setting up](#setting-up) and our site:',
    '```\nmake all\n```',
    '1. First.\n1. Then *second*.',
    '**Note:** Keep the key.\nIt is short.',
    '```\nrun it\n```',
    '### The short way',
    '* One\n* Two',
    '[^1]: Not on Sundays.',
  ];
  expect(shown(await read(put('hand.rst', source)))).toEqual([`hand.rst ${parts.join('\n\n')}`]);
});

test('what a program has is told by its signature and the words below it', async () => {
  const source =
    'API\n===\n\n.. class:: Tide(key, *, days=7)\n\n   :param key: the key\n\n.. py:method:: Tide.day(date)\n\n   At most 92 days.\n\n.. class:: wide\n\nPlain.\n';
  expect(shown(await read(put('api.rst', source)))).toEqual([
    'api.rst # API\n\n`Tide(key, *, days=7)`\n\nparam key: the key\n\n`Tide.day(date)`\n\nAt most 92 days.\n\nPlain.\n',
  ]);
});

test('terms of definition lists stand above what they mean, and a quotation below a paragraph is none', async () => {
  const source =
    'Terms\n=====\n\nstation\n    A place for which tides\n    are foretold.\nslot : days\n    A run of days.\n\n    It is cached.\n\nShe said this of it:\n\n    It is late.\n';
  expect(shown(await read(put('terms.rst', source)))).toEqual([
    'terms.rst # Terms\n\nstation\n: A place for which tides are foretold.\n\nslot\n: A run of days.\n\nIt is cached.\n\nShe said this of it:\n\n    It is late.\n',
  ]);
});

test('notes within notes without end are read to a depth', async () => {
  const nested = Array.from({ length: 500 }, (_, i) => `${' '.repeat(3 * i)}.. note:: n${i}`).join('\n\n');
  const [document] = shown(await read(put('nested.rst', nested)));
  expect(document).toContain('**Note:** n20');
  expect(document).not.toContain('n22');
});

test('subtitles name who speaks and when; sounds stand apart, and without speakers there are words alone', async () => {
  const srt = put(
    'talk.srt',
    '1\n00:00:01,000 --> 00:00:02,000\nANN: Is <i>that</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nit?\n3\n00:00:05,000 --> 00:00:06,000\n(DOG BARKS)\n\n4\n00:00:07,000 --> 00:00:08,000\nBOB (OFF): It is.\n',
  );
  expect(shown(await read(srt))).toEqual([
    'talk.srt ANN [00:00:01,000]: Is that it?\n[00:00:05,000] (DOG BARKS)\nBOB (OFF) [00:00:07,000]: It is.',
  ]);
  const vtt = put(
    'voices.vtt',
    'WEBVTT\n\nNOTE by hand\n\n00:01.000 --> 00:02.000 align:start\n<v.loud Ann Lee>Tea &amp; cake?</v>\n',
  );
  expect(shown(await read(vtt))).toEqual(['voices.vtt Ann Lee [00:01.000]: Tea & cake?']);
  const told = put(
    'told.srt',
    '1\n00:00:01,000 --> 00:00:02,000\nIce is slow.\n\n2\n00:00:03,000 --> 00:00:04,000\nIt flows.\n',
  );
  expect(shown(await read(told))).toEqual(['told.srt Ice is slow.\nIt flows.']);
  expect(shown(await read(put('none.srt', 'words alone')))).toEqual(['none.srt corrupt']);
});

test('a row of messages is a conversation, in the shapes of collections for language models', async () => {
  const rows = [
    {
      messages: [
        { role: 'user', content: 'Hi\n**Note:** x' },
        { role: 'assistant', content: [{ type: 'text', text: 'Yo' }] },
      ],
    },
    {
      id: 'a',
      conversations: [
        { from: 'human', value: '你好' },
        { from: 'gpt', value: '好' },
      ],
    },
    {
      dialogue: [
        { name: 'Ann', content: 'Tea?' },
        { speaker: 'Bob', text: 'Please.' },
      ],
    },
  ];
  const file = put('talks.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  expect(shown(await read(file))).toEqual([
    'talks.jsonl#1 **user:** Hi **Note:** x\n\n**assistant:** Yo',
    'talks.jsonl#2 **human:** 你好\n\n**gpt:** 好',
    'talks.jsonl#3 **Ann:** Tea?\n\n**Bob:** Please.',
  ]);
});

test('messages of a chat are by the names of their accounts, wherever the file states them, and by nobody where it does not', async () => {
  const message = (user: string, at: number, text: string, name?: string) => ({
    ...{ type: 'message', user, ts: `${1_700_000_000 + 60 * at}.0001`, text },
    ...(name === undefined ? {} : { user_profile: { real_name: name } }),
  });
  const rows = [
    message('U02NH7', 0, 'Is it up?'),
    message('U03KM9', 1, 'Yes.', 'Katya Morozova'),
    message('U02NH7', 2, 'Thanks.', 'Ned Holt'),
  ];
  const file = put('chat.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  expect(shown(await read(file))).toEqual([
    'chat.jsonl [2023-11-14 22:13:20] Ned Holt: Is it up?\n[2023-11-14 22:14:20] Katya Morozova: Yes.\n[2023-11-14 22:15:20] Ned Holt: Thanks.',
  ]);
  const unnamed = rows.map(({ type, user, ts, text }) => JSON.stringify({ type, user, ts, text }));
  expect(shown(await read(put('unnamed.jsonl', unnamed.join('\n'))))).toEqual([
    'unnamed.jsonl Is it up?\n\nYes.\n\nThanks.',
  ]);
});

test('a page to which a messenger exports a chat is lines with time and name; what the messenger says is a notice', async () => {
  const message = (time: string, words: string, name?: string): string =>
    `<div class="message default${name === undefined ? ' joined' : ''}"><div class="userpic"><div class="initials">KM</div></div>` +
    `<div class="date details">${time}</div>${name === undefined ? '' : `<div class="from_name">${name}</div>`}<div class="text">${words}</div></div>`;
  const page = `<html><body><div class="history"><div class="message service">Katya Morozova created the group</div>${[
    message('18:20', 'Wind 14 m/s.<br>Minus 19.', 'Katya Morozova'),
    message('18:22', 'So we wait?', 'Dele Adeyemi'),
    message('18:23', 'I would.', 'Katya Morozova'),
    message('18:24', 'One day.'),
  ].join('')}</div></body></html>`;
  expect(shown(await read(put('chat.html', page)))).toEqual([
    'chat.html *** Katya Morozova created the group\n\n[18:20] Katya Morozova: Wind 14 m/s.\nMinus 19.\n\n[18:22] Dele Adeyemi: So we wait?\n\n[18:23] Katya Morozova: I would.\n\n[18:24] Katya Morozova: One day.',
  ]);
  // Of articles and comments without times nothing is a chat.
  const blog =
    '<html><body><div class="message"><span class="author">Ann Lee</span><p>Hello all.</p></div></body></html>';
  expect(shown(await read(put('blog.html', blog)))).toEqual(['blog.html Ann Lee\n\nHello all.']);
});

test('messages of a chat within one row keep their times, notices are left out, and accounts that are spoken to have names', async () => {
  const row = {
    users: [
      { id: 'U02NH7', real_name: 'Ned Holt' },
      { id: 'U03KM9', real_name: 'Katya Morozova' },
    ],
    messages: [
      { type: 'message', subtype: 'channel_join', user: 'U02NH7', ts: '1700000000.1', text: '<@U02NH7> has joined' },
      { type: 'message', user: 'U02NH7', ts: '1700000000.1', text: 'Is it up, <@U03KM9>?' },
      { type: 'message', user: 'U03KM9', ts: '1700000060.1', text: 'Yes.' },
      { type: 'notice', user: 'SYSTEM', ts: '1700000070.1', text: 'Ned Holt left the channel' },
    ],
  };
  expect(shown(await read(put('incident.json', JSON.stringify(row))))).toEqual([
    'incident.json [2023-11-14 22:13:20] Ned Holt: Is it up, @Katya Morozova?\n[2023-11-14 22:14:20] Katya Morozova: Yes.',
  ]);
});

test('questions that a page sets in bold, who asks them and what stands below a picture are told apart from answers', async () => {
  const asked = (question: string, answer: string): string =>
    `<p><b>${question}</b></p><p>${answer} ${'It was slow work. '.repeat(8)}</p>`;
  const page = (lead: string): string =>
    `<html><body><article><h1>The oar</h1><p class="byline">Interview by Tom Abel</p>${asked(`${lead}How did you begin?`, 'With a boat.')}<figure><img src="a.jpg"><figcaption>The yard in May</figcaption></figure>${asked(`${lead}And then?`, 'I had no money.')}${asked(`${lead}Why oak?`, 'It bends.')}${asked(`${lead}Any debts?`, 'Yes.')}</article></body></html>`;
  const [text = ''] = shown(await read(put('oar.html', page(''))));
  expect(text).toContain('Interview by Tom Abel');
  expect(text).toContain('\n\n**How did you begin?**\n\nWith a boat.');
  expect(text).toContain('\n\n[The yard in May]\n\n');
  // Names are a transcript's.
  expect(shown(await read(put('names.html', page('Oar: '))))[0]).not.toContain('**');
});

test('an export with a list of its accounts names who wrote each message', async () => {
  const messages = [
    { user: 'U02NH7', text: 'Is it up?' },
    { user: 'U03KM9', text: 'Yes.' },
  ];
  const users = [
    { id: 'U02NH7', name: 'nholt', profile: { real_name: 'Ned Holt' } },
    { id: 'U03KM9', name: 'kmoro', real_name: 'Katya Morozova' },
  ];
  const text = async (name: string, row: unknown): Promise<string> =>
    shown(await read(put(name, JSON.stringify(row))))
      .join()
      .replace(/^\S+ /, '');
  expect(await text('export.json', { channel: 'ops', users, messages })).toBe(
    '**Ned Holt:** Is it up?\n\n**Katya Morozova:** Yes.',
  );
  expect(await text('bare.json', { channel: 'ops', users: users.slice(1), messages })).toBe('Is it up?\n\nYes.');
});

test('a page that is a play shows its speakers in bold and its directions in italics; other pages do not', async () => {
  const speech = (name: string) => `<a name=s><b>${name}</b></a><blockquote>Who is it?<br>Is it you?</blockquote>`;
  const play = put(
    'play.html',
    `<h3>ACT I</h3><p><i>Enter Ann</i></p>${['Ann', 'Bob', 'Ann', 'Bob'].map(speech).join('')}`,
  );
  const [item] = shown(await read(play));
  expect(item).toBe(
    `play.html ### ACT I\n\n_Enter Ann_${['Ann', 'Bob', 'Ann', 'Bob'].map((name) => `\n\n**${name}**\n\nWho is it?\nIs it you?`).join('')}`,
  );
  const notes = put('notes.html', '<p><b>Ann</b> is a cook.</p><p><b>Bob</b> is <i>not</i>.</p>');
  expect(shown(await read(notes))).toEqual(['notes.html Ann is a cook.\n\nBob is not.']);
});
