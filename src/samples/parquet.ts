/**
 * @file Upstream records as Parquet, with the nested columns that trainers expect. Row groups are small, because a long
 * prompt is half a megabyte and a reader should be able to look at ten rows without loading a thousand.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { fileError } from '../runs/files.ts';
import type { FileSummary } from './lines.ts';
import type { UpstreamRecord } from './upstream.ts';

export const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'REQUIRED',
});
const integer = (name: string): SchemaElement => ({ name, type: 'INT32', repetition_type: 'REQUIRED' });
export const group = (name: string, children: number): SchemaElement => ({
  name,
  num_children: children,
  repetition_type: 'REQUIRED',
});
export const list = (name: string, element: readonly SchemaElement[]): SchemaElement[] => [
  { name, num_children: 1, repetition_type: 'REQUIRED', converted_type: 'LIST' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  ...element,
];

/** Columns of a file, in order, and their types. */
export interface ParquetTable {
  readonly columns: readonly string[];
  readonly schema: SchemaElement[];
}

const schema: SchemaElement[] = [
  { name: 'root', num_children: 5 },
  text('data_source'),
  ...list('prompt', [group('element', 2), text('role'), text('content')]),
  text('ability'),
  group('reward_model', 2),
  text('style'),
  group('ground_truth', 3),
  ...list('doc_ids', [text('element')]),
  text('golden_label'),
  text('summary'),
  group('extra_info', 10),
  integer('index'),
  text('split'),
  text('reward_mode'),
  text('question'),
  text('ability'),
  text('sample_id'),
  text('rendering'),
  integer('tokens'),
  text('cluster'),
  text('provenance'),
];

export const upstreamTable: ParquetTable = {
  columns: ['data_source', 'prompt', 'ability', 'reward_model', 'extra_info'],
  schema,
};

/** A row group holds at most this many rows, or this many characters of prompt. */
const groupRows = 1000;
const groupCharacters = 16 << 20;

/** Gives the writer's bytes away after each row group. */
class Chunks extends ByteWriter {
  take(): Uint8Array {
    const bytes = new Uint8Array(this.getBytes());
    this.index = 0;
    return bytes;
  }
}

/** Characters of a row, about: what is longest in it are the messages. */
function sizeOf(row: object): number {
  const [messages] = Object.values(row).filter(Array.isArray);
  const content: unknown = messages?.[0]?.content;
  return typeof content === 'string' ? content.length : 0;
}

async function* rowGroups<T extends object>(records: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T[]> {
  let rows: T[] = [];
  let size = 0;
  for await (const record of records) {
    rows.push(record);
    size += sizeOf(record);
    if (rows.length < groupRows && size < groupCharacters) continue;
    yield rows;
    rows = [];
    size = 0;
  }
  if (rows.length > 0) yield rows;
}

const columnsOf = (rows: readonly object[], { columns }: ParquetTable) =>
  columns.map((name) => ({ name, data: rows.map((row) => (row as Record<string, unknown>)[name]) }));

/** Writes upstream records to a Parquet file. @throws ResourceError when the disk is full. */
export function writeParquet(
  file: string,
  records: Iterable<UpstreamRecord> | AsyncIterable<UpstreamRecord>,
): Promise<FileSummary> {
  return writeTable(file, upstreamTable, records);
}

/**
 * Writes rows to a Parquet file (snappy), a row group at a time, atomically.
 *
 * @throws ResourceError when the disk is full.
 */
export async function writeTable(
  file: string,
  table: ParquetTable,
  records: Iterable<object> | AsyncIterable<object>,
): Promise<FileSummary> {
  const temporary = `${file}.partial`;
  const hash = createHash('sha256');
  let size = 0;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const handle = openSync(temporary, 'w');
    try {
      const chunks = new Chunks();
      const writer = new ParquetWriter({ writer: chunks, schema: table.schema, createdBy: 'golongrl' });
      const flush = (): void => {
        const bytes = chunks.take();
        hash.update(bytes);
        size += bytes.length;
        for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      };
      for await (const rows of rowGroups(records)) {
        writer.write({ columnData: columnsOf(rows, table), rowGroupSize: rows.length });
        flush();
      }
      writer.finish();
      flush();
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(error, file, 'write');
  }
  return { bytes: size, sha256: hash.digest('hex') };
}
