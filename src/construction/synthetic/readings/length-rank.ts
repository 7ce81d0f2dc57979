/**
 * @file T7: the longest of the parts that mention a term.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { wordsOf } from '../../reading/snippet.ts';
import { drawTerms } from '../../reading/terms.ts';
import { untied } from './mention-rank.ts';

/** Asks for the three to five longest parts among those with a term; gold: their identifiers, longest first. */
export const lengthRank: ReadingGenerator = {
  id: 'length-rank',
  version: 1,
  task: 'T7',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Of the parts that mention “{term}”, which {k} are longest in words, as spaces separate them? Longest first.',
    zh: '在提到“{term}”的片段中，不计标点字数最多的{k}个是哪些？从长到短排列。',
  }),
  exempt: { g6: wholeText },
  propose(reading, rng) {
    for (const { term, units } of drawTerms(reading, 14, rng)) {
      if (units.length < 4 || units.length > 40) continue;
      const ranked = units
        .map(({ unit }) => ({ unit, words: wordsOf(unit, reading.language).length }))
        .sort((a, b) => b.words - a.words);
      const k = untied(
        ranked.map(({ words }) => words),
        Math.min(5, ranked.length - 1),
      );
      if (k === undefined || 3 * k > reading.units.length) continue;
      return {
        reading,
        question: this.wording.say(reading.language, { k: String(k), term }),
        gold: ranked.slice(0, k).map(({ unit }) => unit.id),
        rationale: ranked.map(({ unit, words }) => `${unit.id} ${words}`).join('\n'),
        evidence: ranked.map(({ unit }) => unit),
      };
    }
    return undefined;
  },
};
