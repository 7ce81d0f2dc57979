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
  const keyOf = (row: number): number => {
    const value = ranks === undefined ? read(row) : (ranks[read(row)] ?? 0);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : down ? -value : value;
  };
  return rows.length <= packable ? packedSort(rows, keyOf) : rows.slice().sort((a, b) => keyOf(a) - keyOf(b));
}

/** Rows whose number fits beside a key of 32 bits into the 53 bits of a double. */
const packable = 2 ** 21;

/** Key and place in one double: these are sorted ten times faster than with a comparison. All columns are exact in 32-bit floats. */
function packedSort(rows: Uint32Array<ArrayBuffer>, keyOf: (row: number) => number): Uint32Array<ArrayBuffer> {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  const packed = Float64Array.from(rows, (row, place) => {
    // Minus zero is zero.
    float[0] = keyOf(row) + 0;
    const raw = bits[0] ?? 0;
    // The bits of floats in the order of their values.
    const ordered = raw >= 0x80000000 ? 0xffffffff - raw : raw + 0x80000000;
    return ordered * packable + place;
  }).sort();
  return Uint32Array.from(packed, (each) => rows[each % packable] ?? 0);
}
