/**
 * @file T3: the parts that mention one term and not another.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms } from '../../reading/terms.ts';

/** Asks for the parts that mention one term and not another; gold: their identifiers, two to thirty. */
export const mentionSweep: ReadingGenerator = {
  id: 'mention-sweep',
  version: 1,
  task: 'T3',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 40,
  wording: phrase({
    en: 'Which parts mention “{yes}” and do not mention “{no}”?',
    zh: '哪些片段提到“{yes}”而没有提到“{no}”？',
  }),
  exempt: { g6: wholeText },
  propose(reading, rng) {
    const terms = drawTerms(reading, 8, rng);
    const wanted = terms.find(
      ({ units }) => units.length >= 2 && units.length <= 30 && units.length <= 0.3 * reading.units.length,
    );
    const holders = new Set(wanted?.units.map(({ unit }) => unit));
    const unwanted =
      terms.find((other) => other !== wanted && other.units.some(({ unit }) => holders.has(unit))) ??
      terms.find((other) => other !== wanted);
    if (wanted === undefined || unwanted === undefined) return undefined;
    const without = new Set(unwanted.units.map(({ unit }) => unit));
    const gold = [...holders].filter((unit) => !without.has(unit));
    if (gold.length < 2) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { yes: wanted.term, no: unwanted.term }),
      gold: gold.map(({ id }) => id),
      rationale: [...holders].map((unit) => `${unit.id}${without.has(unit) ? ` ${unwanted.term}` : ''}`).join('\n'),
      evidence: gold,
    };
  },
};
