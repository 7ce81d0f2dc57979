/**
 * @file The GGUF format of llama.cpp, versions 2 and 3: metadata, tensor descriptions, aligned data. Reads F32, F16, BF16 and the
 * block formats of gguf-blocks.ts into fp32.
 */
import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../../errors.ts';
import { type BlockFormat, blockFormats } from './gguf-blocks.ts';
import { fromBfloat16, fromFloat16 } from './half-floats.ts';
import {
  corrupt,
  describedTensor,
  openWeightFile,
  readConverted,
  readInto,
  type WeightSource,
} from './weight-source.ts';

/** Any value of the metadata; 64-bit integers become numbers. */
export type GgufValue = number | boolean | string | readonly GgufValue[];
/** By key, such as `llama.block_count`. */
export type GgufMetadata = ReadonlyMap<string, GgufValue>;

interface TensorInfo {
  /** Slowest dimension first, as in safetensors. */
  readonly shape: readonly number[];
  readonly type: number;
  readonly offset: number;
}

interface Format {
  readonly name: string;
  readonly elements: number;
  readonly bytes: number;
  convert(bytes: Uint8Array<ArrayBuffer>, target: Float32Array): void;
}

const halves = (bytes: Uint8Array<ArrayBuffer>) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);

/** Formats of single numbers. */
const plainFormats: readonly (readonly [number, Format])[] = [
  [
    0,
    {
      name: 'F32',
      elements: 1,
      bytes: 4,
      convert: (bytes, target) => target.set(new Float32Array(bytes.buffer, bytes.byteOffset, target.length)),
    },
  ],
  [1, { name: 'F16', elements: 1, bytes: 2, convert: (bytes, target) => fromFloat16(halves(bytes), target) }],
  [30, { name: 'BF16', elements: 1, bytes: 2, convert: (bytes, target) => fromBfloat16(halves(bytes), target) }],
];

const inBlocks = ({ name, elements, bytes, block }: BlockFormat): Format => ({
  name,
  elements,
  bytes,
  convert(source, target) {
    for (let at = 0, to = 0; to < target.length; at += bytes, to += elements) block(source, at, target, to);
  },
});

/** By the format's number in a file. */
const formats: ReadonlyMap<number, Format> = new Map([
  ...plainFormats,
  ...[...blockFormats].map(([number, format]) => [number, inBlocks(format)] as const),
]);

/** Known files have arrays of texts and numbers, never arrays of arrays. */
const deepestArray = 8;

/** Raised while the part of the file in memory ends before the header does. */
class HeaderCut extends Error {}

