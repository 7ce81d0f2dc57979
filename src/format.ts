/**
 * @file Numbers as people read them, on the terminal and in reports.
 */

/** @param share in [0, 1]. @example percent(0.123) // '12 %'; percent(0.123, 1) // '12.3 %' */
export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)} %`;

/** A share in points, for tables whose header says percent. @example points(0.123) // '12.3' */
export const points = (share: number): string => (100 * share).toFixed(1);

/** With its sign. `minus`: a hyphen for the terminal and for files, a true minus where a page sets it. */
export function signed(value: number, digits = 3, minus: '-' | '−' = '-'): string {
  return `${value < 0 ? minus : '+'}${Math.abs(value).toFixed(digits)}`;
}

/** A change of a count: zero has no sign. @example signedCount(3) // '+3' */
export const signedCount = (value: number): string => (value > 0 ? `+${value}` : String(value));

/** With commas between thousands. @example grouped(12345) // '12,345' */
export const grouped = (value: number): string => value.toLocaleString('en-US');

/** The names of a count in their order: `train 12, heldout 3`. */
export const allCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** How often each key stands in a list, in the order of their first places. */
export function countKeys(keys: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** The names of a count that are not 0, in their order: `answered 12, none 3`. */
export const shownCounts = (counts: Readonly<Record<string, number>>): string =>
  allCounts(Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)));
