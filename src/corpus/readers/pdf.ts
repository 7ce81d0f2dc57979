/**
 * @file PDF: the text layer of all pages, by pdf.js, in the order of reading, with headings, lists and tables, without running lines. Pages
 * of pictures have none, and such a document is set aside as empty: reading scans is no part of this project.
 */
import { collectBytes } from '../../records/bytes.ts';
import { QuarantineError } from '../../records/reader.ts';
import { openPdf } from './pdf/open-pdf.ts';
import { pdfText } from './pdf/pdf-text.ts';
import type { Omitted } from './pdf/shapes.ts';
import type { Reader } from './reader.ts';

/** Characters of a private use and replacement characters: a font that does not say which letters its glyphs are. */
const unmapped = /[\uE000-\uF8FF\uFFFD]/g;
const mostUnmapped = 0.1;

/** What writers put there who were told nothing. */
const noTitle = /^\W*(?:untitled|unspecified|anonymous|Microsoft \w+ - .*|.*\.\w{2,5})\W*$/i;

const stated = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && !noTitle.test(value) ? value.trim() : undefined;

/** A file is one document. @throws QuarantineError for scans and damaged files. */
export const readPdf: Reader = async function* ({ id, bytes, limits }) {
  const omitted: Omitted = {};
  const { pages, outline, info, fonts } = await openPdf(Uint8Array.from(await collectBytes(bytes, limits)), omitted);
  const text = pdfText(pages, outline, omitted);
  if (text.trim() === '')
    throw new QuarantineError('empty', `no text on its ${pages.length} pages; scans are not read`);
  if ((text.match(unmapped)?.length ?? 0) > mostUnmapped * text.length) {
    const named = fonts.names().slice(0, 3).join(', ');
    const message = `its fonts${named === '' ? '' : ` (${named})`} do not say which letters their glyphs are`;
    throw new QuarantineError('corrupt', message);
  }
  const [title, author] = [stated(info.Title), stated(info.Author)];
  yield {
    type: 'document',
    id,
    text,
    metadata: { pages: pages.length, ...omitted, ...(author === undefined ? {} : { author }) },
    ...(title === undefined ? {} : { title }),
  };
};
