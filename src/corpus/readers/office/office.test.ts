import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  docx,
  epub,
  odf,
  packed,
  paragraph,
  pptx,
  shape,
  sheetRows,
  xlsx,
} from '../../../../test/documents/office-files.ts';
import { readDocuments } from '../read-documents.ts';
import type { ReadItem } from '../reader.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-office-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(name: string, content: string | Uint8Array): Promise<ReadItem[]> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const items: ReadItem[] = [];
  for await (const item of readDocuments([file])) items.push(item);
  return items;
}

const text = async (name: string, content: string | Uint8Array): Promise<string> =>
  (await read(name, content)).map((item) => (item.type === 'document' ? item.text : item.code)).join('\n=====\n');

const style = (name: string): string => `<w:pStyle w:val="${name}"/>`;
const listed = (level: number): string => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="7"/></w:numPr>`;
const styles = `<w:styles><w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="H2"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="C"><w:name w:val="caption"/></w:style><w:style w:styleId="V"><w:name w:val="toc 1"/></w:style></w:styles>`;
const numbering = `<w:numbering><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1%2)"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`;
const footnotes = `<w:footnotes><w:footnote w:id="2">${paragraph('Since 1998.')}</w:footnote></w:footnotes>`;
const cell = (words: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(words)}</w:tc>`;
const span = (count: number): string => `<w:gridSpan w:val="${count}"/>`;
const row = (...cells: readonly string[]): string => `<w:tr>${cells.join('')}</w:tr>`;

test('a DOCX keeps headings, numbers of lists, notes, captions and merged cells, and nothing that was deleted or hidden', async () => {
  const table = [
    row(cell('Port', '<w:vMerge w:val="restart"/>'), cell('2022', span(2))),
    row(cell('', '<w:vMerge/>'), cell('Q1'), cell('Q2')),
    row(cell('Alder|x'), cell('1'), `<w:tc>${paragraph('2')}${paragraph('3')}</w:tc>`),
  ];
  const body = [
    paragraph('Report', style('T')),
    paragraph('Contents 1', style('V')),
    paragraph('Scope', style('berschrift1')),
    paragraph('Limits', style('H2')),
    '<w:p><w:r><w:t>Kept</w:t><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> and new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>',
    paragraph('Moor.', listed(0)),
    paragraph('bow', listed(1)),
    paragraph('stern', listed(1)),
    paragraph('Pay.', listed(0)),
    `<w:tbl>${table.join('')}</w:tbl>`,
    paragraph('Table 1. Fees', style('C')),
    '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    '<mc:AlternateContent><mc:Choice><w:p><w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>Once.</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Twice.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>',
  ];
  const [item] = await read('a.docx', docx(body.join(''), { styles, numbering, footnotes }));
  expect(item).toMatchObject({ type: 'document', title: 'Report' });
  expect(item?.type === 'document' && item.text).toBe(
    `Report

# Scope

## Limits

Kept[^1] and new

4. Moor.
  4i) bow
  4ii) stern
5. Pay.

Table 1. Fees

| Port | 2022 / Q1 | 2022 / Q2 |
| --- | --- | --- |
| Alder\\|x | 1 | 2; 3 |

A box.

Once.

[^1]: Since 1998.`,
  );
});

test('every sheet of an XLSX is a document of its tables as they are shown, and hidden sheets are named', async () => {
  const sales = `<sheetData>${sheetRows([['Sales (USD million)'], ['Region', '2022', '', 'Note'], ['', 'Q1', 'Q2', ''], ['Europe', 1.5, 2, 'x']])}
    ${sheetRows(
      [
        ['Item', 'Due'],
        ['Crane', ''],
      ],
      6,
    )}
    <row r="8"><c r="A8" t="s"><v>0</v></c><c r="B8" s="1"><v>45050</v></c></row>
    <row r="9"><c r="A9" t="inlineStr"><is><t>Pier</t></is></c><c r="B9" s="2"><f>A1</f><v>-1234.5</v></c><c r="C9"><f>B9</f></c></row></sheetData>
    <mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="D2:D3"/></mergeCells>`;
  const hiddenParts = `<cols><col min="2" max="2" hidden="1"/></cols><sheetData>${sheetRows([
    ['a', 'b', 'c'],
    [1, 2, 3],
  ])}<row r="3" hidden="1"><c r="A3"><v>9</v></c></row></sheetData>`;
  const book = xlsx(
    {
      Sales: { xml: sales },
      Secret: { xml: sheetRows([['x', 'y']]), state: 'veryHidden' },
      Partly: { xml: hiddenParts },
      Empty: { xml: '' },
    },
    {
      strings: '<si><r><t>Cra</t></r><r><t>ne</t></r><rPh><t>kana</t></rPh></si>',
      styles:
        '<numFmts><numFmt numFmtId="200" formatCode="#,##0.00;(#,##0.00)"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/></cellXfs>',
    },
  );
  const items = await read('b.xlsx', book);
  expect(items.map((item) => [item.id, item.type === 'document' ? item.metadata : item.code])).toEqual([
    ['b.xlsx#Sales', { formulasWithoutValue: 1 }],
    ['b.xlsx#Secret', 'hidden'],
    ['b.xlsx#Partly', { hiddenRows: 1, hiddenColumns: 1 }],
  ]);
  expect(items.map((item) => (item.type === 'document' ? item.text : ''))).toEqual([
    `Sales (USD million)

