/** @file JSON lines: one row a line. A bad line is set aside, and the next one is read. */

import { documentsOf } from '../corpus/readers/row-document.ts';
import { decodeUtf8 } from './bytes.ts';
import { byteLines, lineBytes } from './lines.ts';
import { quarantined } from './quarantined.ts';
import { type Quarantined, QuarantineError, type ReaderInput, type Row } from './reader.ts';

/** @throws QuarantineError `corrupt` for anything but a JSON object. */
export function parseRow(text: string): Row['value'] {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw new QuarantineError('corrupt', `not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new QuarantineError('corrupt', `got ${JSON.stringify(row).slice(0, 40)}, expected a JSON object`);
  return row as Row['value'];
}

export async function* jsonlRows({ id, bytes, limits }: ReaderInput): AsyncGenerator<Row | Quarantined> {
  for await (const line of byteLines(bytes, limits)) {
    const row = `${id}#${line.number}`;
    try {
      const text = decodeUtf8(lineBytes(line, limits));
      if (text.trim() !== '') yield { type: 'row', id: row, value: parseRow(text) };
    } catch (error) {
      yield quarantined(row, error);
    }
  }
}

export const readJsonl = documentsOf(jsonlRows);
