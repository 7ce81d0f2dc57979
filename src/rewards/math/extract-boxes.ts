/**
 * @file Boxes in a response: where each stands, what it holds, and which of them are the answer. Neighbours (`\boxed{1}, \boxed{2}`)
 * are one answer; of the others the last counts, what was boxed before and taken back does not.
 */

/** A closed `\boxed{...}` and its place: offsets into the text. */
export interface Box {
  readonly content: string;
  readonly start: number;
  /** Behind the closing brace. */
  readonly end: number;
}

/** `\\boxed{5}` and its like; `\\boxed 5` holds what follows up to white space. */
const opening = /\\(?:d?boxed|fbox|framebox)\s{0,3}(?=\{)|\\boxed\s(?!\s*\{)([^\s$]+)/g;
const mostBoxes = 200;
/** Each box that never closes costs a scan. */
const mostUnclosed = 30;

/** All closed boxes from left to right; a box inside a box belongs to the outer one. */
export function boxesOf(text: string): Box[] {
  if (!text.includes('box')) return [];
  const boxes: Box[] = [];
  let unclosed = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null && boxes.length < mostBoxes; match = opening.exec(text)) {
    if (match[1] !== undefined) {
      boxes.push({ content: match[1], start: match.index, end: opening.lastIndex });
      continue;
    }
    const open = match.index + match[0].length;
    const close = closing(text, open);
    if (close < 0 && ++unclosed > mostUnclosed) break;
    if (close < 0) continue;
    boxes.push({ content: text.slice(open + 1, close).trim(), start: match.index, end: close + 1 });
    opening.lastIndex = close + 1;
  }
  return boxes;
}

const longestBox = 4000;

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < Math.min(text.length, open + longestBox); i++) {
    const char = text.charAt(i);
    if (char === '\\') i++;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i;
  }
  return -1;
}

/** What may stand between the boxes of one answer: signs, spacing, `and`, the noun of the first, the name of the next. */
function isJoint(gap: string): boolean {
  const said = gap
    .replace(/\\text\s*\{([^{}]*)\}/g, ' $1 ')
    .replace(/\\q?quad|\\[,;:! ()[\]]|[$*,，、;；&.]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (
    /^(?:[a-z]{2,14} )?(?:(?:and|or|和|或|及|以及|或者)|for part \(\w\) (?:and)?)?\s*(?:[a-zA-Z](?:_\{?\d\}?)?\s*=)?$/.test(
      said,
    ) || /^[a-zA-Z](?:_\{?\d\}?)?\s*=$/.test(said)
  );
}

/** The last group of neighbouring boxes, and the single boxes before it. */
export function lastGroup(
  text: string,
  boxes: readonly Box[],
): { group: readonly Box[]; earlier: readonly Box[]; joint: string } {
  let first = boxes.length - 1;
  let joint = ', ';
  while (first > 0) {
    const gap = text.slice(boxes[first - 1]?.end, boxes[first]?.start);
    if (gap.length > 80 || !isJoint(gap) || /\n\s*\n/.test(gap)) break;
    if (/\bor\b|或/.test(gap)) joint = ' or ';
    first--;
  }
  return { group: boxes.slice(first), earlier: boxes.slice(0, first), joint };
}

const takenBack =
  /\b(?:wait|mistake|error|wrong|incorrect|correct(?:ed|ion|ing)?|actually|re-?do(?:ing)?|re-?check(?:ing)?|however|instead|reconsider|oops|hmm|let me|on reflection|sorry|double-check|verify|but)\b|更正|不对|错了|错误|重新|修正|再想|检查/i;
const claims = /(?:final answer|the answer|answer is|answer:|\*\*answer|答案)[^\n]{0,60}$/i;

/** Whether a box before the last group was given as the final answer and not taken back. */
export function isStanding(text: string, box: Box, group: readonly Box[]): boolean {
  const start = group[0]?.start ?? text.length;
  if (takenBack.test(text.slice(box.end, start))) return false;
  const sameClaim = claims.test(text.slice(Math.max(0, box.start - 120), box.start));
  const lastClaim = claims.test(text.slice(Math.max(0, start - 120), start));
  return sameClaim && lastClaim;
}

const afterBox =
  /^\s*(?:\\[,;:! ]|\\quad|~|\$|\\\)|\\\]|\*\*)*\s*((?:\\text\s*\{[^{}]{1,30}\}|[a-zA-Z°%\u4e00-\u9fff/^²³]{1,16}|\\%)(?:\s+(?:per\s+)?[a-zA-Z]{1,14})?)/;

/** What stands behind a box on its line and may be its unit or magnitude. */
export function behindBox(text: string, box: Box): string {
  const line = text.slice(box.end).split('\n')[0] ?? '';
  return afterBox.exec(line)?.[1] ?? '';
}
