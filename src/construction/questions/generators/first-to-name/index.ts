/**
 * @file T2: which of four speakers is the first to say a name that several of them say: their speeches have to be found and put in order.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { windowCharacters } from '../../views/tables/spread.ts';
import { called } from '../../views/talk/called.ts';
import { namesSaid, type SaidName } from '../../views/talk/names-said.ts';
import { standApart } from '../../views/talk/remarks.ts';
import { namedSpeakers, type Speech } from '../../views/talk/speeches.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const options = 4;
/** So many of them say the name. */
const leastSaying = 3;
/** A name that comes at once needs no search. */
const leastBefore = 0.06;
/** Who says the name first says it no more often than two others, and no passage that holds the first mention holds another. */
function isHidden({ speeches }: SaidName, later: readonly Speech[], language: Context['language']): boolean {
  const [first, next] = speeches;
  const times = (speaker = ''): number => speeches.filter((speech) => speech.speaker === speaker).length;
  const as = later.filter(({ speaker }) => times(speaker) >= times(first?.speaker)).length;
  const gap = (next?.all.span.start ?? 0) - (first?.all.span.end ?? 0);
  return as >= 2 && gap >= windowCharacters[language];
}

/** The first speech of each who says the name, in order. */
const firsts = (speeches: readonly Speech[]): Speech[] =>
  speeches.filter(({ speaker }, i) => speeches.findIndex((other) => other.speaker === speaker) === i);

function draftOf(context: Context, talk: Talk, said: SaidName, random: Random): QuestionDraft | undefined {
  const { name, speeches } = said;
  const plain = namedSpeakers(talk.speeches);
  const [first, ...later] = firsts(speeches);
  const own = talk.speeches.some(({ speaker }) => speaker.toLowerCase().includes(name.toLowerCase()));
  const isChat = talk.whole.where.isChat === true;
  if ((own && !isChat) || first === undefined || later.length + 1 < leastSaying) return undefined;
  if (!isHidden(said, later, context.language)) return undefined;
  if (talk.speeches.indexOf(first) < leastBefore * talk.speeches.length) return undefined;
  // Who never says it is seen to be wrong at one look: one of the three at most.
  const silent = [...plain].filter(
    (speaker) => !speeches.some((speech) => speech.speaker === speaker) && !speaker.includes(name),
  );
  const wrong = [...random.shuffle(later).map(({ speaker }) => speaker), ...random.sample(silent, 1)].slice(
    0,
    options - 1,
  );
  const shown = random.shuffle([first.speaker, ...wrong]);
  const held = speeches.filter(({ speaker }) => shown.includes(speaker)).map(({ all }) => all);
  const fits = wrong.length === options - 1 && shown.every((speaker) => plain.has(speaker));
  if (!fits || !standApart(held, context.language)) return undefined;
  return {
    slots: {
      where: sayWhere(talk.whole.where, talk.document.title, context.language),
      name,
      options: optionLines(shown.map(called)),
    },
    gold: [letterOf(shown.indexOf(first.speaker))],
    rationale: speeches
      .slice(0, 8)
      .map(({ speaker, words }) => `${speaker}: ${words.slice(0, 80)}`)
      .join('\n'),
    proof: [
      first.all,
      ...firsts(speeches)
        .filter((one) => one !== first)
        .map(({ all }) => all),
    ],
  };
}

export const firstToName: QuestionGenerator = {
  id: 'first-to-name',
  version: 6,
  task: 'T2',
  subtask: 'dialogue memory',
  asks: 'Asks which of four speakers is the first to say a name that several of them say.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 120,
  wordings: asked,
  exempt: { g6: 'the name is said all over the talk' },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context))
      for (const said of random.shuffle(namesSaid(talk.document, talk.speeches, context.language))) {
        if (talk.document.title.includes(said.name)) continue;
        const draft = draftOf(context, talk, said, random);
        if (draft !== undefined) return draft;
      }
    return 'no name that several speakers say far apart';
  },
  solve,
};
