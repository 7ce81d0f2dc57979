/**
 * @file Exact canonical forms: a tree as a fraction of two polynomials with rational coefficients, over generators that are
 * variables, pi, e, logarithms and fractional powers of primes, fractional powers of -1, and whatever else is opaque.
 * Monomials carry rational exponents, so that sqrt(252) is 6 * 7^(1/2) and x^(1/3) squared is x^(2/3). Two trees are equal
 * when a.top * b.bottom - b.top * a.bottom vanishes. What grows beyond the budget throws MathBudgetError.
 */
import { type Expr, exprText } from './expr.ts';
import {
  add,
  divide,
  equals,
  exactRoot,
  integer,
  isZero,
  MathBudgetError,
  multiply,
  negate,
  one,
  power,
  type Rational,
  rational,
  rationalText,
  sign,
  zero,
} from './rational.ts';

interface Term {
  readonly coefficient: Rational;
  /** Generator -> exponent, never 0. */
  readonly powers: ReadonlyMap<string, Rational>;
}

/** A polynomial: monomial key -> term, no zero coefficients. */
export type Polynomial = ReadonlyMap<string, Term>;

/** top / bottom; the bottom is 1 or has several terms. */
export interface Fraction {
  readonly top: Polynomial;
  readonly bottom: Polynomial;
}

const mostTerms = 300;
const mostPower = 40n;
const noPowers: ReadonlyMap<string, Rational> = new Map();

const keyOf = (powers: ReadonlyMap<string, Rational>): string =>
  powers.size === 0
    ? ''
    : [...powers]
        .map(([generator, exponent]) => `${generator}^${rationalText(exponent)}`)
        .sort()
        .join(' ');

function polynomial(terms: Iterable<Term>): Polynomial {
  const out = new Map<string, Term>();
  for (const term of terms) {
    const key = keyOf(term.powers);
    const known = out.get(key);
    const coefficient = known === undefined ? term.coefficient : add(known.coefficient, term.coefficient);
    if (isZero(coefficient)) out.delete(key);
    else out.set(key, { coefficient, powers: term.powers });
    if (out.size > mostTerms) throw new MathBudgetError(`more than ${mostTerms} terms`);
  }
  return out;
}

const constantPolynomial = (value: Rational): Polynomial =>
  isZero(value) ? new Map() : new Map([['', { coefficient: value, powers: noPowers }]]);
const unit = constantPolynomial(one);
const whole = (top: Polynomial): Fraction => ({ top, bottom: unit });
const constantFraction = (value: Rational): Fraction => whole(constantPolynomial(value));
const isUnit = (poly: Polynomial): boolean =>
  poly === unit || (poly.size === 1 && equals(poly.get('')?.coefficient ?? zero, one));

/** A prime's or -1's fractional power: its whole part belongs to the coefficient. */
const baseOf = (generator: string): bigint | undefined =>
  generator.startsWith('#') ? BigInt(generator.slice(1)) : undefined;

const floorOf = (value: Rational): bigint => {
  const quotient = value.n / value.d;
  return value.n < 0n && value.n % value.d !== 0n ? quotient - 1n : quotient;
};

function monomial(coefficient: Rational, powers: Iterable<readonly [string, Rational]>): Term {
  let scale = coefficient;
  const out = new Map<string, Rational>();
  for (const [generator, exponent] of powers) {
    const base = baseOf(generator);
    if (base === undefined) {
      if (!isZero(exponent)) out.set(generator, exponent);
      continue;
    }
    const floor = floorOf(exponent);
    if (floor !== 0n) scale = multiply(scale, power(integer(base), floor));
    const rest = add(exponent, integer(-floor));
    if (!isZero(rest)) out.set(generator, rest);
  }
  return { coefficient: scale, powers: out };
}

