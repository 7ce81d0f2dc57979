/**
 * @file T2: a speaker comes back to a matter several times: which of four remarks was the first. All four are about it, so that what is said
 * does not tell, only where.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import { hasWord, type Remark, remarksOf, standsOnce, topicsOf, windowsOf } from '../../views/remarks.ts';
import { isOnePerson, type Speech } from '../../views/speeches.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk.ts';
import { sayWhere } from '../../views/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const options = 4;
/** Remarks that stand close together need no memory. */
const leastWindows = 3;

/** The one sentence of a speech that has the word, where it can be quoted. */
function remarkWith(context: Context, speech: Speech, word: string): Remark | undefined {
  const [only, another] = remarksOf(speech, context.language).filter(({ text }) => hasWord(text, word));
  return only === undefined || another !== undefined || !standsOnce(context, only.text) ? undefined : only;
}

function draftOf(
  context: Context,
  talk: Talk,
  { word, speeches }: { readonly word: string; readonly speeches: readonly Speech[] },
  random: Random,
): QuestionDraft | undefined {
  const speakers = [...new Set(speeches.map(({ speaker }) => speaker))].filter(isOnePerson);
  for (const speaker of random.shuffle(speakers)) {
    const own = speeches.filter((speech) => speech.speaker === speaker);
    const remarks = own.map((speech) => remarkWith(context, speech, word));
    const [first, ...later] = remarks;
    const others = later.filter((remark) => remark !== undefined);
    if (first === undefined || others.length < 2) continue;
    // Earlier words of another about the same are near misses too.
    const foreign = speeches
      .filter((speech) => speech.speaker !== speaker)
      .map((speech) => remarkWith(context, speech, word))
      .filter((remark) => remark !== undefined);
    const wrong = [...random.shuffle(others), ...random.shuffle(foreign)].slice(0, options - 1);
    if (wrong.length < options - 1) continue;
    if (
      windowsOf(
        [first, ...wrong].map(({ proof }) => proof),
        context.language,
      ) < leastWindows
    )
      continue;
    const shown = random.shuffle([first, ...wrong]);
    return {
      slots: {
        where: sayWhere(talk.whole.where, talk.document.title, context.language),
        speaker,
        word,
        options: optionLines(shown.map(({ text }) => text)),
      },
      gold: [String.fromCharCode(65 + shown.indexOf(first))],
      rationale: own
        .map(({ words, number }) => `${number}: ${words.slice(0, 80)}`)
        .slice(0, 8)
        .join('\n'),
      proof: [first, ...wrong].map(({ proof }) => proof),
    };
  }
  return undefined;
}

export const dialogueMemory: QuestionGenerator = {
  id: 'dialogue-memory',
  version: 1,
  task: 'T2',
  subtask: 'dialogue memory',
  asks: 'Asks which of four remarks about a matter a speaker made first.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 280,
  wordings: asked,
  exempt: { g6: 'the remarks stand all over the talk' },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context.documents, context.chosen))
      for (const topic of random.shuffle(topicsOf(talk.speeches, context.language))) {
        const draft = draftOf(context, talk, topic, random);
        if (draft !== undefined) return draft;
      }
    return 'nobody comes back to a matter in remarks that can be quoted';
  },
  solve,
};
