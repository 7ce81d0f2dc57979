/** @file Words and letters that multiply the number before them: `3.5 million`, `42bn`, `5k`, `2.6万`, `6 dozen`. */
import { integer, type Rational } from '../rational.ts';

/** English and Chinese words, in lower case. */
export const magnitudes: ReadonlyMap<string, Rational> = new Map(
  Object.entries({
    hundred: 100n,
    hundreds: 100n,
    thousand: 1000n,
    thousands: 1000n,
    million: 10n ** 6n,
    millions: 10n ** 6n,
    mln: 10n ** 6n,
    mn: 10n ** 6n,
    billion: 10n ** 9n,
    billions: 10n ** 9n,
    bln: 10n ** 9n,
    bn: 10n ** 9n,
    trillion: 10n ** 12n,
    trillions: 10n ** 12n,
    trn: 10n ** 12n,
    quadrillion: 10n ** 15n,
    dozen: 12n,
    dozens: 12n,
    lakh: 10n ** 5n,
    crore: 10n ** 7n,
    百: 100n,
    千: 1000n,
    万: 10n ** 4n,
    十万: 10n ** 5n,
    百万: 10n ** 6n,
    千万: 10n ** 7n,
    亿: 10n ** 8n,
    十亿: 10n ** 9n,
    百亿: 10n ** 10n,
    千亿: 10n ** 11n,
    万亿: 10n ** 12n,
  }).map(([word, value]) => [word, integer(value)]),
);

/** Letters that may be variables as well: read as magnitudes only behind a digit, and softly. */
export const letterMagnitudes: ReadonlyMap<string, Rational> = new Map([
  ['k', integer(1000n)],
  ['K', integer(1000n)],
  ['M', integer(10n ** 6n)],
  ['B', integer(10n ** 9n)],
]);

const word = /^(?:\(\s*)?([a-zA-Z]+|万亿|千亿|百亿|十亿|千万|百万|十万|[亿万千百])/;

/** The magnitude at the beginning of a text, and what is left of it. */
export function leadingMagnitude(text: string): { factor: Rational; rest: string } | undefined {
  const match = word.exec(text);
  const factor = magnitudes.get(match?.[1] ?? '') ?? magnitudes.get(match?.[1]?.toLowerCase() ?? '');
  if (match === null || factor === undefined) return undefined;
  const inside = match[0].startsWith('(');
  const rest = text.slice(match[0].length);
  return { factor, rest: (inside ? rest.replace(/^([^)]*)\)/, '$1') : rest).trim() };
}
