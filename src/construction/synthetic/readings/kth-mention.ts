/**
 * @file T1: in which part a term stands for the k-th time, counted from the start of the text.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms } from '../../reading/terms.ts';

/** Asks which part holds mention k of a term that stands 3 to 40 times; gold: its identifier. */
export const kthMention: ReadingGenerator = {
  id: 'kth-mention',
  version: 1,
  task: 'T1',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 40,
  wording: phrase({
    en: 'Which part holds mention number {k} of “{term}” in the text, counted from its start?',
    zh: '从头数起，“{term}”在文中第{k}次出现于哪个片段？',
  }),
  exempt: {},
  propose(reading, rng) {
    const found = drawTerms(reading, 6, rng).find(({ total, units }) => total >= 3 && total <= 40 && units.length >= 3);
    if (found === undefined) return undefined;
    const k = rng.integer(1, found.total);
    let before = 0;
    for (const { unit, count } of found.units) {
      before += count;
      if (before < k) continue;
      return {
        reading,
        question: this.wording.say(reading.language, { k: String(k), term: found.term }),
        gold: [unit.id],
        rationale: found.units.map((entry) => `${entry.unit.id} ${entry.count}`).join('\n'),
        evidence: [unit, ...found.units.map((entry) => entry.unit).filter((other) => other !== unit)],
      };
    }
    return undefined;
  },
};
