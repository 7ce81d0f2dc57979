/** @file Writes GGUF files for tests: metadata and tensors whose data are given as bytes. */

export type MetadataValue = string | number | boolean | readonly string[] | readonly number[];

export interface GgufTensor {
  readonly name: string;
  /** Slowest dimension first. */
  readonly shape: readonly number[];
  readonly type: number;
  readonly data: Uint8Array;
}

const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

function valueBytes(value: MetadataValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([u32(8), text(value)]);
  if (typeof value === 'boolean') return Buffer.concat([u32(7), Buffer.of(Number(value))]);
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? Buffer.concat([u32(4), u32(value)])
      : Buffer.concat([u32(6), Buffer.from(Float32Array.of(value).buffer)]);
  const isText = typeof value[0] === 'string';
  const items = value.map((item) => (typeof item === 'string' ? text(item) : u32(item)));
  return Buffer.concat([u32(9), u32(isText ? 8 : 4), u64(value.length), ...items]);
}

const aligned = (size: number) => Math.ceil(size / 32) * 32;

export function ggufBytes(metadata: Readonly<Record<string, MetadataValue>>, tensors: readonly GgufTensor[]): Buffer {
  let offset = 0;
  const infos = tensors.map(({ name, shape, type, data }) => {
    const info = Buffer.concat([text(name), u32(shape.length), ...shape.toReversed().map(u64), u32(type), u64(offset)]);
    offset += aligned(data.length);
    return info;
  });
  const entries = Object.entries(metadata).map(([key, value]) => Buffer.concat([text(key), valueBytes(value)]));
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(tensors.length),
    u64(entries.length),
    ...entries,
    ...infos,
  ]);
  const pad = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
  return Buffer.concat([pad(header), ...tensors.map(({ data }) => pad(data))]);
}
