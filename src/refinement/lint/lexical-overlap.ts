/**
 * @file Lexical overlap: an answer that stands in its question can be copied from there.
 */
import { percent } from '../../format.ts';
import type { Sample } from '../../samples/sample.ts';
import { wilson } from './chance.ts';
import { foldWords, judge, type Lint } from './lint.ts';
import { multipleChoice } from './multiple-choice.ts';

/** Tasks whose questions list what the answer is composed of, by design. */
const listing = new Set(['SubEM', 'Pairwise_Accuracy', 'IoU']);

/** Whether the whole answer stands in the question; for multiple choice, the right option in the stem. */
function told(sample: Sample): boolean | undefined {
  const { reward, question } = sample;
  if (reward.metric === 'Accuracy') {
    const choice = multipleChoice(sample);
    const right = choice?.options[choice.right];
    return choice === undefined || right === undefined ? undefined : foldWords(choice.stem).includes(foldWords(right));
  }
  if (listing.has(reward.metric)) return undefined;
  const text = foldWords(question);
  return reward.gold.every((line) => text.includes(foldWords(line)));
}

/** Fails when more than `maxOverlap` of the answers stand whole in their question. */
export const lexicalOverlap: Lint = {
  name: 'lexical-overlap',
  start: (settings) => {
    const tasks: Record<string, { samples: number; told: number }> = {};
    let samples = 0;
    let hits = 0;
    return {
      add(sample) {
        const found = told(sample);
        if (found === undefined) return;
        tasks[sample.task] ??= { samples: 0, told: 0 };
        const counts = tasks[sample.task] ?? { samples: 0, told: 0 };
        counts.samples++;
        samples++;
        if (!found) return;
        counts.told++;
        hits++;
      },
      finish() {
        const share = hits / Math.max(1, samples);
        const ci95 = wilson(hits, samples);
        return {
          verdict: judge(samples, share > settings.maxOverlap, settings),
          samples,
          summary: `${percent(share, 1)} of the answers stand in their question (at most ${percent(settings.maxOverlap, 1)})`,
          figures: { share, ci95, tasks },
        };
      },
    };
  },
};
