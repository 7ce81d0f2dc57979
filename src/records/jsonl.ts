/** @file JSON lines: one row a line. A bad line is set aside, and the next one is read. */

import { decodeUtf8 } from './bytes.ts';
import { byteLines, lineBytes } from './lines.ts';
import { parseRow } from './parse-json.ts';
import { quarantined } from './quarantined.ts';
import type { RowReader } from './reader.ts';

/** Rows of JSON lines, each with the number of its line. Blank lines are none. */
export const jsonlRows: RowReader = async function* ({ id, bytes, limits }) {
  for await (const line of byteLines(bytes, limits)) {
    const row = `${id}#${line.number}`;
    try {
      const text = decodeUtf8(lineBytes(line, limits));
      if (text.trim() !== '') yield { type: 'row', id: row, value: parseRow(text), line: line.number };
    } catch (error) {
      yield quarantined(row, error, line.number);
    }
  }
};
