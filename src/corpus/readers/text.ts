/** @file Plain text and Markdown: the file is the document. */
import { collectBytes, decodeUtf8, withoutZeros } from '../../records/bytes.ts';
import { layOutTables } from './embedded-tables.ts';
import type { Reader } from './reader.ts';

/** A file is one document. @throws QuarantineError when it is too long or no UTF-8. */
export const readText: Reader = async function* ({ id, bytes, limits }) {
  const text = decodeUtf8(withoutZeros(await collectBytes(bytes, limits)));
  yield { type: 'document', id, text: await layOutTables(text), metadata: {} };
};
