/** @file T6: questions of an interview or hearing, and the answers given to them, both quoted and mixed: which belongs to which. */
import type { Random } from '../../../../random.ts';
import type { QuestionLanguage } from '../../language.ts';
import type { Context, QuestionGenerator } from '../../question.ts';
import { itemLines, letterOf, optionLines } from '../../views/lines.ts';
import { type Remark, remarksOf, standsOnce } from '../../views/talk/remarks.ts';
import { joined, type Speech } from '../../views/talk/speeches.ts';
import { chosenTalks, type Talk, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { asksFor, sharesWords } from './alike.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const pairs = { least: 4, most: 6 };
/** Answers to other questions of the talk that are offered too. */
const mostOthers = 2;
/** Share of the speeches that end with a question in a talk of questions and answers. */
const leastQuestions = 0.15;

interface Pair {
  readonly question: Remark;
  readonly answer: Remark;
}

/** An answer as it is quoted: its first sentences, in words or signs. */
const sentences = 2;
const answerWords = { least: 8, most: 60 };
const answerSigns = { least: 12, most: 150 };
/** What opens an answer and says nothing by itself. */
const mere = /^(?:yes|no|thank(?:s| you)|well|indeed|certainly|of course|是的?|对|不是|没有|谢谢?|好的?)[^\p{L}]*$/iu;

const isLongEnough = (text: string, language: QuestionLanguage): boolean => {
  const { least, most } = language === 'zh' ? answerSigns : answerWords;
  const length = language === 'zh' ? [...text].length : text.split(' ').length;
  return length >= least && length <= most;
};

/** The opening of a speech, from its first word on: what follows a dropped opening would answer nothing. */
function answerOf(speech: Speech, language: QuestionLanguage): Remark | undefined {
  const { document } = speech.all;
  const [run] = speech.runs;
  if (run === undefined) return undefined;
  const said = document.text.slice(run.start, run.end);
  const paragraph = /^\s*\S[\s\S]*?(?=\n\s*\n|$)/.exec(said)?.[0] ?? '';
  const parts = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(paragraph)];
  const taken = parts.filter(({ segment }) => !mere.test(segment.trim())).slice(0, sentences);
  const last = taken.at(-1);
  const lead = paragraph.length - paragraph.trimStart().length;
  const end = last === undefined ? 0 : last.index + last.segment.trimEnd().length;
  const text = joined(paragraph.slice(lead, end));
  const isWhole = /[.!。！…]["”’」』)]*$/.test(text) && !/[*_#|{}<>]|["“”]|https?:|\b[ap]\.$/.test(text);
  // An opening in small letters, or that names who asked, is no whole sentence of the answer.
  if (taken.length === 0 || !isWhole || !isLongEnough(text, language) || (language === 'en' && !/^\p{Lu}/u.test(text)))
    return undefined;
  return { text, speech, proof: { document, span: { start: run.start + lead, end: run.start + end } } };
}

/** A question that ends a speech, and the opening of the next speaker's. */
function pairsOf(context: Context, { speeches, document: { facts } }: Talk): Pair[] {
  return speeches.flatMap((speech, i): Pair[] => {
    const next = speeches[i + 1];
    if (next === undefined || next.speaker === speech.speaker || !/[?？]$/.test(speech.words)) return [];
    if (facts.sections.some(({ span }) => span.start > speech.all.span.start && span.start <= next.all.span.start))
      return [];
    const question = remarksOf(speech, context.language).at(-1);
    const answer = answerOf(next, context.language);
    if (question === undefined || answer === undefined || !/[?？]$/.test(question.text)) return [];
    // Words of the question in its answer would tell that they belong together.
    if (sharesWords(question.text, answer.text)) return [];
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

/** Pairs of the kind of question that has the most of them. */
function oneKind(found: readonly Pair[], { language }: Context, random: Random): Pair[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of found) {
    const kind = asksFor(pair.question.text, language);
    groups.set(kind, [...(groups.get(kind) ?? []), pair]);
  }
  const most = pairs.most + mostOthers;
  const drawn = [...groups.values()].map((group) => spread(group, most, random));
  return drawn.sort((a, b) => b.length - a.length)[0] ?? [];
}

export const questionsToAnswers: QuestionGenerator = {
  id: 'questions-to-answers',
  version: 6,
  task: 'T6',
  subtask: 'questions to answers',
  asks: 'Gives questions and answers of an interview or hearing, mixed, each question to be matched with its answer.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['conversation', 'other'],
  least: 2048,
  reserve: 760,
  // Readers made every pair from its sense, without the text: an answer tells what it was asked.
  turns: 0,
  wordings: asked,
  exempt: { g6: 'the questions stand all over the talk' },
  contract: {
    en: 'After [Answer], write one line for each question, its number and the letter of the answer, as in “1: A”.',
    zh: '请在[答案]后为每个问题写一行，先写编号，再写答话的字母，如“1: A”。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const asking = talk.speeches.filter(({ words }) => /[?？]$/.test(words)).length;
      if (asking < leastQuestions * talk.speeches.length) continue;
      const alike = oneKind(pairsOf(context, talk), context, random);
      if (alike.length < pairs.least) continue;
      const drawn = alike.slice(0, random.integer(pairs.least, Math.min(pairs.most, alike.length)));
      const answers = random.shuffle(alike.slice(0, drawn.length + mostOthers));
      return {
        slots: {
          where: sayWhere(talk.whole.where, talk.document.title, context.language),
          items: itemLines(drawn.map(({ question }) => question.text)),
          options: optionLines(answers.map(({ answer }) => answer.text)),
        },
        gold: drawn.map((pair, i) => `${i + 1}: ${letterOf(answers.indexOf(pair))}`),
        rationale: drawn.map(({ question, answer }) => `${question.text} ${answer.text}`).join('\n'),
        proof: drawn.flatMap(({ question, answer }) => [question.proof, answer.proof]),
      };
    }
    return 'too few questions with answers that can be quoted';
  },
  solve,
};
