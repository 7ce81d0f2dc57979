/**
 * @file A CSV file that was saved from a sheet: titles above the heading, two rows of headings, notes below. It is laid out as a sheet is.
 */
import path from 'node:path';
import { peekBytes } from '../../records/bytes.ts';
import { type CsvRecord, CsvRecords } from '../../records/csv-records.ts';
import { utf8Bytes } from '../../records/encoding.ts';
import type { RowInput } from '../../records/reader.ts';
import type { GridCell } from './office/grid.ts';
import { sheetText } from './office/sheet-regions.ts';
import type { RawDocument } from './reader.ts';

/** A longer file is read in a stream, as rows under one heading. */
const mostBytes = 2 ** 20;
const delimiters = [',', ';', '\t', '|'];
const leastRecords = 3;

/** Records by what stands between most fields. */
function recordsOf(text: string): { readonly records: CsvRecord[]; readonly width: number } {
  const cuts = delimiters.map((delimiter) => {
    const cutter = new CsvRecords(delimiter.charCodeAt(0), mostBytes);
    const records = [...cutter.push(text), ...cutter.end()];
    const widths = new Map<number, number>();
    for (const { fields = [] } of records) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
    widths.delete(1);
    const [width = 1, count = 0] = [...widths].reduce<[number, number]>(
      (most, next) => (next[1] > most[1] ? next : most),
      [1, 0],
    );
    return { records, width, count };
  });
  return cuts.reduce((best, next) => (next.count > best.count ? next : best));
}

const isFilled = (field: string): boolean => field.trim() !== '';
const filled = (fields: readonly string[]): number => fields.filter(isFilled).length;
const isFigure = (field: string): boolean =>
  /^[-+(]?[\d.,]*\d[\d.,]*[)%]?$/.test(field.trim()) && !/^(?:19|20)\d\d$/.test(field.trim());

const isTitle = (fields: readonly string[], width: number): boolean =>
  filled(fields) === 1 && isFilled(fields[0] ?? '') && (fields.length === 1 || width > 2);

/** Headings in two rows: blanks in the first one, names below, then figures. */
function hasTwoHeads([first = [], second = [], third = []]: readonly (readonly string[])[]): boolean {
  const names = [...first, ...second].filter(isFilled);
  return (
    first.length === second.length &&
    first.slice(1).some((field) => !isFilled(field)) &&
    filled(first) > 1 &&
    filled(second) * 2 > second.length &&
    !names.some(isFigure) &&
    third.some(isFigure)
  );
}

const note =
  /^(?:source|notes?|n\.?b|fuente|nota|quelle|anmerkung|примечание|источник|资料来源|数据来源|来源|注|说明)\b|^(?:资料来源|数据来源|来源|注|说明)/i;

/** Whether the records are those of a sheet, and not rows under one heading. */
function isSheet(records: readonly CsvRecord[], width: number): boolean {
  const rows = records.map(({ fields = [] }) => fields);
  const [first = []] = rows;
  if (width < 2 || rows.length < leastRecords) return false;
  const last = rows.at(-1) ?? [];
  return (
    isTitle(first, width) ||
    hasTwoHeads(rows) ||
    (filled(first) > 1 && width > 2 && isTitle(last, width) && note.test(last[0] ?? ''))
  );
}

/** A blank line parts tables. */
function cellsOf(records: readonly CsvRecord[]): Map<number, Map<number, GridCell>> {
  const cells = new Map<number, Map<number, GridCell>>();
  let [y, end] = [0, 1];
  for (const { line, fields = [] } of records) {
    if (line > end) y++;
    end = line + 1 + fields.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
    const row = new Map<number, GridCell>();
    for (const [x, field] of fields.entries()) if (isFilled(field)) row.set(x, { text: field.trim() });
    cells.set(y++, row);
  }
  return cells;
}

/** The document of a file that is a sheet; otherwise its bytes, which are to be read as rows. */
export async function csvSheet(
  input: RowInput & { readonly encoding?: string | undefined },
): Promise<RawDocument | AsyncIterable<Uint8Array>> {
  const peeked = await peekBytes(input.bytes, ({ length }) => length >= mostBytes);
  if (!peeked.complete) return peeked.bytes;
  const parts: Uint8Array[] = [];
  const head = (async function* () {
    yield peeked.head;
  })();
  for await (const part of utf8Bytes(head, input.encoding)) parts.push(part);
  const content = Buffer.concat(parts)
    .toString()
    .replace(/^\ufeff/, '');
  if (/[\0\ufffd]/.test(content)) return peeked.bytes;
  const { records, width } = recordsOf(content);
  if (!isSheet(records, width)) return peeked.bytes;
  const text = sheetText(cellsOf(records));
  return {
    type: 'document',
    id: input.id,
    title: path.posix.basename(input.id),
    text,
    metadata: { rows: records.length, columns: width },
  };
}
