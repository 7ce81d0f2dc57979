/**
 * @file T2: which of four terms the text mentions most often; the first is at least a fifth ahead.
 */
import { listsCandidates, wholeText } from '../../reading/exemptions.ts';
import { letterOptions } from '../../reading/options.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms } from '../../reading/terms.ts';

/** Asks which of four terms the text mentions most often; gold: its letter. */
export const countCompare: ReadingGenerator = {
  id: 'count-compare',
  version: 1,
  task: 'T2',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Which of these does the text mention most often?\n{options}',
    zh: '下列哪个词在文中出现次数最多？\n{options}',
  }),
  exempt: { g4: listsCandidates, g6: wholeText },
  propose(reading, rng) {
    const terms = drawTerms(reading, 4, rng).sort((a, b) => b.total - a.total);
    const [most, second] = terms;
    if (terms.length < 4 || most === undefined || second === undefined) return undefined;
    if (most.total < 2 || most.total < 1.2 * second.total || most.total === second.total) return undefined;
    const options = letterOptions(
      most.term,
      terms.slice(1).map(({ term }) => term),
      rng,
    );
    if (options === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { options: options.lines }),
      gold: [options.letter],
      rationale: `${terms.map(({ term, total }) => `${term} ${total}`).join('\n')}\n${options.letter}`,
      evidence: terms.flatMap(({ units }) => units.map(({ unit }) => unit)),
    };
  },
};
