/**
 * @file T3: a statement fused from quotations of several parts; the parts that support it are asked for.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippets } from '../../reading/snippet.ts';

/** Asks which parts a fused statement quotes, two to four of them; gold: their identifiers. */
export const citationAlign: ReadingGenerator = {
  id: 'citation-align',
  version: 1,
  task: 'T3',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 90,
  wording: phrase({
    en: 'A summary says: “{statement}”. Which parts does it quote?',
    zh: '有摘要写道：“{statement}”。它引用了哪些片段？',
  }),
  exempt: {},
  propose(reading, rng) {
    const count = Math.min(rng.integer(2, 4), Math.floor(reading.units.length / 3));
    const found = count < 2 ? undefined : drawSnippets(reading, count, rng);
    if (found === undefined) return undefined;
    const statement = rng
      .shuffle(found)
      .map(({ quote }) => quote)
      .join(' … ');
    return {
      reading,
      question: this.wording.say(reading.language, { statement }),
      gold: found.map(({ unit }) => unit.id),
      rationale: found.map(({ unit, quote }) => `[${unit.id}] ${quote}`).join('\n'),
      evidence: rng.shuffle(found.map(({ unit }) => unit)),
    };
  },
};
