/**
 * @file One of several items in proportion to their weights.
 */

/** @param share In [0, 1): where along the summed weights to look. */
export function weighted<T>(
  items: readonly T[],
  weightOf: (item: T, i: number) => number,
  share: number,
): T | undefined {
  let left = share * items.reduce((sum, item, i) => sum + weightOf(item, i), 0);
  for (const [i, item] of items.entries()) {
    left -= weightOf(item, i);
    if (left < 0) return item;
  }
  return items.at(-1);
}
