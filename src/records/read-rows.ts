/**
 * @file The records of tabular files (JSON lines, JSON, CSV, Parquet, each also gzipped) as they are, for whoever knows their columns.
 * What cannot be read is set aside with its reason, and the rest is read.
 */
import { fileBytes, gunzipBytes, utf8Bytes } from './bytes.ts';
import { csvRows } from './csv.ts';
import { inputFiles } from './input-files.ts';
import { jsonRows } from './json.ts';
import { jsonlRows } from './jsonl.ts';
import { parquetRows } from './parquet.ts';
import { quarantined } from './quarantined.ts';
import { defaultLimits, type Quarantined, type ReaderInput, type ReadLimits, type Row } from './reader.ts';

const rowReaders: Readonly<Record<string, (input: ReaderInput) => AsyncGenerator<Row | Quarantined>>> = {
  jsonl: jsonlRows,
  ndjson: jsonlRows,
  json: jsonRows,
  csv: csvRows,
  parquet: parquetRows,
};
export const rowFormats = Object.keys(rowReaders);

/** Parquet has whole numbers as bigint and times as Date; JSON has neither. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
};

async function* rowsOfFile(file: string, id: string, limits: ReadLimits): AsyncGenerator<Row | Quarantined> {
  const gzipped = file.toLowerCase().endsWith('.gz');
  const end = /\.([a-z0-9]+)$/.exec(file.toLowerCase().replace(/\.gz$/, ''))?.[1] ?? '';
  const reader = rowReaders[end];
  if (reader === undefined) {
    const reason = `not one of the formats that are read: ${rowFormats.join(', ')}, each also as .gz`;
    yield { type: 'quarantined', id, code: 'unknown-format', reason };
    return;
  }
  try {
    const bytes = gzipped ? gunzipBytes(fileBytes(file), limits) : fileBytes(file);
    const input = {
      id,
      bytes: end === 'parquet' ? bytes : utf8Bytes(bytes),
      file: gzipped ? undefined : file,
      limits,
      textField: undefined,
    };
    for await (const row of reader(input))
      yield row.type === 'row' ? { ...row, value: plain(row.value) as Row['value'] } : row;
  } catch (error) {
    yield quarantined(id, error);
  }
}

/** @throws InputError when a target does not exist. */
export async function* readRows(
  targets: readonly string[],
  limits: Partial<ReadLimits> = {},
): AsyncGenerator<Row | Quarantined> {
  for (const target of targets)
    for await (const item of inputFiles(target))
      if (item.type === 'quarantined') yield item;
      else yield* rowsOfFile(item.file, item.id, { ...defaultLimits, ...limits });
}
