/**
 * @file PDF: the text layer of all pages, by pdf.js, without the lines that stand on most pages. Pages of pictures have none, and such a
 * document is set aside as empty: reading scans is no part of this project.
 */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { messageOf } from '../../errors.ts';
import { collectBytes } from '../../records/bytes.ts';
import { optionalPackage } from '../../records/optional-package.ts';
import { QuarantineError } from '../../records/reader.ts';
import type { Reader } from './reader.ts';

/** Character maps of Chinese, Japanese and Korean fonts that a PDF names and does not hold. unpdf has none, pdfjs-dist has all. */
function characterMaps() {
  const missing = new Set<string>();
  const require = createRequire(import.meta.url);
  /** The interface that pdf.js asks for its data files through. */
  class DataFiles {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      if (kind !== 'cMapUrl') throw new Error('no other data is needed for text');
      try {
        const maps = path.join(path.dirname(require.resolve('pdfjs-dist/package.json')), 'cmaps');
        return Uint8Array.from(await readFile(path.join(maps, path.basename(filename))));
      } catch (cause) {
        missing.add(path.basename(filename, '.bcmap'));
        throw cause;
      }
    }
  }
  return { missing, DataFiles };
}

/** Lines at either edge of a page that are looked at. */
const edge = 2;
/** A line of a page's edge that this many pages and this share of them have, but for its digits, is a running head. */
const running = { pages: 3, share: 0.4 };

/** @example withoutRunningHeads(['My book 1\nA.', 'My book 2\nB.', 'My book 3\nC.']) // ['A.', 'B.', 'C.'] */
function withoutRunningHeads(pages: readonly string[]): string[] {
  const keyOf = (line: string): string => line.replace(/\d+/g, '').trim();
  const split = pages.map((page) => page.split('\n').filter((line) => line.trim() !== ''));
  const counts = new Map<string, number>();
  for (const lines of split)
    for (const key of new Set([...lines.slice(0, edge), ...lines.slice(-edge)].map(keyOf)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const least = Math.max(running.pages, running.share * pages.length);
  return split.map((lines) =>
    lines
      .filter((line, i) => (i >= edge && i < lines.length - edge) || (counts.get(keyOf(line)) ?? 0) < least)
      .join('\n'),
  );
}

/** Characters of a private use and replacement characters: a font that does not say which letters its glyphs are. */
const unmapped = /[\uE000-\uF8FF\uFFFD]/g;
const mostUnmapped = 0.1;

interface PdfText {
  readonly pages: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
}

async function pdfText(data: Uint8Array): Promise<PdfText> {
  const { extractText, getDocumentProxy } = await optionalPackage('unpdf', () => import('unpdf'));
  const { missing, DataFiles } = characterMaps();
  let found: PdfText;
  try {
    // 0: pdf.js would print its warnings about damaged fonts.
    const pdf = await getDocumentProxy(data, {
      verbosity: 0,
      useWorkerFetch: false,
      BinaryDataFactory: DataFiles,
    } as object);
    try {
      const { text } = await extractText(pdf, { mergePages: false });
      found = { pages: text, info: (await pdf.getMetadata()).info as PdfText['info'] };
    } finally {
      await pdf.destroy();
    }
  } catch (cause) {
    // pdf.js has a dozen error classes for damaged and locked files; all of them are about the file.
    const why = messageOf(cause);
    throw new QuarantineError('corrupt', `not readable as PDF: ${why}`, { cause });
  }
  if (missing.size > 0) {
    const message = `its text is written by the character map ${[...missing].join(', ')}: npm install pdfjs-dist`;
    throw new QuarantineError('reader-missing', message);
  }
  return found;
}

/** What writers put there who were told nothing. */
const noTitle = /^\W*(?:untitled|unspecified|anonymous|Microsoft \w+ - .*|.*\.\w{2,5})\W*$/i;

const stated = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && !noTitle.test(value) ? value.trim() : undefined;

/** A file is one document without its running heads. @throws QuarantineError for scans and damaged files. */
export const readPdf: Reader = async function* ({ id, bytes, limits }) {
  const { pages, info } = await pdfText(Uint8Array.from(await collectBytes(bytes, limits)));
  // A word that was broken at the end of a line.
  const text = withoutRunningHeads(pages)
    .join('\n\n')
    .replace(/(\p{Ll})-\n(\p{Ll})/gu, '$1$2');
  if (text.trim() === '')
    throw new QuarantineError('empty', `no text on its ${pages.length} pages; scans are not read`);
  if ((text.match(unmapped)?.length ?? 0) > mostUnmapped * text.length)
    throw new QuarantineError('corrupt', 'its fonts do not say which letters their glyphs are');
  const [title, author] = [stated(info.Title), stated(info.Author)];
  yield {
    type: 'document',
    id,
    text,
    metadata: { pages: pages.length, ...(author === undefined ? {} : { author }) },
    ...(title === undefined ? {} : { title }),
  };
};
