/**
 * @file Numeric value of a tree at a seeded point: each variable gets a value that depends on its name and the trial alone.
 * Two trees that agree at several points are taken for equal; this decides identities that exact forms do not
 * (sin^2 x + cos^2 x = 1). Work is bounded by a count of evaluated nodes.
 */
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  type Complex,
  complex,
  cos,
  cosh,
  gamma,
  isDefined,
  log,
  minus,
  modulus,
  over,
  plus,
  pow,
  sin,
  sinh,
  times,
  undefinedValue,
} from './complex.ts';
import type { Expr } from './expr.ts';
import { MathBudgetError, toNumber } from './rational.ts';

/** Most nodes that one comparison may evaluate. */
const mostNodes = 20_000;
const trials = 6;

/** `signed`: in the last trial every variable is negative, so that |z| is never z; `positive`: none ever is. */
type Domain = 'real' | 'signed' | 'positive';

interface Point {
  readonly trial: number;
  readonly domain: Domain;
  /** Bound variables of sums and integrals. */
  readonly bound: ReadonlyMap<string, Complex>;
  /** Nodes evaluated, and the largest modulus met: differences far below it are rounding noise. */
  readonly work: { nodes: number; peak: number };
}

/** 32 bits of FNV-1a: stable over processes, so that verdicts are. */
function hash(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 15), 2246822519);
  return (h ^ (h >>> 13)) >>> 0;
}

/** A value in 0.3..2.7; from the third trial on half of the variables are negative. */
function sampledValue(name: string, trial: number, domain: Domain): Complex {
  const size = 0.3 + (2.4 * hash(`${trial}:${name}`)) / 4294967296;
  const last = domain === 'signed' && trial === trials - 1;
  const negative = domain !== 'positive' && trial >= 3 && (last || hash(`sign:${trial}:${name}`) % 2 === 0);
  return complex(negative ? -size : size);
}

const one = complex(1);
const unary: Readonly<Record<string, (a: Complex) => Complex>> = {
  sin,
  cos,
  tan: (a) => over(sin(a), cos(a)),
  csc: (a) => over(one, sin(a)),
  sec: (a) => over(one, cos(a)),
  cot: (a) => over(cos(a), sin(a)),
  asin,
  acos,
  atan,
  acsc: (a) => asin(over(one, a)),
  asec: (a) => acos(over(one, a)),
  acot: (a) => atan(over(one, a)),
  sinh,
  cosh,
  tanh: (a) => over(sinh(a), cosh(a)),
  asinh,
  acosh,
  atanh,
  abs: (a) => complex(modulus(a)),
  floor: (a) => (a.im === 0 ? complex(Math.floor(a.re + 1e-12)) : undefinedValue),
  ceil: (a) => (a.im === 0 ? complex(Math.ceil(a.re - 1e-12)) : undefinedValue),
  factorial: (a) => (a.im === 0 ? complex(gamma(a.re + 1)) : undefinedValue),
  transpose: (a) => a,
};

/** An unknown function: smooth, and different for every name and place of an argument. */
function unknown(name: string, args: readonly Complex[]): Complex {
  let value = complex(0);
  args.forEach((arg, place) => {
    const seed = hash(`${name}/${place}`) / 4294967296;
    value = plus(value, times(complex(0.5 + seed), sin(plus(times(arg, complex(0.7 + seed)), complex(1 + 3 * seed)))));
  });
  return plus(value, complex(hash(name) / 4294967296));
}

function evaluateCall(expr: Expr & { kind: 'call' }, point: Point): Complex {
  const { name, args } = expr;
  if (name === 'sum' || name === 'prod') return series(name, args, point);
  if (name === 'int') return integral(args, point);
  const values = args.map((arg) => evaluate(arg, point));
  const [a = undefinedValue, b = undefinedValue] = values;
  const known = unary[name];
  if (known !== undefined) return known(a);
  switch (name) {
    case 'log':
      return over(log(a), log(b));
    case 'binomial':
      return a.im === 0 && b.im === 0
        ? complex(gamma(a.re + 1) / (gamma(b.re + 1) * gamma(a.re - b.re + 1)))
        : undefinedValue;
    case 'mod':
      return a.im === 0 && b.im === 0 ? complex(a.re - b.re * Math.floor(a.re / b.re)) : undefinedValue;
    case 'max':
      return values.every((value) => value.im === 0)
        ? complex(Math.max(...values.map(({ re }) => re)))
        : undefinedValue;
    case 'min':
      return values.every((value) => value.im === 0)
        ? complex(Math.min(...values.map(({ re }) => re)))
        : undefinedValue;
    default:
      return unknown(name, values);
  }
}

function series(name: 'sum' | 'prod', args: readonly Expr[], point: Point): Complex {
  const [term, variable, from, to] = args;
  if (term === undefined || variable?.kind !== 'symbol' || from === undefined || to === undefined)
    return undefinedValue;
  const low = evaluate(from, point);
  const high = evaluate(to, point);
  if (!Number.isInteger(low.re) || !isDefined(high)) return undefinedValue;
  if (!Number.isInteger(high.re)) return unknown(name, [low, high, evaluate(term, point)]);
  if (high.re - low.re > 2000) throw new MathBudgetError(`a ${name} of ${high.re - low.re + 1} terms`);
  let total = complex(name === 'sum' ? 0 : 1);
  for (let k = low.re; k <= high.re; k++) {
    const value = evaluate(term, { ...point, bound: new Map(point.bound).set(variable.name, complex(k)) });
    total = name === 'sum' ? plus(total, value) : times(total, value);
  }
  return total;
}

