/**
 * @file T1: a name or number taken out of a passage that the question quotes around the gap. The words before the gap and
 * after it stand together once in the text.
 */

import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippet, timesQuoted } from '../../reading/snippet.ts';

/** Asks for the name or number left out of a quotation (Chinese: two characters); gold: it, as it stands. */
export const quoteCloze: ReadingGenerator = {
  id: 'quote-cloze',
  version: 1,
  task: 'T1',
  kind: 'passages',
  least: 128,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: 'What stands in the place of ____ in this passage of the text: “{left}____{right}”?',
    zh: '文中“{left}____{right}”一句里，____处是什么？',
  }),
  exempt: {},
  propose(reading, rng) {
    const unit = rng.pick(reading.units);
    const quote = drawSnippet(reading, unit, rng);
    if (quote === undefined) return undefined;
    const pattern =
      reading.language === 'zh' ? /\p{Script=Han}{2}/gu : /(?<= )(?:\p{Lu}[\p{L}-]{2,}|\d[\d,.]*\d)(?=[ ,;])/gu;
    const gaps = [...quote.matchAll(pattern)].filter(
      (gap) => gap.index > 4 && gap.index + gap[0].length < quote.length - 4,
    );
    if (gaps.length === 0) return undefined;
    const gap = rng.pick(gaps);
    const left = quote.slice(0, gap.index);
    const right = quote.slice(gap.index + gap[0].length);
    if (timesQuoted(reading, left) !== 1) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { left, right }),
      gold: [gap[0]],
      rationale: `[${unit.id}] ${quote}`,
      evidence: [unit],
    };
  },
};
