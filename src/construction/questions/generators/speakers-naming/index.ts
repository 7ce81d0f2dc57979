/** @file T3: everybody who says a name in a conversation or play. The name stands in many speeches; who speaks stands elsewhere. */
import type { QuestionGenerator } from '../../question.ts';
import { namesSaid } from '../../views/talk/names-said.ts';
import { isPerson, plainSpeakers } from '../../views/talk/speeches.ts';
import { chosenTalks, talkPlaces } from '../../views/talk/talk.ts';
import { sayWhere } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const answers = { least: 3, most: 12 };
/** Of the speakers at most so many may be right: naming all would pay. */
const mostRight = 0.45;

export const speakersNaming: QuestionGenerator = {
  id: 'speakers-naming',
  version: 5,
  task: 'T3',
  subtask: 'speakers who mention somebody or something',
  asks: 'Asks for everybody who says a given name in a conversation or play.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 100,
  wordings: asked,
  exempt: { g6: 'every speech has to be read' },
  contract: {
    en: 'After [Answer], write the name of everyone who does, as it stands before their words, one on each line.',
    zh: '请在[答案]后写出所有符合的人，姓名按原文中话前的写法，每行一个。',
  },
  places: (_document, facts) => talkPlaces(facts),
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const plain = plainSpeakers(talk.speeches);
      const all = new Set(talk.speeches.map(({ speaker }) => speaker));
      for (const { name, speeches } of random.shuffle(namesSaid(talk.document, talk.speeches, context.language))) {
        if (talk.document.title.includes(name)) continue;
        const found = [...new Set(speeches.map(({ speaker }) => speaker))].filter(isPerson);
        if (found.length < answers.least || found.length > Math.min(answers.most, mostRight * all.size)) continue;
        if (!found.every((speaker) => plain.has(speaker))) continue;
        return {
          slots: { where: sayWhere(talk.whole.where, talk.document.title, context.language), name },
          gold: found,
          rationale: speeches
            .map(({ speaker, words }) => `${speaker}: ${words.slice(0, 60)}`)
            .slice(0, 12)
            .join('\n'),
          proof: [
            ...found.flatMap((speaker) => speeches.find((speech) => speech.speaker === speaker)?.all ?? []),
            ...[talk.speeches[0], talk.speeches.at(-1)].flatMap((speech) => speech?.label ?? []),
          ],
        };
      }
    }
    return 'no name that a few of the speakers say';
  },
  solve,
};
