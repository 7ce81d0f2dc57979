/** @file T7: those who speak most often in a conversation, a scene or on some days, by number of speeches. Nobody states the numbers. */
import type { QuestionGenerator } from '../../question.ts';
import { countsOf, type SpeakerCount } from '../../views/talk/counts.ts';
import { standApart } from '../../views/talk/remarks.ts';
import { plainSpeakers } from '../../views/talk/speeches.ts';
import type { Stretch } from '../../views/talk/stretches.ts';
import { countablePlaces, countableStretches, type Talk } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked, countSaid } from './wordings.ts';

const ranked = { least: 4, most: 8 };
const leastSpeeches = 16;
const isClear = (above: number, below: number): boolean => above - below >= 2 || (above - below === 1 && above <= 20);

/** The longest list of those who speak most that no near tie makes doubtful. */
function clearRanking(talk: Talk, stretch: Stretch): SpeakerCount[] | undefined {
  const counts = countsOf(stretch);
  const plain = plainSpeakers(talk.speeches);
  if (counts.length < ranked.least) return undefined;
  // All of those who speak are no few of them.
  for (let most = Math.min(ranked.most, Math.max(ranked.least, counts.length - 2)); most >= ranked.least; most--) {
    const top = counts.slice(0, most);
    const clear = top.every(({ speaker, speeches }, i) => {
      const next = counts[i + 1];
      return plain.has(speaker) && (next === undefined || isClear(speeches.length, next.speeches.length));
    });
    // Once is no rank.
    if (clear && (top.at(-1)?.speeches.length ?? 0) >= 2) return top;
  }
  return undefined;
}

export const speakersRank: QuestionGenerator = {
  id: 'speakers-rank',
  version: 6,
  task: 'T7',
  subtask: 'ranking of speakers by a counted quantity',
  asks: 'Asks for those who speak most often, by number of speeches.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 100,
  wordings: asked,
  exempt: { g6: 'every speech has to be counted' },
  contract: {
    en: 'After [Answer], write the names as they stand before the words, the highest count first, one on each line.',
    zh: '请在[答案]后按次数从多到少写出姓名，写法同原文中话前，每行一个。',
  },
  places: countablePlaces,
  draw(context, random) {
    for (const { talk, stretch } of countableStretches(context, random)) {
      const top = stretch.speeches.length < leastSpeeches ? undefined : clearRanking(talk, stretch);
      const proof = stretch.speeches.map(({ label }) => label);
      if (top === undefined || !standApart(proof, context.language)) continue;
      return {
        slots: {
          where: sayWhere(stretch.where, talk.document.title, context.language),
          count: countSaid(top.length, context.language),
        },
        gold: top.map(({ speaker }) => speaker),
        rationale: countsOf(stretch)
          .map(({ speaker, speeches }) => `${speaker}: ${speeches.length}`)
          .join('\n'),
        proof,
      };
    }
    return 'no four speakers whose numbers of speeches lie apart';
  },
  solve,
};
