/**
 * @file Option length: the right option should be the longest, or the shortest, no more often than chance has it.
 */

import { twoSidedP } from '../../evaluation/compare/statistics.ts';
import { percent } from '../../format.ts';
import { wilson } from './chance.ts';
import { judge, type Lint, probability } from './lint.ts';
import { multipleChoice } from './multiple-choice.ts';

/** The chance that a guess among the options of this length hits the right one. */
function hit(lengths: readonly number[], right: number, length: number): number {
  return lengths[right] === length ? 1 / lengths.filter((other) => other === length).length : 0;
}

/** Fails when the right option is the longest or the shortest more or less often than chance has it. */
export const optionLength: Lint = {
  name: 'option-length',
  start: (settings) => {
    let samples = 0;
    let expected = 0;
    let variance = 0;
    const hits = { longest: 0, shortest: 0 };
    const tell = (kind: 'longest' | 'shortest') => {
      const z = variance === 0 ? 0 : (hits[kind] - expected) / Math.sqrt(variance);
      return { share: hits[kind] / Math.max(1, samples), ci95: wilson(hits[kind], samples), p: twoSidedP(z) };
    };
    return {
      add(sample) {
        const choice = multipleChoice(sample);
        if (choice === undefined) return;
        const lengths = choice.options.map((option) => [...option].length);
        const chance = 1 / lengths.length;
        samples++;
        expected += chance;
        variance += chance * (1 - chance);
        hits.longest += hit(lengths, choice.right, Math.max(...lengths));
        hits.shortest += hit(lengths, choice.right, Math.min(...lengths));
      },
      finish() {
        const chance = expected / Math.max(1, samples);
        const figures = { chance, longest: tell('longest'), shortest: tell('shortest') };
        const words = (['longest', 'shortest'] as const).map((kind) => {
          const { share, ci95, p } = figures[kind];
          return `${kind} ${percent(share, 1)} [${ci95.map((end) => (100 * end).toFixed(1)).join(', ')}] ${probability(p)}`;
        });
        // Two tests on one set: each has half of alpha.
        const bad = Math.min(figures.longest.p, figures.shortest.p) < settings.alpha / 2;
        return {
          verdict: judge(samples, bad, settings),
          samples,
          summary:
            samples === 0 ? 'no multiple choice' : `right option is ${words.join(', ')}; chance ${percent(chance, 1)}`,
          figures,
        };
      },
    };
  },
};
