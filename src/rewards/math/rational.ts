/**
 * @file Exact rationals over BigInt, with a budget on their size: what exceeds it throws `MathBudgetError` instead of
 * occupying the machine (2^(2^30) has ten digits to write and a billion bits to hold).
 */

/** A computation that would exceed its budget of bits, nodes or terms. */
export class MathBudgetError extends Error {}

/** Numerators and denominators longer than this many bits are over budget. */
export const mostBits = 8192;

/** n / d, exactly. */
export interface Rational {
  readonly n: bigint;
  /** Positive; coprime to n. */
  readonly d: bigint;
}

const big = 1n << BigInt(mostBits);

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export const zero: Rational = { n: 0n, d: 1n };
export const one: Rational = { n: 1n, d: 1n };
/** @throws RangeError for a number that is not whole. */
export const integer = (n: bigint | number): Rational => ({ n: BigInt(n), d: 1n });

/** n / d in lowest terms. @throws MathBudgetError beyond `mostBits`; d must not be 0. */
export function rational(n: bigint, d: bigint): Rational {
  if (d === 1n) {
    if (n > big || n < -big) throw new MathBudgetError(`a number of more than ${mostBits} bits`);
    return { n, d };
  }
  const g = gcd(n, d);
  const sign = d < 0n ? -1n : 1n;
  const result = { n: (sign * n) / g, d: (sign * d) / g };
  if (result.n > big || result.n < -big || result.d > big)
    throw new MathBudgetError(`a fraction of more than ${mostBits} bits`);
  return result;
}

/** @throws MathBudgetError beyond `mostBits`. */
export const add = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? rational(a.n + b.n, 1n) : rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });
/** @throws MathBudgetError beyond `mostBits`. */
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
/** b must not be 0. */
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
/** Exact: both are in lowest terms. */
export const equals = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const isZero = (a: Rational): boolean => a.n === 0n;
/** -1, 0 or 1. */
export const sign = (a: Rational): number => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
/** -1, 0 or 1, exactly. */
export const compare = (a: Rational, b: Rational): number => {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** a^k for an integer k; a must not be 0 when k is negative. */
export function power(a: Rational, k: bigint): Rational {
  if (k < 0n) return power(rational(a.d, a.n), -k);
  const bits = BigInt(Math.max(a.n.toString(2).length, a.d.toString(2).length));
  const trivial = (a.n === 1n || a.n === -1n || a.n === 0n) && a.d === 1n;
  if (!trivial && bits * k > BigInt(mostBits)) throw new MathBudgetError(`a power of more than ${mostBits} bits`);
  if (trivial) return a.n === -1n && k % 2n === 0n ? one : k === 0n ? one : a;
  return { n: a.n ** k, d: a.d ** k };
}

/** The value of digits such as `12`, `.5`, `3.` or `007.25`. */
export function fromDecimal(text: string): Rational {
  const point = text.indexOf('.');
  const digits = text.length - (point < 0 ? 0 : 1);
  if (digits > mostBits / 4) throw new MathBudgetError(`a number of ${digits} digits`);
  if (point < 0) return integer(BigInt(text));
  const fraction = text.slice(point + 1);
  const whole = text.slice(0, point);
  return rational(BigInt(whole + fraction || '0'), 10n ** BigInt(fraction.length));
}

/** The nearest double, also where numerator and denominator overflow one. */
export function toNumber(a: Rational): number {
  const direct = Number(a.n) / Number(a.d);
  if (Number.isFinite(direct) && !(direct === 0 && a.n !== 0n)) return direct;
  const shift = BigInt(a.n.toString(2).length - a.d.toString(2).length - 64);
  const scaled = shift >= 0n ? a.n / (a.d << shift) : (a.n << -shift) / a.d;
  return Number(scaled) * 2 ** Number(shift);
}

/** The integer k-th root of n >= 0 where it is exact. */
export function exactRoot(n: bigint, k: number): bigint | undefined {
  if (n < 2n) return n;
  const estimate = BigInt(Math.round(Number(n) ** (1 / k)));
  if (Number(n) < 1e15) {
    for (const candidate of [estimate - 1n, estimate, estimate + 1n])
      if (candidate >= 0n && candidate ** BigInt(k) === n) return candidate;
    return undefined;
  }
  let low = 1n;
  let high = 1n << BigInt(Math.ceil(n.toString(2).length / k) + 1);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(k) <= n) low = middle;
    else high = middle - 1n;
  }
  return low ** BigInt(k) === n ? low : undefined;
}

/** 10^6 a rounded to an integer, halves to even: what "equal to six decimals" compares. */
export function roundedMillionths(a: Rational): bigint {
  const scaled = a.n * 1_000_000n;
  const twice = 2n * a.d;
  const shifted = 2n * scaled + a.d;
  let floor = shifted / twice;
  if (shifted < 0n && shifted % twice !== 0n) floor -= 1n;
  const tie = shifted % twice === 0n;
  return tie && floor % 2n !== 0n ? floor - 1n : floor;
}

/** `3/4`; whole numbers without a denominator. */
export const rationalText = (a: Rational): string => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);
