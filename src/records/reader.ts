/**
 * @file The one signature of all readers (P1): a stream of bytes in, raw documents out, and for each thing that cannot be
 * used a quarantine entry that names why. A reader holds at most one document of `maxDocumentBytes` at a time.
 */

import { printable } from '../printable.ts';

/** A document as its file states it, before structure, language and duplicates are looked at. */
export interface RawDocument {
  readonly type: 'document';
  /** Path of its file, then `#row`, for files that hold several. */
  readonly id: string;
  readonly text: string;
  readonly title?: string;
  /** As the file states it; the caller's default applies otherwise. */
  readonly licence?: string;
  /** Further columns, for filter expressions. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
}

/** Why a file or a row of it was set aside. The codes are stable. */
export const quarantineCodes = [
  'unreadable',
  'symlink-loop',
  'unknown-format',
  'reader-missing',
  'too-large',
  'expands-too-far',
  'corrupt',
  'not-utf8',
  'binary',
  'empty',
  'no-text-field',
  'unsafe-path',
] as const;
export type QuarantineCode = (typeof quarantineCodes)[number];

export interface Quarantined {
  readonly type: 'quarantined';
  readonly id: string;
  readonly code: QuarantineCode;
  /** What was found and what is allowed. */
  readonly reason: string;
}

/** One record of a tabular file. */
export interface Row {
  readonly type: 'row';
  /** Path of its file, then `#row`. */
  readonly id: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export type ReadItem = RawDocument | Quarantined;

export interface ReadLimits {
  /** Bytes of one document, once unpacked. */
  readonly maxDocumentBytes: number;
  /** Times its packed size that a packed file may unpack to, looked at beyond `maxDocumentBytes`. */
  readonly maxExpansion: number;
}

/** A novel has 2 MB and the largest filings 50. DEFLATE packs text 3 to 20 times, and a bomb about 1,000 times. */
export const defaultLimits: ReadLimits = { maxDocumentBytes: 64 * 2 ** 20, maxExpansion: 200 };

export interface ReaderInput {
  readonly id: string;
  /** Unpacked bytes, readable once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where the bytes lie unpacked on disk, for formats that are read at random (Parquet). */
  readonly file: string | undefined;
  readonly limits: ReadLimits;
  /** The column that holds the text; without it the first of `text`, `content`, `context`, `document`, `body`. */
  readonly textField: string | undefined;
}

export type Reader = (input: ReaderInput) => AsyncGenerator<ReadItem>;

/** Thrown inside readers; `readFile` turns it into a `Quarantined`. */
export class QuarantineError extends Error {
  readonly code: QuarantineCode;
  constructor(code: QuarantineCode, message: string, options?: ErrorOptions) {
    super(printable(message), options);
    this.code = code;
  }
}
