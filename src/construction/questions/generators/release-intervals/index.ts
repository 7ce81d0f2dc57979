/**
 * @file T4: the days between the first and the last of the releases that brought some changes.
 */
import type { QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { changesOfDays, chosenReleases, releasePlaces } from '../../views/releases.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const changesAsked = { least: 3, most: 5 };
const dayLength = 86_400_000;

/** Days of the calendar between two of them. */
const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength;

export const releaseIntervals: QuestionGenerator = {
  id: 'release-intervals',
  version: 1,
  task: 'T4',
  subtask: 'multi-place targeted aggregation',
  asks: 'Asks for the number of days between the first and the last release that brought one of the quoted changes.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 240,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write the number of days alone; the day of the first release is not counted, that of the last is.',
    zh: '请在[答案]后只写天数；最早发布的当天不计，最晚发布的当天计入。',
  },
  places: releasePlaces,
  draw(context, random) {
    const found = chosenReleases(context);
    if (typeof found === 'string') return found;
    const dated = changesOfDays(context, random.shuffle(found.releases), (changes) => random.shuffle(changes)[0]);
    const drawn = dated.slice(0, random.integer(changesAsked.least, changesAsked.most));
    if (drawn.length < changesAsked.least) return 'too few releases with a change that can be quoted';
    const days = drawn.map(({ release }) => release.iso).sort();
    return {
      slots: { document: found.entry.title, items: itemLines(drawn.map(({ change }) => `“${change.quote}”`)) },
      gold: [String(daysBetween(days[0] ?? '', days.at(-1) ?? ''))],
      rationale: drawn.map(({ release, change }) => `${release.version} (${release.iso}): ${change.quote}`).join('\n'),
      proof: drawn.flatMap(({ release, change }) => [release.heading, change.proof]),
    };
  },
  solve,
};