function timesTerm(a: Term, b: Term): Term {
  const coefficient = multiply(a.coefficient, b.coefficient);
  if (b.powers.size === 0) return { coefficient, powers: a.powers };
  if (a.powers.size === 0) return { coefficient, powers: b.powers };
  const powers = new Map(a.powers);
  for (const [generator, exponent] of b.powers) powers.set(generator, add(powers.get(generator) ?? zero, exponent));
  return monomial(coefficient, powers);
}

function timesPolynomial(a: Polynomial, b: Polynomial): Polynomial {
  if (isUnit(a)) return b;
  if (isUnit(b)) return a;
  if (a.size * b.size > mostTerms * 40) throw new MathBudgetError('a product of too many terms');
  const terms: Term[] = [];
  for (const left of a.values()) for (const right of b.values()) terms.push(timesTerm(left, right));
  return polynomial(terms);
}

const plusPolynomial = (a: Polynomial, b: Polynomial): Polynomial => polynomial([...a.values(), ...b.values()]);

const sameKeys = (a: Polynomial, b: Polynomial): boolean =>
  a.size === b.size && [...a].every(([key, { coefficient }]) => equals(coefficient, b.get(key)?.coefficient ?? zero));

function plusFraction(a: Fraction, b: Fraction): Fraction {
  if (sameKeys(a.bottom, b.bottom)) return { top: plusPolynomial(a.top, b.top), bottom: a.bottom };
  return {
    top: plusPolynomial(timesPolynomial(a.top, b.bottom), timesPolynomial(b.top, a.bottom)),
    bottom: timesPolynomial(a.bottom, b.bottom),
  };
}

const timesFraction = (a: Fraction, b: Fraction): Fraction => ({
  top: timesPolynomial(a.top, b.top),
  bottom: timesPolynomial(a.bottom, b.bottom),
});

const onlyTerm = (poly: Polynomial): Term | undefined => (poly.size === 1 ? [...poly.values()][0] : undefined);

function inverse({ top, bottom }: Fraction): Fraction {
  if (top.size === 0) throw new DivisionByZero('division by zero');
  const term = onlyTerm(top);
  if (term === undefined) return { top: bottom, bottom: top };
  const flipped = monomial(
    divide(one, term.coefficient),
    [...term.powers].map(([generator, exponent]) => [generator, negate(exponent)] as const),
  );
  return whole(timesPolynomial(bottom, polynomial([flipped])));
}

/** The value is undefined. */
export class DivisionByZero extends Error {}

/** The rational number that a fraction is, if it is one. */
export function rationalValue({ top, bottom }: Fraction): Rational | undefined {
  if (!isUnit(bottom)) return undefined;
  if (top.size === 0) return zero;
  const term = onlyTerm(top);
  return term !== undefined && term.powers.size === 0 ? term.coefficient : undefined;
}

function polynomialText(poly: Polynomial): string {
  return [...poly]
    .map(([key, { coefficient }]) => `${rationalText(coefficient)} ${key}`)
    .sort()
    .join(' + ');
}

/** Equal fractions that were not brought to a common form may differ in text; equal text is always equal value. */
export const fractionText = ({ top, bottom }: Fraction): string =>
  isUnit(bottom) ? polynomialText(top) || '0' : `(${polynomialText(top)}) / (${polynomialText(bottom)})`;

const generatorFraction = (generator: string, exponent: Rational = one): Fraction =>
  whole(polynomial([monomial(one, [[generator, exponent]])]));

const primes = (() => {
  const list: bigint[] = [];
  for (let n = 2n; n < 2000n; n++) if (list.every((p) => n % p !== 0n)) list.push(n);
  return list;
})();

/** Factors of n > 0: small primes, then what remains (a prime, or a product of large ones kept whole). */
function factorise(n: bigint): [bigint, bigint][] {
  const factors: [bigint, bigint][] = [];
  let rest = n;
  for (const prime of primes) {
    if (prime * prime > rest) break;
    let exponent = 0n;
    while (rest % prime === 0n) {
      rest /= prime;
      exponent++;
    }
    if (exponent > 0n) factors.push([prime, exponent]);
  }
  if (rest > 1n) {
    const root = exactRoot(rest, 2);
    factors.push(root === undefined ? [rest, 1n] : [root, 2n]);
  }
  return factors;
}

