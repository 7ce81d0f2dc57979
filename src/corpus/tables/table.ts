/**
 * @file What a table of a text is: its caption, columns with unit and scale, rows with totals and groups, and cells with their types.
 */
import type { Span } from '../document.ts';

/** What a cell holds; a dash or `n/a` is `empty`. */
export type CellType = 'number' | 'date' | 'text' | 'empty';

/** A cell of the body. A cell that spans several columns or rows stands in each of them. */
export interface Cell {
  /** As a reader sees it: trimmed, without Markdown's or LaTeX's marks. */
  readonly value: string;
  /** Where it stands in the text; of a cell over several lines, its first line. */
  readonly span: Span;
  readonly type: CellType;
  /** `(1,204)` is -1204, `12%` is 12, `1.2 million` is 1200000. The column's scale is not in it. */
  readonly number?: number;
  /** Of a date, as exact as the text is: `1962-07-05`, `1962-07`, `1962`. */
  readonly iso?: string;
  /** What stands with the number: `%`, `$`, `km`. */
  readonly unit?: string;
}

/** A column by its heading. */
export interface Column {
  /** Nested headings from the outside in: `2022 / Q1`. Empty where there is none. */
  readonly header: string;
  /** From the heading, the caption, the line above, or all cells: `USD`, `km`, `%`, `元`. */
  readonly unit?: string;
  /** What the cells' numbers are to be multiplied by: 1000000 for `in millions`. */
  readonly scale?: number;
  /** `number` and `date`: every cell that is not empty is one. */
  readonly type: 'number' | 'date' | 'text' | 'mixed';
}

/** A row of the body. */
export interface TableRow {
  readonly cells: readonly Cell[];
  /** Whether it sums up other rows: it says so, or its sum holds. */
  readonly total: boolean;
  /** A row that only names the rows under it, or repeats the heading: no data. */
  readonly heading: boolean;
  /** The heading row that it stands under. */
  readonly group?: string;
}

/** A table of a text. */
export interface Table {
  readonly caption?: { readonly text: string; readonly span: Span };
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  /** From its heading to its last row, the caption not in it. */
  readonly span: Span;
}

/** A cell as it was cut out, before its type is told. */
export interface Piece {
  readonly value: string;
  readonly span: Span;
}

/** A table as it was cut out: rows as wide as its heading. */
export interface RawTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Piece[])[];
  readonly span: Span;
  /** Where the source itself says which text it is. */
  readonly caption?: { readonly text: string; readonly span: Span } | undefined;
  /** A line of the heading that states what all figures are in: `(Dollars in thousands)`. */
  readonly measure?: string | undefined;
}

/** What a finder says of the lines from `at` to `next`: a table, or why there is a doubtful one. */
export interface Found {
  readonly table?: RawTable;
  readonly omitted?: OmittedTable;
  /** Its first line, where that is above `at`. */
  readonly first?: number;
  readonly next: number;
}

/** Why a table was left out. `ragged`: rows of other widths than the heading; `fields`: names and values without a heading; `unsure`: columns that cannot be told apart for sure. */
export type OmittedTable = 'table-ragged' | 'table-fields' | 'table-unsure' | 'table-too-large';
