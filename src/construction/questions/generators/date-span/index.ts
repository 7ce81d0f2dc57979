/** @file T4: the time from the earliest to the latest of a few events, which are told without their dates. */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { areApart, byTime, eventSpans, eventsOf, looksOf, type ToldEvent } from '../../views/narrative/told-events.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const counted = { least: 3, most: 5 };
const tries = 60;
const day = 86_400_000;

interface Measured {
  readonly events: readonly ToldEvent[];
  readonly unit: 'days' | 'years';
  readonly value: number;
}

function measure(time: readonly ToldEvent[]): Measured | undefined {
  const [first, last] = [time[0], time.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (time.every(({ precision }) => precision === 'day')) {
    const value = Math.round((Date.parse(last.iso) - Date.parse(first.iso)) / day);
    return Number.isFinite(value) && value > 1 ? { events: time, unit: 'days', value } : undefined;
  }
  const value = Number(last.iso.slice(0, 4)) - Number(first.iso.slice(0, 4));
  return value > 1 ? { events: time, unit: 'years', value } : undefined;
}

function choose(all: readonly ToldEvent[], random: Random): Measured | undefined {
  const exact = all.filter(({ precision }) => precision === 'day');
  for (let i = 0; i < tries; i++) {
    const pool = exact.length >= counted.least && random.chance(0.6) ? exact : all;
    const events = random.sample(pool, random.integer(counted.least, Math.min(counted.most, pool.length)));
    if (events.length < counted.least || looksOf(events) < counted.least || !areApart(events)) continue;
    const found = measure(byTime(events));
    if (found !== undefined) return found;
  }
  return undefined;
}

export const dateSpan: QuestionGenerator = {
  id: 'date-span',
  version: 1,
  task: 'T4',
  subtask: 'time between events',
  asks: 'Asks for the days or years from the first to the last of some events that the texts date.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 1024,
  reserve: 300,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the whole number alone. Days are counted from date to date, without the first day; years are the later calendar year minus the earlier.',
    zh: '请在[答案]后只写整数。天数为两个日期之差，起始日不计；年数为较晚年份减去较早年份。',
  },
  places: ({ text }, facts) => {
    const spans = eventSpans(text, facts);
    return spans.length > 0 ? spans : 'no sentence dates an event and can be told without its date';
  },
  draw(context, random) {
    const all = eventsOf(context);
    if (all.length < counted.least) return 'fewer than three events that can be told';
    const found = choose(all, random);
    if (found === undefined) return 'no events far apart whose dates tell them apart';
    const unit = context.language === 'zh' ? { days: '天', years: '年' }[found.unit] : found.unit;
    return {
      slots: { unit, events: itemLines(random.shuffle(found.events).map(({ told }) => told)) },
      gold: [String(found.value)],
      rationale: found.events.map(({ date, told }) => `${date}: ${told}`).join('\n'),
      proof: random.shuffle(found.events).map(({ proof }) => proof),
    };
  },
  solve,
};
