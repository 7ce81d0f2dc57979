/**
 * @file Opens a PDF by pdf.js and gives its pages one at a time: text with places, and drawn lines where a page could hold a table.
 * Names of fonts and drawn lines stand in the list of drawing operations, which costs about as much as the text: it is asked for only on
 * pages with a font not met before, and on those whose rows have several parts.
 */
import { messageOf } from '../../../errors.ts';
import { isRecord } from '../../../json.ts';
import { optionalPackage } from '../../../records/optional-package.ts';
import { QuarantineError } from '../../../records/reader.ts';
import { characterMaps } from './character-maps.ts';
import { type Fonts, makeFonts } from './fonts.ts';
import type { OutlineEntry } from './headings.ts';
import { rowsOf } from './rows.ts';
import { rulesOf } from './rules.ts';
import { count, type Omitted, type Page, type PlacedText, type Row } from './shapes.ts';

/** pdf.js hands fonts over by a method of ES2024, which Node has from version 22 on. */
function completeArrayBuffer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length = this.byteLength) {
      return this.slice(0, length);
    },
  });
}

/** The parts of pdf.js that are used. */
interface PdfPage {
  getViewport(options: { scale: number }): { width: number; height: number; transform: number[] };
  streamTextContent(): ReadableStream<{ items: object[]; styles: Record<string, object> }>;
  getOperatorList(): Promise<{ fnArray: number[]; argsArray: unknown[] }>;
  commonObjs: { has(name: string): boolean; get(name: string): unknown };
  cleanup(): boolean;
}

/** A page of a large map has 20,000 pieces of text; beyond this it is no text to read. */
const mostItems = 100_000;
/** Drawing operations are asked for on pages with fewer pieces than this. */
const mostItemsDrawn = 20_000;

/** All of a page's text, up to `mostItems` pieces of it. */
async function itemsOf(page: PdfPage, omitted: Omitted): Promise<PlacedText> {
  const items: object[] = [];
  const styles: Record<string, object> = {};
  const reader = page.streamTextContent().getReader();
  while (items.length < mostItems) {
    const { done, value } = await reader.read();
    if (done) return { items, styles };
    for (const item of value.items) items.push(item);
    Object.assign(styles, value.styles);
  }
  await reader.cancel(new Error('the page has more text than is read'));
  count(omitted, 'pdf-page-cut');
  return { items, styles };
}

/** Rows with several parts among this many rows are looked at for drawn lines. */
const leastParted = { rows: 3, among: 8 };

/** Rows at the upper edge of a page that may be the rest of a table. */
const rest = 5;

/** True when a page could hold a table: rows with several parts stand near each other. Listings have such rows too. */
function couldHoldTable(rows: readonly Row[], previous: Page | undefined): boolean {
  const parted = rows.flatMap(({ chunks }, i) => (chunks.length > 1 && !chunks.every(({ mono }) => mono) ? [i] : []));
  if (previous !== undefined && previous.rules.length > 0 && (parted[0] ?? rest) < rest) return true;
  return parted.some(
    (row, i) => (parted[i + leastParted.rows - 1] ?? Number.POSITIVE_INFINITY) - row < leastParted.among,
  );
}

/** One page; `fonts` learns the names of its fonts. */
async function readPage(page: PdfPage, previous: Page | undefined, fonts: Fonts, omitted: Omitted): Promise<Page> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const placed = await itemsOf(page, omitted);
  const drawn = placed.items.length < mostItemsDrawn;
  const fresh = drawn && fonts.lacks(placed);
  let operations = fresh ? await page.getOperatorList() : undefined;
  if (fresh) fonts.learn(placed, page.commonObjs);
  const rows = rowsOf(placed, transform, fonts, omitted);
  const parted = couldHoldTable(rows, previous);
  if (drawn && parted) operations ??= await page.getOperatorList();
  const rules = operations === undefined || !parted ? [] : rulesOf(operations, transform);
  page.cleanup();
  return { number: (previous?.number ?? 0) + 1, width, height, rows, rules };
}

/** A PDF's pages, its information dictionary, and the fonts met on the way. */
export interface PdfDocument {
  readonly pages: readonly Page[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly fonts: Fonts;
  /** The bookmarks that a viewer shows beside the pages. */
  readonly outline: readonly OutlineEntry[];
}

/** An outline's entries, in order; loops of a hostile file end at the bound. */
function flatOutline(items: readonly unknown[] | null, most = 20_000): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const open: { item: unknown; depth: number }[] = [...(items ?? [])].reverse().map((item) => ({ item, depth: 1 }));
  for (let next = open.pop(); next !== undefined && entries.length < most; next = open.pop()) {
    const { item, depth } = next;
    if (!isRecord(item)) continue;
    if (typeof item.title === 'string') entries.push({ title: item.title, depth });
    if (Array.isArray(item.items))
      for (const inner of item.items.toReversed()) open.push({ item: inner, depth: depth + 1 });
  }
  return entries;
}

/** Reads all pages, one at a time. @throws QuarantineError for damaged and locked files, and where a character map is missing. */
export async function openPdf(data: Uint8Array, omitted: Omitted): Promise<PdfDocument> {
  const { getDocumentProxy } = await optionalPackage('unpdf', () => import('unpdf'));
  completeArrayBuffer();
  const { missing, DataFiles, packed } = characterMaps();
  const fonts = makeFonts();
  const pages: Page[] = [];
  let info: PdfDocument['info'];
  let outline: OutlineEntry[];
  try {
    const pdf = await getDocumentProxy(data, {
      // pdf.js would print its warnings about damaged fonts.
      verbosity: 0,
      useWorkerFetch: false,
      BinaryDataFactory: DataFiles,
      cMapPacked: packed,
      // No picture is looked at: none is unpacked.
      maxImageSize: 0,
    } as object);
    try {
      for (let i = 1; i <= pdf.numPages; i++)
        pages.push(await readPage((await pdf.getPage(i)) as unknown as PdfPage, pages.at(-1), fonts, omitted));
      outline = flatOutline(await pdf.getOutline());
      info = (await pdf.getMetadata()).info as PdfDocument['info'];
    } finally {
      await pdf.destroy();
    }
  } catch (cause) {
    // pdf.js has a dozen error classes for damaged and locked files; all of them are about the file.
    throw new QuarantineError('corrupt', `not readable as PDF: ${messageOf(cause)}`, { cause });
  }
  if (missing.size > 0) {
    const message = `its text is written by the character map ${[...missing].join(', ')}: npm install pdfjs-dist`;
    throw new QuarantineError('reader-missing', message);
  }
  return { pages, info, fonts, outline };
}
