/** @file Runs of `Field: value` lines of plain text, as in profiles and forms. */
import type { Span } from '../document.ts';
import { linesOf } from './lines.ts';

/** A run of `Field: value` lines; each field's span is that of its value. */
export interface FieldRecord {
  readonly fields: readonly { readonly label: string; readonly value: string; readonly span: Span }[];
  readonly span: Span;
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
