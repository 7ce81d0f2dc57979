/** @file A web page: its article as text, its title. */
import { collectBytes, decodeUtf8 } from './bytes.ts';
import { htmlText } from './html-text.ts';
import type { Reader } from './reader.ts';

export const readHtml: Reader = async function* ({ id, bytes, limits }) {
  const { text, title, language } = await htmlText(decodeUtf8(await collectBytes(bytes, limits)), true);
  const metadata: Record<string, string> = language === undefined ? {} : { declaredLanguage: language };
  yield { type: 'document', id, text, metadata, ...(title === undefined ? {} : { title }) };
};
