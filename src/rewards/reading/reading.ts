/**
 * @file The one reader of answers: from a response to its state, its answer and where that stands.
 *
 * 1. *Thinking* ends at its last closing mark, of any family by its form (thinking.ts); an opening that never closes leaves no answer.
 * 2. *End*: the first end-of-turn token behind the answer cuts the rest off (ends.ts).
 * 3. *Place*, in this order of precedence (marks.ts):
 *    a. a bracketed mark that opens a line: `[Answer]`, `【答案】`, `### [Final answer]`, `**[Answer]:** x`;
 *    b. an `<answer>` tag;
 *    c. a label that opens a line: `Answer: x`, `**Final answer**`, `答案：x`;
 *    d. a bracketed mark inside a line;
 *    e. the last `\boxed`;
 *    f. the last sentence `the answer is x`, `答案是x`;
 *    g. the whole visible text where it is short or holds a form of its own (a table, JSON, a list), else its last paragraph.
 *    Inside a place (a to d) a `\boxed` decides for letters (letter.ts). Mathematics without a or b has an order of its own, boxes
 *    first (math/answer-region.ts).
 * 4. *Several places of the same rank*: equal answers are one answer. Different ones are `contradictory`, unless the words between
 *    them take the earlier back ("wait", "correction", 更正): then the last counts, and only the last.
 */
import type { Metric } from '../../tasks/task.ts';
import { mathRegion } from '../math/answer-region.ts';
import { strip } from '../text.ts';
import type { AnswerFormat, AnswerState } from './answer-state.ts';
import { cutAtEnd } from './ends.ts';
import { type Place, placesOf } from './marks.ts';
import { sameAnswer } from './same-answer.ts';
import { takesBack } from './text/hedges.ts';
import { type PolicyMarks, visiblePart } from './thinking.ts';

export { type AnswerFormat, type AnswerState, answerFormats, answerStates } from './answer-state.ts';

export type { PolicyMarks } from './thinking.ts';

/** Where the answer of a response stands, and what it is. */
export interface Reading {
  readonly state: AnswerState;
  /** Empty unless the state is `answered` or `contradictory`. */
  readonly answer: string;
  /** UTF-16 offsets in the response. */
  readonly at: { readonly start: number; readonly end: number };
  readonly format: AnswerFormat;
  /** Why this state, in one line for a person. */
  readonly reason: string;
}

/** What was asked, as far as the form of the answer depends on it. */
export interface Ask {
  readonly metric: Metric;
  readonly marks?: PolicyMarks | undefined;
}

function nothing(state: AnswerState, reason: string, start: number): Reading {
  return { state, answer: '', at: { start, end: start }, format: 'none', reason };
}

/** A response of more characters than this is read from its end only. */
export const longestRead = 1 << 20;

function readingOf(place: Place, visible: string, offset: number, reason: string): Reading {
  const answer = strip(visible.slice(place.start, place.end));
  const start = offset + visible.indexOf(answer, place.start);
  const bare = place.rank === 'bracket' && place.bare && !answer.includes('\n\n') && !/[*`\\<>]/.test(answer);
  const format = bare ? 'exact' : place.rank === 'text' ? 'none' : 'loose';
  return {
    state: 'answered',
    answer,
    at: { start, end: start + answer.length },
    format,
    reason,
  };
}

const brokenEnd =
  /\s(?:a|an|the|is|are|was|were|be|of|to|in|on|at|by|for|from|with|and|or|but|that|which|as|if|so|we|i|it|this|must|should|can|not|then|because|since)\s*$|[,:;，、：；]\s*$|(?:的|是|为|在|和|与|或|而|但|因|把|被|将|对|从)$/i;

/** Whether reasoning without a mark was cut in the middle of a sentence. */
const breaksOff = (text: string): boolean => {
  const said = text.trim();
  return said.length > 80 && brokenEnd.test(said.slice(-60));
};

/** Mathematics without a mark. */
function regionOf(visible: string, offset: number, rank: Place['rank']): Reading {
  const { answer, state } = mathRegion(visible);
  if (state === 'none') return nothing('none', 'no answer', offset);
  const at = answer === '' ? -1 : visible.lastIndexOf(answer);
  const [start, end] = at < 0 ? [0, visible.length] : [at, at + answer.length];
  const reason = state === 'answered' ? 'mathematics' : 'several final answers';
  const format = rank === 'text' ? 'none' : 'loose';
  return { state, answer, at: { start: offset + start, end: offset + end }, format, reason };
}

/**
 * The answer of a response, wherever it stands. Linear in the response.
 *
 * @example readAnswer('<think>…</think>\n**[Answer]:** Paris<|im_end|>', { metric: 'EM' }).answer // 'Paris'
 */
export function readAnswer(response: string, { metric, marks }: Ask): Reading {
  const thought = visiblePart(response, marks);
  if (thought.cut) return nothing('cut', 'the thinking never closes', thought.start);
  const from = Math.max(thought.start, response.length - longestRead);
  const visible = cutAtEnd(response.slice(from), marks?.endTokens);
  const places = placesOf(visible, metric).filter(({ start, end }) => strip(visible.slice(start, end)) !== '');
  const last = places.at(-1);
  if (last === undefined) return nothing('none', 'no answer', thought.start);
  if (metric === 'math_verify' && last.rank !== 'bracket' && last.rank !== 'tag')
    return regionOf(visible, from, last.rank);
  if (last.rank === 'text' && metric !== 'Summary' && breaksOff(visible))
    return nothing('none', 'the response breaks off before an answer', thought.start);
  const reading = readingOf(last, visible, from, last.rank);
  for (const earlier of places.slice(0, -1)) {
    if (sameAnswer(metric, visible.slice(earlier.start, earlier.end), reading.answer)) continue;
    if (takesBack(visible.slice(earlier.start, last.start))) continue;
    return { ...reading, state: 'contradictory', reason: 'several final answers' };
  }
  return reading;
}
