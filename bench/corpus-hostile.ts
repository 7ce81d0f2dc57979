/**
 * @file P1 on hostile files at full size, each in a folder and a process of its own beside a good file: what became of it, whether
 * the good file was read after it, seconds and peak memory. Exits with 1 when a hostile file ends anything, the good one is
 * lost, or memory passes 2 GB. (A document that addresses the judge: `injection` in src/construction/llm, and its tests.)
 *
 * Run: npm run bench:corpus-hostile
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { readDocuments } from '../src/corpus/readers/read-documents.ts';
import { streamCorpus } from '../src/corpus/stream-corpus.ts';
import { docx, epub, odf, paragraph, pptx, xlsx } from '../test/documents/office-files.ts';

const mebibyte = 2 ** 20;
function* repeated(mebibytes: number, head = '', tail = ''): Generator<Buffer> {
  yield Buffer.from(head);
  const chunk = Buffer.alloc(mebibyte, 'a');
  for (let i = 0; i < mebibytes; i++) yield chunk;
  yield Buffer.from(tail);
}

/** As large as is read: 60 MiB of one unit. */
const filled = (unit: string) => (folder: string) =>
  writeFileSync(path.join(folder, 'a.txt'), unit.repeat(Math.floor((60 * mebibyte) / unit.length)));
const streamed = (name: string, mebibytes: number, head = '', tail = '') => {
  return (folder: string) => {
    const out = createWriteStream(path.join(folder, name));
    const chunks = Readable.from(repeated(mebibytes, head, tail));
    return name.endsWith('.gz') ? pipeline(chunks, createGzip({ level: 1 }), out) : pipeline(chunks, out);
  };
};
/** Made when it is its turn: this file runs once for each. */
const written = (name: string, make: () => Uint8Array | string) => (folder: string) =>
  writeFileSync(path.join(folder, name), make());

