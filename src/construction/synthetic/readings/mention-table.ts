/**
 * @file T5 (text to table): terms with the first part that mentions each and the number of parts that do.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms } from '../../reading/terms.ts';

/** Asks for the first part and the number of parts of three or four terms; gold: one JSON table. */
export const mentionTable: ReadingGenerator = {
  id: 'mention-table',
  version: 1,
  task: 'T5',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 70,
  wording: phrase({
    en: 'Make a table with the columns term, first and parts for {terms}: the first part that mentions the term, and the number of parts that do.',
    zh: '请就{terms}列表，栏目为 term、first、parts：最先提到该词的片段，以及提到它的片段数。',
  }),
  exempt: { g4: 'the question lists the terms; the other cells are checked', g6: wholeText },
  propose(reading, rng) {
    const terms = drawTerms(reading, 4, rng).filter(({ term }) => !/[,、]/.test(term));
    if (terms.length < 3) return undefined;
    const data = terms.map(({ term, units }) => [term, units[0]?.unit.id ?? '', String(units.length)]);
    // One row guessed as (term, P1, 1) must not pay.
    if (data.filter(([, first, parts]) => first === 'P1' || parts === '1').length > 2) return undefined;
    const quoted = terms.map(({ term }) => `“${term}”`).join(reading.language === 'zh' ? '、' : ', ');
    return {
      reading,
      question: this.wording.say(reading.language, { terms: quoted }),
      gold: [JSON.stringify({ columns: ['term', 'first', 'parts'], data })],
      rationale: terms.map(({ term, units }) => `${term}: ${units.map(({ unit }) => unit.id).join(' ')}`).join('\n'),
      evidence: terms.flatMap(({ units }) => units.map(({ unit }) => unit)),
    };
  },
};
