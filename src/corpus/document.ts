/**
 * @file A document of the corpus (P1) and the facts that its parser found in it.
 * Every fact keeps the span of its evidence, so that a sample can prove its gold from the text alone.
 */

/** Character offsets into `Document.text`, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a document is by origin; readings and filters ask for it. */
export type DocumentKind = 'reference' | 'speech' | 'chapter' | 'conversation' | 'play';

/** One attribute of the document, with its evidence in the text. */
export interface Fact {
  /** Field label as it stands in questions, e.g. `capital`. */
  readonly field: string;
  readonly type: 'text' | 'category' | 'number';
  /** Canonical value: numbers as plain digits. */
  readonly value: string;
  readonly span: Span;
}

/** A document seen as one record of a family (all countries, all messages, all chapters). */
export interface DocumentRecord {
  /** Plural name of the family, e.g. `countries`. */
  readonly family: string;
  /** Unique name of the record inside its family, e.g. `Chad`. */
  readonly key: string;
  /** The names among which `first named` chooses, where the record has that field. */
  readonly names?: readonly string[];
  readonly facts: readonly Fact[];
}

/** A text of the corpus, cleaned, with its licence; the unit of splits and provenance. */
export interface Document {
  /** Stable name, e.g. `factbook/cd`. */
  readonly id: string;
  /** Hex SHA-256 of `text` (UTF-8). */
  readonly sha256: string;
  readonly title: string;
  /** Package or file it came from, with version. */
  readonly source: string;
  /** SPDX identifier or `public-domain`. */
  readonly licence: string;
  /** ISO 639-1 of any language; `und` where it could not be told. Questions are written in English and Chinese only. */
  readonly language: string;
  readonly kind: DocumentKind;
  /** The text that it is a part of, where it is one of several parts that should stand in one split. */
  readonly work?: string;
  readonly text: string;
  /**
   * Where the work's own words begin, and its title in full, where a reader of packaged data put a line of the record's numbers before
   * them. Questions show the own words only.
   */
  readonly own?: { readonly start: number; readonly title: string };
  readonly record?: DocumentRecord;
}
