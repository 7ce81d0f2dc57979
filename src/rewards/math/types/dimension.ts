/**
 * @file A unit as dimensions and a factor: km/h is L1 T-1 times 1000/3600. Dimensions are the SI's base quantities, angle,
 * information, and one for each currency, because a euro is no dollar at any rate.
 */
import { multiply, one, power, type Rational } from '../rational.ts';

/** Base quantity -> exponent, never 0. */
export type Dimensions = Readonly<Record<string, number>>;

/** A unit, simple or composed. */
export interface Unit {
  readonly dimensions: Dimensions;
  /** How many of the SI's units (or of the currency) one of this is. */
  readonly factor: Rational;
  /** Zero of the scale in SI units, for temperatures: 0 °C is 273.15 K. */
  readonly offset?: Rational;
  /** As it was written, for reasons. */
  readonly text: string;
}

/** Whether one can be converted to the other; two currencies cannot. */
export const sameDimensions = (a: Unit, b: Unit): boolean => dimensionText(a) === dimensionText(b);

/** Canonical: `L1 T-1`; empty without dimensions. */
export const dimensionText = ({ dimensions }: Unit): string =>
  Object.entries(dimensions)
    .map(([name, exponent]) => `${name}${exponent}`)
    .sort()
    .join(' ');

/** Whether money is part of the unit: euros per hour too. */
export const isCurrency = ({ dimensions }: Unit): boolean =>
  Object.keys(dimensions).some((name) => name.startsWith('$'));

/** A unit to a power, negative ones too; the zero of a temperature scale is dropped, but at power 1. */
export function raised(unit: Unit, exponent: number): Unit {
  if (exponent === 1) return unit;
  const dimensions = Object.fromEntries(
    Object.entries(unit.dimensions).map(([name, e]) => [name, e * exponent] as const),
  );
  return { dimensions, factor: power(unit.factor, BigInt(exponent)), text: `${unit.text}^${exponent}` };
}

/** The product of two units. */
export function joined(a: Unit, b: Unit): Unit {
  const dimensions: Record<string, number> = { ...a.dimensions };
  for (const [name, exponent] of Object.entries(b.dimensions)) {
    const total = (dimensions[name] ?? 0) + exponent;
    if (total === 0) delete dimensions[name];
    else dimensions[name] = total;
  }
  return { dimensions, factor: multiply(a.factor, b.factor), text: a.text === '' ? b.text : `${a.text} ${b.text}` };
}

/** Neutral to `joined`. */
export const noUnit: Unit = { dimensions: {}, factor: one, text: '' };
