/** @file T3: everybody who speaks in both of two scenes, days or parts. Those who speak in one of them are the near misses. */
import type { QuestionGenerator } from '../../question.ts';
import { standApart } from '../../views/talk/remarks.ts';
import { isPerson, plainSpeakers, type Speech } from '../../views/talk/speeches.ts';
import { type Stretch, throughout } from '../../views/talk/stretches.ts';
import { chosenTalks, stretchPlaces, type Talk } from '../../views/talk/talk.ts';
import { sayPart } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const answers = { least: 2, most: 12 };
/** Of the speakers of the text at most so many may be right: naming all would pay. */
const mostRight = 0.45;
const leastOfOne = 6;
const speakersOf = ({ speeches }: Stretch): string[] => [...new Set(speeches.map(({ speaker }) => speaker))];
const labelOf = ({ speeches }: Stretch, speaker: string): Speech['label'][] =>
  speeches
    .filter((speech) => speech.speaker === speaker)
    .slice(0, 1)
    .map(({ label }) => label);

/** Speakers of both; undefined where a label may be two persons or two labels one. */
function shared(talk: Talk, a: Stretch, b: Stretch): string[] | undefined {
  const plain = plainSpeakers(talk.speeches);
  const inB = new Set(speakersOf(b));
  const both = speakersOf(a).filter((speaker) => inB.has(speaker) && isPerson(speaker));
  return both.every((speaker) => plain.has(speaker)) ? both : undefined;
}

export const speakersWhere: QuestionGenerator = {
  id: 'speakers-where',
  version: 5,
  task: 'T3',
  subtask: 'speakers that meet two conditions',
  asks: 'Asks for everybody who speaks in both of two scenes, days or parts.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 110,
  wordings: asked,
  exempt: { g6: 'both scenes have to be read to their ends' },
  contract: {
    en: 'After [Answer], write the name of everyone who does, as it stands before their words, one on each line.',
    zh: '请在[答案]后写出所有符合的人，姓名按原文中话前的写法，每行一个。',
  },
  places: (document, facts) => stretchPlaces(document, facts, 2),
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const all = new Set(talk.speeches.map(({ speaker }) => speaker)).size;
      const stretches = talk.stretches.filter(({ speeches }) => speeches.length >= leastOfOne);
      for (const a of random.shuffle(stretches))
        for (const b of random.shuffle(stretches.slice(stretches.indexOf(a) + 1))) {
          const read = [a, b].flatMap(throughout);
          if (!standApart(read, context.language)) continue;
          const both = shared(talk, a, b);
          if (both === undefined || both.length < answers.least || both.length > answers.most) continue;
          const either = new Set([...speakersOf(a), ...speakersOf(b)]);
          if (both.length > mostRight * all || either.size < both.length + 2) continue;
          return {
            slots: {
              title: talk.document.title,
              a: sayPart(a.where, context.language),
              b: sayPart(b.where, context.language),
            },
            gold: both,
            rationale: [a, b].map((one) => `${one.where.name}: ${speakersOf(one).join(', ')}`).join('\n'),
            proof: [
              ...both.flatMap((speaker) => [...labelOf(a, speaker), ...labelOf(b, speaker)]),
              ...[a, b].flatMap((one) => speakersOf(one).flatMap((speaker) => labelOf(one, speaker))),
              ...read,
            ],
          };
        }
    }
    return 'no two scenes that share a few of their speakers';
  },
  solve,
};
