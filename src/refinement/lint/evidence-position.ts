/**
 * @file Evidence position: a policy that reads only the start or the end should not see most of the evidence.
 */
import { percent } from '../../format.ts';
import type { Sample } from '../../samples/sample.ts';
import { chiSquareP, evenness, wilson } from './chance.ts';
import { judge, type Lint, probability } from './lint.ts';

const tenths = 10;

/** Shorter quotes stand in a prompt by accident. */
const shortestQuote = 12;

/** Depths, 0 to 1, at which the context holds the sample's evidence: the lines of its rationale as they stand there. */
function depths({ prompt, question, rationale }: Sample): number[] {
  const asked = question === '' ? -1 : prompt.lastIndexOf(question);
  const context = asked > 0 ? prompt.slice(0, asked) : prompt;
  const quotes = rationale.split('\n').map((line) => line.trim());
  return quotes
    .filter((quote) => quote.length >= shortestQuote)
    .map((quote) => ({ at: context.indexOf(quote), length: quote.length }))
    .filter(({ at }) => at >= 0)
    .map(({ at, length }) => (at + length / 2) / context.length);
}

/** Fails when the fullest tenth of the prompts holds more than `maxTenth` of the evidence, 95 % sure. */
export const evidencePosition: Lint = {
  name: 'evidence-position',
  start: (settings) => {
    const counts = new Array<number>(tenths).fill(0);
    let samples = 0;
    let missing = 0;
    return {
      add(sample) {
        const found = depths(sample);
        if (found.length === 0) {
          missing++;
          return;
        }
        samples++;
        for (const depth of found) {
          const tenth = Math.min(tenths - 1, Math.floor(depth * tenths));
          counts[tenth] = (counts[tenth] ?? 0) + 1;
        }
      },
      finish() {
        const spans = counts.reduce((sum, count) => sum + count, 0);
        const most = Math.max(...counts);
        const { value, degrees } = evenness(counts);
        const p = chiSquareP(value, degrees);
        const ci95 = wilson(most, spans);
        const shares = counts.map((count) => ((100 * count) / Math.max(1, spans)).toFixed(0)).join(' ');
        return {
          verdict: judge(samples, ci95[0] > settings.maxTenth, settings),
          samples,
          summary:
            samples === 0
              ? 'no evidence can be found in the prompts'
              : `${spans} spans by tenth of the prompt, in %: ${shares}; fullest ${percent(most / spans, 1)} (at most ${percent(settings.maxTenth, 1)}), even: ${probability(p)}; ${missing} samples without a place`,
          figures: { tenths: counts, spans, fullest: { share: most / Math.max(1, spans), ci95 }, p, missing },
        };
      },
    };
  },
};
