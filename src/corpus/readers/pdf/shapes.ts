/**
 * @file What the readings of a PDF page hand to each other. Units are points of 1/72 inch, x from the left edge, y from the upper edge
 * downwards to the baseline, after the page's own rotation.
 */

/** What pdf.js gives of a page. */
export interface PlacedText {
  readonly items: readonly object[];
  readonly styles: Readonly<Record<string, object>>;
}

/** Text on one baseline without a gap wider than about a blank: a word, a cell, or a line of prose. */
export interface Chunk {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  /** Height of the font. */
  readonly size: number;
  readonly bold: boolean;
  /** Every character has the same width, as in a listing. */
  readonly mono: boolean;
  /** It held dots that lead from an entry to its number; they are no longer in its text. */
  readonly leader: boolean;
  /** It reads from the right. */
  readonly rtl?: boolean;
}

/** Chunks that share a baseline, from left to right. */
export interface Row {
  readonly chunks: readonly Chunk[];
  readonly y: number;
  /** Of the largest chunk. */
  readonly size: number;
}

/** A drawn line, or a side of a drawn box; flat ones have `y0 === y1`. */
export interface Rule {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** A page before its order is known. */
export interface Page {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
  readonly rules: readonly Rule[];
}

/** A table as it lies on its page. */
export interface Grid {
  /** Too little to be a table of its own: the rest of one on the page before, or nothing but a row of text. */
  readonly part?: boolean;
  readonly caption?: string;
  readonly header: readonly (readonly string[])[];
  readonly rows: readonly (readonly string[])[];
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** One line of a column of text. */
export interface Line {
  readonly kind: 'line';
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  /** All of it. */
  readonly bold: boolean;
  readonly mono: boolean;
  /** Edges of its column. */
  readonly left: number;
  readonly right: number;
  /** From the line above in its column; undefined at its top. */
  readonly gap: number | undefined;
  /** Its chunks, for listings, whose blanks count. */
  readonly chunks: readonly Chunk[];
}

/** A table in the order of reading. */
export interface TableBlock {
  readonly kind: 'table';
  readonly grid: Grid;
}

/** What a page reads as. */
export type Block = Line | TableBlock;

/** Why something of the document was left out or laid out plainly, and how often. */
export type Omitted = Record<string, number>;

/** Adds to a count. */
export function count(omitted: Omitted, why: string, by = 1): void {
  if (by > 0) omitted[why] = (omitted[why] ?? 0) + by;
}

/** The middle one; `otherwise` of none. */
export function median(values: readonly number[], otherwise = 0): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? otherwise;
}
