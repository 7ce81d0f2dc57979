/**
 * @file The block formats of GGUF, as llama.cpp's `ggml-quants` lays them out. The older ones hold 32 elements with a scale (and an
 * offset) in fp16; K-quants hold 256, in groups of 16 or 32 whose scales are quantised themselves.
 *
 * Products are rounded to fp32 one by one, as the `gguf` package does: what is read is equal to what it reads.
 */
import { float16 } from './half-floats.ts';

/** How a format's bytes become numbers: `elements` of them in each block of `bytes`. */
export interface BlockFormat {
  readonly name: string;
  readonly elements: number;
  readonly bytes: number;
  /** Reads the block at `at` into `target` from `to` on. */
  readonly block: (source: Uint8Array, at: number, target: Float32Array, to: number) => void;
}

const halfAt = (bytes: Uint8Array, at: number): number =>
  float16((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] as number;
const signedAt = (bytes: Uint8Array, at: number): number => (byteAt(bytes, at) << 24) >> 24;
const { fround } = Math;

/** 4 or 5 bits: value = scale (q - zero) + offset. A byte holds the low bits of elements i and i + 16. */
function small(name: string, options: { bits: 4 | 5; offset: boolean }): BlockFormat {
  const lead = options.offset ? 4 : 2;
  const high = options.bits === 5 ? 4 : 0;
  const zero = options.offset ? 0 : 2 ** (options.bits - 1);
  return {
    name,
    elements: 32,
    bytes: lead + high + 16,
    block(source, at, target, to) {
      const scale = halfAt(source, at);
      const offset = options.offset ? halfAt(source, at + 2) : 0;
      const fifth = (i: number) => (high === 0 ? 0 : ((byteAt(source, at + lead + (i >> 3)) >> (i & 7)) & 1) << 4);
      for (let i = 0; i < 32; i++) {
        const byte = byteAt(source, at + lead + high + (i & 15));
        const q = (i < 16 ? byte & 15 : byte >> 4) | fifth(i);
        const value = fround(scale * (q - zero));
        target[to + i] = options.offset ? value + offset : value;
      }
    },
  };
}

/** Scale and least value of group `g` of 8, six bits each, in the 12 bytes of Q4_K and Q5_K. */
function sixBits(source: Uint8Array, at: number, g: number): [scale: number, least: number] {
  const low = (i: number) => byteAt(source, at + i) & 63;
  if (g < 4) return [low(g), low(g + 4)];
  const both = byteAt(source, at + g + 4);
  return [(both & 15) | ((byteAt(source, at + g - 4) >> 6) << 4), (both >> 4) | ((byteAt(source, at + g) >> 6) << 4)];
}

/** Q4_K and Q5_K: groups of 32, value = d scale q - dmin least. Nibbles of two groups share 32 bytes. */
function grouped(name: string, bits: 4 | 5): BlockFormat {
  const high = bits === 5 ? 32 : 0;
  return {
    name,
    elements: 256,
    bytes: 16 + high + 128,
    block(source, at, target, to) {
      const [d, dLeast] = [halfAt(source, at), halfAt(source, at + 2)];
      for (let g = 0; g < 8; g++) {
        const [scale, least] = sixBits(source, at + 4, g);
        const [step, offset] = [fround(d * scale), fround(dLeast * least)];
        for (let i = 0; i < 32; i++) {
          const byte = byteAt(source, at + 16 + high + (g >> 1) * 32 + i);
          const top = high === 0 ? 0 : ((byteAt(source, at + 16 + i) >> g) & 1) << 4;
          const q = ((g & 1) === 0 ? byte & 15 : byte >> 4) | top;
          target[to + g * 32 + i] = fround(step * q) - offset;
        }
      }
    },
  };
}

/** Groups of 16, two halves of 128: low four bits in nibbles, two high bits of four elements in a byte. */
const q6: BlockFormat = {
  name: 'Q6_K',
  elements: 256,
  bytes: 210,
  block(source, at, target, to) {
    const d = halfAt(source, at + 208);
    for (let i = 0; i < 256; i++) {
      const [half, quarter, place] = [i >> 7, (i >> 5) & 3, i & 31];
      const byte = byteAt(source, at + half * 64 + (quarter & 1) * 32 + place);
      const low = quarter < 2 ? byte & 15 : byte >> 4;
      const top = (byteAt(source, at + 128 + half * 32 + place) >> (2 * quarter)) & 3;
      const step = fround(d * signedAt(source, at + 192 + (i >> 4)));
      target[to + i] = step * ((low | (top << 4)) - 32);
    }
  },
};

/** Two bits of element i of 256: four elements, 32 apart, share a byte. */
const twoBits = (source: Uint8Array, at: number, i: number): number =>
  (byteAt(source, at + (i >> 7) * 32 + (i & 31)) >> (2 * ((i >> 5) & 3))) & 3;

const q2: BlockFormat = {
  name: 'Q2_K',
  elements: 256,
  bytes: 84,
  block(source, at, target, to) {
    const [d, dLeast] = [halfAt(source, at + 80), halfAt(source, at + 82)];
    for (let i = 0; i < 256; i++) {
      const scales = byteAt(source, at + (i >> 4));
      const [step, offset] = [fround(d * (scales & 15)), fround(dLeast * (scales >> 4))];
      target[to + i] = fround(step * twoBits(source, at + 16, i)) - offset;
    }
  },
};

/** The scale of group `g` of 16 in the 12 bytes of Q3_K: four low bits, then two high ones, less 32. */
function threeScale(source: Uint8Array, at: number, g: number): number {
  const low = (byteAt(source, at + (g & 7)) >> (g < 8 ? 0 : 4)) & 15;
  const high = (byteAt(source, at + 8 + (g & 3)) >> (2 * (g >> 2))) & 3;
  return (low | (high << 4)) - 32;
}

const q3: BlockFormat = {
  name: 'Q3_K',
  elements: 256,
  bytes: 110,
  block(source, at, target, to) {
    const d = halfAt(source, at + 108);
    for (let i = 0; i < 256; i++) {
      // A third bit that is not set takes four away.
      const third = (byteAt(source, at + (i & 31)) >> (i >> 5)) & 1;
      const q = twoBits(source, at + 32, i) - (third === 0 ? 4 : 0);
      target[to + i] = fround(d * threeScale(source, at + 96, i >> 4)) * q;
    }
  },
};

const q8: BlockFormat = {
  name: 'Q8_0',
  elements: 32,
  bytes: 34,
  block(source, at, target, to) {
    const scale = halfAt(source, at);
    for (let i = 0; i < 32; i++) target[to + i] = scale * signedAt(source, at + 2 + i);
  },
};

/** By the format's number in a file. */
export const blockFormats: ReadonlyMap<number, BlockFormat> = new Map([
  [2, small('Q4_0', { bits: 4, offset: false })],
  [3, small('Q4_1', { bits: 4, offset: true })],
  [6, small('Q5_0', { bits: 5, offset: false })],
  [7, small('Q5_1', { bits: 5, offset: true })],
  [8, q8],
  [10, q2],
  [11, q3],
  [12, grouped('Q4_K', 4)],
  [13, grouped('Q5_K', 5)],
  [14, q6],
]);
