/**
 * @file T8 (global timeline reconstruction): the parts of one document in random order. The prompt cannot hold the proof: the
 * second derivation finds each part's wording in the document.
 */
import { estimateTokens } from '../../../tokens.ts';
import { cutUnits } from '../../reading/cut-units.ts';
import { wholeText } from '../../reading/exemptions.ts';
import { mixedOrder } from '../../reading/mixed-order.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator, Unit } from '../../reading/reading.ts';

/** Asks to put five or nine parts of one document in order; they replace the reading. Gold: identifiers. */
export const partShuffle: ReadingGenerator = {
  id: 'part-shuffle',
  version: 1,
  task: 'T8',
  kind: 'passages',
  least: 256,
  most: 16384,
  reserve: 60,
  wording: phrase({
    en: 'The {count} parts above are one text in the wrong order. Put them into their original order.',
    zh: '以上{count}个片段出自同一文本，但顺序被打乱。请恢复原来的顺序。',
  }),
  exempt: { g6: wholeText, g1: 'derived from the document and its spans: a shuffled prompt holds no proof' },
  propose(reading, rng) {
    const tokens = reading.units.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    const count = tokens < 540 ? 5 : 9;
    const size = Math.floor(tokens / count);
    // A first piece may hold a heading, which would tell its place, and a last one may be short.
    const fitting = rng.shuffle(reading.pool).find((document) => cutUnits(document, size).length >= count + 2);
    if (fitting === undefined) return undefined;
    const pieces = cutUnits(fitting, size);
    const from = rng.integer(1, pieces.length - 1 - count);
    const parts = pieces.slice(from, from + count).map(
      ({ start, end }): Unit => ({
        id: '',
        document: fitting,
        span: { start, end },
        text: fitting.text.slice(start, end),
      }),
    );
    const shuffled = mixedOrder(parts, rng);
    if (shuffled === undefined) return undefined;
    const named = shuffled.map((part, i) => ({ ...part, id: `P${i + 1}` }));
    const gold = [...named].sort((a, b) => a.span.start - b.span.start);
    return {
      reading: { ...reading, titled: false, units: named },
      question: this.wording.say(reading.language, { count: String(count) }),
      gold: gold.map(({ id }) => id),
      rationale: gold.map(({ id, text }) => `[${id}] ${text.slice(0, 60)}`).join('\n'),
      evidence: gold,
    };
  },
};
