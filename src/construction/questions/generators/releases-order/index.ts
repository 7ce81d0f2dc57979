/**
 * @file T8: changes quoted from a changelog without their releases, to be put in order of time.
 */
import type { QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { changesOfDays, chosenReleases, releasePlaces } from '../../views/provisions/releases.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const ordered = { least: 4, most: 8 };

export const releasesOrder: QuestionGenerator = {
  id: 'releases-order',
  version: 6,
  task: 'T8',
  subtask: 'order of versions',
  asks: 'Asks for the order of release of changes that a changelog lists under different releases.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 340,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write the letters in the right order, the oldest first, one on each line.',
    zh: '请在[答案]后按由早到晚的顺序写出字母，每行一个。',
  },
  places: releasePlaces,
  draw(context, random) {
    const found = chosenReleases(context);
    if (typeof found === 'string') return found;
    const dated = changesOfDays(context, random.shuffle(found.releases), (changes) => random.shuffle(changes)[0]);
    const drawn = dated.slice(0, random.integer(ordered.least, ordered.most));
    if (drawn.length < ordered.least) return 'too few releases with a change that can be quoted';
    const order = [...drawn].sort((a, b) => (a.release.iso < b.release.iso ? -1 : 1));
    return {
      slots: { document: found.entry.title, items: optionLines(drawn.map(({ change }) => `“${change.quote}”`)) },
      gold: order.map((one) => letterOf(drawn.indexOf(one))),
      rationale: order.map(({ release, change }) => `${release.version} (${release.iso}): ${change.quote}`).join('\n'),
      proof: order.flatMap(({ release, change }) => [release.heading, change.proof]),
    };
  },
  solve,
};
