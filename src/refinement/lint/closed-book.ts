/**
 * @file Closed-book pass rate: a sample that is solved without its context teaches nothing about reading. The rewards come
 * from a file of answers given without context, or from the check that the language model track made of its own samples.
 */
import { percent } from '../../format.ts';
import { wilson } from './chance.ts';
import { judge, type Lint } from './lint.ts';

/** A reward from here on is a pass. */
const pass = 0.5;

/** Fails when more than `maxClosedBook` of the answers given without context reach a reward of 0.5. */
export const closedBook: Lint = {
  name: 'closed-book',
  start: (settings) => {
    let samples = 0;
    let answers = 0;
    let passes = 0;
    return {
      add({ id, provenance }) {
        const rewards = settings.closedBook.get(id) ?? provenance.llm?.closedBook?.rewards ?? [];
        if (rewards.length === 0) return;
        samples++;
        answers += rewards.length;
        passes += rewards.filter((reward) => reward >= pass).length;
      },
      finish() {
        const share = passes / Math.max(1, answers);
        return {
          verdict: judge(samples, share > settings.maxClosedBook, settings),
          samples,
          summary:
            samples === 0
              ? 'no answers without context; give them with --closed-book'
              : `${percent(share, 1)} of ${answers} answers without context pass (at most ${percent(settings.maxClosedBook, 1)})`,
          figures: { answers, passes, share, ci95: wilson(passes, answers) },
        };
      },
    };
  },
};
