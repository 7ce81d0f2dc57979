import { expect, test } from 'vitest';
import { QuarantineError } from '../../../records/reader.ts';
import { readPdf } from '../pdf.ts';

/** Text at a place, in points from the upper left corner of a page of 600 by 800. */
interface Placed {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  /** F1 Helvetica, F2 bold, F3 Courier, F4 a Chinese font that is not in the file. */
  readonly font?: 'F1' | 'F2' | 'F3' | 'F4';
  /** It runs upwards. */
  readonly turned?: boolean;
}
type Line = readonly [x0: number, y0: number, x1: number, y1: number];
interface TestPage {
  readonly texts: readonly Placed[];
  readonly lines?: readonly Line[];
}

const hex = (text: string): string =>
  [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('');

const drawn = ({ texts, lines = [] }: TestPage): string =>
  [
    ...texts.map(({ x, y, text, size = 10, font = 'F1', turned = false }) => {
      const shown =
        font === 'F4'
          ? `<${hex(text)}>`
          : `(${text
              .replace(/[()\\]/g, '\\$&')
              .replaceAll('\u2022', '\\225')
              .replaceAll('\u2013', '\\226')})`;
      return `BT /${font} ${size} Tf ${turned ? '0 1 -1 0' : '1 0 0 1'} ${x} ${800 - y} Tm ${shown} Tj ET`;
    }),
    ...lines.map(([x0, y0, x1, y1]) => `${x0} ${800 - y0} m ${x1} ${800 - y1} l S`),
  ].join('\n');

const chinese =
  '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 0 1000 1000] /Ascent 752 /Descent -271 /StemV 58 /ItalicAngle 0 /CapHeight 700 >> >>] >>';
const font = (name: string): string =>
  `<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /${name} >>`;

/** A PDF of these pages. Its table of places is left out: readers find the objects by themselves. */
function pdfOf(pages: readonly TestPage[]): Uint8Array {
  const kids = pages.map((_, i) => `${10 + 2 * i} 0 R`).join(' ');
  const objects = [
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    `2 0 obj << /Type /Pages /Kids [${kids}] /Count ${pages.length} >> endobj`,
    ...['Helvetica', 'Helvetica-Bold', 'Courier'].map((name, i) => `${3 + i} 0 obj ${font(name)} endobj`),
    `6 0 obj ${chinese} endobj`,
    ...pages.flatMap((page, i) => {
      const content = drawn(page);
      const fonts = '/F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R';
      return [
        `${10 + 2 * i} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${11 + 2 * i} 0 R /Resources << /Font << ${fonts} >> >> >> endobj`,
        `${11 + 2 * i} 0 obj << /Length ${content.length} >>\nstream\n${content}\nendstream endobj`,
      ];
    }),
  ];
  return Buffer.from(`%PDF-1.4\n${objects.join('\n')}\ntrailer << /Root 1 0 R >>\n%%EOF\n`, 'latin1');
}

async function read(pages: readonly TestPage[]) {
  const file = pdfOf(pages);
  const limits = { maxDocumentBytes: 1e8, maxExpansion: 1000 };
  const bytes = (async function* () {
    yield file;
  })();
  for await (const item of readPdf({ id: 'a.pdf', bytes, limits, textField: undefined, file: undefined }))
    if (item.type === 'document') return item;
  throw new Error('no document');
}

const words = 'harbour committee granite vessel winter tonnage clerk ledger quarry season'.split(' ');
/** Lines of prose, about `width` points wide. */
const prose = (width: number, count: number, seed: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    let line = '';
    for (let k = 0; line.length < width / 7; k++)
      line += `${line === '' ? '' : ' '}${words[(seed * 7 + i * 3 + k) % 10]}`;
    return i === count - 1 ? `${line}.` : line;
  });
const column = (x: number, y: number, lines: readonly string[]): Placed[] =>
  lines.map((text, i) => ({ x, y: y + 12 * i, text }));

test.each([2, 3])('%i columns under a title are read one after the other, drawn row by row', async (count) => {
  const width = 520 / count - 20;
  const columns = Array.from({ length: count }, (_, i) => prose(width, 12, i));
  const rows = columns[0]?.flatMap((_, i) => columns.map((lines, k) => ({ lines, i, k }))) ?? [];
  const texts = [
    { x: 180, y: 60, text: 'On the northern mole', size: 18, font: 'F2' as const },
    ...rows.map(({ lines, i, k }) => ({ x: 40 + (520 / count) * k, y: 100 + 12 * i, text: lines[i] ?? '' })),
  ];
  const { text } = await read([{ texts }]);
  expect(text).toBe(['# On the northern mole', ...columns.map((lines) => lines.join(' '))].join('\n\n'));
});

