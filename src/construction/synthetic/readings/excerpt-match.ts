/**
 * @file T6: excerpts and the parts that they come from, one line `F1 P12` each.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippets } from '../../reading/snippet.ts';

/** Asks for the parts of three to five excerpts; gold: lines `F1 P12`. */
export const excerptMatch: ReadingGenerator = {
  id: 'excerpt-match',
  version: 1,
  task: 'T6',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 120,
  wording: phrase({
    en: 'Which part does each excerpt come from? Write {count} lines such as “F1 P99”.\n{excerpts}',
    zh: '下列各摘录出自哪个片段？请写{count}行，如“F1 P99”。\n{excerpts}',
  }),
  exempt: {},
  propose(reading, rng) {
    const count = Math.min(5, Math.floor(reading.units.length / 2));
    const found = count < 3 ? undefined : drawSnippets(reading, count, rng);
    if (found === undefined) return undefined;
    const listed = rng.shuffle(found);
    return {
      reading,
      question: this.wording.say(reading.language, {
        count: String(count),
        excerpts: listed.map(({ quote }, i) => `F${i + 1}: “${quote}”`).join('\n'),
      }),
      gold: listed.map(({ unit }, i) => `F${i + 1} ${unit.id}`),
      rationale: listed.map(({ unit, quote }) => `[${unit.id}] ${quote}`).join('\n'),
      evidence: listed.map(({ unit }) => unit),
    };
  },
};