| Region | 2022 / Q1 | 2022 / Q2 | Note |
| --- | --- | --- | --- |
| Europe | 1.5 | 2 | x |

| Item | Due |
| --- | --- |
| Crane |  |
| Crane | 2023-05-04 |
| Pier | (1,234.50) |`,
    '',
    '| a | c |\n| --- | --- |\n| 1 | 3 |',
  ]);
});

test('a PPTX is a section a slide, with lists, tables and notes, without slides that are hidden', async () => {
  const table =
    '<p:graphicFrame><a:tbl><a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>Fee</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"/></a:tr><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Day</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Night</a:t></a:r></a:p></a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody><a:p><a:r><a:t>5</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>7</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>';
  const slides = [
    shape('ctrTitle', 'Plans'),
    shape('title', 'Goals') + shape('body', 'Deeper basin\nLonger pier') + shape('sldNum', '2'),
    shape('title', 'Costs') + table,
    `!${shape('title', 'Hidden')}`,
  ];
  expect(await text('c.pptx', pptx(slides, { 1: 'Thank them.' }))).toBe(
    'Plans\n\n# Goals\n\n- Deeper basin\n- Longer pier\n\nNotes: Thank them.\n\n# Costs\n\nFee\n\n| Day | Night |\n| --- | --- |\n| 5 | 7 |',
  );
});

test('an ODT and an ODS are read as their kin, and a million empty rows are none', async () => {
  const item = (words: string): string => `<text:list-item><text:p>${words}</text:p></text:list-item>`;
  const body = `<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h text:outline-level="2">Scope</text:h>
    <text:p>All  ships<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Since 1998.</text:p></text:note-body></text:note><text:s text:c="2"/>pay.</text:p>
    <text:list text:style-name="L">${item('Moor.')}${item('Pay.')}</text:list>`;
  const rules =
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/></text:list-style><style:style style:name="off"><style:table-properties table:display="false"/></style:style>';
  expect(await text('d.odt', odf('text', body, rules))).toBe(
    '## Scope\n\nAll ships[^1]  pay.\n\na) Moor.\nb) Pay.\n\n[^1]: Since 1998.',
  );
  const cells = (...words: readonly string[]): string =>
    `<table:table-row>${words.map((word) => `<table:table-cell><text:p>${word}</text:p></table:table-cell>`).join('')}</table:table-row>`;
  const sheets = `<table:table table:name="Fees">${cells('Port', 'Fee')}${cells('Alder', '5')}<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
    <table:table table:name="Secret" table:style-name="off">${cells('x', 'y')}</table:table>`;
  expect(await text('e.ods', odf('spreadsheet', sheets, rules))).toBe(
    '| Port | Fee |\n| --- | --- |\n| Alder | 5 |\n=====\nhidden',
  );
});

test('an RTF is read in its character sets, and large short lines are its headings', async () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset134 SimSun;}}{\info{\title Letter}}{\header running}
\fs36 Letter\par\fs28 Opening\par\fs22 Caf\'e9 {\f1 \'b8\'db} \u8364?5{\v unseen}{\footnote A note.} and so on for a while.\par
{\listtext 1.\tab}First\par 2.\tab Second\par\trowd\cellx1\cellx2\intbl Port\cell Fee\cell\row\intbl Alder\cell 5\cell\row\pard{\*\odd x}After.\par}`;
  expect(await text('f.rtf', rtf)).toBe(
    'Letter\n\n# Opening\n\nCafé 港 €5[^1] and so on for a while.\n\n1. First\n2. Second\n\n| Port | Fee |\n| --- | --- |\n| Alder | 5 |\n\nAfter.\n\n[^1]: A note.',
  );
});

test('LaTeX is its sections with numbers, lists and notes; references are told and tables stay', async () => {
  const source = String.raw`\documentclass{article}\newcommand{\ours}{PortNet\xspace}\title{On Ports\thanks{Funded.}}
\begin{document}\maketitle % remark
\section{Data}\label{s:d} \ours is na\"{\i}ve~\cite{li}, see Table~\ref{t:a}.\footnote{In Section~\ref{s:m}.} 5\% of $x$.
\begin{table}\begin{tabular}{l}A \\ \end{tabular}\caption{Fees}\label{t:a}\end{table}
\section*{Thanks}\subsection{Method}\label{s:m}
\begin{enumerate}\item One \item Two \begin{itemize}\item in\end{itemize}\end{enumerate}
\begin{thebibliography}{9}\bibitem{li} B. Li.\end{thebibliography}\end{document}`;
  expect(await text('g.tex', source)).toBe(
    String.raw`On Ports

# 1 Data

PortNet is naïve [1], see Table 1.[^1] 5% of $x$.

Table 1: Fees

\begin{tabular}{l}A \\ \end{tabular}

# Thanks

## 1.1 Method

1. One
2. Two
  - in

# References

[1] B. Li.

[^1]: In Section 1.1.`,
  );
});

