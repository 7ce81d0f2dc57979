/**
 * @file Tables and records of plain text: Markdown pipe tables, lines in columns of figures, and runs of `Field: value` lines.
 */
import type { Span } from '../document.ts';

/** A cell, trimmed, and where it stands in the text. */
export interface Cell {
  readonly value: string;
  readonly span: Span;
}

/** A table by its header and body; `rows` are without the header. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly span: Span;
}

/** A run of `Field: value` lines; each field's span is that of its value. */
export interface FieldRecord {
  readonly fields: readonly { readonly label: string; readonly value: string; readonly span: Span }[];
  readonly span: Span;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const at = start;
    start += line.length + 1;
    return { text: line, start: at };
  });
}

/** The trimmed pieces of a line between the matches of `gap`. */
function split(line: Line, gap: RegExp): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  const add = (to: number): void => {
    const raw = line.text.slice(from, to);
    const start = line.start + from + (raw.length - raw.trimStart().length);
    const value = raw.trim();
    cells.push({ value, span: { start, end: start + value.length } });
  };
  for (const match of line.text.matchAll(gap)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(line.text.length);
  return cells;
}

/** Longer lines are prose, or no line of a table that anyone reads. */
const longestRow = 2000;

/** The cells of a row with or without outer pipes. */
function pipeCells(line: Line): Cell[] {
  if (!line.text.includes('|') || line.text.length > longestRow) return [];
  const cells = split(line, /(?<!\\)\|/g);
  const outer = /^\s*\|.*\|\s*$/.test(line.text) ? 1 : 0;
  return cells.slice(outer, cells.length - outer);
}
const isRule = (line: Line | undefined): boolean =>
  line !== undefined && /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/.test(line.text);

/** A table with a `| --- |` rule under its heading. Rows of another width than the heading end it. */
function pipeTable(lines: readonly Line[], at: number): { table: Table; lines: number } | undefined {
  const head = lines[at];
  const rule = lines[at + 1];
  if (head === undefined || rule === undefined || !isRule(rule)) return undefined;
  const columns = pipeCells(head).map((cell) => cell.value);
  if (columns.length === 0) return undefined;
  const rows: Cell[][] = [];
  let last = rule;
  for (let next = lines[at + 2]; next !== undefined; next = lines[at + 2 + rows.length]) {
    const row = pipeCells(next);
    if (row.length !== columns.length) break;
    rows.push(row);
    last = next;
  }
  return {
    table: { columns, rows, span: { start: head.start, end: last.start + last.text.length } },
    lines: rows.length + 2,
  };
}

/** Figures of a filing's column, `$ 1,234`, `(3.4)`, `12.5%`, `-`. */
const figure = '(?:[$€£¥] ?)?[-−(]?(?:[$€£¥] ?)?\\d[\\d,.]*\\)?%?|[-–—](?= |$)';
const figures = new RegExp(`^(\\S.*?\\S)((?: (?:${figure})){2,})$`);
const year = /^(?:19|20)\d{2}$/;

/** The cells of a line that is set out in columns: apart by tabs or several blanks, or words and then figures. */
function alignedCells(line: Line): Cell[] {
  const { text, start } = line;
  if (text.trim() === '' || text.length > longestRow || text.includes('|')) return [];
  if (/\S(?:\t| {2,})\s*\S/.test(text)) return split(line, /(?<=\S)(?:\t| {2,})\s*(?=\S)/g);
  const match = figures.exec(text);
  const [, label, rest] = match ?? [];
  if (label === undefined || rest === undefined || !/\p{L}/u.test(label)) return [];
  const cells = [...rest.matchAll(new RegExp(` (${figure})`, 'g'))].map(({ index, 1: value = '' }): Cell => {
    const at = start + label.length + index + 1;
    return { value, span: { start: at, end: at + value.length } };
  });
  return [{ value: label, span: { start, end: start + label.length } }, ...cells];
}

const leastRows = 2;
const isFigure = (cell: Cell): boolean =>
  /\d/.test(cell.value) && /^[-−(]?[$€£¥]? ?[-−(]?[\d,.]+\)?%?$/.test(cell.value);

/** Lines of one width in columns, under a heading of as many: its first row is words or years, and the others hold figures. */
function alignedTable(lines: readonly Line[], at: number): { table: Table; lines: number } | undefined {
  const [head, first] = [lines[at], lines[at + 1]];
  if (head === undefined || first === undefined || head.text.trim() === '' || !/\d/.test(first.text)) return undefined;
  const width = alignedCells(first).length;
  const columns = headCells(head, width);
  if (width < 2 || columns === undefined) return undefined;
  const rows: Cell[][] = [];
  let last = head;
  for (let next: Line | undefined = first; next !== undefined; next = lines[at + 1 + rows.length]) {
    const row = alignedCells(next);
    if (row.length !== width || !row.some(isFigure)) break;
    rows.push(row);
    last = next;
  }
  if (rows.length < leastRows) return undefined;
  return {
    table: { columns, rows, span: { start: head.start, end: last.start + last.text.length } },
    lines: rows.length + 1,
  };
}

/** Names of the columns, where the line above the rows gives as many. */
function headCells(line: Line, width: number): string[] | undefined {
  const cells = alignedCells(line).map(({ value }) => value);
  const named =
    cells.length === width && cells.slice(1).every((cell) => year.test(cell) || !/^[-−(]?[$€£¥]? ?\d/.test(cell));
  if (named) return cells;
  // After white space is made one, the words of a heading stand a blank apart.
  const words = line.text.trim().split(' ');
  const isHead =
    words.length === width &&
    line.text.length <= 120 &&
    words.every((word) => year.test(word) || /^\p{Lu}/u.test(word));
  return isHead ? words : undefined;
}

/** Pipe tables; and lines in columns of figures, as in filings and tab-separated text. */
export function findTables(text: string): Table[] {
  const lines = linesOf(text);
  const tables: Table[] = [];
  for (let i = 0; i < lines.length; ) {
    const found = pipeTable(lines, i) ?? alignedTable(lines, i);
    if (found !== undefined) tables.push(found.table);
    i += found?.lines ?? 1;
  }
  return tables;
}

const field = /^([A-Z][^:\n]{0,79}?): (\S.*)$/;

/** Runs of at least two `Field: value` lines, as in profiles and forms. */
export function findRecords(text: string): FieldRecord[] {
  const records: FieldRecord[] = [];
  let open: FieldRecord['fields'][number][] = [];
  const close = (): void => {
    const first = open[0];
    const last = open.at(-1);
    if (first !== undefined && last !== undefined && open.length >= 2) {
      records.push({ fields: open, span: { start: first.span.start - first.label.length - 2, end: last.span.end } });
    }
    open = [];
  };
  for (const line of linesOf(text)) {
    const match = field.exec(line.text);
    const [, label, value] = match ?? [];
    if (label === undefined || value === undefined) {
      close();
      continue;
    }
    const start = line.start + label.length + 2;
    open.push({ label, value, span: { start, end: start + value.length } });
  }
  close();
  return records;
}
