/** @file T8: dated events that one text tells out of their order, quoted without their dates, to be put in the order of time. */
import type { QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { drawEvents, undatedEvents } from '../../views/narrative/undated.ts';
import { timesIn } from '../../views/provisions/quoting.ts';
import { standApart } from '../../views/talk/remarks.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const events = { least: 4, most: 8 };
/** Share of the pairs that the text tells the other way round: else its order is the answer. */
const leastTurned = 0.15;
/** An excerpt is drawn around so many events. */
const together = 8;

export const eventsOrder: QuestionGenerator = {
  id: 'events-order',
  version: 2,
  task: 'T8',
  subtask: 'dated events told out of order',
  asks: 'Quotes events of one text without their dates, to be put in the order in which they happened.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['book', 'other', 'report', 'paper', 'filing', 'speech', 'encyclopedia', 'news', 'conversation'],
  least: 1024,
  reserve: 420,
  wordings: asked,
  exempt: { g6: 'the events stand all over the text' },
  contract: {
    en: 'After [Answer], write the letters in the order in which the events happened, earliest first, one on each line.',
    zh: '请在[答案]后按事件发生的先后写出字母，最早的在前，每行一个。',
  },
  places(document, facts) {
    const { language } = facts;
    const whole = { document, title: 'T', span: { start: 0, end: document.text.length }, facts };
    const found = undatedEvents(whole, language === 'zh' ? 'zh' : 'en');
    if (found.length < events.least) return 'too few dated events that can be told without their date';
    const spans = found.map(({ proof }) => proof.span);
    return spans.slice(0, Math.max(1, 1 + spans.length - together)).map(({ start }, i) => ({
      start,
      end: spans[Math.min(spans.length, i + together) - 1]?.end ?? start,
    }));
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? 0];
    if (entry === undefined) return 'no document';
    const all = undatedEvents(entry, context.language).filter(({ words }) => timesIn(context, words) <= 1);
    const drawn = drawEvents(all, events, random);
    if (drawn === undefined) return 'too few events of different times';
    if (drawn.turned < leastTurned) return 'the text tells the events in their order';
    const proof = drawn.events.map((event) => event.proof);
    if (!standApart(proof, context.language)) return 'the events stand close together';
    const shown = random.shuffle(drawn.events);
    return {
      slots: { work: entry.title, options: optionLines(shown.map(({ words }) => words)) },
      gold: drawn.events.map((event) => letterOf(shown.indexOf(event))),
      rationale: drawn.events.map(({ iso, words }) => `${iso}: ${words}`).join('\n'),
      proof,
    };
  },
  solve,
};
