/**
 * @file What every reader of rows takes and gives: a stream of bytes in, rows out, and for each thing that cannot be used an entry that
 * names why. A reader holds at most one row of `maxDocumentBytes` at a time (Parquet: one row group).
 */

import { printable } from '../printable.ts';

/** Why a file or a row of it was set aside. The codes are stable. */
export const quarantineCodes = [
  'unreadable',
  'symlink-loop',
  'unknown-format',
  'reader-missing',
  'too-large',
  'expands-too-far',
  'corrupt',
  'lone-surrogate',
  'not-utf8',
  'binary',
  'empty',
  'no-text-field',
  'unsafe-path',
  'encrypted',
  'hidden',
] as const;
/** One of `quarantineCodes`. */
export type QuarantineCode = (typeof quarantineCodes)[number];

/** A file, or a row of one, that was set aside. */
export interface Quarantined {
  readonly type: 'quarantined';
  /** Path of its file; then `#row`, where it is one row of it. */
  readonly id: string;
  readonly code: QuarantineCode;
  /** What was found and what is allowed. */
  readonly reason: string;
  /** Of a row: the line of its file in which it begins, from 1; Parquet: the row's number. Undefined: the file itself, from here on. */
  readonly line?: number;
}

/** The values of one row by column: texts, numbers, booleans, null, lists, objects; `bigint` beyond 2^53, `Uint8Array` for binary columns. */
export type RowValue = Readonly<Record<string, unknown>>;

/** One row of a tabular file. */
export interface Row {
  readonly type: 'row';
  /** Path of its file, then `#row`. */
  readonly id: string;
  readonly value: RowValue;
  /** The line of its file in which it begins, from 1; Parquet: the row's number. */
  readonly line: number;
}

/** What a reader may spend on one row. */
export interface ReadLimits {
  /** Bytes of one row or document, once unpacked. */
  readonly maxDocumentBytes: number;
  /** Times its packed size that a packed file may unpack to, looked at beyond `maxDocumentBytes`. */
  readonly maxExpansion: number;
}

/** A novel has 2 MB and the largest filings 50. DEFLATE packs text 3 to 20 times, and a bomb about 1,000 times. */
export const defaultLimits: ReadLimits = { maxDocumentBytes: 64 * 2 ** 20, maxExpansion: 200 };

/** What a reader of one format is given. */
export interface RowInput {
  /** What rows are named after: the path of their file. */
  readonly id: string;
  /** Unpacked bytes, readable once; UTF-8 but for Parquet. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where the bytes lie unpacked on disk, for formats that are read at random (Parquet). */
  readonly file: string | undefined;
  readonly limits: ReadLimits;
  /** `whole`: one JSON object is one row, whatever it holds. Default `rows`: the rows that its layout says. */
  readonly layout?: 'rows' | 'whole';
}

/** A reader of one format. Throws `QuarantineError` for what ends the file. */
export type RowReader = (input: RowInput) => AsyncGenerator<Row | Quarantined>;

/** Thrown inside readers; who reads the file turns it into a `Quarantined`. */
export class QuarantineError extends Error {
  readonly code: QuarantineCode;
  constructor(code: QuarantineCode, message: string, options?: ErrorOptions) {
    super(printable(message), options);
    this.code = code;
  }
}

/** The formats of rows, by the end of a file's name. */
export const rowFormats = ['jsonl', 'json', 'csv', 'tsv', 'parquet'] as const;
/** One of `rowFormats`. */
export type RowFormat = (typeof rowFormats)[number];

/** Other ends of names. */
export const rowSynonyms: Readonly<Record<string, RowFormat>> = { ndjson: 'jsonl', tab: 'tsv', pq: 'parquet' };
