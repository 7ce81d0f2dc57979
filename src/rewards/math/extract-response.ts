/**
 * @file From a whole response to the region that answers: thinking off, then the last boxes, else an answer's label, else the last
 * sentence that states something. A response whose thinking never closes has no answer; two standing final boxes contradict.
 */
import { squeezed } from './answer-text.ts';
import { behindBox, boxesOf, isStanding, lastGroup } from './extract-boxes.ts';

/** As in reading.ts, for mathematics by itself. */
export type AnswerState = 'answered' | 'none' | 'cut' | 'contradictory';

/** What of a response goes to the comparison. */
export interface MathAnswer {
  /** The answer region; empty unless `state` is `answered`. */
  readonly answer: string;
  readonly state: AnswerState;
}

const longest = 20_000;
/** Beyond this a response is searched for its thinking from its end only. */
const longestResponse = 400_000;
const opened = /<think(?:ing)?>|◁think▷|\[THINK\]|<\|begin_of_thought\|>/gi;
const closed = /<\/think(?:ing)?>|◁\/think▷|\[\/THINK\]|<\|end_of_thought\|>/gi;

/** What is said outside of thinking; undefined where the thinking never ends. */
export function visible(whole: string): string | undefined {
  const response = whole.length > longestResponse ? whole.slice(-longestResponse) : whole;
  const lastOf = (mark: RegExp): RegExpMatchArray | undefined => [...response.matchAll(mark)].at(-1);
  const close = lastOf(closed);
  const open = lastOf(opened);
  if (open !== undefined && (close === undefined || (open.index ?? 0) > (close.index ?? 0))) return undefined;
  return close === undefined ? response : response.slice((close.index ?? 0) + close[0].length);
}

/** What follows an end of turn is another turn, or none. */
const endOfTurn =
  /<\|(?:im_end|im_start|endoftext|eot_id|end|return|end_of_text|eom_id)\|>|<end_of_turn>|<\/s>|<｜end▁of▁sentence｜>|\[\|endofturn\|\]/;

function firstTurn(text: string): string {
  const end = endOfTurn.exec(text);
  return end === null || text.slice(0, end.index).trim() === '' ? text : text.slice(0, end.index);
}

const answered = (answer: string): MathAnswer => {
  const text = answer.trim();
  return text === '' ? nothing('none') : { answer: text, state: 'answered' };
};
const nothing = (state: AnswerState): MathAnswer => ({ answer: '', state });

const label =
  /(?:^|\n|[.。!?]\s|[,，]\s*|(?=\*\*|\[|【))[^\S\n]*(?:#{1,6}\s*|\*\*|__|[-*>]\s+)?\s*(?:so|thus|hence|therefore|then|综上|所以|因此|故)?[,，:：]?\s*(?:the\s+|my\s+)?(?:\[(?:answer|答案)\]|【(?:answer|答案)】|(?:final|correct)?\s*answer(?:\s+is)?(?=\s*(?:is\b|[:：]|\*\*|\n|=))|(?:the\s+)(?:final |correct )?answer is|(?:最终|最后|正确)?答案(?=是|为|[:：]|\s*\*\*|\n)|answer is)\s*(?:is|是|为)?\s*(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*/gi;
const hashes = /(?:^|\n)\s*####\s*(.+)/g;

/** The answer of a response, or why it has none. */
export function mathAnswerOf(response: string): MathAnswer {
  const said = visible(response);
  if (said === undefined) return nothing('cut');
  const turn = firstTurn(said);
  const text = squeezed(turn).slice(-longest);
  if (text.trim() === '') return nothing('none');
  return labelledBehindBox(text) ?? boxed(text) ?? labelled(text) ?? answered(lastStatement(text));
}

function boxed(text: string): MathAnswer | undefined {
  const boxes = boxesOf(text);
  if (boxes.length === 0) return undefined;
  const { group, earlier, joint } = lastGroup(text, boxes);
  const [last] = group.slice(-1);
  if (last === undefined) return undefined;
  const contents = [...new Set(group.map(({ content }) => content))];
  const others = earlier.filter((box) => !contents.includes(box.content) && isStanding(text, box, group));
  if (others.length > 0) return nothing('contradictory');
  if (contents.length > 1) return answered(contents.join(joint));
  const behind = behindBox(text, last);
  const money = /(?:\\\$|[€£¥])\s*$/.exec(text.slice(0, last.start))?.[0] ?? '';
  return answered(behind === '' && money === '' ? last.content : `${money}\\boxed{${last.content}} ${behind}`);
}

/** A final answer that is said after the last box. */
function labelledBehindBox(text: string): MathAnswer | undefined {
  const last = boxesOf(text).at(-1);
  if (last === undefined) return undefined;
  const rest = text.slice(last.end);
  const mark = /final answer(?:\s+is\b|\s*[:：])/i.exec(rest);
  const value = mark === null ? undefined : labelled(`\n${rest.slice(mark.index)}`);
  return value !== undefined && /[\d$\\]/.test(value.answer) ? value : undefined;
}

const wholeLine = /^[^\n]*/;

function labelled(text: string): MathAnswer | undefined {
  const hashed = [...text.matchAll(hashes)].at(-1)?.[1];
  if (hashed !== undefined) return answered(hashed);
  const marks = [...text.matchAll(label)];
  const mark = marks.at(-1);
  if (mark === undefined) return undefined;
  const rest = text.slice((mark.index ?? 0) + mark[0].length).trim();
  if (rest === '') return undefined;
  const block = /^(?:\\\[|\$\$|\\begin)/.test(rest) ? (rest.split(/\n\s*\n/)[0] ?? rest) : paragraph(rest);
  return answered(block);
}

/** The first line, with those that follow it without a blank one. */
function paragraph(text: string): string {
  const block = text.split(/\n\s*\n/)[0] ?? text;
  const line = block.length > 400 ? (wholeLine.exec(block)?.[0] ?? block) : block;
  const [first = line] = line.split(/(?<=[\w$)}\]%][.])\s+(?=[A-Z][a-z]|I )/);
  return first;
}

const sentences = /(?<=[.!?])\s+(?=[A-Z\\$*(])|(?<=[。！？])|\n+/;
const states = /\d|\$|\\|=|[零一二三四五六七八九十百]/;
const bold = /\*\*([^*\n]{1,200})\*\*/g;
/** Sentences that offer help or wish well state nothing. */
const courtesy = /\b(?:hope|let me know|feel free|if you|happy to|any questions|double-check)\b|希望|如有|欢迎/i;

const concludes = /\b(?:so|thus|hence|therefore|in the end|finally|we get|conclude|end up)\b|所以|因此|故|综上/i;

function lastStatement(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= 200 && !/\n/.test(trimmed) && trimmed.split(sentences).length === 1) return trimmed;
  const display = /(?:\\\[([\s\S]*?)\\\]|\$\$([\s\S]*?)\$\$)\s*$/.exec(trimmed);
  if (display !== null) return display[1] ?? display[2] ?? '';
  if (/^\\begin|^\\left|^\\\[/.test(trimmed)) return trimmed;
  const said = trimmed.split(sentences).filter((sentence) => sentence.trim() !== '' && !courtesy.test(sentence));
  const last = said.at(-1) ?? '';
  const stating = concludes.test(last) ? last : [...said].reverse().find((sentence) => states.test(sentence));
  const strong = stating === undefined ? undefined : [...stating.matchAll(bold)].at(-1)?.[1];
  return strong ?? stating ?? said.at(-1) ?? trimmed;
}
