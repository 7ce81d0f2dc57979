/**
 * @file A file of rows without a column of text is a table: it becomes documents of pipe tables, each of bounded size with the heading of
 * its own, in a stream.
 */
import path from 'node:path';
import { type Quarantined, QuarantineError, type Row, type RowValue } from '../../records/reader.ts';
import { renderTable } from '../tables/render-table.ts';
import type { RawDocument } from './reader.ts';

/** A part ends with whichever comes first. */
const [mostRows, mostCharacters] = [2000, 400_000];
const mostColumns = 300;
/** A longer text is cut, and the part's `cutCells` counts it. */
const longestCell = 200;
/** A row with one of this length is no row of a table: its text is in a column that was not named. */
const longestText = 2000;
/** Columns that hold a conversation. */
const talks = new Set(['messages', 'conversation', 'conversations', 'dialogue', 'dialog', 'turns', 'chat']);

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object' || value instanceof Date;

/** Several columns, most of them plain values, none a long text or a conversation. */
export function isTableRow(row: RowValue): boolean {
  const columns = Object.entries(row);
  const long = columns.some(([, value]) => typeof value === 'string' && value.length > longestText);
  const plain = columns.filter(([, value]) => isScalar(value)).length;
  return (
    columns.length > 1 &&
    !long &&
    plain * 2 > columns.length &&
    !columns.some(([name]) => talks.has(name.toLowerCase()))
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
}

/** Plain values inside of an object are columns under its name. */
function flat([name, held]: readonly [string, unknown]): (readonly [string, unknown])[] {
  if (typeof held !== 'object' || held === null || Object.getPrototypeOf(held) !== Object.prototype)
    return [[name, held]];
  const inner = Object.entries(held);
  return inner.length > 0 && inner.every(([, value]) => isScalar(value))
    ? inner.map(([key, value]) => [`${name} / ${key}`, value])
    : [[name, held]];
}

/** Rows that are gathered for one document. */
class Part {
  private readonly columns = new Map<string, number>();
  private readonly rows: string[][] = [];
  private characters = 0;
  private cut = 0;
  private readonly first: number;

  constructor(first: number) {
    this.first = first;
  }

  get full(): boolean {
    return this.rows.length >= mostRows || this.characters >= mostCharacters;
  }

  /** @throws QuarantineError for a row that no table can be laid out from */
  add(value: RowValue): void {
    const cells: string[] = [];
    for (const [name, held] of Object.entries(value).flatMap(flat)) {
      const column = this.columns.get(name) ?? this.columns.size;
      if (column >= mostColumns)
        throw new QuarantineError('too-large', `over ${mostColumns} columns; a table has at most so many`);
      this.columns.set(name, column);
      cells[column] = this.cell(textOf(held));
    }
    this.rows.push(Array.from(cells, (cell) => cell ?? ''));
  }

  private cell(text: string): string {
    this.characters += Math.min(text.length, longestCell) + 3;
    if (text.length <= longestCell) return text;
    this.cut++;
    // Half of a pair of surrogates is no character.
    return `${text.slice(0, longestCell).replace(/[\ud800-\udbff]$/, '')}…`;
  }

  document(id: string, alone: boolean): RawDocument {
    const last = this.first + this.rows.length - 1;
    const name = path.posix.basename(id);
    return {
      type: 'document',
      id: alone ? id : `${id}#rows ${this.first}-${last}`,
      title: alone ? name : `${name}, rows ${this.first}-${last}`,
      text: renderTable({ header: [[...this.columns.keys()]], rows: this.rows }),
      metadata: {
        rows: this.rows.length,
        columns: this.columns.size,
        ...(this.cut === 0 ? {} : { cutCells: this.cut }),
      },
    };
  }
}

/**
 * The documents of a table: one that is called by its file, or parts called `file.csv#rows 1-2000`. Holds one part.
 *
 * @param rows What comes after `first`.
 */
export async function* tableDocuments(
  id: string,
  first: Row,
  rows: AsyncIterator<Row | Quarantined>,
): AsyncGenerator<RawDocument | Quarantined> {
  let part = new Part(1);
  part.add(first.value);
  let count = 1;
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
    if (next.value.type === 'quarantined') {
      yield next.value;
      continue;
    }
    if (part.full) {
      yield part.document(id, false);
      part = new Part(count + 1);
    }
    part.add(next.value.value);
    count++;
  }
  const { columns, rows: left } = part.document(id, true).metadata;
  if (count === 1)
    throw new QuarantineError('no-text-field', `no column of text, and no table in one row of ${columns} columns`);
  yield part.document(id, left === count);
}