const chapter = (words: string): string =>
  `<html xmlns="x"><head><script src="x.js"/><title/></head><body>${words}</body></html>`;

test('an EPUB is read as XML, whatever its hrefs and encodings are', async () => {
  const manifest = `<item id="toc" properties="nav" href="nav.xhtml"/><item id="a" href="100%.xhtml"/><item id="b" href="b%20b.xhtml"/><!-- <item id="a" href="none"/> --><item id="c" href="100%.xhtml#late"/>`;
  const nav = chapter(
    '<nav epub:type="toc"><ol><li><a href="100%.xhtml">One</a><ol><li><a href="b%20b.xhtml">Two</a></li></ol></li></ol></nav>',
  );
  const wide = Buffer.from(
    `\ufeff<?xml version="1.0" encoding="utf-16"?>${chapter('<p>Caf&eacute; <![CDATA[<b>]]></p>')}`,
    'utf16le',
  );
  const book = epub(
    manifest,
    '<itemref idref="toc"/><itemref idref="a"/><itemref idref="c"/><itemref idref="b"/>',
    { 'OPS/100%.xhtml': chapter('<p>First.</p>'), 'OPS/b b.xhtml': wide, 'OPS/nav.xhtml': nav },
    '<dc:title><![CDATA[Fish & Ships]]></dc:title>',
  );
  const [item] = await read('h.epub', book);
  expect(item).toMatchObject({ title: 'Fish & Ships', text: '# One\n\nFirst.\n\n## Two\n\nCafé <b>' });
});

const nested = (open: string, close: string, count: number): string => open.repeat(count) + close.repeat(count);
const lied = (): Uint8Array => {
  const bytes = xlsx({ S: { xml: `<sheetData>${' '.repeat(500_000)}</sheetData>` } });
  // The directory says that every entry has three bytes.
  const view = Buffer.from(bytes);
  for (let at = view.indexOf('PK\u0001\u0002'); at >= 0; at = view.indexOf('PK\u0001\u0002', at + 4))
    view.writeUInt32LE(3, at + 24);
  return view;
};
const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;

test.each<[string, string | Uint8Array, string]>([
  ['deep.docx', docx(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 20_000)), 'corrupt'],
  ['deep.odt', odf('text', nested('<text:section>', '</text:section>', 20_000)), 'corrupt'],
  ['deep.rtf', `{\\rtf1 ${'{'.repeat(20_000)}`, 'corrupt'],
  ['deep.tex', `\\section{a}${'{'.repeat(20_000)}`, 'corrupt'],
  ['lied.xlsx', lied(), 'corrupt'],
  [
    'wide.ods',
    odf(
      'spreadsheet',
      '<table:table table:name="a"><table:table-row><table:table-cell table:number-columns-repeated="1000000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
    ),
    'too-large',
  ],
  [
    'far.xlsx',
    xlsx({
      S: {
        xml: '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><mergeCell ref="A1:XFD1048576"/>',
      },
    }),
    'too-large',
  ],
  [
    'locked.odt',
    odf('text', '', '', {
      'META-INF/manifest.xml': '<manifest><file-entry><encryption-data/></file-entry></manifest>',
    }),
    'encrypted',
  ],
  [
    'locked.docx',
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]),
    'encrypted',
  ],
  ['old.xlsx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'corrupt'],
  ['other.docx', packed({ 'a.xml': '<a/>' }), 'corrupt'],
  [
    'drm.epub',
    epub('<item id="a" href="a.xhtml"/>', '<itemref idref="a"/>', {
      'OPS/a.xhtml': 'xx',
      'META-INF/encryption.xml':
        '<encryption><EncryptedData><EncryptionMethod Algorithm="aes256-cbc"/><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>',
    }),
    'encrypted',
  ],
])('%s is set aside with its reason', async (name, content, code) => {
  expect(await text(name, content)).toBe(code);
});

test('entities are neither expanded nor fetched, and a span of a billion ends with its table', async () => {
  const laughing = docx(paragraph('&b;&c;x'), {}, {});
  expect(await text('laughs.docx', laughing)).toBe('&b;&c;x');
  const own = packed({
    '_rels/.rels': '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="d.xml"/></Relationships>',
    'd.xml': `${laughs}<w:document><w:body>${paragraph('&b;&c;x')}</w:body></w:document>`,
  });
  expect(await text('declared.docx', own)).toBe('&b;&c;x');
  const wide = `<w:tbl>${row(cell('Port'), cell('Fee'))}${row(cell('Alder', span(1_000_000_000)), cell('5'))}</w:tbl>`;
  expect(await text('span.docx', docx(wide))).toContain('| Port | Fee |');
});
