/**
 * @file T4: the years between the earliest and the latest year that given parts name.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

const year = /(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d]|[.,]\d)/g;

/** Asks for the largest minus the smallest year (1500 to 2099) in two to four named parts; gold: that number. */
export const yearSpan: ReadingGenerator = {
  id: 'year-span',
  version: 1,
  task: 'T4',
  kind: 'passages',
  least: 128,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: 'Take the numbers from 1500 to 2099 that parts {ids} write with four digits and no separator. What is the largest of them minus the smallest?',
    zh: '取片段 {ids} 中1500到2099之间不带分隔符的四位数。其中最大的减最小的等于多少？',
  }),
  exempt: {},
  propose(reading, rng) {
    const dated = reading.units
      .map((unit) => ({ unit, years: [...unit.text.matchAll(year)].map(([text]) => Number(text)) }))
      .filter(({ years }) => years.length > 0);
    const chosen = rng.sample(dated, rng.integer(2, 4));
    const years = chosen.flatMap((entry) => entry.years);
    const span = Math.max(...years) - Math.min(...years);
    if (chosen.length < 2 || span < 2) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { ids: chosen.map(({ unit }) => unit.id).join(', ') }),
      gold: [String(span)],
      rationale: chosen.map((entry) => `${entry.unit.id} ${entry.years.join(' ')}`).join('\n'),
      evidence: chosen.map(({ unit }) => unit),
    };
  },
};
