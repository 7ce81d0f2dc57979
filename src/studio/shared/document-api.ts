/** @file What the server says of documents: those of a corpus, or of a file that was named. */
import type { Place } from './dataset-api.ts';

/** A document in the list. */
export interface DocumentEntry {
  readonly row: number;
  readonly id: string;
  readonly title: string;
  readonly form: string;
  readonly language: string;
  readonly licence: string;
  readonly tokens: number;
  readonly characters: number;
}

export interface DocumentList extends Place {
  readonly total: number;
  readonly rows: readonly DocumentEntry[];
  /** Documents beyond these are not listed. */
  readonly more: boolean;
}

/** A fact at its place in the text. */
export interface DocumentMark {
  readonly kind: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly note: string;
}

/** What the pipeline finds in a document, as `golongrl data inspect` shows it. */
export interface DocumentDetail {
  readonly entry: DocumentEntry;
  readonly text: string;
  readonly marks: readonly DocumentMark[];
  /** Tasks that it serves, and what the others lack. */
  readonly tasks: readonly {
    readonly task: string;
    readonly ability: string;
    readonly serves: readonly string[];
    readonly lacks: readonly string[];
  }[];
}
