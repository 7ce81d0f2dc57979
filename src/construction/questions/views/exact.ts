/**
 * @file Exact arithmetic on stated figures: no gold may hang on how a machine rounds.
 */

/** A fraction of whole numbers; the denominator is positive. */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

/** A figure as it is written in decimals: 12.5 is 125 / 10. */
export function exact(value: number): Exact {
  const [whole = '0', places = ''] = value
    .toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 12 })
    .split('.');
  return { over: BigInt(whole + places), under: 10n ** BigInt(places.length) };
}

export const plus = (a: Exact, b: Exact): Exact => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});
export const minus = (a: Exact, b: Exact): Exact => plus(a, { over: -b.over, under: b.under });
export const times = (a: Exact, b: Exact): Exact => ({ over: a.over * b.over, under: a.under * b.under });

/** Undefined for a division by zero. */
export function dividedBy(a: Exact, b: Exact): Exact | undefined {
  if (b.over === 0n) return undefined;
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.under * sign, under: a.under * b.over * sign };
}

/** As near as a machine's number comes: to compare sizes, never for a gold. */
export const approximate = ({ over, under }: Exact): number => Number(over) / Number(under);

export const sumOf = (values: readonly Exact[]): Exact => values.reduce(plus, { over: 0n, under: 1n });

/**
 * With so many decimals; undefined where it lies half way, because conventions differ there.
 *
 * @example rounded(exact(2 / 3), 1) // '0.7'
 */
export function rounded({ over, under }: Exact, decimals: number): string | undefined {
  const size = (over < 0n ? -over : over) * 10n ** BigInt(decimals);
  const rest = size % under;
  if (2n * rest === under) return undefined;
  const digits = String(size / under + (2n * rest > under ? 1n : 0n)).padStart(decimals + 1, '0');
  const sign = over < 0n && /[1-9]/.test(digits) ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** As it is, where it ends within six decimals: `12.5`, `1204`. */
export function asStated(value: Exact): string | undefined {
  if ((value.over * 10n ** 6n) % value.under !== 0n) return undefined;
  return rounded(value, 6)?.replace(/\.?0+$/, '');
}
