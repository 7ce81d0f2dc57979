/**
 * @file Similarity of two texts by Ratcliff and Obershelp, as Python's `difflib.SequenceMatcher(None, a, b).ratio()` computes
 * it: the score of MRCR. The heuristic that Python calls autojunk is part of the score: in a `b` of 200 or more characters, a
 * character that makes up more than 1 % of it starts no match. Characters are code points, as in Python.
 */

const autojunkLength = 200;

/** Positions of each character of `b`, without the popular ones. */
function positions(b: readonly string[]): Map<string, number[]> {
  const byCharacter = new Map<string, number[]>();
  for (const [index, character] of b.entries()) {
    const known = byCharacter.get(character);
    if (known === undefined) byCharacter.set(character, [index]);
    else known.push(index);
  }
  if (b.length < autojunkLength) return byCharacter;
  const most = Math.floor(b.length / 100) + 1;
  for (const [character, found] of byCharacter) if (found.length > most) byCharacter.delete(character);
  return byCharacter;
}

/** Characters in the matching blocks of `a` and `b`. */
function matches(a: readonly string[], b: readonly string[]): number {
  const byCharacter = positions(b);
  // Length of the match that ends at b[j], for the current and the previous character of a; shifted by one.
  let previous = new Int32Array(b.length + 1);
  let current = new Int32Array(b.length + 1);
  let total = 0;
  const waiting: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let range = waiting.pop(); range !== undefined; range = waiting.pop()) {
    const [aLow, aHigh, bLow, bHigh] = range;
    let [bestA, bestB, size] = [aLow, bLow, 0];
    let touched: readonly number[] = [];
    for (let i = aLow; i < aHigh; i++) {
      const found = byCharacter.get(a[i] ?? '') ?? [];
      for (const j of found) {
        if (j < bLow) continue;
        if (j >= bHigh) break;
        const length = (j === bLow ? 0 : (previous[j] ?? 0)) + 1;
        current[j + 1] = length;
        if (length > size) [bestA, bestB, size] = [i - length + 1, j - length + 1, length];
      }
      for (const j of touched) previous[j + 1] = 0;
      [previous, current] = [current, previous];
      touched = found;
    }
    for (const j of touched) previous[j + 1] = 0;
    // Popular characters may continue a match, though they start none.
    while (bestA > aLow && bestB > bLow && a[bestA - 1] === b[bestB - 1]) {
      bestA--;
      bestB--;
      size++;
    }
    while (bestA + size < aHigh && bestB + size < bHigh && a[bestA + size] === b[bestB + size]) size++;
    if (size === 0) continue;
    total += size;
    if (aLow < bestA && bLow < bestB) waiting.push([aLow, bestA, bLow, bestB]);
    if (bestA + size < aHigh && bestB + size < bHigh) waiting.push([bestA + size, aHigh, bestB + size, bHigh]);
  }
  return total;
}

/**
 * 2 M / T: M characters in matching blocks, T characters in both texts; 1 for two empty texts. Not symmetric.
 *
 * @example sequenceRatio('abcd', 'bcde') // 0.75
 */
export function sequenceRatio(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const length = left.length + right.length;
  return length === 0 ? 1 : (2 * matches(left, right)) / length;
}
