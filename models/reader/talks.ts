/**
 * @file Generated conversations and plays: a unit is a speech, its name the speaker's, and what is asked is who says what, and what
 * follows on it.
 */

import { linesToSpeakers } from '../../src/construction/questions/generators/lines-to-speakers/index.ts';
import { contractOf } from '../../src/construction/questions/render-prompt.ts';
import type { Random } from '../../src/random.ts';
import { tasks } from '../../src/tasks/task.ts';
import { type Ask, letters, optionLines } from './asks.ts';
import { inventedName, inventedSentence, inventedTitle } from './words.ts';

export interface Talk {
  readonly text: string;
  readonly speeches: readonly { readonly speaker: string; readonly words: string; readonly line: string }[];
  readonly speakers: readonly string[];
}

export function talk(rng: Random, speeches: number): Talk {
  const upper = rng.chance(0.4);
  const names = Array.from({ length: rng.integer(3, 8) }, () =>
    upper ? inventedName(rng).toUpperCase() : inventedName(rng),
  );
  const speakers = [...new Set(names)];
  const timed = rng.chance(0.2);
  let minute = rng.integer(0, 600);
  const all = Array.from({ length: speeches }, () => {
    const speaker = rng.pick(speakers);
    const words = Array.from({ length: rng.pick([1, 1, 1, 2, 3]) }, () => inventedSentence(rng)).join(' ');
    minute += rng.integer(0, 3);
    const time = timed
      ? `[${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}] `
      : '';
    return { speaker, words, line: `${time}${speaker}: ${words}` };
  });
  const gap = rng.pick(['\n', '\n\n']);
  return {
    text: `=== Document 1: ${inventedTitle(rng)} ===\n\n${all.map(({ line }) => line).join(gap)}`,
    speeches: all,
    speakers,
  };
}

/** The first words of a speech, as a question quotes them. */
const quoted = (words: string): string => words.split(' ').slice(0, 8).join(' ');

const speakerContract = 'After [Answer], write the name of the speaker as it is printed, on one line.';

const unique = ({ text }: Talk, words: string): boolean => text.split(words).length === 2;

export const talkAskers: Readonly<Record<string, (talk: Talk, rng: Random) => Ask | undefined>> = {
  'who-said': (talk, rng) => {
    const speech = rng.pick(talk.speeches);
    const words = quoted(speech.words);
    if (!unique(talk, words)) return undefined;
    const question = `${rng.pick(['Who says', 'Whose words are', 'Which speaker says'])} “${words}”?`;
    return {
      task: 'T1',
      kind: 'who-said',
      question,
      contract: speakerContract,
      rationale: speech.line,
      gold: [speech.speaker],
    };
  },
  'who-next': (talk, rng) => {
    const at = rng.integer(0, talk.speeches.length - 2);
    const [one, next] = [talk.speeches[at], talk.speeches[at + 1]];
    if (one === undefined || next === undefined || !unique(talk, quoted(one.words))) return undefined;
    const question = `${rng.pick(['Who speaks next after', 'Who answers'])} “${quoted(one.words)}”?`;
    return {
      task: 'T1',
      kind: 'who-next',
      question,
      contract: speakerContract,
      rationale: `${one.line}\n${next.line}`,
      gold: [next.speaker],
    };
  },
  'who-of': (talk, rng) => {
    const speech = rng.pick(talk.speeches);
    if (!unique(talk, quoted(speech.words)) || talk.speakers.length < 3) return undefined;
    const options = rng.shuffle([
      speech.speaker,
      ...rng.sample(
        talk.speakers.filter((one) => one !== speech.speaker),
        3,
      ),
    ]);
    const right = letters[options.indexOf(speech.speaker)] ?? '';
    const question = `Who says “${quoted(speech.words)}”?\n${optionLines(options)}`;
    return {
      task: 'T2',
      kind: 'who-of',
      question,
      contract: tasks.T2.answerFormat,
      rationale: `${speech.line}\n(${right}) ${speech.speaker}`,
      gold: [right],
    };
  },
  'lines-to': (talk, rng) => {
    const drawn = rng.sample(
      talk.speeches.filter(({ words }) => unique(talk, quoted(words))),
      rng.integer(2, 4),
    );
    if (drawn.length < 2) return undefined;
    const items = drawn.map(({ words }, i) => `${i + 1}: ${quoted(words)}`).join('\n');
    return {
      task: 'T6',
      kind: 'lines-to',
      question: `${rng.pick(['Who says each of these lines?', 'Match each line with its speaker:', 'These lines lost their speakers. Whose are they?'])}\n${items}`,
      contract: contractOf(linesToSpeakers, 'en'),
      rationale: drawn.map(({ line }) => line).join('\n'),
      gold: drawn.map(({ speaker }, i) => `${i + 1}: ${speaker}`),
    };
  },
  'lines-order': (talk, rng) => {
    const places = rng.sample(
      talk.speeches.map((_, i) => i),
      3,
    );
    const drawn = places.flatMap((i) => talk.speeches[i] ?? []);
    if (drawn.length < 3 || drawn.some(({ words }) => !unique(talk, quoted(words)))) return undefined;
    const ordered = [...drawn.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
    const items = drawn.map(({ words }, i) => `${i + 1}: ${quoted(words)}`).join('\n');
    return {
      task: 'T8',
      kind: 'lines-order',
      question: `In which order are these lines spoken?\n${items}`,
      contract: 'After [Answer], write the numbers in the right order, one on each line.',
      rationale: ordered.map((i) => `${drawn[i]?.line}\n${i + 1}: ${quoted(drawn[i]?.words ?? '')}`).join('\n'),
      gold: ordered.map((i) => String(i + 1)),
    };
  },
};
