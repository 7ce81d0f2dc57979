/**
 * @file Upstream records as Parquet, with the nested columns that trainers expect. Row groups are small, because a long
 * prompt is half a megabyte and a reader should be able to look at ten rows without loading a thousand.
 */

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { fileError } from '../storage/files.ts';
import type { FileSummary } from '../storage/lines.ts';
import { abandonPartial, publishPartial } from '../storage/partial-file.ts';
import type { UpstreamRecord } from './upstream.ts';

/** A required column of UTF-8. */
export const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'REQUIRED',
});
const integer = (name: string): SchemaElement => ({ name, type: 'INT32', repetition_type: 'REQUIRED' });
/** A required struct; its `children` follow it in the schema, depth first. */
export const group = (name: string, children: number): SchemaElement => ({
  name,
  num_children: children,
  repetition_type: 'REQUIRED',
});
/** A required list in the three levels that readers of Parquet expect. */
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

/** Columns and types of `UpstreamRecord`, as verl reads them. */
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

const columnsOf = (rows: readonly object[], { columns }: ParquetTable) =>
  columns.map((name) => ({ name, data: rows.map((row) => (row as Record<string, unknown>)[name]) }));

/** Writes upstream records to a Parquet file. @throws ResourceError when the disk is full. */
export function writeParquet(
  file: string,
  records: Iterable<UpstreamRecord> | AsyncIterable<UpstreamRecord>,
): Promise<FileSummary> {
  return writeTable(file, upstreamTable, records);
}

/** Writes rows one by one (snappy), a row group at a time, beside the target; puts the file in place at the end. */
export class TableWriter {
  private readonly file: string;
  private readonly table: ParquetTable;
  private readonly descriptor: number;
  private readonly chunks = new Chunks();
  private readonly writer: ParquetWriter;
  private readonly hash = createHash('sha256');
  private rows: object[] = [];
  private characters = 0;
  private bytes = 0;

  /** @throws ResourceError when the disk is full, as all of it does. */
  constructor(file: string, table: ParquetTable) {
    this.file = file;
    this.table = table;
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      this.descriptor = openSync(`${file}.partial`, 'w');
    } catch (error) {
      throw fileError(error, file, 'write');
    }
    this.writer = new ParquetWriter({ writer: this.chunks, schema: table.schema, createdBy: 'golongrl' });
  }

  add(row: object): void {
    this.rows.push(row);
    this.characters += sizeOf(row);
    if (this.rows.length >= groupRows || this.characters >= groupCharacters) this.writeGroup();
  }

  private writeGroup(): void {
    const { rows, table } = this;
    this.rows = [];
    this.characters = 0;
    if (rows.length > 0) this.writer.write({ columnData: columnsOf(rows, table), rowGroupSize: rows.length });
    this.flush();
  }

  private flush(): void {
    const bytes = this.chunks.take();
    this.hash.update(bytes);
    this.bytes += bytes.length;
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at);
    } catch (error) {
      throw fileError(error, this.file, 'write');
    }
  }

  /** Writes what waits and closes the file, which stays beside the target. */
  close(): FileSummary {
    this.writeGroup();
    this.writer.finish();
    this.flush();
    try {
      fsyncSync(this.descriptor);
      closeSync(this.descriptor);
    } catch (error) {
      throw fileError(error, this.file, 'write');
    }
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  publish(): void {
    publishPartial(this.file);
  }

  /** Gives the file up; the old one, if any, stays. */
  abandon(): void {
    abandonPartial(this.file, this.descriptor);
  }
}

/**
 * Writes rows to a Parquet file, atomically.
 *
 * @throws ResourceError when the disk is full.
 */
export async function writeTable(
  file: string,
  table: ParquetTable,
  records: Iterable<object> | AsyncIterable<object>,
): Promise<FileSummary> {
  const writer = new TableWriter(file, table);
  try {
    for await (const record of records) writer.add(record);
    const summary = writer.close();
    writer.publish();
    return summary;
  } catch (error) {
    writer.abandon();
    throw fileError(error, file, 'write');
  }
}
