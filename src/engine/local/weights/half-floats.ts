/** @file The 16-bit floating-point formats of checkpoints, to and from fp32. Writing rounds to the nearest, ties to even. */

/** bf16 is the upper half of fp32. */
export function fromBfloat16(source: Uint16Array, target: Float32Array): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < source.length; i++) bits[i] = (source[i] as number) << 16;
}

/** 1 sign, 5 exponent, 10 fraction bits. */
export function float16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** IEEE half precision, subnormal numbers, infinities and NaN included; arrays of equal length. */
export function fromFloat16(source: Uint16Array, target: Float32Array): void {
  for (let i = 0; i < source.length; i++) target[i] = float16(source[i] as number);
}

/** NaN would round to infinity; callers write finite values only. */
export function toBfloat16(source: Float32Array): Uint16Array {
  const bits = new Uint32Array(source.buffer, source.byteOffset, source.length);
  const out = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const word = bits[i] as number;
    out[i] = (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return out;
}

/** Largest finite number of fp16. */
export const largestFloat16 = 65504;

const word = new Uint32Array(1);
const single = new Float32Array(word.buffer);

function halfOf(value: number): number {
  single[0] = value;
  const bits = word[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  // Below 2^-14 the steps are of 2^-24; above, of 2^-10 of the power of two.
  const exponent = Math.max(-14, ((bits >>> 23) & 0xff || 1) - 127);
  const steps = magnitude / 2 ** (exponent - 10);
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  // A carry runs into the exponent, as it should.
  return sign | (((exponent + 14) << 10) + rounded);
}

/** Beyond `largestFloat16` the result is meaningless. */
export function toFloat16(source: Float32Array): Uint16Array {
  const out = new Uint16Array(source.length);
  for (let i = 0; i < source.length; i++) out[i] = halfOf(source[i] as number);
  return out;
}