test('a word that a line broke is made whole, a hyphen of its own stays', async () => {
  const lines = [
    'A well-known clerk of the harbour wrote to the house-',
    'holds on the quay about the old and well-',
    'known test of Mann-',
    'Whitney, which needs north- and southbound tides of the years 2009-',
    '2010.',
  ];
  const { text } = await read([{ texts: column(40, 100, lines) }]);
  expect(text.replaceAll('\n', ' ')).toBe(
    'A well-known clerk of the harbour wrote to the households on the quay about the old and well-known test of Mann-Whitney, which needs north- and southbound tides of the years 2009-2010.',
  );
});

test('heads with the name of a section and feet with numbers go, on left and right pages; a paragraph goes on', async () => {
  const pages = Array.from({ length: 6 }, (_, i): TestPage => {
    const head = i % 2 === 0 ? `${['Tides', 'Moles', 'Dues'][i / 2]}` : 'The Harbour Book';
    return {
      texts: [
        { x: i % 2 === 0 ? 480 : 40, y: 30, text: head, size: 8 },
        { x: i % 2 === 0 ? 560 : 300, y: 30, text: `${i + 11}`, size: 8 },
        ...column(40, 80, [
          `Page ${'abcdef'[i]} has a first line that is as long as any other of its lines are`,
          `and a second one that ends with ${words[i]}, in the middle of what it says, going`,
        ]),
      ],
    };
  });
  const { text, metadata } = await read(pages);
  expect(text).not.toMatch(/Tides|Moles|Dues|Book|1[1-6]/);
  expect(text.split('\n\n')).toHaveLength(1);
  expect(metadata).toMatchObject({ pages: 6, 'pdf-running-line': 6 });
});

test('a title in the letters of the sections stands above them, and an abstract beside them', async () => {
  const part = (y: number, text: string, size: number): Placed => ({ x: 40, y, text, size, font: 'F2' });
  const words = (y: number): Placed[] =>
    column(40, y, ['The tide was read twice a day from the wall, by hand and by light.']);
  const { text } = await read([
    {
      texts: [
        part(60, 'Who Reads the Tide', 18),
        part(100, 'Abstract', 14),
        ...words(130),
        part(180, '1. Introduction', 18),
        ...words(210),
        part(260, '2. Method', 18),
        part(290, '2.1 Sites', 14),
        ...words(320),
      ],
    },
  ]);
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Who Reads the Tide',
    '## Abstract',
    '## 1. Introduction',
    '## 2. Method',
    '### 2.1 Sites',
  ]);
});

test('a title of two lines is one, where the first cannot end there', async () => {
  const line = (y: number, text: string, size: number, x = 40): Placed => ({ x, y, text, size, font: 'F2' });
  const words = column(40, 150, ['The tide was read twice a day from the wall, by hand and by light.']);
  const titled = async (first: string, second: string, y = 86): Promise<string> => {
    const texts = [line(60, first, 18), line(y, second, 18, 60), line(124, 'Anna Lowe', 12), ...words];
    return (await read([{ texts }])).text.split('\n')[0] ?? '';
  };
  expect(await titled('Who reads the tide? A trial of', 'lamps in small harbours')).toBe(
    '# Who reads the tide? A trial of lamps in small harbours',
  );
  expect(await titled('Harbour Trust', 'Annual Report', 108)).toBe('# Harbour Trust');
});

test('headings, lists, footnotes and listings are told by fonts, marks and places', async () => {
  const body = prose(480, 3, 1);
  const texts: Placed[] = [
    { x: 40, y: 60, text: 'Harbour Dues', size: 20, font: 'F2' },
    { x: 40, y: 100, text: '1 Scope', size: 14, font: 'F2' },
    ...column(40, 125, body),
    { x: 40 + 9, y: 175, text: '\u2022' },
    { x: 60, y: 175, text: 'granite from Alder' },
    { x: 40 + 9, y: 187, text: '\u2022' },
    { x: 60, y: 187, text: 'timber' },
    { x: 40, y: 215, text: '1.1 Dues of vessels', size: 12, font: 'F2' },
    { x: 40, y: 235, text: 'Every vessel pays' },
    { x: 121, y: 231, text: '1', size: 6 },
    { x: 130, y: 235, text: 'its dues.' },
    { x: 40, y: 260, text: 'if (due) {', font: 'F3' },
    { x: 52, y: 272, text: 'pay();', font: 'F3' },
    { x: 40, y: 284, text: '}', font: 'F3' },
    { x: 40, y: 716, text: '1', size: 5 },
    { x: 44, y: 720, text: 'But for boats of the harbour.', size: 8 },
    { x: 20, y: 500, text: 'A note along the margin', turned: true },
  ];
  const { text, metadata } = await read([{ texts }]);
  expect(text.split('\n\n')).toEqual([
    '# Harbour Dues',
    '## 1 Scope',
    body.join(' '),
    '- granite from Alder\n- timber',
    '### 1.1 Dues of vessels',
    'Every vessel pays[^1] its dues.',
    '```\nif (due) {\n  pay();\n}\n```',
    '[^1]: But for boats of the harbour.',
  ]);
  expect(metadata['pdf-text-turned']).toBe(1);
});

