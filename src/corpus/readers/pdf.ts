/**
 * @file PDF: the text layer of all pages, by pdf.js. Pages of pictures have none, and such a document is set aside as empty:
 * reading scans is no part of this project.
 */
import { collectBytes } from './bytes.ts';
import { optionalPackage } from './optional-package.ts';
import { QuarantineError, type Reader } from './reader.ts';

export const readPdf: Reader = async function* ({ id, bytes, limits }) {
  const data = Uint8Array.from(await collectBytes(bytes, limits));
  const { extractText, getDocumentProxy } = await optionalPackage('unpdf', () => import('unpdf'));
  let pages: string[];
  try {
    // 0: pdf.js would print its warnings about damaged fonts.
    const pdf = await getDocumentProxy(data, { verbosity: 0 });
    try {
      ({ text: pages } = await extractText(pdf, { mergePages: false }));
    } finally {
      await pdf.destroy();
    }
  } catch (cause) {
    // pdf.js has a dozen error classes for damaged and locked files; all of them are about the file.
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new QuarantineError('corrupt', `not readable as PDF: ${why}`, { cause });
  }
  // A word that was broken at the end of a line.
  const text = pages.join('\n\n').replace(/(\p{Ll})-\n(\p{Ll})/gu, '$1$2');
  if (text.trim() === '')
    throw new QuarantineError('empty', `no text on its ${pages.length} pages; scans are not read`);
  yield { type: 'document', id, text, metadata: { pages: pages.length } };
};
