/**
 * @file T2: which of four terms the text mentions first.
 */
import { listsCandidates, wholeText } from '../../reading/exemptions.ts';
import { letterOptions } from '../../reading/options.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms, placeOf } from '../../reading/terms.ts';

/** Asks which of four terms stands first; the four begin in different parts. Gold: its letter. */
export const firstAppearance: ReadingGenerator = {
  id: 'first-appearance',
  version: 1,
  task: 'T2',
  kind: 'passages',
  least: 128,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Which of these does the text mention first?\n{options}',
    zh: '下列哪个词在文中最先出现？\n{options}',
  }),
  exempt: { g4: listsCandidates, g6: wholeText },
  propose(reading, rng) {
    const terms = drawTerms(reading, 4, rng)
      .map((entry) => ({ ...entry, at: placeOf(reading, entry) }))
      .sort((a, b) => a.at - b.at);
    const [first] = terms;
    if (terms.length < 4 || first === undefined || new Set(terms.map(({ at }) => at)).size < 4) return undefined;
    const options = letterOptions(
      first.term,
      terms.slice(1).map(({ term }) => term),
      rng,
    );
    if (options === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { options: options.lines }),
      gold: [options.letter],
      rationale: `${terms.map(({ term, units }) => `${term} ${units[0]?.unit.id}`).join('\n')}\n${options.letter}`,
      evidence: terms.flatMap(({ units }) => units.slice(0, 1).map(({ unit }) => unit)),
    };
  },
};