/** The terms of value^exponent for a nonzero rational value. */
function rationalPower(value: Rational, exponent: Rational): Fraction {
  if (exponent.d === 1n) return constantFraction(power(value, exponent.n));
  const powers = new Map<string, Rational>();
  const raise = (n: bigint, direction: bigint): void => {
    for (const [prime, count] of factorise(n)) {
      const generator = `#${prime}`;
      const share = multiply(exponent, integer(direction * count));
      powers.set(generator, add(powers.get(generator) ?? zero, share));
    }
  };
  raise(value.n < 0n ? -value.n : value.n, 1n);
  raise(value.d, -1n);
  if (value.n < 0n) powers.set('#-1', exponent);
  return whole(polynomial([monomial(one, powers)]));
}

function integerPower(base: Fraction, exponent: bigint): Fraction {
  if (exponent < 0n) return integerPower(inverse(base), -exponent);
  const value = rationalValue(base);
  if (value !== undefined)
    return isZero(value) && exponent === 0n ? constantFraction(one) : constantFraction(power(value, exponent));
  const term = isUnit(base.bottom) ? onlyTerm(base.top) : undefined;
  if (term !== undefined) {
    const scaled = [...term.powers].map(([generator, e]) => [generator, multiply(e, integer(exponent))] as const);
    return whole(polynomial([monomial(power(term.coefficient, exponent), scaled)]));
  }
  if (exponent > mostPower) throw new MathBudgetError(`a power of ${exponent}`);
  let result = constantFraction(one);
  for (let k = 0n; k < exponent; k++) result = timesFraction(result, base);
  return result;
}

const opaque = (expr: Expr, ...args: Fraction[]): Fraction => {
  const name = expr.kind === 'call' ? expr.name : expr.kind;
  return generatorFraction(`@${name}(${args.map(fractionText).join(', ')})`);
};

function powerFraction(expr: Expr & { kind: 'power' }): Fraction {
  if (expr.base.kind === 'constant' && expr.base.name === 'e') return exponential(toFraction(expr.exponent));
  const exponent = toFraction(expr.exponent);
  const value = rationalValue(exponent);
  const base = toFraction(expr.base);
  if (value?.d === 1n) return integerPower(base, value.n);
  const number = rationalValue(base);
  if (value !== undefined && number !== undefined) {
    if (!isZero(number)) return rationalPower(number, value);
    if (sign(value) > 0) return constantFraction(zero);
    throw new DivisionByZero('zero to a negative power');
  }
  const term = isUnit(base.bottom) ? onlyTerm(base.top) : undefined;
  // x^(1/2) of a bare variable, or of a positive constant's radical, has an exact exponent; (x^2)^(1/2) is |x| and stays.
  if (value !== undefined && term !== undefined && sign(term.coefficient) > 0 && canScale(term)) {
    const scaled = [...term.powers].map(([generator, e]) => [generator, multiply(e, value)] as const);
    return timesFraction(rationalPower(term.coefficient, value), whole(polynomial([monomial(one, scaled)])));
  }
  return opaque(expr, base, exponent);
}

const positiveGenerator = (generator: string): boolean =>
  (generator.startsWith('#') && generator !== '#-1') || generator === 'pi' || generator === 'e';

function canScale({ powers }: Term): boolean {
  const others = [...powers].filter(([generator]) => !positiveGenerator(generator));
  const [only] = others;
  return (
    others.length === 0 ||
    (others.length === 1 && only !== undefined && equals(only[1], one) && !only[0].startsWith('#'))
  );
}

/** e^(c1 m1 + c2 m2 + ...) as a product of powers of e^(m). */
function exponential(exponent: Fraction): Fraction {
  if (!isUnit(exponent.bottom)) return generatorFraction(`@exp(${fractionText(exponent)})`);
  const powers = new Map<string, Rational>();
  for (const [key, { coefficient }] of exponent.top) powers.set(key === '' ? 'e' : `@exp(${key})`, coefficient);
  return whole(polynomial([monomial(one, powers)]));
}

