/**
 * @file What an answer can be, once read. A text may have several readings (`(1, 2)` is a pair and an interval, `5 m` five metres
 * and five times m); a gold and an answer are equal when a reading of one equals a reading of the other.
 */
import type { Expr } from '../expr.ts';
import type { Unit } from './dimension.ts';

/** Types by which a verdict is reported; finer than the kinds of `Value`. */
export const answerTypes = [
  'number',
  'quantity',
  'currency',
  'percent',
  'ratio',
  'base',
  'date',
  'time',
  'expression',
  'complex',
  'equation',
  'system',
  'set',
  'list',
  'multiset',
  'interval',
  'matrix',
  'words',
  'unknown',
] as const;
/** The gold's type, `unknown` where it could not be read. */
export type AnswerType = (typeof answerTypes)[number];

/** How a number stood in the text: its precision. */
export interface Literal {
  /** Digits behind the point. */
  readonly decimals: number;
  /** Significant digits. */
  readonly digits: number;
}

/** A number, quantity, percentage or expression. */
export interface Scalar {
  readonly type: 'scalar';
  readonly expr: Expr;
  readonly literal?: Literal | undefined;
  readonly unit?: Unit | undefined;
  readonly percent?: boolean;
  /** What is counted: `crates` of "177 crates". */
  readonly noun?: string | undefined;
  /** Letters that may as well be variables were read as a unit or magnitude: equals only what states the same. */
  readonly soft?: boolean;
}

/** `3:4`: two terms or more; equal up to a common factor. */
export interface Ratio {
  readonly type: 'ratio';
  readonly terms: readonly Expr[];
}

/** `1101_2`: digits in upper case without leading zeros, base 2 to 36. */
export interface BaseNumber {
  readonly type: 'base';
  readonly digits: string;
  readonly base: number;
}

/** Month 1 to 12, day 1 to 31; what the text leaves out is undefined. */
export interface CalendarDate {
  readonly type: 'date';
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  /** Month and day could be the other way round. */
  readonly ambiguous?: boolean;
}

/** In 24 hours where `half` is known; without it morning or evening is open. */
export interface ClockTime {
  readonly type: 'time';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly half?: 'am' | 'pm' | undefined;
}

/** `x = 5`, `f(x) = 2x`, `Total = 177 crates`: a name and the readings of what it is. */
export interface Assignment {
  readonly type: 'assignment';
  /** The variable, or undefined where words stand on the left. */
  readonly name: string | undefined;
  readonly values: readonly Value[];
  /** Where the name is a variable or a call: the equation. */
  readonly equation?: Expr | undefined;
}

/** An equation that assigns nothing, or an inequality. */
export interface Relation {
  readonly type: 'relation';
  readonly expr: Expr;
}

/** Items as listed; each with its readings. */
export interface Collection {
  readonly type: 'collection';
  readonly form: 'bare' | 'set' | 'tuple';
  readonly joint: 'and' | 'or' | 'comma';
  readonly items: readonly (readonly Value[])[];
}

/** An interval, union, number set or the empty set, as a tree of the parser. */
export interface Region {
  readonly type: 'region';
  readonly expr: Expr;
}

/** A matrix, entries as trees. */
export interface Matrix {
  readonly type: 'matrix';
  readonly expr: Expr;
}

/** Values that depend on an integer: pi/2 + k pi. */
export interface Family {
  readonly type: 'family';
  readonly members: readonly Expr[];
  readonly parameter: string;
}

/** What words say that no number does: no value, infinitely many. */
export interface Words {
  readonly type: 'words';
  readonly text: string;
}

/** One reading of a text. */
export type Value =
  | Scalar
  | Ratio
  | BaseNumber
  | CalendarDate
  | ClockTime
  | Assignment
  | Relation
  | Collection
  | Region
  | Matrix
  | Family
  | Words;
