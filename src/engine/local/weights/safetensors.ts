/**
 * @file The safetensors format: 8 bytes of header length, a JSON header of {name: {dtype, shape, data_offsets}}, raw data.
 * Reads fp32, bf16 and fp16 into fp32, also from several files with an index; writes any of the three. Tensors are read one by one, so a
 * file may exceed what a buffer holds.
 */
import { type FileHandle, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../../errors.ts';
import { fromBfloat16, fromFloat16, largestFloat16, toBfloat16, toFloat16 } from './half-floats.ts';
import {
  corrupt,
  describedTensor,
  openWeightFile,
  readConverted,
  readInto,
  type WeightSource,
} from './weight-source.ts';

/** A tensor as the header describes it; `begin` and `end` are bytes. */
export interface TensorInfo {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes after the header. */
  readonly begin: number;
  readonly end: number;
}

/** A tensor to write; data are row-major. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const bytesPerElement: Readonly<Record<string, number>> = { F32: 4, BF16: 2, F16: 2 };

/** Larger headers are refused, as the reference implementation does. */
const largestHeader = 100_000_000;

const headerSchema = z.record(
  z.string(),
  z.union([
    z.object({
      dtype: z.string(),
      shape: z.array(z.int().nonnegative()),
      data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
    }),
    z.record(z.string(), z.string()),
  ]),
);

/** An open safetensors file. */
export class SafetensorsReader implements WeightSource {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Readonly<Record<string, string>>;
  private readonly file: FileHandle;
  private readonly dataStart: number;

  private constructor(options: {
    path: string;
    file: FileHandle;
    dataStart: number;
    tensors: ReadonlyMap<string, TensorInfo>;
    metadata: Readonly<Record<string, string>>;
  }) {
    this.path = options.path;
    this.file = options.file;
    this.dataStart = options.dataStart;
    this.tensors = options.tensors;
    this.metadata = options.metadata;
  }

  get names(): string[] {
    return [...this.tensors.keys()];
  }

  /** @throws InputError when the file is missing, cut or no safetensors file. */
  static async open(path: string): Promise<SafetensorsReader> {
    return await openWeightFile(path, async (file, size) => {
      if (size < 8) throw corrupt(path, `${size} bytes are too few for a safetensors file.`);
      const prefix = new Uint8Array(8);
      await readInto({ file, path }, 0, prefix);
      const length = Number(new DataView(prefix.buffer).getBigUint64(0, true));
      if (length > largestHeader || length + 8 > size) throw corrupt(path, 'is no safetensors file, or is cut short.');
      const json = new Uint8Array(length);
      await readInto({ file, path }, 8, json);
      const header = parseHeader(json, path);
      const dataStart = 8 + length;
      checkRanges(header.tensors, { path, dataStart, size });
      return new SafetensorsReader({ path, file, dataStart, ...header });
    });
  }

  /** Reads a tensor into `target`. @throws InputError when it is missing or of another shape or type. */
  async read(name: string, shape: readonly number[], target: Float32Array): Promise<void> {
    const info = describedTensor(this, name, shape);
    const width = bytesPerElement[info.dtype];
    if (width === undefined)
      throw corrupt(
        this.path,
        `tensor "${name}" is ${info.dtype}, expected ${Object.keys(bytesPerElement).join(' | ')}.`,
      );
    if (info.end - info.begin !== target.length * width) throw corrupt(this.path, `tensor "${name}" has a wrong size.`);
    const { file, path } = this;
    const position = this.dataStart + info.begin;
    if (info.dtype === 'F32') {
      await readInto({ file, path }, position, new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
      return;
    }
    const convert = info.dtype === 'BF16' ? fromBfloat16 : fromFloat16;
    await readConverted(
      { file, path },
      {
        position,
        block: { elements: 1, bytes: 2 },
        target,
        convert: (bytes, part) => convert(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2), part),
      },
    );
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

function parseHeader(bytes: Uint8Array, path: string) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw corrupt(path, 'the header is not JSON.', error);
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) throw corrupt(path, 'the header does not describe tensors.', parsed.error);
  const tensors = new Map<string, TensorInfo>();
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(parsed.data)) {
    if (name === '__metadata__') metadata = entry as Record<string, string>;
    else if (Array.isArray(entry.data_offsets) && Array.isArray(entry.shape)) {
      const [begin, end] = entry.data_offsets;
      if (end < begin) throw corrupt(path, `tensor "${name}" ends before it begins.`);
      tensors.set(name, { dtype: String(entry.dtype), shape: entry.shape, begin, end });
    } else throw corrupt(path, `the header entry "${name}" describes no tensor.`);
  }
  return { tensors, metadata };
}

