/**
 * @file A name for every part of a folder of texts: the word that stands most in it and least in the others. Questions call a part by it, since
 * names that differ by a number alone (`report 1`, `report 2`) ask for counting rather than reading.
 */

/** Letters of a catchword: shorter ones tell little, longer ones make half a question. */
const letters = { least: 5, most: 14 };

/** How often each word stands in a part, lower case. */
function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/(?<![\p{L}\p{N}'-])[A-Za-z]+(?![\p{L}\p{N}'-])/gu)) {
    if (word.length < letters.least || word.length > letters.most) continue;
    const lower = word.toLowerCase();
    counts.set(lower, (counts.get(lower) ?? 0) + 1);
  }
  return counts;
}

/**
 * One word a part, each another, with a capital; undefined for a part that has none of its own. In the order of the parts, so that the same
 * parts have the same words.
 *
 * @param taken Names that mean something else in the texts.
 */
export function catchwords(parts: readonly string[], taken: readonly string[] = []): (string | undefined)[] {
  const counts = parts.map(wordCounts);
  const spread = new Map<string, number>();
  for (const words of counts) for (const word of words.keys()) spread.set(word, (spread.get(word) ?? 0) + 1);
  const used = new Set(taken.flatMap((name) => name.toLowerCase().split(' ')));
  return counts.map((words) => {
    const weight = ([word, count]: readonly [string, number]): number =>
      (1 + Math.log(count)) / (spread.get(word) ?? 1);
    const ranked = [...words]
      .filter(([word]) => !used.has(word))
      .sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1));
    const [best] = ranked[0] ?? [];
    if (best === undefined) return undefined;
    used.add(best);
    return best.charAt(0).toUpperCase() + best.slice(1);
  });
}
