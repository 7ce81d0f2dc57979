/** @file T2: which of four dated events happened between two others; all six are told without their dates. */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import {
  areApart,
  byTime,
  eventSpans,
  eventsOf,
  looksOf,
  type ToldEvent,
  withoutStop,
} from '../../views/narrative/told-events.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const events = 6;
const tries = 60;
const leastLooks = 3;
/** Options are of one length, more or less. */
const mostLonger = 3;

interface Chosen {
  readonly earlier: ToldEvent;
  readonly right: ToldEvent;
  readonly later: ToldEvent;
  readonly others: readonly ToldEvent[];
}

function choose(all: readonly ToldEvent[], random: Random): Chosen | undefined {
  for (let i = 0; i < tries; i++) {
    const drawn = random.sample(all, events);
    if (drawn.length < events || !areApart(drawn) || looksOf(drawn) < leastLooks) continue;
    const time = byTime(drawn);
    const at = random.integer(1, events - 2);
    const [earlier, right, later] = time.slice(at - 1, at + 2);
    if (earlier === undefined || right === undefined || later === undefined) continue;
    const others = time.filter((event) => ![earlier, right, later].includes(event));
    const sizes = [right, ...others].map(({ told }) => told.length);
    if (Math.max(...sizes) <= mostLonger * Math.min(...sizes)) return { earlier, right, later, others };
  }
  return undefined;
}

export const eventBetween: QuestionGenerator = {
  id: 'event-between',
  version: 1,
  task: 'T2',
  subtask: 'evidence integration over dates',
  asks: 'Asks which of four events happened between two others, by the dates that the texts give.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 1024,
  reserve: 420,
  wordings: asked,
  places: ({ text }, facts) => {
    const spans = eventSpans(text, facts);
    return spans.length > 0 ? spans : 'no sentence dates an event and can be told without its date';
  },
  draw(context, random) {
    const all = eventsOf(context);
    if (all.length < events) return 'fewer than six events that can be told';
    const chosen = choose(all, random);
    if (chosen === undefined) return 'no six events whose dates tell them apart';
    const { earlier, right, later, others } = chosen;
    const shown = random.shuffle([right, ...others]);
    return {
      slots: {
        earlier: withoutStop(earlier.told),
        later: withoutStop(later.told),
        options: optionLines(shown.map(({ told }) => told)),
      },
      gold: [String.fromCharCode(65 + shown.indexOf(right))],
      rationale: byTime([earlier, right, later, ...others])
        .map(({ date, told }) => `${date}: ${told}`)
        .join('\n'),
      proof: [...random.shuffle([right, earlier, later]), ...others].map(({ proof }) => proof),
    };
  },
  solve,
};
