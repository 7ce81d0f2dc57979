/**
 * @file T6: first and second halves of quotations that belong together, one line `H1 E3` each.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippets, timesQuoted } from '../../reading/snippet.ts';

/** Asks to join four or five quotations that were cut in two; gold: lines `H1 E3`. */
export const headTailMatch: ReadingGenerator = {
  id: 'head-tail-match',
  version: 1,
  task: 'T6',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 150,
  wording: phrase({
    en: 'Quotations of the text were cut in two. Which ending belongs to each head? Write {count} lines such as “H9 E8”.\n{heads}\nEndings:\n{ends}',
    zh: '文中若干引文被截成两半。每个开头对应哪个结尾？请写{count}行，如“H9 E8”。\n{heads}\n结尾：\n{ends}',
  }),
  exempt: {},
  propose(reading, rng) {
    const count = Math.min(5, Math.floor(reading.units.length / 2));
    const found = count < 4 ? undefined : drawSnippets(reading, count, rng);
    if (found === undefined) return undefined;
    const halves = rng.shuffle(found).map(({ unit, quote }) => {
      const space = quote.indexOf(' ', quote.length / 2);
      const at = reading.language === 'zh' ? 6 : space + 1;
      return { unit, quote, head: quote.slice(0, at), end: quote.slice(at) };
    });
    if (halves.some(({ head, end }) => end === '' || head.trim() === '')) return undefined;
    const ends = rng.shuffle(halves);
    // Neither the order of the lists nor a second right pair may pay.
    const fixed = halves.filter((half, i) => ends[i] === half).length;
    const crossed = halves.some((a) => halves.some((b) => a !== b && timesQuoted(reading, a.head + b.end) > 0));
    if (3 * fixed > count || crossed) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, {
        count: String(count),
        heads: halves.map(({ head }, i) => `H${i + 1}: “${head}”`).join('\n'),
        ends: ends.map(({ end }, i) => `E${i + 1}: “${end}”`).join('\n'),
      }),
      gold: halves.map((half, i) => `H${i + 1} E${ends.indexOf(half) + 1}`),
      rationale: halves.map(({ unit, quote }) => `[${unit.id}] ${quote}`).join('\n'),
      evidence: halves.map(({ unit }) => unit),
    };
  },
};