/** Definite integrals by Gauss-Legendre with five points on forty panels; indefinite ones are unknown functions. */
function integral(args: readonly Expr[], point: Point): Complex {
  const [body, variable, from, to] = args;
  if (body === undefined || variable?.kind !== 'symbol') return undefinedValue;
  if (from === undefined || to === undefined) return unknown('int', [evaluate(body, point)]);
  const low = evaluate(from, point);
  const high = evaluate(to, point);
  if (!isDefined(low) || !isDefined(high)) return undefinedValue;
  const nodes = [0, 0.5384693101056831, -0.5384693101056831, 0.906179845938664, -0.906179845938664];
  const weights = [
    0.5688888888888889, 0.47862867049936647, 0.47862867049936647, 0.23692688505618908, 0.23692688505618908,
  ];
  const panels = 40;
  const width = (high.re - low.re) / panels;
  let total = complex(0);
  for (let panel = 0; panel < panels; panel++) {
    nodes.forEach((node, k) => {
      const x = complex(low.re + width * (panel + 0.5 + node / 2));
      const value = evaluate(body, { ...point, bound: new Map(point.bound).set(variable.name, x) });
      total = plus(total, times(value, complex(((weights[k] ?? 0) * width) / 2)));
    });
  }
  return total;
}

function evaluate(expr: Expr, point: Point): Complex {
  if (++point.work.nodes > mostNodes) throw new MathBudgetError(`more than ${mostNodes} operations`);
  const value = evaluateNode(expr, point);
  const size = modulus(value);
  if (size > point.work.peak && size < Number.POSITIVE_INFINITY) point.work.peak = size;
  return value;
}

/** A reciprocal of what is zero but for rounding has no value. */
const noise = 1e-13;

function evaluatePower(base: Complex, exponent: Complex): Complex {
  const size = modulus(base);
  return exponent.re < 0 && size > 0 && size < noise ? undefinedValue : pow(base, exponent);
}

function evaluateNode(expr: Expr, point: Point): Complex {
  switch (expr.kind) {
    case 'number':
      return complex(toNumber(expr.value));
    case 'symbol':
      return (
        point.bound.get(expr.name) ?? sampledValue(expr.real ? expr.name : `${expr.name}~`, point.trial, point.domain)
      );
    case 'constant':
      switch (expr.name) {
        case 'pi':
          return complex(Math.PI);
        case 'e':
          return complex(Math.E);
        case 'I':
          return complex(0, 1);
        case 'EulerGamma':
          return complex(0.5772156649015329);
        case 'oo':
          return complex(Number.POSITIVE_INFINITY);
        default:
          return undefinedValue;
      }
    case 'add':
      return expr.args.reduce((total, arg) => plus(total, evaluate(arg, point)), complex(0));
    case 'multiply':
      return expr.args.reduce((total, arg) => times(total, evaluate(arg, point)), one);
    case 'power':
      return evaluatePower(evaluate(expr.base, point), evaluate(expr.exponent, point));
    case 'percent':
      return over(evaluate(expr.value, point), complex(100));
    case 'call':
      return evaluateCall(expr, point);
    default:
      return undefinedValue;
  }
}

/** The value of a tree without variables; undefined where it is not finite or over budget. */
export function numericValue(expr: Expr): Complex | undefined {
  try {
    const value = evaluate(expr, { trial: 0, domain: 'real', bound: new Map(), work: { nodes: 0, peak: 0 } });
    return isDefined(value) ? value : undefined;
  } catch (error) {
    if (error instanceof MathBudgetError) return undefined;
    throw error;
  }
}

/** How far apart two values may be, relative to their size, and still be the same number. */
const tolerance = 1e-12;

/** Whether two trees have equal values at every point where both are finite; undefined when there is no such point. */
export function agreesAtSamples(a: Expr, b: Expr, domain: Domain = 'real'): boolean | undefined {
  let valid = 0;
  const work = { nodes: 0, peak: 0 };
  try {
    for (let trial = 0; trial < trials; trial++) {
      work.peak = 0;
      const point = { trial, bound: new Map<string, Complex>(), work, domain };
      const left = evaluate(a, point);
      const right = evaluate(b, point);
      if (!isDefined(left) || !isDefined(right)) {
        if (isDefined(left) !== isDefined(right) && trial < 3) return false;
        continue;
      }
      const scale = Math.max(modulus(left), modulus(right));
      // What is left of a cancellation of larger numbers decides nothing, unless it differs by more than their rounding.
      if (work.peak * 1e-15 > tolerance * Math.max(scale, 1e-3)) {
        if (modulus(minus(left, right)) > work.peak * 1e-13) return false;
        continue;
      }
      valid++;
      if (modulus(minus(left, right)) > tolerance * Math.max(scale, 1e-3)) return false;
    }
  } catch (error) {
    if (error instanceof MathBudgetError) return undefined;
    throw error;
  }
  return valid === 0 ? undefined : true;
}
