/**
 * @file CSV with a header, in a stream: one row a record, its values texts. What stands between fields is a comma, a semicolon, a tab or
 * a bar: whichever cuts the first lines into records of one width.
 */

import { isUtf8 } from 'node:buffer';
import { notUtf8, peekBytes, tooLarge } from './bytes.ts';
import { type CsvRecord, CsvRecords } from './csv-records.ts';
import { quarantined } from './quarantined.ts';
import {
  type Quarantined,
  QuarantineError,
  type ReadLimits,
  type Row,
  type RowInput,
  type RowReader,
} from './reader.ts';

/** In order of preference. */
const delimiters = [',', ';', '\t', '|'];

/** Bytes and records that the delimiter is told from. */
const [sampleBytes, sampleRecords] = [2 ** 16, 200];

/** How well a delimiter cuts a sample: the share of records as wide as the header, and that width. */
function cutBy(
  sample: string,
  complete: boolean,
  delimiter: string,
): { readonly share: number; readonly width: number } {
  const records = new CsvRecords(delimiter.charCodeAt(0), sampleBytes);
  const ended = records.push(sample);
  // The last record of a longer file may be cut.
  const whole = complete || ended.length === 0 ? [...ended, ...records.end()] : ended;
  const [header, ...rest] = whole.slice(0, sampleRecords);
  const width = header?.fields?.length ?? 0;
  const same = rest.filter(({ fields }) => fields?.length === width).length;
  return { share: rest.length === 0 ? 1 : same / rest.length, width };
}

/** What stands between the fields of a sample; a comma where nothing does. */
export function delimiterOf(sample: string, complete: boolean, preferred = ','): string {
  const order = [preferred, ...delimiters.filter((delimiter) => delimiter !== preferred)];
  const fits = order
    .map((delimiter) => ({ delimiter, ...cutBy(sample, complete, delimiter) }))
    .filter(({ width }) => width > 1);
  fits.sort((a, b) => b.share - a.share || b.width - a.width);
  return fits[0]?.delimiter ?? preferred;
}

/** Bytes of a character that the end of a chunk cuts off: 0 to 3. */
function cutTail(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

interface TextPiece {
  readonly text: string;
  /** Whether U+FFFD in it may stand for bytes that are no UTF-8. */
  readonly damaged: boolean;
}

async function* textPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextPiece> {
  let tail = new Uint8Array(0);
  const piece = (part: Uint8Array): TextPiece => ({
    text: Buffer.from(part.buffer, part.byteOffset, part.length).toString(),
    damaged: !isUtf8(part),
  });
  for await (const chunk of bytes) {
    const whole = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
    const cut = cutTail(whole);
    tail = Uint8Array.from(whole.subarray(whole.length - cut));
    yield piece(whole.subarray(0, whole.length - cut));
  }
  if (tail.length > 0) yield piece(tail);
}

/** @throws QuarantineError naming what the record has and should not have. */
function checkRecord({ fields }: CsvRecord, damaged: boolean, limits: ReadLimits): readonly string[] {
  if (fields === undefined) throw tooLarge(limits.maxDocumentBytes + 1, limits);
  if (fields.some((field) => field.includes('\0')))
    throw new QuarantineError('binary', 'got a NUL character, expected plain text');
  if (damaged && fields.some((field) => field.includes('\ufffd'))) throw new QuarantineError('not-utf8', notUtf8);
  return fields;
}

/** @throws QuarantineError when two columns have one name: one of them would be lost. */
function checkHeader(columns: readonly string[]): readonly string[] {
  const twice = columns.find((name, i) => name !== '' && columns.indexOf(name) !== i);
  if (twice !== undefined) throw new QuarantineError('corrupt', `two columns are named "${twice.slice(0, 60)}"`);
  return columns;
}

/** @throws QuarantineError `corrupt` when the record is wider or narrower than the header. */
function rowValue(columns: readonly string[], fields: readonly string[]): Row['value'] {
  if (fields.length !== columns.length)
    throw new QuarantineError('corrupt', `got ${fields.length} fields, expected ${columns.length}`);
  const value: Record<string, string> = {};
  for (let i = 0; i < columns.length; i++) {
    const name = columns[i] ?? '';
    // An assignment would set the prototype.
    if (name === '__proto__') Object.defineProperty(value, name, { value: fields[i], enumerable: true });
    else value[name] = fields[i] ?? '';
  }
  return value;
}

async function* delimitedRows({ id, bytes, limits }: RowInput, preferred: string): AsyncGenerator<Row | Quarantined> {
  const peeked = await peekBytes(bytes, ({ length }) => length >= sampleBytes);
  const sample = Buffer.from(peeked.head.subarray(0, sampleBytes)).toString();
  const delimiter = delimiterOf(sample, peeked.complete && peeked.head.length <= sampleBytes, preferred);
  const records = new CsvRecords(delimiter.charCodeAt(0), limits.maxDocumentBytes);
  let columns: readonly string[] | undefined;
  let damagedBefore = false;
  const rowOf = (record: CsvRecord, damaged: boolean): Row | Quarantined | undefined => {
    if (columns === undefined) {
      columns = checkHeader(checkRecord(record, damaged, limits));
      return undefined;
    }
    const row = `${id}#${record.number}`;
    try {
      const value = rowValue(columns, checkRecord(record, damaged, limits));
      return { type: 'row', id: row, value, line: record.line };
    } catch (error) {
      return quarantined(row, error, record.line);
    }
  };
  for await (const { text, damaged } of textPieces(peeked.bytes)) {
    const ended = records.push(text);
    for (const record of ended) {
      const row = rowOf(record, damaged || damagedBefore);
      if (row !== undefined) yield row;
    }
    damagedBefore = damaged || (damagedBefore && ended.length === 0);
  }
  const { openLine } = records;
  if (openLine !== undefined) {
    const error = new QuarantineError('corrupt', 'a quoted field is never closed');
    if (columns === undefined) throw error;
    yield quarantined(`${id}#${records.count + 1}`, error, openLine);
    return;
  }
  for (const record of records.end()) {
    const row = rowOf(record, damagedBefore);
    if (row !== undefined) yield row;
  }
}

/** Rows of CSV; the first record names the columns. */
export const csvRows: RowReader = (input) => delimitedRows(input, ',');

/** Rows of CSV whose fields stand apart by tabs, unless its first lines say otherwise. */
export const tsvRows: RowReader = (input) => delimitedRows(input, '\t');
