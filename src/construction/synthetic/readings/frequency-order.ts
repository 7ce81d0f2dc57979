/**
 * @file T8 (global frequency analysis): terms by number of mentions; each has at least a quarter more than the next.
 */
import { listsCandidates, wholeText } from '../../reading/exemptions.ts';
import { mixedOrder } from '../../reading/mixed-order.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms, type TermCount } from '../../reading/terms.ts';

/** Asks to sort four to six terms by their mentions, most first; gold: the terms. */
export const frequencyOrder: ReadingGenerator = {
  id: 'frequency-order',
  version: 1,
  task: 'T8',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Order these by how often the text mentions them, most often first: {terms}.',
    zh: '请按在文中出现的次数从多到少排列：{terms}。',
  }),
  exempt: { g4: listsCandidates, g6: wholeText },
  propose(reading, rng) {
    const chosen: TermCount[] = [];
    const drawn = drawTerms(reading, 24, rng).filter(({ term }) => !/[,、]/.test(term));
    for (const entry of drawn.sort((a, b) => b.total - a.total)) {
      const last = chosen.at(-1);
      if (last === undefined || (last.total >= 1.25 * entry.total && last.total > entry.total)) chosen.push(entry);
      if (chosen.length === 6) break;
    }
    const listed = chosen.length < 4 ? undefined : mixedOrder(chosen, rng);
    if (listed === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { terms: listed.map(({ term }) => term).join(', ') }),
      gold: chosen.map(({ term }) => term),
      rationale: chosen.map(({ term, total }) => `${term} ${total}`).join('\n'),
      evidence: chosen.flatMap(({ units }) => units.map(({ unit }) => unit)),
    };
  },
};
