/**
 * @file One row of a tabular file (a JSON object, a line of CSV, a row of Parquet) as a document: one column is the text, and
 * the scalar ones beside it are metadata. Rows without such a column are a table.
 */
import { isUtf8 } from 'node:buffer';
import { quarantined } from '../../records/quarantined.ts';
import { formatRows } from '../../records/read-rows.ts';
import { type Quarantined, QuarantineError, type Row, type RowFormat } from '../../records/reader.ts';
import { csvSheet } from './csv-sheet.ts';
import type { RawDocument, Reader } from './reader.ts';
import { isTableRow, tableDocuments } from './row-table.ts';
import { chatDocuments, isChatRow } from './talk/chat-rows.ts';
import { messageText } from './talk/message-rows.ts';

/** Names under which published corpora keep the text, in order of preference. */
const textFields = ['text', 'content', 'context', 'document', 'body'] as const;

/** Old Parquet writers do not say of a text column that it is one. */
const asText = (value: unknown): unknown =>
  value instanceof Uint8Array && isUtf8(value) ? Buffer.from(value).toString() : value;

/** @throws QuarantineError `no-text-field`. */
export function rowDocument(
  id: string,
  row: Readonly<Record<string, unknown>>,
  textField: string | undefined,
): RawDocument {
  const column = textField ?? textFields.find((name) => typeof asText(row[name]) === 'string');
  const talk = column === undefined ? messageText(row) : undefined;
  const field = column ?? talk?.column;
  const text = talk?.text ?? (column === undefined ? undefined : asText(row[column]));
  if (field === undefined || typeof text !== 'string') {
    const message = `no text in ${textField ?? textFields.join(', ')}; the row has ${Object.keys(row).slice(0, 12).join(', ')}`;
    throw new QuarantineError('no-text-field', message);
  }
  const metadata: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(row)) {
    if (name === field) continue;
    // A number would lose digits, and is compared as one.
    if (typeof value === 'bigint') metadata[name] = String(value);
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      metadata[name] = value;
  }
  const { title } = metadata;
  // An empty column states nothing.
  const licence = [metadata.licence, metadata.license].find(
    (value) => typeof value === 'string' && value.trim() !== '',
  );
  return {
    type: 'document',
    id,
    text,
    metadata,
    ...(typeof title === 'string' && title.trim() !== '' ? { title } : {}),
    ...(typeof licence === 'string' ? { licence: licence.trim() } : {}),
  };
}

/** Whether a row has no column that documents are read from. */
const hasNoText = (row: Readonly<Record<string, unknown>>): boolean => !textFields.some((name) => name in row);

/** The reader of documents over the rows of a format: rows with a text are documents, others a table together. */
export const documentsOf = (format: RowFormat): Reader =>
  async function* (input) {
    const sheet = (format === 'csv' || format === 'tsv') && input.textField === undefined;
    const read = sheet ? await csvSheet(input) : input.bytes;
    if ('type' in read) {
      yield read;
      return;
    }
    const rows = formatRows(format, { ...input, bytes: read }, input.encoding);
    let first = true;
    const documentOf = (row: Row): RawDocument | Quarantined => {
      try {
        return rowDocument(row.id, row.value, input.textField);
      } catch (error) {
        return quarantined(row.id, error, row.line);
      }
    };
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      const row = next.value;
      if (first && row.type === 'row' && input.textField === undefined && isChatRow(row.value)) {
        yield* chatDocuments(input.id, row, rows, documentOf);
        return;
      }
      if (
        first &&
        row.type === 'row' &&
        input.textField === undefined &&
        hasNoText(row.value) &&
        isTableRow(row.value)
      ) {
        yield* tableDocuments(input.id, row, rows);
        return;
      }
      first &&= row.type !== 'row';
      yield row.type === 'row' ? documentOf(row) : row;
    }
  };
