/**
 * @file T3: the parts that name a year in a given range.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

const year = /(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d]|[.,]\d)/g;

/** Asks for the parts with a year in a range of 3 to 26 years; gold: their identifiers. */
export const yearSweep: ReadingGenerator = {
  id: 'year-sweep',
  version: 1,
  task: 'T3',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Which parts contain a number from {low} to {high}, written with four digits and no separator?',
    zh: '哪些片段含有{low}到{high}之间（含两端）不带分隔符的四位数？',
  }),
  exempt: { g6: wholeText },
  propose(reading, rng) {
    const years = reading.units.map((unit) => ({
      unit,
      years: [...unit.text.matchAll(year)].map(([text]) => Number(text)),
    }));
    const all = years.flatMap((entry) => entry.years);
    if (all.length < 3) return undefined;
    const low = rng.pick(all) - rng.integer(0, 3);
    const high = low + rng.integer(2, 25);
    const gold = years.filter((entry) => entry.years.some((value) => value >= low && value <= high));
    if (gold.length < 2 || gold.length > 30 || gold.length > 0.3 * reading.units.length) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { low: String(low), high: String(high) }),
      gold: gold.map(({ unit }) => unit.id),
      rationale: gold.map((entry) => `${entry.unit.id} ${entry.years.join(' ')}`).join('\n'),
      evidence: gold.map(({ unit }) => unit),
    };
  },
};