/** Valid, with one page and nothing on it. */
const emptyPdf =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
/** Elements within elements. */
const nested = (open: string, close: string, count = 300_000): string => open.repeat(count) + close.repeat(count);
const bomb = (): Buffer => Buffer.alloc(512 * mebibyte, ' ');
const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${[...'bcdefghij'].map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>`;
const chapter = '<item id="a" href="100%.xhtml"/>';

const container = '<container><rootfiles><rootfile full-path="../../../etc/passwd"/></rootfiles></container>';

const hostile: Readonly<Record<string, (folder: string) => unknown>> = {
  'text of 1 GiB in one line': streamed('a.txt', 1024),
  'JSON line of 1 GiB, one after it': streamed('a.jsonl', 1024, '{"text":"', '"}\n{"text":"The line after it."}\n'),
  'gzip bomb of 10 GiB': streamed('a.txt.gz', 10_240),
  'EPUB bomb of 512 MiB': written('a.epub', () => zipSync({ 'a.xhtml': Buffer.alloc(512 * mebibyte) })),
  'EPUB that points out of itself': (folder) =>
    writeFileSync(
      path.join(folder, 'a.epub'),
      zipSync({ 'META-INF/container.xml': Buffer.from(container), '../../escaped.xhtml': Buffer.from('<p>out</p>') }),
    ),
  'DOCX bomb of 512 MiB': written('a.docx', () => docx('', {}, { 'word/styles.xml': bomb() })),
  'XLSX bomb of 512 MiB': written('a.xlsx', () =>
    xlsx({ S: { xml: '' } }, { more: { 'xl/sharedStrings.xml': bomb() } }),
  ),
  'DOCX of 300,000 nested tables': written('a.docx', () =>
    docx(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>')),
  ),
  'ODT of 300,000 nested sections': written('a.odt', () => odf('text', nested('<text:section>', '</text:section>'))),
  'PPTX of 300,000 nested groups': written('a.pptx', () => pptx([nested('<p:grpSp>', '</p:grpSp>')])),
  'HTML of 300,000 nested elements': written('a.html', () => nested('<div>', '</div>')),
  'RTF of 300,000 nested groups': written('a.rtf', () => `{\\rtf1 ${nested('{', '}')}}`),
  'LaTeX of 300,000 nested groups': written('a.tex', () => nested('{\\textbf', '}')),
  'XLSX with a cell of 10 MiB': written('a.xlsx', () =>
    xlsx({ S: { xml: `<c t="inlineStr"><is><t>${'cell &amp; '.repeat(mebibyte)}</t></is></c>` } }),
  ),
  'XLSX merged over all its places': written('a.xlsx', () =>
    xlsx({ S: { xml: '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c><mergeCell ref="A1:XFD1048576"/>' } }),
  ),
  'XLSX of a diagonal of 300,000 cells': written('a.xlsx', () =>
    xlsx({
      S: { xml: Array.from({ length: 300_000 }, (_, i) => `<row r="${i + 1}"><c><v>1</v></c></row>`).join('') },
      T: {
        xml: Array.from({ length: 16_000 }, (_, i) => {
          const letters = [...(i + 1).toString(26)].map((digit) =>
            String.fromCharCode(65 + Number.parseInt(digit, 26)),
          );
          return `<row r="${i + 1}"><c r="${letters.join('')}${i + 1}"><v>1</v></c></row>`;
        }).join(''),
      },
    }),
  ),
  'DOCX with a span of a billion': written('a.docx', () =>
    docx(
      `<w:tbl>${`<w:tr>${`<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>${paragraph('a')}</w:tc>`.repeat(2)}</w:tr>`.repeat(3000)}</w:tbl>`,
    ),
  ),
  'ODS that repeats a cell a billion times': written('a.ods', () =>
    odf(
      'spreadsheet',
      '<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>a</text:p></table:table-cell></table:table-row></table:table>',
    ),
  ),
  'DOCX of 5,000,000 empty elements': written('a.docx', () => docx('<w:p/>'.repeat(5_000_000))),
  'EPUB with entities of entities': written('a.epub', () =>
    epub(chapter, '<itemref idref="a"/>', { 'OPS/100%.xhtml': `${laughs}<html><body><p>&j; read</p></body></html>` }),
  ),
  'EPUB with a % in an href': written('a.epub', () =>
    epub(chapter, '<itemref idref="a"/>', { 'OPS/100%.xhtml': '<html><body><p>One.</p></body></html>' }),
  ),
  'LaTeX of 60 MiB of backslashes': written('a.tex', () => '\\'.repeat(60 * mebibyte)),
  'RTF of 60 MiB of lines': written('a.rtf', () => `{\\rtf1 ${'a\n'.repeat(30 * mebibyte)}}`),
  'one word of 60 MiB': filled('a'),
  '60 MiB of full stops': filled('.'),
  '60 MiB of blank lines': filled('a\n\n'),
  '60 MiB of names': filled('Aa '),
  'invalid UTF-8': written('a.txt', () => Buffer.from([0x47, 0x6f, 0x6f, 0x64, 0x20, 0xff, 0xfe, 0xc3, 0x28])),
  'gzip cut short': written('a.txt.gz', () =>
    gzipSync('A text that is long enough to be cut. '.repeat(100)).subarray(0, 40),
  ),
  'PDF with nothing on it': written('a.pdf', () => emptyPdf),
  'PDF that is none': written('a.pdf', () => 'not a PDF'),
  'Parquet that is none': written('a.parquet', () => 'PAR1 nothing PAR1'),
  'symlink loop': (folder) => {
    mkdirSync(path.join(folder, 'a'));
    symlinkSync('..', path.join(folder, 'a', 'up'));
    symlinkSync('self.txt', path.join(folder, 'a', 'self.txt'));
  },
};

interface Outcome {
  readonly lines: readonly string[];
  readonly good: boolean;
  readonly seconds: number;
  readonly peakMebibytes: number;
}

/** In this process: reads the folder. */
async function read(folder: string): Promise<Outcome> {
  const start = performance.now();
  const lines: string[] = [];
  let good = false;
  for await (const item of streamCorpus(readDocuments([folder]))) {
    if (item.id.includes('z-good')) good = item.type === 'document';
    else if (item.type === 'document') lines.push(`read, ${item.measures.characters} characters`);
    else lines.push(`${item.code}: ${item.reason.replaceAll(`${folder}/`, '')}`);
  }
  const seconds = (performance.now() - start) / 1000;
  return { lines, good, seconds, peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024) };
}

const [, , one] = process.argv;
if (one !== undefined) {
  console.log(JSON.stringify(await read(one)));
} else {
  const root = await mkdtemp(path.join(tmpdir(), 'golongrl-hostile-'));
  let failed = false;
  try {
    console.log(
      '| hostile file | what became of it | good file read | seconds | peak MiB |\n| --- | --- | --- | --- | --- |',
    );
    for (const [name, write] of Object.entries(hostile)) {
      const folder = path.join(root, 'files');
      mkdirSync(folder);
      await write(folder);
      writeFileSync(path.join(folder, 'z-good.txt'), 'A good file is read after all of these.');
      const args = [...process.execArgv, fileURLToPath(import.meta.url), folder];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 300_000 });
      if (status === 0) {
        const { lines, good, seconds, peakMebibytes } = JSON.parse(stdout) as Outcome;
        failed ||= !good || peakMebibytes > 2048;
        const text = lines.length === 0 ? 'passed over' : lines.join('; ').replaceAll('|', '\\|').slice(0, 200);
        console.log(`| ${name} | ${text} | ${good ? 'yes' : 'NO'} | ${seconds.toFixed(1)} | ${peakMebibytes} |`);
      } else {
        failed = true;
        console.log(
          `| ${name} | ENDED THE PROCESS (${status}): ${stderr.slice(-200).replaceAll('\n', ' ')} | NO | | |`,
        );
      }
      await rm(folder, { recursive: true });
    }
  } finally {
    await rm(root, { recursive: true });
  }
  if (failed) process.exitCode = 1;
}
