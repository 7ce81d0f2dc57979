/**
 * @file The safetensors format: 8 bytes of header length, a JSON header of {name: {dtype, shape, data_offsets}}, raw data.
 * Reads fp32, bf16 and fp16 into fp32; writes fp32. Tensors are read one by one, so a file may exceed what a buffer holds.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../../errors.ts';

export interface TensorInfo {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes after the header. */
  readonly begin: number;
  readonly end: number;
}

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

const corrupt = (path: string, what: string, cause?: unknown) =>
  new InputError('safetensors-corrupt', `${path}: ${what}`, 'Copy the file again, or use another checkpoint.', {
    cause,
  });

async function readExactly(file: FileHandle, path: string, position: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, Math.min(length - done, 1 << 30), position + done);
    if (bytesRead === 0) throw corrupt(path, `ends at byte ${position + done}, expected ${position + length}.`);
    done += bytesRead;
  }
  return buffer;
}

/** An open safetensors file. */
export class SafetensorsReader {
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

  /** @throws InputError when the file is missing, cut or no safetensors file. */
  static async open(path: string): Promise<SafetensorsReader> {
    const file = await open(path, 'r').catch((error: unknown) => {
      throw new InputError('file-missing', `Cannot read ${path}.`, undefined, { cause: error });
    });
    try {
      const { size } = await file.stat();
      if (size < 8) throw corrupt(path, `${size} bytes are too few for a safetensors file.`);
      const length = Number(new DataView((await readExactly(file, path, 0, 8)).buffer).getBigUint64(0, true));
      if (length > largestHeader || length + 8 > size) throw corrupt(path, 'is no safetensors file, or is cut short.');
      const header = parseHeader(await readExactly(file, path, 8, length), path);
      const dataStart = 8 + length;
      for (const [name, { end }] of header.tensors) {
        if (dataStart + end > size)
          throw corrupt(path, `tensor "${name}" ends at byte ${dataStart + end}, but the file has ${size}.`);
      }
      return new SafetensorsReader({ path, file, dataStart, ...header });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Reads a tensor into `target`. @throws InputError when it is missing or of another shape or type. */
  async read(name: string, shape: readonly number[], target: Float32Array): Promise<void> {
    const info = this.tensors.get(name);
    if (!info) throw corrupt(this.path, `tensor "${name}" is missing.`);
    if (info.shape.join() !== shape.join())
      throw corrupt(this.path, `tensor "${name}" has shape [${info.shape}], expected [${shape}].`);
    const width = bytesPerElement[info.dtype];
    if (width === undefined)
      throw corrupt(
        this.path,
        `tensor "${name}" is ${info.dtype}, expected ${Object.keys(bytesPerElement).join(' | ')}.`,
      );
    if (info.end - info.begin !== target.length * width) throw corrupt(this.path, `tensor "${name}" has a wrong size.`);
    const bytes = await readExactly(this.file, this.path, this.dataStart + info.begin, info.end - info.begin);
    if (info.dtype === 'F32') target.set(new Float32Array(bytes.buffer));
    else if (info.dtype === 'BF16') fromBfloat16(new Uint16Array(bytes.buffer), target);
    else fromFloat16(new Uint16Array(bytes.buffer), target);
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

/** bf16 is the upper half of fp32. */
function fromBfloat16(source: Uint16Array, target: Float32Array): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < source.length; i++) bits[i] = (source[i] as number) << 16;
}

/** 1 sign, 5 exponent, 10 fraction bits. */
function fromFloat16(source: Uint16Array, target: Float32Array): void {
  for (let i = 0; i < source.length; i++) {
    const half = source[i] as number;
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) target[i] = sign * fraction * 2 ** -24;
    else if (exponent === 31) target[i] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else target[i] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
}

/** The pieces of a file with these tensors, in order, without copying their data. */
export function safetensorsParts(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  // Padded with spaces so that the data are aligned to 8 bytes.
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  return [length, json, ...tensors.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}
