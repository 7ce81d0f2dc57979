/**
 * @file T4: counts over the days of a chat: how many messages the busiest day has, or on how many days somebody writes. Nobody states either.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { plainSpeakers } from '../../views/talk/speeches.ts';
import { chosenTalks, type Talk, talkOf, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked, counts } from './wordings.ts';

const leastDays = 4;
/** Days on which somebody writes who does not write on all of them. */
const own = { least: 3, most: 0.8 };

/** How many messages the busiest day has. */
function busiest({ stretches }: Talk): { what: string; gold: number; why: string } | undefined {
  const days = [...stretches].sort((a, b) => b.speeches.length - a.speeches.length);
  const [most, next] = days;
  if (most === undefined || next === undefined || most.speeches.length < next.speeches.length + 2) return undefined;
  const why = days.map(({ where, speeches }) => `${where.name}: ${speeches.length}`).join(', ');
  return { what: 'busiest', gold: most.speeches.length, why };
}

/** On how many days somebody writes. */
function daysOf({ stretches }: Talk, speaker: string): { gold: number; why: string } | undefined {
  const days = stretches.filter(({ speeches }) => speeches.some((speech) => speech.speaker === speaker));
  if (days.length < own.least || days.length > own.most * stretches.length) return undefined;
  return { gold: days.length, why: days.map(({ where }) => where.name).join(', ') };
}

function draftOf({ language }: Context, talk: Talk, random: Random): QuestionDraft | undefined {
  const speakers = random.shuffle([...plainSpeakers(talk.speeches)]);
  const most = random.chance(0.35) ? busiest(talk) : undefined;
  const writer = speakers.find((speaker) => daysOf(talk, speaker) !== undefined);
  const found = most ?? (writer === undefined ? undefined : daysOf(talk, writer));
  if (found === undefined) return undefined;
  const where = sayWhere(talk.whole.where, talk.document.title, language);
  const what =
    most === undefined ? counts.days.say(language, { speaker: writer ?? '' }) : counts.busiest.say(language, {});
  const read = talk.speeches.filter((speech) => most !== undefined || speech.speaker === writer);
  return {
    slots: { where, what },
    gold: [String(found.gold)],
    rationale: found.why,
    proof: [...read, ...talk.speeches.slice(-1)].map(({ label }) => label),
  };
}

export const busiestDay: QuestionGenerator = {
  id: 'busiest-day',
  version: 3,
  task: 'T4',
  subtask: 'counting by day',
  asks: 'Asks how many messages the busiest day of a chat has, or on how many days somebody writes.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['conversation', 'other'],
  least: 2048,
  reserve: 100,
  wordings: asked,
  exempt: { g6: 'the messages of all days have to be counted' },
  contract: {
    en: 'After [Answer], write the number alone. Go by the dates that the messages bear.',
    zh: '请在[答案]后只写数字。日期以消息所标日期为准。',
  },
  places(document, facts) {
    const whole = { start: 0, end: document.text.length };
    const talk = talkOf({ document, title: 'T', span: whole, facts });
    const dated = talk?.stretches.flatMap(({ where, speeches }) => (where.kind === 'day' ? speeches : [])) ?? [];
    // All days are counted, so that the chat has to be shown as a whole.
    const all = talkPlaces(facts);
    if (typeof all === 'string') return all;
    return dated.length === 0 || dated.length < (talk?.speeches.length ?? 0)
      ? 'not every message has its day'
      : [whole];
  },
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const isWhole = talk.whole.where.kind === 'whole' && talk.stretches[0]?.where.kind === 'day';
      if (!isWhole || talk.stretches.length < leastDays) continue;
      const draft = draftOf(context, talk, random);
      if (draft !== undefined) return draft;
    }
    return 'no days of a chat that differ';
  },
  solve,
};
