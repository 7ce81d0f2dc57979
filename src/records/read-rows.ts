/**
 * @file The rows of tabular files (JSON lines, JSON, CSV, TSV, Parquet, each also gzipped), for every part that reads any. What cannot be
 * read is set aside with file, line and reason, and the rest is read; `goodRows` and `readRecords` end at the first of these instead.
 */
import { stat } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { fileError } from '../storage/files.ts';
import { fileBytes, gunzipBytes } from './bytes.ts';
import { csvRows, tsvRows } from './csv.ts';
import { utf8Bytes } from './encoding.ts';
import { inputFiles } from './input-files.ts';
import { jsonRows } from './json.ts';
import { jsonlRows } from './jsonl.ts';
import { quarantined } from './quarantined.ts';
import {
  defaultLimits,
  type Quarantined,
  type ReadLimits,
  type Row,
  type RowFormat,
  type RowInput,
  type RowReader,
  type RowValue,
  rowFormats,
  rowSynonyms,
} from './reader.ts';

/** Loads the decompressors only where there is something for them. */
const parquetRows: RowReader = async function* (input) {
  const parquet = await import('./parquet.ts');
  yield* parquet.parquetRows(input);
};

const readers: Readonly<Record<RowFormat, RowReader>> = {
  jsonl: jsonlRows,
  json: jsonRows,
  csv: csvRows,
  tsv: tsvRows,
  parquet: parquetRows,
};

/** How rows are read. */
export interface ReadRowsOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Of text files, a WHATWG label such as `gb18030`. Default: told from the bytes. */
  readonly encoding?: string;
  /** `whole`: one JSON object is one row, whatever it holds. Default `rows`: the rows that its layout says. */
  readonly layout?: 'rows' | 'whole';
  /** Of files whose names end in no known way; without it they are set aside. */
  readonly otherwise?: RowFormat;
}

/** @example rowFormatOf('a/b.NDJSON.gz') // { format: 'jsonl', gzipped: true } */
export function rowFormatOf(file: string): { readonly format: RowFormat | undefined; readonly gzipped: boolean } {
  const name = file.toLowerCase();
  const gzipped = name.endsWith('.gz');
  const end = /\.([a-z0-9]+)$/.exec(gzipped ? name.slice(0, -3) : name)?.[1] ?? '';
  return { format: rowFormats.find((format) => format === end) ?? rowSynonyms[end], gzipped };
}

/**
 * The rows of a stream of one format; its bytes are unpacked, and in any encoding.
 *
 * @throws QuarantineError for what ends the file; the rows before it are given
 */
export function formatRows(format: RowFormat, input: RowInput, encoding?: string): AsyncGenerator<Row | Quarantined> {
  const bytes = format === 'parquet' ? input.bytes : utf8Bytes(input.bytes, encoding);
  return readers[format]({ ...input, bytes });
}

/** The rows of one file, which are named after `id`. */
async function* rowsOfFile(file: string, id: string, options: ReadRowsOptions): AsyncGenerator<Row | Quarantined> {
  const { encoding, layout, otherwise } = options;
  const { format = otherwise, gzipped } = rowFormatOf(file);
  if (format === undefined) {
    const reason = `not one of the formats that are read: ${rowFormats.join(', ')}, each also as .gz`;
    yield { type: 'quarantined', id, code: 'unknown-format', reason };
    return;
  }
  const limits = { ...defaultLimits, ...options.limits };
  const bytes = gzipped ? gunzipBytes(fileBytes(file), limits) : fileBytes(file);
  try {
    yield* formatRows(format, { id, bytes, file: gzipped ? undefined : file, limits, layout }, encoding);
  } catch (error) {
    yield quarantined(id, error);
  }
}

/**
 * The rows of files, folders and patterns, in order of path, and what had to be set aside.
 *
 * @throws InputError when a target does not exist
 * @throws UsageError when the encoding has no such name
 * @example for await (const row of readRows(['train', 'more.csv.gz'])) if (row.type === 'row') console.log(row.id, row.value)
 */
export async function* readRows(
  targets: readonly string[],
  options: ReadRowsOptions = {},
): AsyncGenerator<Row | Quarantined> {
  for (const target of targets)
    for await (const item of inputFiles(target))
      if (item.type === 'quarantined') yield item;
      else yield* rowsOfFile(item.file, item.id, options);
}

/**
 * The rows of one file, which is called by the path that is given, also in what is set aside.
 *
 * @throws InputError when there is no such file
 */
export async function* readFileRows(file: string, options: ReadRowsOptions = {}): AsyncGenerator<Row | Quarantined> {
  const found = await stat(file).catch((error: unknown) => {
    throw fileError(error, file, 'read');
  });
  if (!found.isFile()) throw new InputError('not-a-file', `Cannot read ${file}: it is not a file.`);
  yield* rowsOfFile(file, file, options);
}

/** Where a row stands: `file:line`, or the file alone. */
const placeOf = ({ id, line }: Quarantined): string =>
  line === undefined ? id : `${id.slice(0, id.lastIndexOf('#') >>> 0)}:${line}`;

/** The error that a thing set aside is, for whoever cannot go on without it. */
export const rowError = (item: Quarantined, hint?: string): InputError =>
  new InputError('record-corrupt', `${placeOf(item)}: ${item.reason}`, hint);

/**
 * Rows alone.
 *
 * @throws InputError `record-corrupt` with file, line and reason at the first thing that was set aside
 */
export async function* goodRows(rows: AsyncIterable<Row | Quarantined>, hint?: string): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (row.type === 'quarantined') throw rowError(row, hint);
    yield row;
  }
}

/**
 * The values of one file's rows.
 *
 * @throws InputError when it is missing, of another format, or has a bad row, which it names
 */
export async function* readRecords(file: string, options: ReadRowsOptions = {}): AsyncGenerator<RowValue> {
  for await (const { value } of goodRows(readFileRows(file, options))) yield value;
}
