/**
 * @file Draws a real conversation of a given length: a run of turns of one transcript, chat or play, each with its own speaker.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { countWords } from '../../corpus/make-document.ts';
import { findSentences } from '../../corpus/structure/sentences.ts';
import { findTurns } from '../../corpus/structure/turns.ts';
import type { Random } from '../../random.ts';
import { lengthOf } from './cut-units.ts';
import type { Unit } from './reading.ts';

interface SpokenTurn extends Span {
  readonly speaker: string;
  /** With the mark and the name before it. */
  readonly words: number;
}

const known = new WeakMap<Document, readonly SpokenTurn[]>();

/** Names longer than this are no names. */
const longestName = 60;

/** What is said, turn by turn; headings between turns and turns of no words are left out. */
function spokenTurns(document: Document): readonly SpokenTurn[] {
  const found = known.get(document);
  if (found !== undefined) return found;
  const { text, language } = document;
  const turns = findTurns(text).flatMap(({ speaker, bodyStart, span }): SpokenTurn[] => {
    const body = text.slice(bodyStart, span.end);
    const heading = body.search(/\n+#{1,6} /);
    const said = heading < 0 ? body : body.slice(0, heading);
    const start = bodyStart + said.length - said.trimStart().length;
    const end = start + said.trim().length;
    if (end <= start || speaker.length > longestName) return [];
    return [{ speaker, start, end, words: lengthOf(text.slice(start, end), language) + 1 + countWords(speaker) }];
  });
  known.set(document, turns);
  return turns;
}

/** The beginning of a turn, to the end of a sentence, where all of it is too long; undefined when no sentence fits. */
function beginning(document: Document, turn: SpokenTurn, words: number): SpokenTurn | undefined {
  const body = document.text.slice(turn.start, turn.end);
  let fitting: SpokenTurn | undefined;
  for (const { end } of findSentences(body)) {
    const length = lengthOf(body.slice(0, end), document.language) + 1 + countWords(turn.speaker);
    if (length > words) break;
    fitting = { ...turn, end: turn.start + end, words: length };
  }
  return fitting;
}

/** A conversation shorter than this part of the length asked for is not one of that length. */
const leastShare = 0.85;

/** @param words Length of the run; undefined when no conversation among the documents gives one. */
export function drawDialogue(documents: readonly Document[], words: number, rng: Random): Unit[] | undefined {
  const dialogues = documents.filter(({ kind }) => kind === 'dialogue');
  for (const document of rng.shuffle(dialogues)) {
    const turns = spokenTurns(document);
    let last = turns.length;
    for (let sum = 0; last > 0 && sum < words; ) sum += turns[--last]?.words ?? 0;
    const whole = turns.reduce((sum, turn) => sum + turn.words, 0);
    if (whole < leastShare * words) continue;
    const taken: SpokenTurn[] = [];
    let room = words;
    for (const turn of turns.slice(rng.integer(0, last))) {
      const fitting = turn.words <= room ? turn : beginning(document, turn, room);
      if (fitting !== undefined) {
        taken.push(fitting);
        room -= fitting.words;
      }
      if (fitting !== turn) break;
    }
    const speakers = new Set(taken.map(({ speaker }) => speaker));
    if (taken.length < 3 || speakers.size < 2 || room > (1 - leastShare) * words) continue;
    return taken.map(({ speaker, start, end }) => ({
      id: '',
      text: document.text.slice(start, end),
      document,
      span: { start, end },
      speaker,
    }));
  }
  return undefined;
}
