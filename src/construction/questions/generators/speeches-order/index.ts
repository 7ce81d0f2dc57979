/** @file T8: quoted lines from all over a conversation or play, to be put in the order in which they are said. */
import type { QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import { spreadRemarks } from '../../views/talk/spread-remarks.ts';
import { chosenTalks, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const lines = { least: 5, most: 8 };
/** More are drawn than asked for: some lean on what was said before them. */
const drawnLines = 12;

/** Sentences that say nothing out of their place: `Its support was to end in December.` */
const leans =
  /^(?:it|its|they|their|them|he|his|him|she|her|this|that|these|those|there|then|such|so|and|but|or|nor|yet|both|neither|none|some|all of|one of|of these|which|who|yes|no|why|what|how|when|where|他|她|它|这|那|此|其|所以|因此|但|而|于是|然后|是的|不是|对|好)(?![a-z])/i;

export const speechesOrder: QuestionGenerator = {
  id: 'speeches-order',
  version: 2,
  task: 'T8',
  subtask: 'order of a conversation',
  asks: 'Gives quoted lines from far apart, to be put in the order in which they are said.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 420,
  wordings: asked,
  exempt: { g6: 'the lines stand all over the talk' },
  contract: {
    en: 'After [Answer], write the letters in the order in which the lines are said, one on each line.',
    zh: '请在[答案]后按说出的先后写出各句的字母，每行一个。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context.documents, context.chosen)) {
      const whole = spreadRemarks(context, talk, { count: drawnLines, ofOne: 3 }, random).filter(
        ({ text }) => !leans.test(text),
      );
      const taken = new Set(random.sample(whole, random.integer(6, lines.most)));
      const spread = whole.filter((remark) => taken.has(remark));
      if (spread.length < lines.least) continue;
      const drawn = random.shuffle(spread);
      return {
        slots: {
          where: sayWhere(talk.whole.where, talk.document.title, context.language),
          options: optionLines(drawn.map(({ text }) => text)),
        },
        gold: spread.map((remark) => String.fromCharCode(65 + drawn.indexOf(remark))),
        rationale: spread.map(({ speech, text }) => `${speech.speaker}: ${text}`).join('\n'),
        proof: spread.map(({ proof }) => proof),
      };
    }
    return 'too few lines from far apart that can be quoted';
  },
  solve,
};
