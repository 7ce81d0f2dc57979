/**
 * @file Letter balance: every letter should be right equally often, or a policy learns the favourite.
 */
import { chiSquareP, evenness } from './chance.ts';
import { judge, type Lint, probability } from './lint.ts';
import { multipleChoice } from './multiple-choice.ts';

/** Questions with as many options share one test; the statistics of the groups add up. */
function chanceOf(groups: ReadonlyMap<number, readonly number[]>): number {
  const tests = [...groups.values()].map(evenness);
  const sum = (key: 'value' | 'degrees'): number => tests.reduce((total, test) => total + test[key], 0);
  return chiSquareP(sum('value'), sum('degrees'));
}

/** Fails when chance explains the right letters with less than `alpha` (chi-square). */
export const letterBalance: Lint = {
  name: 'letter-balance',
  start: (settings) => {
    const groups = new Map<number, number[]>();
    const letters: Record<string, number> = {};
    let samples = 0;
    return {
      add(sample) {
        const choice = multipleChoice(sample);
        if (choice === undefined) return;
        const { options, right } = choice;
        const counts = groups.get(options.length) ?? options.map(() => 0);
        counts[right] = (counts[right] ?? 0) + 1;
        groups.set(options.length, counts);
        const letter = String.fromCharCode(65 + right);
        letters[letter] = (letters[letter] ?? 0) + 1;
        samples++;
      },
      finish() {
        const p = chanceOf(groups);
        const shares = Object.entries(letters).sort(([a], [b]) => (a < b ? -1 : 1));
        const list = shares.map(([name, count]) => `${name} ${((100 * count) / samples).toFixed(0)} %`).join(', ');
        return {
          verdict: judge(samples, p < settings.alpha, settings),
          samples,
          summary: samples === 0 ? 'no multiple choice' : `right letter: ${list}; ${probability(p)} (chi-square)`,
          figures: { letters: Object.fromEntries(shares), p },
        };
      },
    };
  },
};
