/**
 * @file T9 (query-focused): what the text says about a term: the sentences that mention it, in order and in its own words.
 */
import { sentencesOf } from '../../reading/cut-units.ts';
import { freeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawTerms, occurrences } from '../../reading/terms.ts';

/** Asks for all sentences that mention a term, in order; gold: them, as one line. */
export const mentionDigest: ReadingGenerator = {
  id: 'mention-digest',
  version: 1,
  task: 'T9',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: 'Summarise what the text says about “{term}” in its own words: every sentence that mentions it, in order, {count} in all.',
    zh: '请用原文概括文中关于“{term}”的内容：按顺序写出提到它的全部{count}句话。',
  }),
  exempt: { g3: freeText },
  propose(reading, rng) {
    for (const { term, units, total } of rng.shuffle(drawTerms(reading, 12, rng))) {
      if (total < 2 || total > 6) continue;
      const sentences = units.flatMap(({ unit }) =>
        sentencesOf(unit.document)
          .filter(({ start, end }) => start >= unit.span.start && end <= unit.span.end)
          .map(({ start, end }) => unit.document.text.slice(start, end))
          .filter((sentence) => occurrences(sentence, term, reading.language).length > 0),
      );
      const reference = sentences.join(reading.language === 'zh' ? '' : ' ');
      const words = reading.language === 'zh' ? reference.length : reference.split(/\s+/).length;
      if (sentences.length < 2 || reference.includes('\n') || words < 25 || words > 300) continue;
      return {
        reading,
        question: this.wording.say(reading.language, { term, count: String(sentences.length) }),
        gold: [reference],
        rationale: units.map(({ unit }) => unit.id).join(' '),
        evidence: rng.shuffle(units.map(({ unit }) => unit)),
      };
    }
    return undefined;
  },
};
