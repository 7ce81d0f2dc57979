/**
 * @file T8 (local ordering): excerpts A, B, C, ... into the order in which the text has them.
 */
import { listsCandidates } from '../../reading/exemptions.ts';
import { mixedOrder } from '../../reading/mixed-order.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippets } from '../../reading/snippet.ts';

/** Asks for the order in the text of four to six lettered excerpts; gold: their letters. */
export const excerptOrder: ReadingGenerator = {
  id: 'excerpt-order',
  version: 1,
  task: 'T8',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 120,
  wording: phrase({
    en: 'In which order do these excerpts stand in the text? Give their letters.\n{excerpts}',
    zh: '下列摘录在文中的先后顺序如何？请写出字母。\n{excerpts}',
  }),
  exempt: { g4: listsCandidates },
  propose(reading, rng) {
    const found = drawSnippets(reading, Math.min(6, Math.max(4, Math.floor(reading.units.length / 3))), rng);
    const listed = found === undefined ? undefined : mixedOrder(found, rng);
    if (found === undefined || listed === undefined) return undefined;
    const letter = (i: number): string => String.fromCharCode(65 + i);
    return {
      reading,
      question: this.wording.say(reading.language, {
        excerpts: listed.map(({ quote }, i) => `${letter(i)}: “${quote}”`).join('\n'),
      }),
      gold: found.map((entry) => letter(listed.indexOf(entry))),
      rationale: found.map(({ unit, quote }) => `[${unit.id}] ${quote}`).join('\n'),
      evidence: listed.map(({ unit }) => unit),
    };
  },
};
