/** @file JSON lines: one document a line. A bad line is set aside, and the next one is read. */
import { decodeUtf8 } from './bytes.ts';
import { byteLines, lineBytes } from './lines.ts';
import { quarantined } from './quarantined.ts';
import { QuarantineError, type RawDocument, type Reader } from './reader.ts';
import { rowDocument } from './row-document.ts';

function parseLine(id: string, bytes: Uint8Array, textField: string | undefined): RawDocument | undefined {
  const text = decodeUtf8(bytes);
  if (text.trim() === '') return undefined;
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw new QuarantineError('corrupt', `not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new QuarantineError('corrupt', `got ${JSON.stringify(row).slice(0, 40)}, expected a JSON object`);
  return rowDocument(id, row as Record<string, unknown>, textField);
}

export const readJsonl: Reader = async function* ({ id, bytes, limits, textField }) {
  for await (const line of byteLines(bytes, limits)) {
    const row = `${id}#${line.number}`;
    try {
      const document = parseLine(row, lineBytes(line, limits), textField);
      if (document !== undefined) yield document;
    } catch (error) {
      yield quarantined(row, error);
    }
  }
};
