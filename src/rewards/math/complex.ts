/**
 * @file Complex arithmetic in double precision, principal branches: what numeric sampling evaluates with.
 */

/** A number in double precision; NaN in either part means undefined. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const complex = (re: number, im = 0): Complex => ({ re, im });
/** What division by zero gives. */
export const undefinedValue = complex(Number.NaN);
export const plus = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im);
export const minus = (a: Complex, b: Complex): Complex => complex(a.re - b.re, a.im - b.im);
export const times = (a: Complex, b: Complex): Complex =>
  a.im === 0 && b.im === 0 ? complex(a.re * b.re) : complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
export const modulus = (a: Complex): number => (a.im === 0 ? Math.abs(a.re) : Math.hypot(a.re, a.im));
/** Whether both parts are finite. */
export const isDefined = (a: Complex): boolean => Number.isFinite(a.re) && Number.isFinite(a.im);

/** Division; `undefinedValue` where b is 0. */
export function over(a: Complex, b: Complex): Complex {
  if (b.im === 0) return b.re === 0 ? undefinedValue : complex(a.re / b.re, a.im / b.re);
  const size = b.re * b.re + b.im * b.im;
  return complex((a.re * b.re + a.im * b.im) / size, (a.im * b.re - a.re * b.im) / size);
}

export function exp(a: Complex): Complex {
  const scale = Math.exp(a.re);
  return a.im === 0 ? complex(scale) : complex(scale * Math.cos(a.im), scale * Math.sin(a.im));
}

/** Principal branch; at 0 it is not finite. */
export const log = (a: Complex): Complex =>
  a.im === 0 && a.re > 0 ? complex(Math.log(a.re)) : complex(Math.log(modulus(a)), Math.atan2(a.im, a.re));

/** Principal value; 0^0 is 1, and 0 to a negative power is undefined. */
export function pow(base: Complex, exponent: Complex): Complex {
  if (base.im === 0 && exponent.im === 0) {
    if (base.re === 0) return exponent.re > 0 ? base : exponent.re === 0 ? complex(1) : undefinedValue;
    if (base.re > 0 || Number.isInteger(exponent.re)) return complex(base.re ** exponent.re);
  }
  if (exponent.im === 0 && Number.isInteger(exponent.re) && Math.abs(exponent.re) <= 64) {
    let result = complex(1);
    for (let i = 0; i < Math.abs(exponent.re); i++) result = times(result, base);
    return exponent.re < 0 ? over(complex(1), result) : result;
  }
  return exp(times(exponent, log(base)));
}

const i = complex(0, 1);
const sqrt = (a: Complex): Complex => pow(a, complex(0.5));

export const sin = (a: Complex): Complex =>
  a.im === 0 ? complex(Math.sin(a.re)) : complex(Math.sin(a.re) * Math.cosh(a.im), Math.cos(a.re) * Math.sinh(a.im));
export const cos = (a: Complex): Complex =>
  a.im === 0 ? complex(Math.cos(a.re)) : complex(Math.cos(a.re) * Math.cosh(a.im), -Math.sin(a.re) * Math.sinh(a.im));
export const sinh = (a: Complex): Complex => over(minus(exp(a), exp(complex(-a.re, -a.im))), complex(2));
export const cosh = (a: Complex): Complex => over(plus(exp(a), exp(complex(-a.re, -a.im))), complex(2));

/** Principal branch; real on [-1, 1]. */
export function asin(a: Complex): Complex {
  if (a.im === 0 && Math.abs(a.re) <= 1) return complex(Math.asin(a.re));
  const inner = log(plus(times(i, a), sqrt(minus(complex(1), times(a, a)))));
  return complex(inner.im, -inner.re);
}

/** pi/2 - asin, so the branch is asin's. */
export const acos = (a: Complex): Complex => minus(complex(Math.PI / 2), asin(a));

/** Principal branch; real on the real line. */
export function atan(a: Complex): Complex {
  if (a.im === 0) return complex(Math.atan(a.re));
  const ia = times(i, a);
  const difference = minus(log(minus(complex(1), ia)), log(plus(complex(1), ia)));
  return times(complex(0, 0.5), difference);
}

/** Principal branch, by the logarithm. */
export const asinh = (a: Complex): Complex => log(plus(a, sqrt(plus(times(a, a), complex(1)))));
/** Principal branch: real from 1 on. */
export const acosh = (a: Complex): Complex =>
  log(plus(a, times(sqrt(plus(a, complex(1))), sqrt(minus(a, complex(1))))));
/** Principal branch: real between -1 and 1. */
export const atanh = (a: Complex): Complex =>
  times(complex(0.5), minus(log(plus(complex(1), a)), log(minus(complex(1), a))));

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Gamma of a real number, by Lanczos' approximation (g = 7). */
export function gamma(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  let series = 0.9999999999998099;
  lanczos.forEach((coefficient, k) => {
    series += coefficient / (x + k);
  });
  const t = x + 6.5;
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * series;
}
