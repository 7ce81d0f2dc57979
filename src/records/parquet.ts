/**
 * @file Parquet: read a row group at a time. Rows of a group that would not fit the memory are refused
 * before they are read.
 */
import { open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { documentsOf } from '../corpus/readers/row-document.ts';
import { checkSize, collectBytes } from './bytes.ts';
import { type Quarantined, QuarantineError, type ReaderInput, type ReadLimits, type Row } from './reader.ts';

interface RandomAccess {
  readonly byteLength: number;
  readonly slice: (start: number, end?: number) => ArrayBuffer | Promise<ArrayBuffer>;
}

async function* rowsOf(file: RandomAccess, limits: ReadLimits): AsyncGenerator<Record<string, unknown>> {
  const metadata = await parquetMetadataAsync(file);
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    // The footer's own word; a file that lies here fails on the page sizes when it is read.
    checkSize(Number(group.total_byte_size) / groupDocuments, limits);
    yield* await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: end, compressors });
    start = end;
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

export async function* parquetRows({ id, bytes, file, limits }: ReaderInput): AsyncGenerator<Row | Quarantined> {
  const sources = file === undefined ? inMemory(await collectBytes(bytes, limits)) : openFile(file);
  for await (const source of sources) {
    let number = 0;
    const rows = rowsOf(source, limits);
    for (;;) {
      let next: IteratorResult<Record<string, unknown>>;
      try {
        next = await rows.next();
      } catch (cause) {
        if (cause instanceof QuarantineError) throw cause;
        // hyparquet throws plain errors on damaged files; whatever it throws here is about the file.
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new QuarantineError('corrupt', `not readable as Parquet: ${why}`, { cause });
      }
      if (next.done === true) break;
      yield { type: 'row', id: `${id}#${++number}`, value: next.value };
    }
  }
}

export const readParquet = documentsOf(parquetRows);
