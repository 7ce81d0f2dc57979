/**
 * @file T1: who speaks next after a speech that is told by its speaker and two things it speaks of. Both words stand in other speeches too, and
 * the same speaker says each of them elsewhere or others do; the answer stands on none of the lines that have them.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { hasWord, namesSaid, topicsOf } from '../../views/talk/remarks.ts';
import { isPerson, type Speech } from '../../views/talk/speeches.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** Whether two speeches follow each other without a heading between them. */
const isReply = ({ document: { facts } }: Talk, said: Speech, next: Speech): boolean =>
  next.speaker !== said.speaker &&
  isPerson(next.speaker) &&
  !facts.sections.some(({ span }) => span.start > said.all.span.start && span.start <= next.all.span.start);

function draftOf(
  context: Context,
  talk: Talk,
  [one, two]: readonly [string, string],
  random: Random,
): QuestionDraft | undefined {
  const both = talk.speeches.filter(({ words }) => hasWord(words, one) && hasWord(words, two));
  for (const said of random.shuffle(both)) {
    const next = talk.speeches[said.number - (talk.speeches[0]?.number ?? 0) + 1];
    const alike = both.filter(({ speaker }) => speaker === said.speaker);
    if (next === undefined || alike.length > 1 || !isPerson(said.speaker) || !isReply(talk, said, next)) continue;
    const misses = talk.speeches.filter(
      (speech) => speech !== said && (hasWord(speech.words, one) || hasWord(speech.words, two)),
    );
    if (misses.length < 3) continue;
    return {
      slots: {
        where: sayWhere(talk.whole.where, talk.document.title, context.language),
        speaker: said.speaker,
        one,
        two,
      },
      gold: [next.speaker],
      rationale: `${said.speaker}: ${said.words.slice(0, 160)}\n${next.speaker}: ${next.words.slice(0, 80)}`,
      proof: [said.all, next.label],
    };
  }
  return undefined;
}

export const replyTo: QuestionGenerator = {
  id: 'reply-to',
  version: 1,
  task: 'T1',
  subtask: 'retrieval in dialogues by content',
  asks: 'Asks who speaks directly after a speech that is told by its speaker and two things it speaks of.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 90,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the speaker’s name as it stands before the speeches, on one line.',
    zh: '请在[答案]后写出发言人的姓名，按发言前的写法，一行。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    const { language } = context;
    for (const talk of chosenTalks(context.documents, context.chosen)) {
      const names = namesSaid(talk.document, talk.speeches, language).filter(({ speeches }) => speeches.length >= 2);
      const known = [...new Set([...names, ...topicsOf(talk.speeches, language, 2)].map(({ word }) => word))];
      const isName = new Set(names.map(({ word }) => word));
      for (const speech of random.shuffle(talk.speeches)) {
        const held = random.shuffle(known.filter((word) => hasWord(speech.words, word)));
        // Names tell a speech better than other words.
        const own = [...held.filter((word) => isName.has(word)), ...held.filter((word) => !isName.has(word))].slice(
          0,
          3,
        );
        for (const [a, b] of [own.slice(0, 2), own.slice(1, 3)]) {
          if (a === undefined || b === undefined || a.includes(b) || b.includes(a)) continue;
          const draft = draftOf(context, talk, [a, b], random);
          if (draft !== undefined) return draft;
        }
      }
    }
    return 'no speech that two of its words tell from the others';
  },
  solve,
};