/**
 * Tensors lie one after the other from the first byte of the data to the last, as the reference implementation wants them: where two
 * share bytes, or bytes belong to none, the header is not the one that was written with the data.
 */
function checkRanges(
  tensors: ReadonlyMap<string, TensorInfo>,
  { path, dataStart, size }: { path: string; dataStart: number; size: number },
): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let [last, at, hole] = ['the header', 0, ''];
  for (const [name, { begin, end }] of inOrder) {
    if (dataStart + end > size)
      throw corrupt(path, `tensor "${name}" ends at byte ${dataStart + end}, but the file has ${size}.`);
    if (begin < at) throw corrupt(path, `tensors "${last}" and "${name}" overlap: they share bytes.`);
    if (begin > at) hole ||= `${begin - at} bytes before tensor "${name}" belong to no tensor.`;
    [last, at] = [name, end];
  }
  // An overlap leaves a hole elsewhere, and is what is wrong.
  if (hole !== '') throw corrupt(path, hole);
  if (dataStart + at < size) throw corrupt(path, `${size - dataStart - at} bytes at the end belong to no tensor.`);
}

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/** Tensors in several files, as `model.safetensors.index.json` maps them. */
export class ShardedSafetensors implements WeightSource {
  readonly path: string;
  private readonly fileOf: ReadonlyMap<string, string>;
  private readonly shards: ReadonlyMap<string, SafetensorsReader>;

  private constructor(options: {
    path: string;
    fileOf: ReadonlyMap<string, string>;
    shards: ReadonlyMap<string, SafetensorsReader>;
  }) {
    this.path = options.path;
    this.fileOf = options.fileOf;
    this.shards = options.shards;
  }

  get names(): string[] {
    return [...this.fileOf.keys()];
  }

  /** @throws InputError when the index or a file that it names is missing or corrupt. */
  static async open(path: string): Promise<ShardedSafetensors> {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new InputError('file-missing', `Cannot read ${path}.`, undefined, { cause: error });
    });
    const index = indexSchema.safeParse(parseJson(text));
    if (!index.success) throw corrupt(path, 'is no index of safetensors files.', index.error);
    const fileOf = new Map(Object.entries(index.data.weight_map));
    const shards = new Map<string, SafetensorsReader>();
    try {
      for (const file of new Set(fileOf.values())) {
        shards.set(file, await SafetensorsReader.open(join(dirname(path), file)));
      }
    } catch (error) {
      for (const shard of shards.values()) await shard.close();
      throw error;
    }
    return new ShardedSafetensors({ path, fileOf, shards });
  }

  async read(name: string, shape: readonly number[], target: Float32Array): Promise<void> {
    const shard = this.shards.get(this.fileOf.get(name) ?? '');
    if (!shard) throw corrupt(this.path, `tensor "${name}" is missing.`);
    await shard.read(name, shape, target);
  }

  async close(): Promise<void> {
    for (const shard of this.shards.values()) await shard.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Types that weights are written in, by their names on the command line. */
export const weightTypes = ['fp32', 'bf16', 'fp16'] as const;
/** A value of `golongrl model export --dtype`. */
export type WeightType = (typeof weightTypes)[number];

const fileTypes = { fp32: 'F32', bf16: 'BF16', fp16: 'F16' } as const;

/** The data of a tensor in a type; fp32 is not copied. @throws InputError for a value that fp16 cannot hold. */
function encoded({ name, data }: NamedTensor, type: WeightType): ArrayBufferView {
  if (type === 'fp32') return data;
  if (type === 'bf16') return toBfloat16(data);
  const large = data.find((value) => Math.abs(value) > largestFloat16);
  if (large === undefined) return toFloat16(data);
  throw new InputError(
    'weights-too-large',
    `Tensor "${name}" holds ${large}, and fp16 ends at ${largestFloat16}.`,
    'Write bf16 instead.',
  );
}

/** The pieces of a file with these tensors, in order; in fp32 without copying their data. */
export function safetensorsParts(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
  type: WeightType = 'fp32',
): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    const bytes = data.length * (type === 'fp32' ? 4 : 2);
    header[name] = { dtype: fileTypes[type], shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  // Padded with spaces so that the data are aligned to 8 bytes.
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  const parts = tensors.map((tensor) => encoded(tensor, type));
  return [
    length,
    json,
    ...parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ];
}
