/**
 * @file T2: one quotation of the text among three in which a number or a name was exchanged for another of the same kind from
 * the same text. Each altered one is checked to stand nowhere.
 */
import { listsCandidates } from '../../reading/exemptions.ts';
import { letterOptions } from '../../reading/options.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippet, timesQuoted } from '../../reading/snippet.ts';

const kinds = [/(?<= )\d[\d,.]*\d(?=[ ,;])/gu, /(?<= )\p{Lu}\p{Ll}{2,}(?=[ ,;])/gu, /\p{Script=Han}{2}/gu] as const;

/** Asks which of four options the text says word for word; gold: its letter. */
export const trueStatement: ReadingGenerator = {
  id: 'true-statement',
  version: 1,
  task: 'T2',
  kind: 'passages',
  least: 128,
  most: 262144,
  reserve: 90,
  wording: phrase({
    en: 'Which of these does the text say, word for word?\n{options}',
    zh: '下列哪一项是文中原话？\n{options}',
  }),
  exempt: { g4: listsCandidates },
  propose(reading, rng) {
    const unit = rng.pick(reading.units);
    const quote = drawSnippet(reading, unit, rng);
    const kind = kinds.find((pattern) => quote?.match(pattern) !== null);
    if (quote === undefined || kind === undefined) return undefined;
    const target = rng.pick([...quote.matchAll(kind)]);
    const values = new Set<string>();
    for (const other of rng.sample(reading.units, 40))
      for (const [value] of other.text.matchAll(kind)) if (!quote.includes(value)) values.add(value);
    const wrong = rng
      .sample([...values], 12)
      .map((value) => quote.slice(0, target.index) + value + quote.slice(target.index + target[0].length))
      .filter((altered) => timesQuoted(reading, altered) === 0)
      .slice(0, 3);
    const options = wrong.length < 3 ? undefined : letterOptions(quote, wrong, rng);
    if (options === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { options: options.lines }),
      gold: [options.letter],
      rationale: `[${unit.id}] ${quote} (${options.letter})`,
      evidence: [unit],
    };
  },
};
