/** @file A web page: its article as text, its title; in the character set that it declares. */
import { collectBytes, withoutZeros } from '../../records/bytes.ts';
import { decodeDeclared } from '../../records/encoding.ts';
import { htmlText } from './html-text.ts';
import type { Reader } from './reader.ts';

/** `<meta charset="gbk">`, `<meta http-equiv content="text/html; charset=gbk">`, `<?xml encoding="gbk"?>`. */
const declared = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w-]+)|^<\?xml\s[^>]*?encoding\s*=\s*["']([\w-]+)/i;
/** The standard asks that it stands within the first 1024 bytes. */
const head = 1024;

/** @throws QuarantineError for a character set that is not known or not kept to. */
async function decodeHtml(bytes: Uint8Array): Promise<string> {
  const [, meta, xml] = declared.exec(Buffer.from(bytes.subarray(0, head)).toString('latin1')) ?? [];
  // A page that was written in UTF-16 has been recoded by its byte order mark.
  const label = meta ?? xml ?? 'utf-8';
  return decodeDeclared(withoutZeros(bytes), /^utf-?16/i.test(label) ? 'utf-8' : label, 'the page');
}

/** A page is one document; its declared language goes into the metadata. @throws QuarantineError when it is broken. */
export const readHtml: Reader = async function* ({ id, bytes, limits }) {
  const { text, title, language } = await htmlText(await decodeHtml(await collectBytes(bytes, limits)), true);
  const metadata: Record<string, string> = language === undefined ? {} : { declaredLanguage: language };
  yield { type: 'document', id, text, metadata, ...(title === undefined ? {} : { title }) };
};