/** The natural logarithm: of a rational, a sum of logarithms of primes; of a power of e, its exponent. */
function naturalLog(argument: Fraction): Fraction | undefined {
  const value = rationalValue(argument);
  if (value !== undefined) {
    if (sign(value) <= 0) return undefined;
    const terms: Term[] = [];
    for (const [n, direction] of [
      [value.n, 1n],
      [value.d, -1n],
    ] as const)
      for (const [prime, count] of factorise(n))
        terms.push({ coefficient: integer(direction * count), powers: new Map([[`@ln${prime}`, one]]) });
    return whole(polynomial(terms));
  }
  const term = isUnit(argument.bottom) ? onlyTerm(argument.top) : undefined;
  if (term === undefined || !equals(term.coefficient, one)) return undefined;
  const [only] = term.powers;
  return term.powers.size === 1 && only?.[0] === 'e' ? constantFraction(only[1]) : undefined;
}

function factorial(n: bigint): bigint {
  let result = 1n;
  for (let k = 2n; k <= n; k++) result *= k;
  return result;
}

/** Functions of rationals that have an exact value. */
function exactCall(name: string, args: readonly Rational[]): Rational | undefined {
  const [a, b] = args;
  if (a === undefined) return undefined;
  switch (name) {
    case 'abs':
      return sign(a) < 0 ? negate(a) : a;
    case 'floor':
      return integer(floorOf(a));
    case 'ceil':
      return integer(-floorOf(negate(a)));
    case 'factorial':
      if (a.d !== 1n || a.n < 0n) return undefined;
      if (a.n > 1000n) throw new MathBudgetError(`${a.n}!`);
      return rational(factorial(a.n), 1n);
    case 'binomial':
      if (b === undefined || a.d !== 1n || b.d !== 1n || b.n < 0n || a.n < b.n) return undefined;
      if (a.n > 1000n) throw new MathBudgetError(`${a.n} choose ${b.n}`);
      return integer(factorial(a.n) / (factorial(b.n) * factorial(a.n - b.n)));
    case 'mod':
      return b === undefined || isZero(b) ? undefined : add(a, negate(multiply(b, integer(floorOf(divide(a, b))))));
    case 'gcd':
    case 'lcm': {
      if (args.some((arg) => arg.d !== 1n || arg.n <= 0n)) return undefined;
      const gcdOf = (x: bigint, y: bigint): bigint => (y === 0n ? x : gcdOf(y, x % y));
      return integer(args.map(({ n }) => n).reduce((x, y) => (name === 'gcd' ? gcdOf(x, y) : (x / gcdOf(x, y)) * y)));
    }
    case 'max':
      return args.reduce((x, y) => (sign(add(x, negate(y))) < 0 ? y : x));
    case 'min':
      return args.reduce((x, y) => (sign(add(x, negate(y))) > 0 ? y : x));
    default:
      return undefined;
  }
}

function callFraction(expr: Expr & { kind: 'call' }): Fraction {
  const { name } = expr;
  if (name === 'sum' || name === 'prod' || name === 'int') return generatorFraction(`@${exprText(expr)}`);
  const args = expr.args.map(toFraction);
  if (name === 'log') {
    const [argument, base] = args;
    const top = argument === undefined ? undefined : naturalLog(argument);
    const bottom = base === undefined ? undefined : naturalLog(base);
    if (top !== undefined && bottom !== undefined) return timesFraction(top, inverse(bottom));
    return opaque(expr, ...args);
  }
  const values = args.map(rationalValue).filter((value) => value !== undefined);
  const exact = values.length === args.length ? exactCall(name, values) : undefined;
  return exact === undefined ? opaque(expr, ...args) : constantFraction(exact);
}

