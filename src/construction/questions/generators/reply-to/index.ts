/**
 * @file T1: who speaks directly after a question that is quoted with who asks it. The answer stands on another line, and the question does not
 * name anybody.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { calledWithin } from '../../views/talk/called.ts';
import { type Remark, remarksOf, standsOnce } from '../../views/talk/remarks.ts';
import { plainSpeakers, type Speech } from '../../views/talk/speeches.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** Speeches around a question, and the persons of which at least so many speak in them: of two the other one answers. */
const around = { speeches: 12, least: 4 };

/** Whether two speeches follow each other without a heading between them. */
const isReply = ({ document: { facts } }: Talk, said: Speech, next: Speech): boolean =>
  next.speaker !== said.speaker &&
  !facts.sections.some(({ span }) => span.start > said.all.span.start && span.start <= next.all.span.start);

/** The question with which a speech ends, where it can be quoted and names nobody. */
function questionOf(context: Context, talk: Talk, speech: Speech): Remark | undefined {
  const last = remarksOf(speech, context.language).at(-1);
  if (last === undefined || !/[?？]$/.test(last.text) || !speech.words.endsWith(last.text)) return undefined;
  const names = new Set(talk.speeches.flatMap(({ speaker }) => speaker.toLowerCase().split(/[\s.]+/)));
  const named = [...names].some((name) => name.length > 1 && last.text.toLowerCase().includes(name));
  return named || !standsOnce(context, last.text) ? undefined : last;
}

function draftOf(context: Context, talk: Talk, at: number): QuestionDraft | undefined {
  const [said, next] = talk.speeches.slice(at, at + 2);
  if (said === undefined || next === undefined || !isReply(talk, said, next)) return undefined;
  const near = talk.speeches.slice(Math.max(0, at - around.speeches), at + around.speeches);
  const plain = plainSpeakers(talk.speeches);
  if (new Set(near.map(({ speaker }) => speaker)).size < around.least) return undefined;
  if (![said, next].every(({ speaker }) => plain.has(speaker))) return undefined;
  const question = questionOf(context, talk, said);
  if (question === undefined) return undefined;
  return {
    slots: {
      where: sayWhere(talk.whole.where, talk.document.title, context.language),
      speaker: calledWithin(said.speaker),
      quote: question.text,
    },
    gold: [next.speaker],
    rationale: `${said.speaker}: ${question.text}\n${next.speaker}: ${next.words.slice(0, 80)}`,
    proof: [question.proof, next.label],
  };
}

function draw(context: Context, random: Random): QuestionDraft | string {
  for (const talk of chosenTalks(context))
    for (const at of random.shuffle(talk.speeches.map((_, i) => i))) {
      const draft = draftOf(context, talk, at);
      if (draft !== undefined) return draft;
    }
  return 'no question among several people that names nobody';
}

export const replyTo: QuestionGenerator = {
  id: 'reply-to',
  version: 6,
  task: 'T1',
  subtask: 'retrieval in dialogues by content',
  asks: 'Asks who speaks directly after a quoted question.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 110,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the name of the one whose words come directly after the question, as it stands before them, on one line.',
    zh: '请在[答案]后写出紧接这句问话之后的那个人，姓名按原文中话前的写法，一行。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw,
  solve,
};