/** Reads little-endian values one after the other. */
class Cursor {
  at = 0;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly text = new TextDecoder();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private take(count: number): number {
    const at = this.at;
    if (!(at + count <= this.bytes.length)) throw new HeaderCut();
    this.at += count;
    return at;
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  u64(): number {
    return Number(this.view.getBigUint64(this.take(8), true));
  }

  string(): string {
    const length = this.u64();
    const at = this.take(length);
    return this.text.decode(this.bytes.subarray(at, at + length));
  }

  /** A metadata value of the numbered type; `depth` arrays around it. */
  value(type: number, path: string, depth = 0): GgufValue {
    const { view } = this;
    switch (type) {
      case 0:
        return view.getUint8(this.take(1));
      case 1:
        return view.getInt8(this.take(1));
      case 2:
        return view.getUint16(this.take(2), true);
      case 3:
        return view.getInt16(this.take(2), true);
      case 4:
        return this.u32();
      case 5:
        return view.getInt32(this.take(4), true);
      case 6:
        return view.getFloat32(this.take(4), true);
      case 7:
        return view.getUint8(this.take(1)) !== 0;
      case 8:
        return this.string();
      case 9: {
        if (depth === deepestArray) throw corrupt(path, `metadata has arrays within ${depth} arrays.`);
        const inner = this.u32();
        const count = this.u64();
        const out: GgufValue[] = [];
        for (let i = 0; i < count; i++) out.push(this.value(inner, path, depth + 1));
        return out;
      }
      case 10:
        return this.u64();
      case 11:
        return Number(view.getBigInt64(this.take(8), true));
      case 12:
        return view.getFloat64(this.take(8), true);
      default:
        throw corrupt(path, `metadata of type ${type}, expected 0 to 12.`);
    }
  }
}

interface Header {
  readonly metadata: GgufMetadata;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly dataStart: number;
}

function parseHeader(bytes: Uint8Array, path: string): Header {
  const cursor = new Cursor(bytes);
  if (cursor.u32() !== 0x46554747) throw corrupt(path, 'is no GGUF file.');
  const version = cursor.u32();
  if (version !== 2 && version !== 3) throw corrupt(path, `GGUF version ${version}, expected 2 or 3.`);
  const [tensorCount, valueCount] = [cursor.u64(), cursor.u64()];
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < valueCount; i++) {
    const key = cursor.string();
    metadata.set(key, cursor.value(cursor.u32(), path));
  }
  const tensors = new Map<string, TensorInfo>();
  for (let i = 0; i < tensorCount; i++) {
    const name = cursor.string();
    const dims = Array.from({ length: Math.min(cursor.u32(), 8) }, () => cursor.u64());
    tensors.set(name, { shape: dims.reverse(), type: cursor.u32(), offset: cursor.u64() });
  }
  const alignment = Number(metadata.get('general.alignment') ?? 32);
  if (!Number.isInteger(alignment) || alignment < 1)
    throw corrupt(path, `general.alignment is ${alignment}, expected a whole number from 1.`);
  return { metadata, tensors, dataStart: Math.ceil(cursor.at / alignment) * alignment };
}

/** Headers hold the vocabulary: a few megabytes as a rule. */
const firstRead = 16 << 20;

async function readHeader(source: { file: FileHandle; path: string }, size: number): Promise<Header> {
  for (let length = Math.min(firstRead, size); ; length = Math.min(4 * length, size)) {
    const bytes = new Uint8Array(length);
    await readInto(source, 0, bytes);
    try {
      return parseHeader(bytes, source.path);
    } catch (error) {
      if (!(error instanceof HeaderCut)) throw error;
      if (length === size) throw corrupt(source.path, 'ends within its header.', error);
    }
  }
}

/** An open GGUF file. Tensors go by their GGUF names. */
export class GgufReader implements WeightSource {
  readonly path: string;
  readonly metadata: GgufMetadata;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  private readonly file: FileHandle;
  private readonly dataStart: number;
  private readonly size: number;

  private constructor(options: Header & { path: string; file: FileHandle; size: number }) {
    this.path = options.path;
    this.file = options.file;
    this.metadata = options.metadata;
    this.tensors = options.tensors;
    this.dataStart = options.dataStart;
    this.size = options.size;
  }

  get names(): string[] {
    return [...this.tensors.keys()];
  }

  /** @throws InputError when the file is missing, cut or no GGUF file. */
  static async open(path: string): Promise<GgufReader> {
    return await openWeightFile(path, async (file, size) => {
      const header = await readHeader({ file, path }, size);
      return new GgufReader({ path, file, size, ...header });
    });
  }

  async read(name: string, shape: readonly number[], target: Float32Array): Promise<void> {
    const info = describedTensor(this, name, shape);
    const format = formats.get(info.type);
    if (!format) {
      const names = [...formats.values()].map((known) => known.name).join(' | ');
      throw new InputError(
        'model-unsupported',
        `${this.path}: tensor "${name}" has GGML type ${info.type}, expected ${names}.`,
        'Use a file in F16 or Q8_0.',
      );
    }
    const position = this.dataStart + info.offset;
    const bytes = (target.length / format.elements) * format.bytes;
    if (!Number.isInteger(bytes)) throw corrupt(this.path, `tensor "${name}" is no whole number of blocks.`);
    if (position + bytes > this.size)
      throw corrupt(this.path, `tensor "${name}" ends at byte ${position + bytes}, but the file has ${this.size}.`);
    await readConverted(
      { file: this.file, path: this.path },
      { position, block: format, target, convert: (source, part) => format.convert(source, part) },
    );
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}
