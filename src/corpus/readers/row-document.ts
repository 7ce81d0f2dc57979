/**
 * @file One row of a tabular file (a JSON object, a line of CSV, a row of Parquet) as a document: one column is the text, and
 * the scalar ones beside it are metadata.
 */
import { quarantined } from '../../records/quarantined.ts';
import {
  type Quarantined,
  QuarantineError,
  type RawDocument,
  type Reader,
  type ReaderInput,
  type Row,
} from '../../records/reader.ts';

/** Names under which published corpora keep the text, in order of preference. */
const textFields = ['text', 'content', 'context', 'document', 'body'] as const;

/** @throws QuarantineError `no-text-field` or `empty`. */
export function rowDocument(
  id: string,
  row: Readonly<Record<string, unknown>>,
  textField: string | undefined,
): RawDocument {
  const field = textField ?? textFields.find((name) => typeof row[name] === 'string');
  const text = field === undefined ? undefined : row[field];
  if (field === undefined || typeof text !== 'string') {
    const message = `no text in ${textField ?? textFields.join(', ')}; the row has ${Object.keys(row).slice(0, 12).join(', ')}`;
    throw new QuarantineError('no-text-field', message);
  }
  const metadata: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(row)) {
    if (name === field) continue;
    if (typeof value === 'bigint') metadata[name] = Number(value);
    else if (value instanceof Date) metadata[name] = value.toISOString();
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

/** The reader of documents over a reader of rows. */
export const documentsOf = (rows: (input: ReaderInput) => AsyncGenerator<Row | Quarantined>): Reader =>
  async function* (input) {
    for await (const row of rows(input)) {
      try {
        yield row.type === 'row' ? rowDocument(row.id, row.value, input.textField) : row;
      } catch (error) {
        yield quarantined(row.id, error);
      }
    }
  };
