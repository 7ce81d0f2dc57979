/**
 * @file Tensors of the Tinker protocol on the wire: raw values, dense or with the places of those that are not 0. Raw arrays are
 * little-endian, like every machine that this runs on.
 */
import { type ProtoWriter, readPacked, readProto } from '../../protobuf.ts';

export const dtype = { float32: 1, int64: 2, int32: 3 } as const;

export const rawBytes = (values: Int32Array | Float32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

export const toInt64 = (values: ArrayLike<number>): BigInt64Array => BigInt64Array.from(Array.from(values), BigInt);

/** A copy: raw bytes need not be aligned. */
export const int32s = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.slice().buffer);
export const float32s = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);
export const int64s = (bytes: Uint8Array): number[] => Array.from(new BigInt64Array(bytes.slice().buffer), Number);

/** Whole numbers as they are: a larger one would become another number. @throws RangeError naming one that 32 bits do not hold. */
export function toInt32s(values: readonly number[]): Int32Array {
  const wrong = values.find((value) => (value | 0) !== value);
  if (wrong !== undefined)
    throw new RangeError(`got ${wrong}, expected whole numbers of 32 bits: no model has such a token`);
  return Int32Array.from(values);
}

export function writeTensor(writer: ProtoWriter, values: Int32Array | Float32Array): void {
  const integers = values instanceof Int32Array;
  writer.bytes(1, rawBytes(integers ? toInt64(values) : values));
  writer.integer(3, integers ? dtype.int64 : dtype.float32).integers(4, [values.length]);
}

/** Where a tensor of compressed rows has values. */
export interface Places {
  /** [rows + 1] where each row's values begin. */
  readonly rows: readonly number[];
  /** Column of each value. */
  readonly columns: readonly number[];
}

/** A tensor with `pad` where compressed rows have no value. @throws RangeError for places outside of `shape`. */
export function toDense<T extends Int32Array | Float32Array>(
  values: T,
  { rows, columns }: Places,
  shape: readonly number[],
  pad = 0,
): T {
  const [height = 0, width = 0] = shape;
  const sound =
    shape.length === 2 &&
    height * width <= mostCells &&
    rows.length === height + 1 &&
    columns.length === values.length &&
    rows[height] === values.length &&
    columns.every((column) => column >= 0 && column < width);
  if (!sound) throw new RangeError(`a sparse tensor of shape [${shape.join(', ')}] has other places than its shape`);
  const dense = (values instanceof Int32Array ? new Int32Array(height * width) : new Float32Array(height * width)) as T;
  dense.fill(pad);
  for (let row = 0; row < height; row++) {
    for (let at = rows[row] ?? 0; at < (rows[row + 1] ?? 0); at++)
      dense[row * width + (columns[at] ?? 0)] = values[at] ?? 0;
  }
  return dense;
}

/** Cells of a tensor that arrives compressed, at most. */
const mostCells = 2 ** 26;

function readSparse(bytes: Uint8Array): Places & { data: Uint8Array } {
  const parts: Uint8Array[] = [];
  for (const { field, bytes: inner } of readProto(bytes)) parts[field] = inner;
  const [, data = new Uint8Array(), rows = new Uint8Array(), columns = new Uint8Array()] = parts;
  return { data, rows: int64s(rows), columns: int64s(columns) };
}

export function readTensor(bytes: Uint8Array): Int32Array | Float32Array {
  let data: Uint8Array = new Uint8Array();
  let sparse: Places | undefined;
  let type = 0;
  const shape: number[] = [];
  for (const { field, number, bytes: inner } of readProto(bytes)) {
    if (field === 1) data = inner;
    else if (field === 2) {
      const { data: values, ...places } = readSparse(inner);
      [data, sparse] = [values, places];
    } else if (field === 3) type = number;
    else if (field === 4) shape.push(...(inner.length > 0 ? readPacked(inner) : [number]));
  }
  const values = readValues(type, data);
  return sparse ? toDense(values, sparse, shape) : values;
}

function readValues(type: number, data: Uint8Array): Int32Array | Float32Array {
  if (type === dtype.int64) return toInt32s(int64s(data));
  if (type === dtype.int32) return int32s(data);
  if (type === dtype.float32) return float32s(data);
  throw new RangeError(`tensors of dtype ${type} are not supported`);
}
