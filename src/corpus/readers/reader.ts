/**
 * @file The one signature of all readers of documents (P1): a stream of bytes in, raw documents out, and for each thing that cannot be used
 * a quarantine entry that names why. A reader holds at most one document of `maxDocumentBytes` at a time.
 */
import type { Quarantined, RowInput } from '../../records/reader.ts';

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

/** What a reader gives, one at a time. */
export type ReadItem = RawDocument | Quarantined;

/** What a reader of documents is given. */
export interface ReaderInput extends RowInput {
  /** The column that holds the text; without it the first of `text`, `content`, `context`, `document`, `body`. */
  readonly textField: string | undefined;
  /** Of text files, a WHATWG label. Default: told from the bytes. */
  readonly encoding?: string;
}

/** A reader of one format. Throws `QuarantineError` for what ends the file. */
export type Reader = (input: ReaderInput) => AsyncGenerator<ReadItem>;
