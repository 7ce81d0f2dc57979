/**
 * @file T8: dated events of the texts, told without their dates and far from each other, to be put in the order in which they happened. The
 * texts tell them in another order.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import {
  areApart,
  byTime,
  eventSpans,
  eventsOf,
  looksOf,
  pairsInOrder,
  type ToldEvent,
} from '../../views/narrative/told-events.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const ordered = { least: 4, most: 8 };
/** Draws of a set of events over one context. */
const tries = 60;
/** Of the pairs, at most this share stands in the texts in the order of time. */
const mostInOrder = 0.5;

const lettersOf = (count: number): string[] => Array.from({ length: count }, (_, i) => String.fromCharCode(65 + i));

function choose(all: readonly ToldEvent[], random: Random): ToldEvent[] | undefined {
  for (let i = 0; i < tries; i++) {
    const most = Math.min(ordered.most, all.length);
    const events = random.sample(all, random.integer(ordered.least, most));
    const looks = Math.min(3, Math.ceil(events.length / 2));
    if (!areApart(events) || looksOf(events) < looks) continue;
    const time = byTime(events);
    if (pairsInOrder(time.map((event) => all.indexOf(event))) <= mostInOrder) return time;
  }
  return undefined;
}

/** An order of the list that tells little of the right one. */
function shuffled(time: readonly ToldEvent[], random: Random): ToldEvent[] | undefined {
  for (let i = 0; i < tries; i++) {
    const shown = random.shuffle(time);
    const share = pairsInOrder(time.map((event) => shown.indexOf(event)));
    if (share >= 0.25 && share <= mostInOrder) return shown;
  }
  return undefined;
}

export const eventsInTime: QuestionGenerator = {
  id: 'events-in-time',
  version: 1,
  task: 'T8',
  subtask: 'order of dated events',
  asks: 'Asks for the order in which events happened that the texts date and tell in another order.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 1024,
  reserve: 420,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the letters, earliest event first, one on each line.',
    zh: '请在[答案]后按从早到晚的顺序写出字母，每行一个。',
  },
  places: ({ text }, facts) => {
    const spans = eventSpans(text, facts);
    return spans.length > 0 ? spans : 'no sentence dates an event and can be told without its date';
  },
  draw(context, random) {
    const all = eventsOf(context);
    if (all.length < ordered.least) return 'fewer than four events that can be told';
    const time = choose(all, random);
    if (time === undefined) return 'no events whose dates tell an order that the texts do not';
    const shown = shuffled(time, random);
    if (shown === undefined) return 'no shuffle that hides the order';
    const letters = lettersOf(shown.length);
    const letterOf = (event: ToldEvent): string => letters[shown.indexOf(event)] ?? '';
    return {
      slots: { options: optionLines(shown.map(({ told }) => told)) },
      gold: time.map(letterOf),
      rationale: time.map((event) => `${letterOf(event)} ${event.date}: ${event.told}`).join('\n'),
      proof: random.shuffle(time).map(({ proof }) => proof),
    };
  },
  solve,
};
