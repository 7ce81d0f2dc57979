/**
 * @file Tables and records of plain text: Markdown pipe tables, and runs of `Field: value` lines.
 */
import type { Span } from '../document.ts';

export interface Cell {
  readonly value: string;
  readonly span: Span;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly span: Span;
}

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

const isRow = (line: Line | undefined): line is Line => line !== undefined && /^\s*\|.*\|\s*$/.test(line.text);

/** The cells between the bars, trimmed. */
function cells(line: Line): Cell[] {
  const bars = [...line.text.matchAll(/(?<!\\)\|/g)].map((match) => match.index);
  return bars.slice(0, -1).map((bar, i) => {
    const raw = line.text.slice(bar + 1, bars[i + 1]);
    const start = line.start + bar + 1 + (raw.length - raw.trimStart().length);
    const value = raw.trim();
    return { value, span: { start, end: start + value.length } };
  });
}

/** Pipe tables with a `| --- |` rule under their heading. Rows of another width than the heading end the table. */
export function findTables(text: string): Table[] {
  const lines = linesOf(text);
  const tables: Table[] = [];
  for (let i = 0; i < lines.length; i++) {
    const head = lines[i];
    const rule = lines[i + 1];
    if (!isRow(head) || rule === undefined || !/^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(rule.text)) continue;
    const columns = cells(head).map((cell) => cell.value);
    const rows: Cell[][] = [];
    let last: Line = rule;
    for (let next = lines[i + 2]; isRow(next); next = lines[i + 2 + rows.length]) {
      const row = cells(next);
      if (row.length !== columns.length) break;
      rows.push(row);
      last = next;
    }
    tables.push({ columns, rows, span: { start: head.start, end: last.start + last.text.length } });
    i += rows.length + 1;
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
