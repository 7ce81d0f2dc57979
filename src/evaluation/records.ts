/**
 * @file The records of a benchmark's original files, one at a time whatever their size: JSON lines, JSON arrays, Parquet, CSV.
 * A file named `.json` may hold lines (BFCL) or an array (LongMemEval); the first character tells.
 */
import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { fileError } from '../storage/files.ts';
import { readLines } from '../storage/lines.ts';

export type DataRecord = Readonly<Record<string, unknown>>;

const corrupt = (place: string, why: string): InputError =>
  new InputError(
    'record-corrupt',
    `${place}: ${why}`,
    'Fetch the file again; its hash is in the README of its source.',
  );

function parse(text: string, place: string): DataRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw corrupt(place, `got ${JSON.stringify(text.slice(0, 60))}, expected a JSON object`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as DataRecord;
  throw corrupt(place, `got ${JSON.stringify(text.slice(0, 60))}, expected a JSON object`);
}

/** The elements of a top-level JSON array as texts; brackets inside of strings do not count. */
async function* arrayElements(file: string): AsyncGenerator<string> {
  let depth = 0;
  let [quoted, escaped] = [false, false];
  let element = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const text = String(chunk);
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (quoted) {
        if (escaped) escaped = false;
        else if (code === 0x5c) escaped = true;
        else if (code === 0x22) quoted = false;
      } else if (code === 0x22) quoted = true;
      else if (code === 0x5b || code === 0x7b) {
        if (depth === 0) from = i + 1;
        depth++;
      } else if (code === 0x5d || code === 0x7d || (code === 0x2c && depth === 1)) {
        if (code !== 0x2c) depth--;
        if (depth > 1 || (depth === 1 && code !== 0x2c)) continue;
        element += text.slice(from, i);
        if (element.trim() !== '') yield element;
        element = '';
        from = i + 1;
      }
    }
    if (depth > 0) element += text.slice(from);
  }
  if (depth !== 0) throw corrupt(file, 'the JSON array does not end');
}

async function firstCharacter(file: string): Promise<string> {
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 4096 })) {
    const character = String(chunk).trimStart().charAt(0);
    if (character !== '') return character;
  }
  return '';
}

async function* jsonRecords(file: string): AsyncGenerator<DataRecord> {
  const lines = /\.(jsonl|ndjson)$/i.test(file) || (await firstCharacter(file)) !== '[';
  if (lines) {
    for await (const { line, number } of readLines(file)) yield parse(line, `${file}:${number}`);
    return;
  }
  let index = 0;
  for await (const element of arrayElements(file)) yield parse(element, `${file}[${index++}]`);
}

/** Parquet holds whole numbers as bigint; those of a benchmark fit a number. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
};

async function* parquetRecords(file: string): AsyncGenerator<DataRecord> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch((cause: unknown) => {
    throw corrupt(file, `no Parquet file (${cause instanceof Error ? cause.message : String(cause)})`);
  });
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart, rowEnd });
    for (const row of rows) yield plain(row) as DataRecord;
    rowStart = rowEnd;
  }
}

/** RFC 4180 with a header line; quoted fields may hold line ends. */
async function* csvRecords(file: string): AsyncGenerator<DataRecord> {
  let text = '';
  for await (const chunk of createReadStream(file, 'utf8')) text += String(chunk);
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/gy;
  for (const match of text.replace(/^\ufeff/, '').matchAll(field)) {
    if (match[0] === '' && match.index > 0) break;
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',' && match[3] !== '') rows.push([]);
  }
  const [head = [], ...body] = rows;
  for (const row of body) {
    if (row.length <= 1 && (row[0] ?? '') === '') continue;
    yield Object.fromEntries(head.map((name, column) => [name, row[column] ?? '']));
  }
}

/**
 * The records of a file.
 *
 * @throws InputError when it is missing, of another format, or broken
 */
export async function* readRecords(file: string): AsyncGenerator<DataRecord> {
  try {
    if (/\.parquet$/i.test(file)) yield* parquetRecords(file);
    else if (/\.csv$/i.test(file)) yield* csvRecords(file);
    else yield* jsonRecords(file);
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}

async function* walk(folder: string, depth: number): AsyncGenerator<string> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth > 0) yield* walk(place, depth - 1);
    } else yield place;
  }
}

/**
 * The files of a benchmark under a path: the path itself where it is a file, else those whose names match.
 *
 * @throws InputError naming what was looked for
 */
export async function findFiles(place: string, names: RegExp, described: string): Promise<string[]> {
  const kind = await stat(place).catch((error: unknown) => {
    throw fileError(error, place, 'read');
  });
  if (kind.isFile()) return [place];
  const found: string[] = [];
  for await (const file of walk(place, 3)) if (names.test(path.basename(file))) found.push(file);
  if (found.length > 0) return found;
  throw new InputError('data-missing', `${place}: got no file named as expected (${described}).`);
}

/** SHA-256 of a file, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const kinds = { string: 'text', number: 'a number', array: 'a list', object: 'an object' } as const;

function need(record: DataRecord, name: string, place: string, kind: keyof typeof kinds): unknown {
  const value = record[name];
  const got = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (got === kind) return value;
  throw corrupt(place, `field "${name}" is ${value === undefined ? 'missing' : `${got}`}, expected ${kinds[kind]}`);
}

/** Fields with the type that a benchmark needs. @throws InputError naming file, record and field */
export const fieldsOf = (record: DataRecord, place: string) => ({
  text: (name: string): string => need(record, name, place, 'string') as string,
  number: (name: string): number => need(record, name, place, 'number') as number,
  list: (name: string): readonly unknown[] => need(record, name, place, 'array') as readonly unknown[],
  texts: (name: string): readonly string[] => (need(record, name, place, 'array') as readonly unknown[]).map(String),
  /** Text of a field that may be absent or of another type. */
  maybe: (name: string): string => {
    const value = record[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  },
});
