/**
 * @file Parquet, read a row group at a time. Rows of a group that would not fit the memory are refused before they are read.
 */

import { open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { messageOf } from '../errors.ts';
import { checkSize, collectBytes } from './bytes.ts';
import { int96Text, rowConverter, storedSchema } from './parquet-values.ts';
import { quarantined } from './quarantined.ts';
import { type Quarantined, QuarantineError, type ReadLimits, type Row, type RowReader } from './reader.ts';

interface RandomAccess {
  readonly byteLength: number;
  readonly slice: (start: number, end?: number) => ArrayBuffer | Promise<ArrayBuffer>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text, or the bytes where they are none: the row that holds them is set aside. */
function textOrBytes(bytes: Uint8Array | undefined): string | Uint8Array | undefined {
  if (bytes === undefined) return undefined;
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return bytes;
    throw error;
  }
}

const parsers = { stringFromBytes: textOrBytes, jsonFromBytes: textOrBytes, timestampFromNanoseconds: int96Text };

async function* rowsOf(file: RandomAccess, limits: ReadLimits): AsyncGenerator<() => Row['value']> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const convert = rowConverter(parquetSchema(metadata));
  const stored = { ...metadata, schema: storedSchema(metadata.schema) };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    // The footer's own word; a file that lies here fails on the page sizes when it is read.
    checkSize(Number(group.total_byte_size) / groupDocuments, limits);
    const rows = await parquetReadObjects({
      file,
      metadata: stored,
      rowStart,
      rowEnd,
      compressors,
      parsers,
      utf8: false,
    });
    for (const row of rows) yield () => convert(row);
    rowStart = rowEnd;
  }
}

/** A row group may hold this many documents of the largest size: 512 MiB by default. */
const groupDocuments = 8;

async function* openFile(file: string): AsyncGenerator<RandomAccess> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    yield {
      byteLength: size,
      slice: async (start, end = size) => {
        const bytes = new Uint8Array(Math.max(0, end - start));
        await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer;
      },
    };
  } finally {
    await handle.close();
  }
}

async function* inMemory(bytes: Uint8Array): AsyncGenerator<RandomAccess> {
  const buffer = Uint8Array.from(bytes).buffer;
  yield { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}

/** The next row. hyparquet throws plain errors on damaged files; whatever it throws is about the file. */
async function nextRow<T>(rows: AsyncGenerator<T>): Promise<IteratorResult<T>> {
  try {
    return await rows.next();
  } catch (cause) {
    if (cause instanceof QuarantineError) throw cause;
    const why = messageOf(cause);
    throw new QuarantineError('corrupt', `not readable as Parquet: ${why}`, { cause });
  }
}

function rowAt(id: string, number: number, make: () => Row['value']): Row | Quarantined {
  const row = `${id}#${number}`;
  try {
    return { type: 'row', id: row, value: make(), line: number };
  } catch (error) {
    return quarantined(row, error, number);
  }
}

/** Rows of Parquet, named by their number. A packed file is unpacked in memory, up to the size of one document. */
export const parquetRows: RowReader = async function* ({ id, bytes, file, limits }) {
  const sources = file === undefined ? inMemory(await collectBytes(bytes, limits)) : openFile(file);
  for await (const source of sources) {
    let number = 0;
    const rows = rowsOf(source, limits);
    for (let next = await nextRow(rows); next.done !== true; next = await nextRow(rows))
      yield rowAt(id, ++number, next.value);
  }
};
