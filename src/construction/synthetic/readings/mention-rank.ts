/**
 * @file T7: the parts with the most mentions of a term, without ties down to the last place asked for.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms } from '../../reading/terms.ts';

/** k such that every count to place k + 1 differs, at least three. */
export function untied(counts: readonly number[], most: number): number | undefined {
  let k = 0;
  while (k < most && (counts[k] ?? 0) > (counts[k + 1] ?? 0)) k++;
  return k >= 3 ? k : undefined;
}

/** Asks for the three to six parts with the most mentions of a term; gold: their identifiers, most first. */
export const mentionRank: ReadingGenerator = {
  id: 'mention-rank',
  version: 1,
  task: 'T7',
  kind: 'passages',
  least: 1024,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Which {k} parts mention “{term}” most often, as a whole word? Most mentions first.',
    zh: '“{term}”出现次数最多的{k}个片段是哪些？从多到少排列。',
  }),
  exempt: { g6: wholeText },
  propose(reading, rng) {
    for (const { term, units } of drawTerms(reading, 14, rng)) {
      const ranked = [...units].sort((a, b) => b.count - a.count);
      const k = untied(
        ranked.map(({ count }) => count),
        6,
      );
      if (k === undefined || 3 * k > reading.units.length) continue;
      return {
        reading,
        question: this.wording.say(reading.language, { k: String(k), term }),
        gold: ranked.slice(0, k).map(({ unit }) => unit.id),
        rationale: ranked
          .slice(0, k)
          .map(({ unit, count }) => `${unit.id} ${count}`)
          .join('\n'),
        evidence: ranked.map(({ unit }) => unit),
      };
    }
    return undefined;
  },
};
