/** @file T6: quoted lines from all over a conversation or play, without their speakers: each is to be given back to who says it. */
import type { QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { spreadRemarks } from '../../views/talk/spread-remarks.ts';
import { chosenTalks, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const lines = { least: 6, most: 8 };
/** Lines of one speaker: one name for all must not pay. */
const mostOfOne = 2;

export const linesToSpeakers: QuestionGenerator = {
  id: 'lines-to-speakers',
  version: 4,
  task: 'T6',
  subtask: 'lines to speakers',
  asks: 'Gives six to eight quoted lines without their speakers, each to be matched with who says it.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 420,
  wordings: asked,
  exempt: { g6: 'the lines stand all over the talk' },
  contract: {
    en: 'After [Answer], write one line for each quotation, its number and the name exactly as it is printed before the words, as in “1: name”.',
    zh: '请在[答案]后为每句写一行，先写编号，再写姓名，按原文中话前的写法，如“1: 姓名”。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const spread = spreadRemarks(context, talk, { count: lines.most, ofOne: mostOfOne }, random);
      if (spread.length < lines.least) continue;
      const drawn = random.shuffle(spread);
      return {
        slots: {
          where: sayWhere(talk.whole.where, talk.document.title, context.language),
          items: itemLines(drawn.map(({ text }) => text)),
        },
        gold: drawn.map(({ speech }, i) => `${i + 1}: ${speech.speaker}`),
        rationale: drawn.map(({ speech, text }) => `${speech.speaker}: ${text}`).join('\n'),
        proof: drawn.flatMap(({ speech, proof }) => [proof, speech.label]),
      };
    }
    return 'too few lines of different speakers that can be quoted';
  },
  solve,
};
