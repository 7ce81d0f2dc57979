/** @file T6: questions of an interview or hearing, and the answers given to them, both quoted and mixed: which belongs to which. */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionGenerator } from '../../question.ts';
import { itemLines, optionLines } from '../../views/lines.ts';
import { type Remark, remarksOf, standsOnce } from '../../views/remarks.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk.ts';
import { sayWhere } from '../../views/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const pairs = { least: 5, most: 7 };
/** Share of the speeches that end with a question in a talk of questions and answers. */
const leastQuestions = 0.15;

interface Pair {
  readonly question: Remark;
  readonly answer: Remark;
}

/** A question that ends a speech, and the first sentence of the next speaker's. */
function pairsOf(context: Context, { speeches, document: { facts } }: Talk): Pair[] {
  return speeches.flatMap((speech, i): Pair[] => {
    const next = speeches[i + 1];
    if (next === undefined || next.speaker === speech.speaker || !/[?？]$/.test(speech.words)) return [];
    if (facts.sections.some(({ span }) => span.start > speech.all.span.start && span.start <= next.all.span.start))
      return [];
    const question = remarksOf(speech, context.language).at(-1);
    const answer = remarksOf(next, context.language).find(({ text }) => !/[?？]$/.test(text));
    if (question === undefined || answer === undefined || !/[?？]$/.test(question.text)) return [];
    return standsOnce(context, question.text) && standsOnce(context, answer.text) ? [{ question, answer }] : [];
  });
}

/** Some from all over the talk, none next to another. */
function spread(found: readonly Pair[], count: number, random: Random): Pair[] {
  const taken: Pair[] = [];
  for (const pair of random.shuffle(found)) {
    if (taken.length === count) break;
    const { number } = pair.question.speech;
    if (taken.every(({ question }) => Math.abs(question.speech.number - number) > 3)) taken.push(pair);
  }
  return taken;
}

export const questionsToAnswers: QuestionGenerator = {
  id: 'questions-to-answers',
  version: 1,
  task: 'T6',
  subtask: 'questions to answers',
  asks: 'Gives questions and answers of an interview or hearing, mixed, each question to be matched with its answer.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['conversation', 'other'],
  least: 2048,
  reserve: 560,
  wordings: asked,
  exempt: { g6: 'the questions stand all over the talk' },
  contract: {
    en: 'After [Answer], write one line for each question, its number and the letter of the answer, as in “1: A”.',
    zh: '请在[答案]后为每个问题写一行，先写编号，再写答话的字母，如“1: A”。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context.documents, context.chosen)) {
      const asking = talk.speeches.filter(({ words }) => /[?？]$/.test(words)).length;
      if (asking < leastQuestions * talk.speeches.length) continue;
      const drawn = spread(pairsOf(context, talk), random.integer(pairs.least, pairs.most), random);
      if (drawn.length < pairs.least) continue;
      const answers = random.shuffle(drawn);
      return {
        slots: {
          where: sayWhere(talk.whole.where, talk.document.title, context.language),
          items: itemLines(drawn.map(({ question }) => question.text)),
          options: optionLines(answers.map(({ answer }) => answer.text)),
        },
        gold: drawn.map((pair, i) => `${i + 1}: ${String.fromCharCode(65 + answers.indexOf(pair))}`),
        rationale: drawn.map(({ question, answer }) => `${question.text} ${answer.text}`).join('\n'),
        proof: drawn.flatMap(({ question, answer }) => [question.proof, answer.proof]),
      };
    }
    return 'too few questions with answers that can be quoted';
  },
  solve,
};
