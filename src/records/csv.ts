/**
 * @file CSV after RFC 4180, apart by commas, semicolons or tabs, whichever the first line has most of: quoted fields may hold commas, quotes and line ends; the first record names the columns. One
 * document a record, read in a stream: a record above the limit is skipped to its end.
 */

import { documentsOf } from '../corpus/readers/row-document.ts';
import { checkSize, peekBytes } from './bytes.ts';
import { quarantined } from './quarantined.ts';
import { type Quarantined, QuarantineError, type ReaderInput, type ReadLimits, type Row } from './reader.ts';

interface CsvRecord {
  readonly number: number;
  /** Undefined for a record above the limit. */
  readonly fields: readonly string[] | undefined;
}

/** @throws QuarantineError when a quoted field is never closed, or the bytes are no UTF-8 text. */
async function* csvRecords(
  bytes: AsyncIterable<Uint8Array>,
  limits: ReadLimits,
  delimiter: number,
): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let fields: string[] = [];
  let field = '';
  let size = 0;
  // `quote` was seen inside quotes: doubled it is a quote, otherwise it ends the quotes.
  let state: 'plain' | 'quoted' | 'quote' = 'plain';
  const add = (piece: string): void => {
    size += piece.length;
    if (size <= limits.maxDocumentBytes) field += piece;
    else field = '';
  };
  const endRecord = (): CsvRecord => {
    const record = { number: ++number, fields: size <= limits.maxDocumentBytes ? [...fields, field] : undefined };
    fields = [];
    field = '';
    size = 0;
    state = 'plain';
    return record;
  };
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new QuarantineError('not-utf8', 'got bytes that are not UTF-8, expected plain text', { cause });
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    if (text.includes('\0')) throw new QuarantineError('binary', 'got binary data, expected plain text');
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (state === 'quoted') {
        if (code !== 34) continue;
        add(text.slice(from, at));
        from = at + 1;
        state = 'quote';
        continue;
      }
      if (state === 'quote' && code === 34) {
        add('"');
        from = at + 1;
        state = 'quoted';
        continue;
      }
      if (state === 'quote') state = 'plain';
      if (code === 34 && field === '' && at === from) {
        state = 'quoted';
        from = at + 1;
      } else if (code === delimiter || code === 10) {
        add(text.slice(from, at));
        from = at + 1;
        if (code === delimiter) {
          fields.push(field);
          field = '';
          continue;
        }
        field = field.endsWith('\r') ? field.slice(0, -1) : field;
        const record = endRecord();
        if (record.fields === undefined || record.fields.length > 1 || record.fields[0] !== '') yield record;
      }
    }
    add(text.slice(from));
  }
  decode(undefined);
  if (state === 'quoted') throw new QuarantineError('corrupt', 'a quoted field is never closed');
  if (size > 0 || fields.length > 0) yield endRecord();
}

const longestHeader = 2 ** 16;

/** Character code of what stands between the names of the columns. */
function delimiterOf(head: string): number {
  const line = (head.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (mark: string): number => line.split(mark).length;
  const [most = ','] = [',', ';', '\t'].sort((a, b) => count(b) - count(a));
  return most.charCodeAt(0);
}

export async function* csvRows({ id, bytes, limits }: ReaderInput): AsyncGenerator<Row | Quarantined> {
  const peeked = await peekBytes(bytes, (head) => head.includes(10) || head.length > longestHeader);
  const delimiter = delimiterOf(Buffer.from(peeked.head).toString('latin1'));
  let columns: readonly string[] | undefined;
  for await (const { number, fields } of csvRecords(peeked.bytes, limits, delimiter)) {
    const row = `${id}#${number}`;
    try {
      if (fields === undefined) checkSize(limits.maxDocumentBytes + 1, limits);
      if (columns === undefined) {
        columns = fields?.map((name) => name.trim()) ?? [];
        continue;
      }
      if (fields?.length !== columns.length)
        throw new QuarantineError('corrupt', `got ${fields?.length} fields, expected ${columns.length}`);
      const named = columns.map((name, i): [string, string] => [name, fields[i] ?? '']);
      yield { type: 'row', id: row, value: Object.fromEntries(named) };
    } catch (error) {
      yield quarantined(row, error);
    }
  }
}

export const readCsv = documentsOf(csvRows);
