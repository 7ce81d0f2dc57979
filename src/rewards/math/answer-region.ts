/**
 * @file The region of a visible text that answers a question of mathematics: the last boxes, else an answer's label, else the last
 * sentence that states something; two standing final boxes contradict. The reader of answers (reading/reading.ts) takes thinking and
 * end tokens off before, and asks here where no bracketed mark and no tag says where the answer stands.
 */
import { squeezed } from './answer-text.ts';
import { behindBox, boxesOf, isStanding, lastGroup } from './extract-boxes.ts';

/** What of a response goes to the comparison. */
export interface MathRegion {
  /** The answer region; empty unless `state` is `answered`. */
  readonly answer: string;
  readonly state: 'answered' | 'none' | 'contradictory';
}

const longest = 20_000;

const answered = (answer: string): MathRegion => {
  const text = answer.trim();
  return text === '' ? nothing('none') : { answer: text, state: 'answered' };
};
const nothing = (state: MathRegion['state']): MathRegion => ({ answer: '', state });

const label =
  /(?:^|\n|[.。!?]\s|[,，]\s*|(?=\*\*|\[|【))[^\S\n]*(?:#{1,6}\s*|\*\*|__|[-*>]\s+)?\s*(?:so|thus|hence|therefore|then|综上|所以|因此|故)?[,，:：]?\s*(?:the\s+|my\s+)?(?:\[(?:answer|答案)\]|【(?:answer|答案)】|(?:final|correct)?\s*answer(?:\s+is)?(?=\s*(?:is\b|[:：]|\*\*|\n|=))|(?:the\s+)(?:final |correct )?answer is|(?:最终|最后|正确)?答案(?=是|为|[:：]|\s*\*\*|\n)|answer is)\s*(?:is|是|为)?\s*(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*/gi;
const hashes = /(?:^|\n)\s*####\s*(.+)/g;

/** The answer of a visible text, or why it has none. */
export function mathRegion(visible: string): MathRegion {
  const text = squeezed(visible).slice(-longest);
  if (text.trim() === '') return nothing('none');
  return labelledBehindBox(text) ?? boxed(text) ?? labelled(text) ?? answered(lastStatement(text));
}

function boxed(text: string): MathRegion | undefined {
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
function labelledBehindBox(text: string): MathRegion | undefined {
  const last = boxesOf(text).at(-1);
  if (last === undefined) return undefined;
  const rest = text.slice(last.end);
  const mark = /final answer(?:\s+is\b|\s*[:：])/i.exec(rest);
  const value = mark === null ? undefined : labelled(`\n${rest.slice(mark.index)}`);
  return value !== undefined && /[\d$\\]/.test(value.answer) ? value : undefined;
}

const wholeLine = /^[^\n]*/;

function labelled(text: string): MathRegion | undefined {
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
