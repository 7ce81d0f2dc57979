/**
 * @file T4: how many times the text mentions a term.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms } from '../../reading/terms.ts';

/** Asks how often the text holds a term, 2 to 60 times; gold: the count. */
export const mentionCount: ReadingGenerator = {
  id: 'mention-count',
  version: 1,
  task: 'T4',
  kind: 'passages',
  least: 128,
  most: 262144,
  reserve: 40,
  wording: phrase({
    en: 'How many times does the text mention “{term}”, as a whole word?',
    zh: '“{term}”在文中共出现多少次？',
  }),
  exempt: { g6: wholeText },
  propose(reading, rng) {
    const found = drawTerms(reading, 6, rng).find(({ total }) => total >= 2 && total <= 60);
    if (found === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { term: found.term }),
      gold: [String(found.total)],
      rationale: found.units.map(({ unit, count }) => `${unit.id} ${count}`).join('\n'),
      evidence: found.units.map(({ unit }) => unit),
    };
  },
};
