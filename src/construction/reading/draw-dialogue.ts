/**
 * @file Draws a real conversation of a given length: a run of turns of one transcript, chat or play, each with its own speaker.
 */

import { findTurns } from '../../corpus/conversation/turns.ts';
import type { Document, Span } from '../../corpus/document.ts';
import { findSentences } from '../../corpus/structure/sentences.ts';
import type { Random } from '../../random.ts';
import type { CountTokens } from '../../tokens.ts';
import type { Unit } from './reading.ts';

interface SpokenTurn extends Span {
  readonly speaker: string;
  /** With the mark and the name before it. */
  readonly tokens: number;
}

const known = new WeakMap<CountTokens, WeakMap<Document, readonly SpokenTurn[]>>();

/** Tokens of the mark before a turn and of the colon after its speaker. */
const markTokens = 5;

/** Names longer than this are no names. */
const longestName = 60;

/** What is said, turn by turn; headings between turns and turns of no words are left out. */
function spokenTurns(document: Document, countTokens: CountTokens): readonly SpokenTurn[] {
  const counted = known.get(countTokens) ?? new WeakMap<Document, readonly SpokenTurn[]>();
  known.set(countTokens, counted);
  const found = counted.get(document);
  if (found !== undefined) return found;
  const { text } = document;
  const turns = findTurns(text).flatMap(({ speaker, bodyStart, span }): SpokenTurn[] => {
    const body = text.slice(bodyStart, span.end);
    const heading = body.search(/\n+#{1,6} /);
    const said = heading < 0 ? body : body.slice(0, heading);
    const start = bodyStart + said.length - said.trimStart().length;
    const end = start + said.trim().length;
    if (end <= start || speaker.length > longestName) return [];
    return [{ speaker, start, end, tokens: countTokens(text.slice(start, end)) + markTokens + countTokens(speaker) }];
  });
  counted.set(document, turns);
  return turns;
}

/** The beginning of a turn, to the end of a sentence, where all of it is too long; undefined when no sentence fits. */
function beginning(
  document: Document,
  turn: SpokenTurn,
  { tokens, countTokens }: Pick<DialogueOptions, 'tokens' | 'countTokens'>,
): SpokenTurn | undefined {
  const body = document.text.slice(turn.start, turn.end);
  let fitting: SpokenTurn | undefined;
  for (const { end } of findSentences(body)) {
    const length = countTokens(body.slice(0, end)) + markTokens + countTokens(turn.speaker);
    if (length > tokens) break;
    fitting = { ...turn, end: turn.start + end, tokens: length };
  }
  return fitting;
}

/** A conversation shorter than this part of the length asked for is not one of that length. */
const leastShare = 0.85;

/** Whether a document is a conversation or a play, cut into turns. */
export const isSpoken = ({ kind }: Document): boolean => kind === 'conversation' || kind === 'play';

/** What a run of turns is drawn from; documents that are no dialogue are passed over. */
export interface DialogueOptions {
  readonly documents: readonly Document[];
  /** Length of the run. */
  readonly tokens: number;
  readonly countTokens: CountTokens;
  readonly rng: Random;
}

/** Undefined when no conversation among the documents gives a run of the length. */
export function drawDialogue({ documents, tokens, countTokens, rng }: DialogueOptions): Unit[] | undefined {
  const dialogues = documents.filter(isSpoken);
  for (const document of rng.shuffle(dialogues)) {
    const turns = spokenTurns(document, countTokens);
    let last = turns.length;
    for (let sum = 0; last > 0 && sum < tokens; ) sum += turns[--last]?.tokens ?? 0;
    const whole = turns.reduce((sum, turn) => sum + turn.tokens, 0);
    if (whole < leastShare * tokens) continue;
    const taken: SpokenTurn[] = [];
    let room = tokens;
    for (const turn of turns.slice(rng.integer(0, last))) {
      const fitting = turn.tokens <= room ? turn : beginning(document, turn, { tokens: room, countTokens });
      if (fitting !== undefined) {
        taken.push(fitting);
        room -= fitting.tokens;
      }
      if (fitting !== turn) break;
    }
    const speakers = new Set(taken.map(({ speaker }) => speaker));
    if (taken.length < 3 || speakers.size < 2 || room > (1 - leastShare) * tokens) continue;
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
