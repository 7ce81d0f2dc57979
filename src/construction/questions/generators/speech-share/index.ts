/** @file T4: what share of all speeches of a scene, a part or a whole conversation is somebody's, or two persons' together, in per cent. */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { dividedBy, exact, rounded } from '../../views/exact.ts';
import { calledWithin } from '../../views/talk/called.ts';
import { countsOf } from '../../views/talk/counts.ts';
import { standApart } from '../../views/talk/remarks.ts';
import { namedSpeakers } from '../../views/talk/speeches.ts';
import type { Stretch } from '../../views/talk/stretches.ts';
import { countablePlaces, countableStretches, type Talk } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked, together } from './wordings.ts';

const leastSpeeches = 24;
const leastEach = 4;
/** Shares that are worth asking for. */
const share = { least: 0.15, most: 0.75 };
/** In per cent with one decimal; undefined where that lies half way. */
const percent = (part: number, all: number): string | undefined => {
  const quotient = dividedBy(exact(100 * part), exact(all));
  return quotient === undefined ? undefined : rounded(quotient, 1);
};

function draftOf(context: Context, talk: Talk, stretch: Stretch, random: Random): QuestionDraft | undefined {
  const plain = namedSpeakers(talk.speeches);
  const all = stretch.speeches;
  const counts = countsOf(stretch).filter(
    ({ speaker, speeches }) => plain.has(speaker) && speeches.length >= leastEach,
  );
  const [first, second, third] = counts;
  if (first === undefined || first.speeches.length === second?.speeches.length) return undefined;
  // Who leads is asked about; two where they lead together.
  const isPair = second !== undefined && second.speeches.length > (third?.speeches.length ?? 0);
  const drawn = counts.slice(0, isPair && counts.length > 3 ? random.integer(1, 2) : 1);
  const own = drawn.reduce((sum, { speeches }) => sum + speeches.length, 0);
  const gold = percent(own, all.length);
  if (drawn.length === 0 || gold === undefined) return undefined;
  if (own < share.least * all.length || own > share.most * all.length) return undefined;
  const proof = [...drawn.flatMap(({ speeches }) => speeches), ...all].map(({ label }) => label);
  if (!standApart(proof, context.language)) return undefined;
  return {
    slots: {
      where: sayWhere(stretch.where, talk.document.title, context.language),
      who: together(
        drawn.map(({ speaker }) => calledWithin(speaker)),
        context.language,
      ),
    },
    gold: [gold],
    rationale: `${drawn.map(({ speaker, speeches }) => `${speaker}: ${speeches.length}`).join('\n')}\n${own} / ${all.length}`,
    proof,
  };
}

export const speechShare: QuestionGenerator = {
  id: 'speech-share',
  version: 6,
  task: 'T4',
  subtask: 'counting and share',
  asks: 'Asks what share of all speeches one person or two have, in per cent.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 100,
  wordings: asked,
  exempt: { g6: 'every speech has to be counted' },
  contract: {
    en: 'After [Answer], write the percentage with one decimal and without the sign. Each speech or message under a name counts as one, also where somebody has several in a row.',
    zh: '请在[答案]后写出百分数，保留一位小数，不写百分号。每次发言或每条消息各算一次，同一人连着的也分别算。',
  },
  places: countablePlaces,
  draw(context, random) {
    for (const { talk, stretch } of countableStretches(context, random)) {
      const draft = stretch.speeches.length < leastSpeeches ? undefined : draftOf(context, talk, stretch, random);
      if (draft !== undefined) return draft;
    }
    return 'no scene, part or day that is long enough';
  },
  solve,
};
