/**
 * @file T4: how many more times one person speaks than two others together, or than one, in a conversation, a scene or on some days: counts that
 * nobody states.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { countsOf } from '../../views/counts.ts';
import { windowsOf } from '../../views/remarks.ts';
import { plainSpeakers } from '../../views/speeches.ts';
import { longStretches, type Stretch } from '../../views/stretches.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk.ts';
import { sayWhere } from '../../views/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const leastSpeeches = 24;
const leastEach = 3;
const leastWindows = 3;

function draftOf(context: Context, talk: Talk, stretch: Stretch, random: Random): QuestionDraft | undefined {
  const plain = plainSpeakers(talk.speeches);
  const counts = countsOf(stretch).filter(
    ({ speaker, speeches }) => plain.has(speaker) && speeches.length >= leastEach,
  );
  for (const first of random.shuffle(counts)) {
    const others = random.sample(
      counts.filter((one) => one !== first),
      2,
    );
    const [a, b] = others;
    const rest = (a?.speeches.length ?? 0) + (b?.speeches.length ?? 0);
    const difference = first.speeches.length - rest;
    if (a === undefined || b === undefined || difference < 2 || 3 * rest < first.speeches.length) continue;
    const proof = [first, a, b].flatMap(({ speeches }) => speeches.map(({ label }) => label));
    if (windowsOf(proof, context.language) < leastWindows) continue;
    return {
      slots: {
        where: sayWhere(stretch.where, talk.document.title, context.language),
        first: first.speaker,
        a: a.speaker,
        b: b.speaker,
      },
      gold: [String(difference)],
      rationale: [first, a, b].map(({ speaker, speeches }) => `${speaker}: ${speeches.length}`).join('\n'),
      proof,
    };
  }
  return undefined;
}

export const turnArithmetic: QuestionGenerator = {
  id: 'turn-arithmetic',
  version: 1,
  task: 'T4',
  subtask: 'counting and difference',
  asks: 'Asks how many more times one person speaks than two others together.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 100,
  wordings: asked,
  exempt: { g6: 'every speech has to be counted' },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context.documents, context.chosen))
      for (const stretch of random.shuffle([talk.whole, ...longStretches(talk)])) {
        const draft = stretch.speeches.length < leastSpeeches ? undefined : draftOf(context, talk, stretch, random);
        if (draft !== undefined) return draft;
      }
    return 'nobody who speaks more often than two others together';
  },
  solve,
};
