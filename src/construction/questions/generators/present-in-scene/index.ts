/**
 * @file T2: which of four characters speaks in one scene (or part) and not in another. All four speak in one of the two, so that a reader has
 * to go through both.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { called } from '../../views/talk/called.ts';
import { namedSpeakers, type Speech } from '../../views/talk/speeches.ts';
import { type Stretch, throughout } from '../../views/talk/stretches.ts';
import { chosenTalks, stretchPlaces, type Talk, talkOf } from '../../views/talk/talk.ts';
import { sayPart } from '../../views/talk/where.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const options = 4;
const leastOfOne = 6;

const firstOf = (stretch: Stretch, speaker: string): Speech | undefined =>
  stretch.speeches.find((speech) => speech.speaker === speaker);

/** Speakers of the one stretch alone, of both, of the other alone. */
function sides(talk: Talk, a: Stretch, b: Stretch): Record<'one' | 'both' | 'other', string[]> {
  const plain = namedSpeakers(talk.speeches);
  const of = ({ speeches }: Stretch): Set<string> => new Set(speeches.map(({ speaker }) => speaker));
  const [inA, inB] = [of(a), of(b)];
  const all = [...new Set([...inA, ...inB])].filter((speaker) => plain.has(speaker));
  return {
    one: all.filter((speaker) => inA.has(speaker) && !inB.has(speaker)),
    both: all.filter((speaker) => inA.has(speaker) && inB.has(speaker)),
    other: all.filter((speaker) => !inA.has(speaker)),
  };
}

/** Scenes and parts that follow each other are compared. Who wrote in a chat on one day and not on the next, nobody asks without a reason. */
const areNeighbours = ({ stretches }: Talk, a: Stretch, b: Stretch): boolean =>
  a.where.kind !== 'day' && Math.abs(stretches.indexOf(a) - stretches.indexOf(b)) === 1;

function draftOf(context: Context, talk: Talk, a: Stretch, b: Stretch, random: Random): QuestionDraft | undefined {
  const { one, both, other } = sides(talk, a, b);
  if (one.length === 0 || both.length === 0 || both.length + other.length < options - 1) return undefined;
  const right = random.pick(one);
  const kept = random.sample(both, 2);
  const wrong = [...kept, ...random.shuffle([...other, ...both.filter((name) => !kept.includes(name))])];
  const names = random.shuffle([right, ...wrong.slice(0, options - 1)]);
  const proof = [right, ...names.filter((name) => name !== right)].flatMap((name) =>
    [a, b].flatMap((stretch) => firstOf(stretch, name)?.label ?? []),
  );
  const { language } = context;
  return {
    slots: {
      title: talk.document.title,
      a: sayPart(a.where, language),
      b: sayPart(b.where, language),
      options: optionLines(names.map(called)),
    },
    gold: [letterOf(names.indexOf(right))],
    rationale: names
      .map(
        (name) =>
          `${name}: ${[a, b]
            .filter((s) => firstOf(s, name))
            .map(({ where }) => where.name)
            .join(', ')}`,
      )
      .join('\n'),
    // Who does not speak is seen at the end only.
    proof: [...proof, ...[a, b].flatMap(throughout)],
  };
}

export const presentInScene: QuestionGenerator = {
  id: 'present-in-scene',
  version: 6,
  task: 'T2',
  subtask: 'presence across scenes',
  asks: 'Asks which of four speakers speaks in one scene or part of a conversation and not in another.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 130,
  wordings: asked,
  exempt: { g6: 'both scenes have to be read to their ends' },
  places(document, facts) {
    const whole = { document, title: document.title, span: { start: 0, end: document.text.length }, facts };
    const stretches = talkOf(whole)?.stretches ?? [];
    if (stretches.length > 0 && stretches.every(({ where }) => where.kind === 'day'))
      return 'a chat by days has no scenes to compare';
    return stretchPlaces(document, facts, 2);
  },
  draw(context, random) {
    for (const talk of chosenTalks(context)) {
      const long = talk.stretches.filter(({ speeches }) => speeches.length >= leastOfOne);
      for (const a of random.shuffle(long))
        for (const b of random.shuffle(long.filter((other) => areNeighbours(talk, a, other)))) {
          const draft = draftOf(context, talk, a, b, random);
          if (draft !== undefined) return draft;
        }
    }
    return 'no two neighbouring scenes with enough speakers in one and in both';
  },
  solve,
};