/** @throws MathBudgetError, DivisionByZero; NotScalar for sets, relations and matrices. */
export function toFraction(expr: Expr): Fraction {
  switch (expr.kind) {
    case 'number':
      return constantFraction(expr.value);
    case 'symbol':
      return generatorFraction(expr.real ? `$${expr.name}` : `$${expr.name}~`);
    case 'constant':
      if (expr.name === 'zoo') throw new DivisionByZero('complex infinity');
      return expr.name === 'I' ? generatorFraction('#-1', rational(1n, 2n)) : generatorFraction(expr.name);
    case 'add':
      return expr.args.map(toFraction).reduce(plusFraction);
    case 'multiply':
      return expr.args.map(toFraction).reduce(timesFraction);
    case 'power':
      return powerFraction(expr);
    case 'percent':
      return timesFraction(toFraction(expr.value), constantFraction(rational(1n, 100n)));
    case 'call':
      return callFraction(expr);
    default:
      throw new NotScalar(`${expr.kind} is not a number`);
  }
}

/** A set, relation or matrix where a number is needed. */
export class NotScalar extends Error {}

/** a - b as one polynomial over a common denominator: zero exactly when a equals b. */
export function difference(a: Fraction, b: Fraction): Polynomial {
  const left = timesPolynomial(a.top, b.bottom);
  const right = timesPolynomial(b.top, a.bottom);
  return polynomial([
    ...left.values(),
    ...[...right.values()].map(({ coefficient, powers }) => ({ coefficient: negate(coefficient), powers })),
  ]);
}

const independent = (generator: string): boolean =>
  generator.startsWith('$') || positiveGenerator(generator) || generator === '#-1';

/**
 * Whether a nonzero difference proves inequality: its generators have no relation among each other. Fractional powers of
 * numbers beyond trial division may be related, opaque functions are.
 */
export function provesUnequal(poly: Polynomial): boolean {
  let transcendental = 0;
  for (const { powers } of poly.values()) {
    for (const [generator, exponent] of powers) {
      if (!independent(generator)) return false;
      if (generator.startsWith('$') && exponent.d !== 1n) return false;
      if (generator === '#-1' && exponent.d > 2n) return false;
      if (generator === 'pi') transcendental |= 1;
      if (generator === 'e') transcendental |= 2;
    }
  }
  return transcendental !== 3;
}

/** The factor c with a = c b, if there is one. */
export function ratio(a: Polynomial, b: Polynomial): Rational | undefined {
  if (a.size !== b.size || a.size === 0) return undefined;
  let factor: Rational | undefined;
  for (const [key, { coefficient }] of a) {
    const other = b.get(key);
    if (other === undefined) return undefined;
    const quotient = divide(coefficient, other.coefficient);
    if (factor !== undefined && !equals(factor, quotient)) return undefined;
    factor = quotient;
  }
  return factor;
}

/** A variable, or an unknown function's value, which solves like one. */
const isVariable = (generator: string): boolean => generator.startsWith('$') || /^@[^(]*\(\)\(/.test(generator);

/** Rational coefficients [c0, c1, ...] of a polynomial in one real variable; undefined for any other. */
export function coefficients(poly: Polynomial, most = 2): { variable: string; values: Rational[] } | undefined {
  let variable: string | undefined;
  const values: Rational[] = [];
  for (const { coefficient, powers } of poly.values()) {
    const [only] = powers;
    if (powers.size > 1) return undefined;
    if (only === undefined) {
      values[0] = coefficient;
      continue;
    }
    const [generator, exponent] = only;
    if (!isVariable(generator) || exponent.d !== 1n || exponent.n < 1n || exponent.n > BigInt(most)) return undefined;
    if (variable !== undefined && variable !== generator) return undefined;
    variable = generator;
    values[Number(exponent.n)] = coefficient;
  }
  if (variable === undefined) return undefined;
  return { variable, values: Array.from({ length: values.length }, (_, i) => values[i] ?? zero) };
}
