/** @file A web page: its article as text, its title; in the character set that it declares. */
import { collectBytes, decodeUtf8 } from '../../records/bytes.ts';
import { QuarantineError } from '../../records/reader.ts';
import { htmlText } from './html-text.ts';
import type { Reader } from './reader.ts';

/** `<meta charset="gbk">`, `<meta http-equiv content="text/html; charset=gbk">`, `<?xml encoding="gbk"?>`. */
const declared = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w-]+)|^<\?xml\s[^>]*?encoding\s*=\s*["']([\w-]+)/i;
/** The standard asks that it stands within the first 1024 bytes. */
const head = 1024;

/** @throws QuarantineError for a character set that is not known or not kept to. */
function decodeHtml(bytes: Uint8Array): string {
  const [, meta, xml] = declared.exec(Buffer.from(bytes.subarray(0, head)).toString('latin1')) ?? [];
  const label = (meta ?? xml ?? 'utf-8').toLowerCase();
  // A page that was written in UTF-16 has been recoded by its byte order mark.
  if (/^utf-?(?:8|16.*)$/.test(label) || bytes.includes(0)) return decodeUtf8(bytes);
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    // As a stream: at once, Node 20 takes windows-1252 for Latin-1 and loses its quotation marks.
    return decoder.decode(bytes, { stream: true }) + decoder.decode();
  } catch (cause) {
    const why = cause instanceof RangeError ? 'which is not known' : 'and is not written in it';
    throw new QuarantineError('corrupt', `the page declares the character set ${label}, ${why}`, { cause });
  }
}

/** A page is one document; its declared language goes into the metadata. @throws QuarantineError when it is broken. */
export const readHtml: Reader = async function* ({ id, bytes, limits }) {
  const { text, title, language } = await htmlText(decodeHtml(await collectBytes(bytes, limits)), true);
  const metadata: Record<string, string> = language === undefined ? {} : { declaredLanguage: language };
  yield { type: 'document', id, text, metadata, ...(title === undefined ? {} : { title }) };
};
