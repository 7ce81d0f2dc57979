/**
 * @file Values of Parquet columns as rows hold them, by the column's logical type, as pyarrow reads them: decimals, dates and times are
 * texts with all their digits (Python's `str` and `isoformat`), whole numbers beyond 2^53 `bigint`, binary columns `Uint8Array`.
 *
 * hyparquet makes decimals doubles and times `Date`, both with a loss; so it is shown a schema without these types.
 */
import type { SchemaElement, SchemaTree } from 'hyparquet';
import { notUtf8 } from './bytes.ts';
import { largestNumber } from './parse-json.ts';
import { QuarantineError } from './reader.ts';

type Convert = (value: unknown) => unknown;

const exactConverted = new Set([
  'DECIMAL',
  'DATE',
  'TIME_MILLIS',
  'TIME_MICROS',
  'TIMESTAMP_MILLIS',
  'TIMESTAMP_MICROS',
]);
const exactLogical = new Set(['DECIMAL', 'DATE', 'TIME', 'TIMESTAMP']);

/** The schema with which hyparquet leaves decimals and times as they are stored. */
export const storedSchema = (schema: readonly SchemaElement[]): SchemaElement[] =>
  schema.map((element) => {
    const { converted_type: converted, logical_type: logical } = element;
    const exact = exactConverted.has(converted ?? '') || exactLogical.has(logical?.type ?? '');
    return exact ? { ...element, converted_type: undefined, logical_type: undefined } : element;
  });

/** A whole number as rows hold it. */
const wholeNumber = (value: bigint): number | bigint =>
  value > largestNumber || value < -largestNumber ? value : Number(value);

/** Two's complement, highest byte first. */
function signedInteger(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

function decimalText(value: unknown, scale: number): string {
  const unscaled = value instanceof Uint8Array ? signedInteger(value) : BigInt(value as number | bigint);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

const perSecond = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;
type Unit = keyof typeof perSecond;

/** As Python prints it: nothing, six digits, or nine where there are nanoseconds. */
function fraction(rest: bigint, unit: Unit): string {
  if (rest === 0n) return '';
  const nanos = String(rest * (1_000_000_000n / perSecond[unit])).padStart(9, '0');
  return `.${nanos.endsWith('000') ? nanos.slice(0, 6) : nanos}`;
}

/** `2024-02-29`; years outside of 0 to 9999 with a sign and six digits. */
const dateText = (days: number): string => new Date(days * 86_400_000).toISOString().split('T', 1)[0] ?? '';

/** A count of units since midnight. */
function timeText(value: unknown, unit: Unit): string {
  const count = BigInt(value as number | bigint);
  const seconds = new Date(Number(count / perSecond[unit]) * 1000).toISOString().slice(11, 19);
  return `${seconds}${fraction(count % perSecond[unit], unit)}`;
}

/** A count of units since 1970, also a negative one. */
function timestampText(value: unknown, unit: Unit, zone: string): string {
  const count = BigInt(value as number | bigint);
  const rest = ((count % perSecond[unit]) + perSecond[unit]) % perSecond[unit];
  const seconds = (count - rest) / perSecond[unit];
  const text = new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, '');
  return `${text}${fraction(rest, unit)}${zone}`;
}

/** Time of INT96, which hyparquet gives in nanoseconds. */
export const int96Text = (nanos: bigint): string => timestampText(nanos, 'NANOS', '');

const unitOf = (unit: string | undefined): Unit => (unit === 'MICROS' || unit === 'NANOS' ? unit : 'MILLIS');

/** Of a value that has no type of these, its plain form. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return wholeNumber(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
}

function textValue(value: unknown): unknown {
  // What is no UTF-8 comes as bytes.
  if (value instanceof Uint8Array) throw new QuarantineError('not-utf8', notUtf8);
  return value;
}

function leafConvert({ converted_type: converted, logical_type: logical, scale = 0 }: SchemaElement): Convert {
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') return (value) => decimalText(value, scale);
  if (logical?.type === 'DATE' || converted === 'DATE') return (value) => dateText(Number(value));
  if (logical?.type === 'TIME') return (value) => timeText(value, unitOf(logical.unit));
  if (converted === 'TIME_MILLIS') return (value) => timeText(value, 'MILLIS');
  if (converted === 'TIME_MICROS') return (value) => timeText(value, 'MICROS');
  if (logical?.type === 'TIMESTAMP') {
    const zone = logical.isAdjustedToUTC ? '+00:00' : '';
    return (value) => timestampText(value, unitOf(logical.unit), zone);
  }
  // The old types are instants, to pyarrow too.
  if (converted === 'TIMESTAMP_MILLIS') return (value) => timestampText(value, 'MILLIS', '+00:00');
  if (converted === 'TIMESTAMP_MICROS') return (value) => timestampText(value, 'MICROS', '+00:00');
  if (logical?.type === 'STRING' || converted === 'UTF8' || converted === 'ENUM') return textValue;
  return plain;
}

/** Null stays null, and a list of values is converted value by value. */
const each =
  (convert: Convert): Convert =>
  (value) =>
    value === undefined || value === null ? null : Array.isArray(value) ? value.map(each(convert)) : convert(value);

function structConvert(children: readonly SchemaTree[]): Convert {
  const fields = children.map((child) => [child.element.name, converterOf(child)] as const);
  return (value) => {
    const struct = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(fields.map(([name, convert]) => [name, convert(struct[name])]));
  };
}

/** Lists and maps have a level of their own in the schema, which values have not. */
function converterOf({ element, children }: SchemaTree): Convert {
  if (children.length === 0) return each(leafConvert(element));
  if (element.logical_type?.type === 'VARIANT') return plain;
  const [only] = children;
  if (element.converted_type === 'LIST' && children.length === 1 && only !== undefined) {
    const [item] = only.children;
    if (only.children.length <= 1) return converterOf(item ?? only);
  }
  const entry = only?.children ?? [];
  if (element.converted_type === 'MAP' && entry.length === 2) {
    const convert = entry[1] === undefined ? plain : converterOf(entry[1]);
    return each((value) =>
      Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, convert(field)])),
    );
  }
  return each(structConvert(children));
}

/** Rows of hyparquet, read with `storedSchema`, as rows of this library. */
export const rowConverter = ({
  children,
}: SchemaTree): ((row: Readonly<Record<string, unknown>>) => Record<string, unknown>) =>
  structConvert(children) as (row: unknown) => Record<string, unknown>;
