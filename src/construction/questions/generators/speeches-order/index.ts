/** @file T8: quoted lines from all over a conversation or play, to be put in the order in which they are said. */
import type { QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { spreadRemarks } from '../../views/talk/spread-remarks.ts';
import { chosenTalks, talkOf, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const lines = { least: 5, most: 8 };
/** More are drawn than asked for: some lean on what was said before them. */
const drawnLines = 12;

export const speechesOrder: QuestionGenerator = {
  id: 'speeches-order',
  version: 5,
  task: 'T8',
  subtask: 'order of a conversation',
  asks: 'Gives lines of a play or messages of a chat from far apart, to be put in the order in which they come.',
  languages: ['en', 'zh'],
  scope: 'document',
  // Stray sentences of a hearing mean nothing out of their place; the lines of a play are known by it, the messages of a chat have days.
  forms: ['play', 'conversation'],
  least: 2048,
  reserve: 420,
  wordings: asked,
  exempt: { g6: 'the lines stand all over the talk' },
  contract: {
    en: 'After [Answer], write the letters in the order in which the lines come, one on each line.',
    zh: '请在[答案]后按出现的先后写出各句的字母，每行一个。',
  },
  places(document, facts) {
    const whole = { document, title: 'T', span: { start: 0, end: document.text.length }, facts };
    const isOpen = facts.form !== 'play' && talkOf(whole)?.whole.where.isChat !== true;
    return isOpen ? 'neither a play nor a chat' : talkPlaces(facts);
  },
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const whole = spreadRemarks(context, talk, { count: drawnLines, ofOne: 3 }, random);
      const taken = new Set(random.sample(whole, random.integer(6, lines.most)));
      const spread = whole.filter((remark) => taken.has(remark));
      if (spread.length < lines.least) continue;
      const drawn = random.shuffle(spread);
      return {
        slots: {
          where: sayWhere(talk.whole.where, talk.document.title, context.language),
          options: optionLines(drawn.map(({ text }) => text)),
        },
        gold: spread.map((remark) => letterOf(drawn.indexOf(remark))),
        rationale: spread.map(({ speech, text }) => `${speech.speaker}: ${text}`).join('\n'),
        proof: spread.map(({ proof }) => proof),
      };
    }
    return 'too few lines from far apart that can be quoted';
  },
  solve,
};
