/**
 * @file The places of a visible text where an answer may stand, by rank; reading.ts has the order of precedence.
 */
import type { Metric } from '../../tasks/task.ts';
import { boxesOf } from '../math/extract-boxes.ts';

/** In order of precedence: a to g of the list in reading.ts. */
export type Rank = 'bracket' | 'tag' | 'label' | 'inline' | 'box' | 'sentence' | 'text';

/** A piece of the visible text that may hold the answer, as offsets into it. */
export interface Place {
  readonly rank: Rank;
  readonly start: number;
  readonly end: number;
  /** Whether the mark stands alone and undecorated on its line, as prompts ask. */
  readonly bare: boolean;
}

interface Mark {
  readonly at: number;
  readonly end: number;
  readonly bare: boolean;
}

const bracketMark =
  /[[【［〔]\s{0,3}(?:(?:the|my|final|correct|最终|最后|正确|完整)\s{0,3}){0,3}(?:answers?|答案|回答|solution)\s{0,3}[\]】］〕]/gi;
const closingMark =
  /[[【［]\s{0,3}(?:\/|end of |end )\s{0,3}(?:final\s)?(?:answers?|答案|回答)\s{0,3}[\]】］]|<\/\s?(?:final_?)?answer>|[[【［]答案(?:结束|完)[\]】］]/gi;
const openTag = /<(?:final[_-]?)?answer>/gi;
const labelMark =
  /^[ \t]{0,12}(?:[#>*_~•-]{1,6}[ \t]{0,3}){0,4}(?:\\(?:text|textbf|mathbf)\{)?(?:(?:so|thus|therefore|hence|and)[, ]{1,2})?(?:(?:the|my|final|correct|short|最终|最后|正确|我的) ?){0,3}(?:answers?|ans|答案|回答|答)(?:[ \t]{0,2}(?:是|为|如下|is))?[ \t]{0,2}(?:\(s\))?[*_]{0,3}[ \t]{0,2}(?:[:：][ \t]{0,2}[*_}]{0,3}|(?=[ \t]{0,4}$)|-[ \t])/gim;
const headingOnly = /[#*_]|final|最终|最后/i;
const sentenceMark =
  /\b(?:answer|option|choice)s?(?: (?:to|for) [^.\n:]{0,80}?)?,? (?:is|are|was|would be|should be|must be)(?: simply| just| therefore| thus| clearly)?:?[ \t]{0,3}|(?:答案|选项|结果)(?:应该|应当|应|就|则)?(?:是|为|选)[:：]?[ \t]{0,3}|(?:因此|所以|故|综上)[，,]?(?:应该|应)?选(?:择)?[:：]?/gi;
const decoration = /^[\s#>*_~•`"'“-]*$/;
const behindMark = /(?:[*_~]{1,3}|`(?!`))?[ \t]*[:：]?[ \t]*(?:[*_]{2,3}(?=\s|$))?/y;

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Most marks that are looked at; the last ones decide. */
const mostMarks = 64;

function bracketMarks(text: string): { own: Mark[]; inline: Mark[] } {
  const own: Mark[] = [];
  const inline: Mark[] = [];
  for (const match of text.matchAll(bracketMark)) {
    const at = match.index;
    const window = text.slice(Math.max(0, at - 40), at);
    const before = window.slice(window.lastIndexOf('\n') + 1);
    behindMark.lastIndex = at + match[0].length;
    const end = at + match[0].length + (behindMark.exec(text)?.[0].length ?? 0);
    // A mark right behind another continues it.
    const follows = own.at(-1)?.end === at || /[\]】］〕][\s*:：]{0,8}$/.test(before);
    const bare = before === '' && (text.charAt(end) === '\n' || text.charAt(end) === '\r');
    (decoration.test(before) || follows ? own : inline).push({ at, end, bare });
  }
  return { own: own.slice(-mostMarks), inline: inline.slice(-mostMarks) };
}

function labelMarks(text: string): Mark[] {
  const found: Mark[] = [];
  for (const match of text.matchAll(labelMark)) {
    const end = match.index + match[0].length;
    // Without a colon only a heading or a bold line is a label.
    if (!/[:：-]/.test(match[0].slice(-6)) && !headingOnly.test(match[0])) continue;
    found.push({ at: match.index, end, bare: false });
  }
  return found.slice(-mostMarks);
}

const matchesOf = (text: string, pattern: RegExp): Mark[] =>
  Array.from(text.matchAll(pattern), (match) => ({
    at: match.index,
    end: match.index + match[0].length,
    bare: false,
  })).slice(-mostMarks);

/** From each mark to the next one, to a closing mark or to the end. */
function spans(text: string, marks: readonly Mark[], rank: Rank): Place[] {
  const closings = matchesOf(text, closingMark);
  return marks.map(({ end, bare }, i) => {
    const next = marks[i + 1]?.at ?? text.length;
    const closing = closings.find(({ at }) => at >= end)?.at ?? text.length;
    return { rank, start: end, end: Math.max(end, Math.min(next, closing)), bare };
  });
}

/** The boxes of the last line that has one. */
function boxPlaces(text: string): Place[] {
  const boxes = boxesOf(text);
  const last = boxes.at(-1);
  if (last === undefined) return [];
  const line = lineStart(text, last.start);
  const first = boxes.find(({ start }) => start >= line) ?? last;
  return [{ rank: 'box', start: first.start, end: last.end, bare: false }];
}

function sentencePlaces(text: string): Place[] {
  const last = matchesOf(text, sentenceMark).at(-1);
  if (last === undefined) return [];
  const paragraph = text.indexOf('\n\n', last.end);
  return [{ rank: 'sentence', start: last.end, end: paragraph < 0 ? text.length : paragraph, bare: false }];
}

const single: ReadonlySet<Metric> = new Set(['EM', 'Accuracy', 'math_verify']);

/** The whole text; for single values its last paragraph. */
function textPlace(text: string, metric: Metric): Place {
  const trimmed = text.trimEnd();
  const start = single.has(metric) ? trimmed.lastIndexOf('\n\n') + 1 : 0;
  return { rank: 'text', start, end: trimmed.length, bare: false };
}

/** The places of the highest rank that has any, in the order of the text; never empty. */
export function placesOf(text: string, metric: Metric): Place[] {
  const { own, inline } = bracketMarks(text);
  if (own.length > 0) return spans(text, own, 'bracket');
  const tags = text.includes('<') ? matchesOf(text, openTag) : [];
  if (tags.length > 0) return spans(text, tags, 'tag');
  const labels = labelMarks(text);
  if (labels.length > 0) return spans(text, labels, 'label');
  if (inline.length > 0) return spans(text, inline, 'inline');
  const boxes = boxPlaces(text);
  if (boxes.length > 0) return boxes;
  if (single.has(metric)) {
    const sentences = sentencePlaces(text);
    if (sentences.length > 0) return sentences;
  }
  return [textPlace(text, metric)];
}
