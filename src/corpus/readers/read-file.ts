/** @file One file through the reader of its format; whatever is wrong with it becomes a quarantine entry. */
import { fileBytes, gunzipBytes, utf8Bytes } from '../../records/bytes.ts';
import { quarantined } from '../../records/quarantined.ts';
import { defaultLimits, type ReadItem, type ReadLimits } from '../../records/reader.ts';
import { type DocumentFormat, formatOf, formats, readers } from './formats.ts';

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Column of the text in JSON lines, CSV and Parquet. */
  readonly textField?: string;
  /** What comes through standard input. Default `jsonl`. */
  readonly stdinFormat?: DocumentFormat;
}

interface Source {
  readonly id: string;
  readonly format: DocumentFormat;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly file: string | undefined;
}

const binaryFormats: ReadonlySet<DocumentFormat> = new Set(['parquet', 'epub', 'pdf']);

/** An error in the middle of a file keeps the documents before it. */
export async function* readSource(source: Source, options: ReadOptions): AsyncGenerator<ReadItem> {
  const { id, format, bytes, file } = source;
  const limits = { ...defaultLimits, ...options.limits };
  try {
    const input = { id, bytes: binaryFormats.has(format) ? bytes : utf8Bytes(bytes), file, limits };
    for await (const item of readers[format]({ ...input, textField: options.textField })) {
      const empty = item.type === 'document' && item.text.trim() === '';
      yield empty ? { type: 'quarantined', id: item.id, code: 'empty', reason: 'the document is empty' } : item;
    }
  } catch (error) {
    yield quarantined(id, error);
  }
}

export async function* readFile(file: string, id: string, options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  const { format, gzipped } = formatOf(file);
  if (format === undefined) {
    const reason = `not one of the formats that are read: ${formats.join(', ')}, each also as .gz`;
    yield { type: 'quarantined', id, code: 'unknown-format', reason };
    return;
  }
  const limits = { ...defaultLimits, ...options.limits };
  const bytes = gzipped ? gunzipBytes(fileBytes(file), limits) : fileBytes(file);
  yield* readSource({ id, format, bytes, file: gzipped ? undefined : file }, options);
}
