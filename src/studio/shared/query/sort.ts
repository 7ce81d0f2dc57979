/** @file Rows in the order of a column; `-reward` is from the highest down. Equal ones keep their order, and what is absent comes last. */
import { unknownValue } from '../../../errors.ts';
import type { RolloutColumns } from './columns.ts';
import { fieldNames, type NumberField, numberFields, reader, type WordField, wordFields } from './fields.ts';

/** Ranks of words in the order of the alphabet. */
function rankOf(list: readonly string[]): Float64Array {
  const order = [...list.keys()].sort((a, b) => ((list[a] ?? '') < (list[b] ?? '') ? -1 : 1));
  const ranks = new Float64Array(list.length);
  order.forEach((number, rank) => {
    ranks[number] = rank;
  });
  return ranks;
}

/** @throws UsageError for a field that is none */
export function sortRows(
  columns: RolloutColumns,
  rows: Uint32Array<ArrayBuffer>,
  by: string,
): Uint32Array<ArrayBuffer> {
  if (by === '' || by === 'step') return rows;
  const field = by.replace(/^-/, '');
  const down = by.startsWith('-');
  if (!Object.hasOwn(numberFields, field) && !Object.hasOwn(wordFields, field))
    throw unknownValue('sort', field, fieldNames);
  const read = reader(columns, field as NumberField | WordField);
  const ranks = Object.hasOwn(wordFields, field) ? rankOf(columns.words[field as WordField].list) : undefined;
  const keys = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = ranks === undefined ? read(row) : (ranks[read(row)] ?? 0);
    keys[i] = orderedBits(Number.isNaN(value) ? Number.POSITIVE_INFINITY : down ? -value : value);
  }
  return radixSort(rows, keys);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of a 32-bit float, in the order of the values. All columns are exact in one. */
function orderedBits(value: number): number {
  // Minus zero is zero.
  float[0] = value + 0;
  const raw = bits[0] as number;
  return raw >= 0x80000000 ? 0xffffffff - raw : raw + 0x80000000;
}

/** By 16 bits of the keys, the lower first; equal ones keep their order. A million rows take a few hundredths of a second. */
function radixSort(rows: Uint32Array<ArrayBuffer>, keys: Uint32Array): Uint32Array<ArrayBuffer> {
  let [order, next] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(65_537);
    for (let i = 0; i < keys.length; i++) {
      const bucket = (((keys[i] as number) >>> shift) & 0xffff) + 1;
      starts[bucket] = (starts[bucket] as number) + 1;
    }
    for (let bucket = 0; bucket < 65_536; bucket++)
      starts[bucket + 1] = (starts[bucket + 1] as number) + (starts[bucket] as number);
    for (let i = 0; i < order.length; i++) {
      const place = order[i] as number;
      const bucket = ((keys[place] as number) >>> shift) & 0xffff;
      const at = starts[bucket] as number;
      next[at] = place;
      starts[bucket] = at + 1;
    }
    [order, next] = [next, order];
  }
  const sorted = new Uint32Array(rows.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = rows[order[i] as number] as number;
  return sorted;
}