/** Cells of a row at these left edges. */
const cells = (y: number, xs: readonly number[], row: readonly string[], bold = false): Placed[] =>
  row.flatMap((text, i) =>
    text === '' ? [] : [{ x: xs[i] ?? 0, y, text, font: bold ? ('F2' as const) : ('F1' as const) }],
  );

test('a table of places alone has its heading over several columns and its cells of several lines', async () => {
  const xs = [60, 200, 280, 360, 440];
  const texts = [
    ...column(40, 80, prose(480, 3, 2)),
    { x: 40, y: 130, text: 'Table 2. Landings by port' },
    ...[
      { x: 232, y: 150, text: 'Spring' },
      { x: 391, y: 150, text: 'Autumn' },
    ],
    ...cells(164, xs, ['Port', 'Eggs', 'Fry', 'Eggs', 'Fry']),
    ...cells(180, xs, ['Alder', '1,200', '(3.5)', '14', '12 %']),
    ...cells(194, xs, ['Brice and']),
    ...cells(205, xs, ['its islands', '900', '4.0', '15', '\u2013']),
    ...cells(219, xs, ['Total', '2,100', '0.5', '29', '12 %']),
    ...column(40, 250, prose(480, 3, 3)),
  ];
  const { text } = await read([{ texts }]);
  expect(text.split('\n\n').slice(1, 3)).toEqual([
    'Table 2. Landings by port',
    [
      '| Port | Spring / Eggs | Spring / Fry | Autumn / Eggs | Autumn / Fry |',
      '| --- | --- | --- | --- | --- |',
      '| Alder | 1,200 | (3.5) | 14 | 12 % |',
      '| Brice and its islands | 900 | 4.0 | 15 | \u2013 |',
      '| Total | 2,100 | 0.5 | 29 | 12 % |',
    ].join('\n'),
  ]);
});

test('a drawn table has cells over several rows and columns, and goes on over the page; its caption below is put before', async () => {
  const lines: Line[] = [
    ...[60, 180, 300, 420].map((x): Line => [x, x === 300 ? 120 : 100, x, 180]),
    ...[100, 120, 140, 160, 180].map((y): Line => [y === 120 || y === 160 ? 180 : 60, y, 420, y]),
  ];
  const first: Placed[] = [
    ...column(40, 60, prose(480, 2, 4)),
    { x: 280, y: 114, text: 'Dues | fees' },
    ...cells(134, [70, 190, 310], ['Port', '2022', '2023']),
    ...cells(154, [70, 190, 310], ['Alder', '12', '13']),
    ...cells(174, [70, 190, 310], ['', '14', '15']),
  ];
  const next: Line[] = [
    ...[60, 180, 300, 420].map((x): Line => [x, 100, x, 140]),
    ...[100, 120, 140].map((y): Line => [60, y, 420, y]),
  ];
  const second: Placed[] = [
    ...cells(114, [70, 190, 310], ['Brice', '7', '8']),
    ...cells(134, [70, 190, 310], ['Cove', '9', '']),
    { x: 60, y: 160, text: 'Table 1: Dues of ports' },
  ];
  const { text } = await read([
    { texts: first, lines },
    { texts: second, lines: next },
  ]);
  expect(text.split('\n\n').slice(1)).toEqual([
    'Table 1: Dues of ports',
    [
      '| Port | Dues \\| fees / 2022 | Dues \\| fees / 2023 |',
      '| --- | --- | --- |',
      '| Alder | 12 | 13 |',
      '| Alder | 14 | 15 |',
      '| Brice | 7 | 8 |',
      '| Cove | 9 |  |',
    ].join('\n'),
  ]);
});

test('formulas and lists of contents are no tables, and what is unsure is counted', async () => {
  const texts = [
    ...[0, 1, 2].flatMap((i) => [
      { x: 60, y: 100 + 14 * i, text: `${i + 1}. Section . . . . . . . . . . . . . .` },
      { x: 500, y: 100 + 14 * i, text: `${i + 4}` },
    ]),
    ...[0, 1, 2, 3].flatMap((i) => [
      { x: 60, y: 200 + 14 * i, text: 'f(x)' },
      { x: 140, y: 200 + 14 * i, text: `= ${i} + g` },
      { x: 500, y: 200 + 14 * i, text: `(${i})` },
    ]),
  ];
  const { text, metadata } = await read([{ texts }]);
  expect(text).not.toContain('|');
  expect(text).toContain('- 1. Section 4\n- 2. Section 5\n- 3. Section 6');
  expect(metadata['table-unsure']).toBe(1);
});

test('Chinese lines are joined without a blank, by a font that the file only names', async () => {
  const lines = ['港务委员会于周一开会，主席是林若华，', '会议通过了新码头的方案。'];
  const { text } = await read([{ texts: column(40, 100, lines).map((placed) => ({ ...placed, font: 'F4' })) }]);
  expect(text).toBe(lines.join(''));
});

test('pages without text are set aside as empty', async () => {
  await expect(read([{ texts: [], lines: [[10, 10, 500, 10]] }])).rejects.toThrow(QuarantineError);
});
