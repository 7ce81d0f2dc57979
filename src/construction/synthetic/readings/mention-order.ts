/**
 * @file T8: terms in the order of the parts that mention them first.
 */
import { listsCandidates, wholeText } from '../../reading/exemptions.ts';
import { mixedOrder } from '../../reading/mixed-order.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms, placeOf } from '../../reading/terms.ts';

/** Asks to sort four to six terms by the part that mentions them first; gold: the terms. */
export const mentionOrder: ReadingGenerator = {
  id: 'mention-order',
  version: 1,
  task: 'T8',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: 'Order these by the part that mentions them first, earliest first: {terms}.',
    zh: '请按最先出现的片段从前到后排列：{terms}。',
  }),
  exempt: { g4: listsCandidates, g6: wholeText },
  propose(reading, rng) {
    const place = (entry: ReturnType<typeof drawTerms>[number]): number => placeOf(reading, entry);
    const terms = drawTerms(reading, 9, rng).filter(({ term }) => !/[,、]/.test(term));
    const ordered = terms
      .filter((term, i) => terms.findIndex((other) => place(other) === place(term)) === i)
      .sort((a, b) => place(a) - place(b))
      .slice(0, 6);
    const listed = ordered.length < 4 ? undefined : mixedOrder(ordered, rng);
    if (listed === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { terms: listed.map(({ term }) => term).join(', ') }),
      gold: ordered.map(({ term }) => term),
      rationale: ordered.map(({ term, units }) => `${term} ${units[0]?.unit.id}`).join('\n'),
      evidence: ordered.flatMap(({ units }) => units.slice(0, 1).map(({ unit }) => unit)),
    };
  },
};
