/**
 * @file T4: the time between the first and the last message of somebody on the day on which he or she writes most: the day has to be found by
 * counting first.
 */
import type { QuestionGenerator } from '../../question.ts';
import { windowsOf } from '../../views/remarks.ts';
import { plainSpeakers, type Speech } from '../../views/speeches.ts';
import type { Stretch } from '../../views/stretches.ts';
import { chosenTalks, talkPlaces } from '../../views/talk.ts';
import { sayWhere } from '../../views/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const leastDays = 3;
const leastWindows = 3;

/** Minutes since midnight of a clock of 24 hours; undefined for others. */
function minutesOf(time: string | undefined): number | undefined {
  const found = /(?:^|\D)([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/.exec(time ?? '');
  return found === null || /[ap]\.?m|上午|下午|晚上|早上|凌晨|中午/i.test(time ?? '')
    ? undefined
    : 60 * Number(found[1]) + Number(found[2]);
}

const of = (speaker: string, { speeches }: Stretch): Speech[] =>
  speeches.filter((speech) => speech.speaker === speaker);

export const messageSpan: QuestionGenerator = {
  id: 'message-span',
  version: 1,
  task: 'T4',
  subtask: 'counting, then time arithmetic',
  asks: 'Asks how many minutes lie between the first and the last message of somebody on the day of most messages.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['conversation', 'other'],
  least: 2048,
  reserve: 100,
  wordings: asked,
  exempt: { g6: 'the messages of all days have to be counted' },
  places(document, facts) {
    const timed = facts.turns.filter(({ time }) => /^\D{0,2}\d{1,4}[-./年].*\d:\d\d/.test(time ?? ''));
    // All days are compared, so that the chat has to be shown as a whole.
    const all = talkPlaces(facts);
    if (typeof all === 'string') return all;
    return timed.length < facts.turns.length
      ? 'not every message has its day and time'
      : [{ start: 0, end: document.text.length }];
  },
  draw(context, random) {
    for (const talk of chosenTalks(context.documents, context.chosen)) {
      if (talk.whole.where.kind !== 'whole' || talk.stretches[0]?.where.kind !== 'day') continue;
      for (const speaker of random.shuffle([...plainSpeakers(talk.speeches)])) {
        const days = talk.stretches.filter((day) => of(speaker, day).length > 0);
        const [most, next] = [...days].sort((a, b) => of(speaker, b).length - of(speaker, a).length);
        if (most === undefined || next === undefined || days.length < leastDays) continue;
        const own = of(speaker, most);
        const [start, end] = [own[0], own.at(-1)].map((speech) => minutesOf(speech?.time));
        if (own.length <= of(speaker, next).length || start === undefined || end === undefined || end <= start)
          continue;
        const proof = [...own, ...days.filter((day) => day !== most).flatMap((day) => of(speaker, day))].map(
          ({ label }) => label,
        );
        if (windowsOf(proof, context.language) < leastWindows) continue;
        return {
          slots: { where: sayWhere(talk.whole.where, talk.document.title, context.language), speaker },
          gold: [String(end - start)],
          rationale: `${most.where.name}: ${own[0]?.time}, ${own.at(-1)?.time}\n${days.map((day) => `${day.where.name}: ${of(speaker, day).length}`).join(', ')}`,
          proof,
        };
      }
    }
    return 'nobody has one day of most messages';
  },
  solve,
};
