/**
 * @file Finds mathematics in prose: `$..$`, `$$..$$`, `\(..\)`, `\[..\]`, ` [..] ` and bare fractions, alone or joined by commas
 * and and/or. Linear scanners with the meaning of Math-Verify's patterns, which backtrack.
 */

/** One environment: where it ends in the text (percent sign included) and what it holds. */
export interface Environment {
  readonly end: number;
  readonly content: string;
  readonly percent: boolean;
}

const isSpaceAt = (text: string, at: number): boolean => /\s/.test(text.charAt(at));

/** Offset of the first character from `at` on that is no white space; the length where there is none. */
export function skipSpaces(text: string, at: number): number {
  let end = at;
  while (end < text.length && isSpaceAt(text, end)) end++;
  return end;
}

const fraction = /-?\\frac\{-?\d+(?:[.,]\d+)?\}\{-?\d+(?:[.,]\d+)?\}/y;
const percentWord = /\\?%|[Pp]ercent|[Pp]ercentage|[Pp]ct/y;
const boxHolds = /\\boxed\{[\s\S].*\}/s;
const joint = /\s*(?:,?and|,?or|,)\s*/y;

interface Span {
  readonly start: number;
  /** End of the content. */
  readonly stop: number;
  /** End of the closing mark. */
  readonly end: number;
}

function displayDollar(text: string, at: number): Span | undefined {
  if (!text.startsWith('$$', at)) return undefined;
  for (let i = at + 3; i < text.length; i++) {
    if (text.startsWith('$$', i)) {
      if (text.charAt(i - 1) === '\\') return undefined;
      return { start: at + 2, stop: i, end: i + 2 };
    }
    // The first character of the content may be a dollar sign only when no second one follows.
    if (i === at + 3 && text.startsWith('$$', at + 2)) return undefined;
  }
  scanned += text.length - at;
  return undefined;
}

function inlineDollar(text: string, at: number): Span | undefined {
  if (/\d/.test(text.charAt(at - 1))) return undefined;
  for (let i = at + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\n') return undefined;
    if (char === '\\' && text.charAt(i + 1) === '$') i++;
    else if (char === '$') return i === at + 1 ? undefined : { start: at + 1, stop: i, end: i + 1 };
  }
  scanned += text.length - at;
  return undefined;
}

function bracketed(text: string, at: number, close: ']' | ')', multiline: boolean): Span | undefined {
  for (let i = at + 2; i < text.length; i++) {
    const char = text.charAt(i);
    if (!multiline && char === '\n') return undefined;
    if (char !== '\\' || text.charAt(i + 1) !== close) continue;
    if (i === at + 2 || text.charAt(i - 1) === '\\') return undefined;
    return { start: at + 2, stop: i, end: i + 2 };
  }
  scanned += text.length - at;
  return undefined;
}

function spacedBracket(text: string, at: number): Span | undefined {
  if (text.charAt(at + 1) !== '[') return undefined;
  for (let i = at + 2; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\n' || char === '[') return undefined;
    if (char !== ']') continue;
    return i === at + 2 || !isSpaceAt(text, i + 1) ? undefined : { start: at + 2, stop: i, end: i + 2 };
  }
  scanned += text.length - at;
  return undefined;
}

function bareFraction(text: string, at: number): Span | undefined {
  fraction.lastIndex = at;
  const match = fraction.exec(text);
  return match === null ? undefined : { start: at, stop: fraction.lastIndex, end: fraction.lastIndex };
}

function spansAt(text: string, at: number, boxed: boolean): (Span | undefined)[] {
  const char = text.charAt(at);
  const escaped = text.charAt(at - 1) === '\\';
  if (char === '$') return escaped ? [] : [displayDollar(text, at), inlineDollar(text, at)];
  if (char === '\\') {
    const next = text.charAt(at + 1);
    if (next === '[' && !escaped) return [bracketed(text, at, ']', true)];
    if (next === '(' && !escaped) return [bracketed(text, at, ')', false)];
    return boxed ? [] : [bareFraction(text, at)];
  }
  if (char === '-') return boxed ? [] : [bareFraction(text, at)];
  return isSpaceAt(text, at) ? [spacedBracket(text, at)] : [];
}

/** Characters that the scanners may read for one text; a text of unclosed marks would else be read once for each of them. */
const mostScanned = 1_000_000;
let scanned = 0;

/** Begins a new text. */
export function resetScanner(): void {
  scanned = 0;
}

/** The environment that begins exactly at `at`; `boxed` ones hold a `\boxed{..}`. */
export function environmentAt(text: string, at: number, boxed: boolean): Environment | undefined {
  if (scanned > mostScanned) return undefined;
  for (const span of spansAt(text, at, boxed)) {
    if (span === undefined) continue;
    scanned += span.end - at;
    const content = text.slice(span.start, span.stop);
    if (boxed && !boxHolds.test(content)) continue;
    const rest = skipSpaces(text, span.end);
    percentWord.lastIndex = rest;
    const percent = percentWord.test(text);
    return { end: percent ? percentWord.lastIndex : rest, content, percent };
  }
  return undefined;
}

/** Neighbouring environments that form one answer. */
export interface EnvironmentGroup {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Environment[];
}

/** Most environments that may follow the first in one answer. */
const mostFollowers = 5;

/** The group of environments that begins exactly at `at`. */
export function groupAt(text: string, at: number, boxed = false): EnvironmentGroup | undefined {
  const first = environmentAt(text, at, boxed);
  if (first === undefined) return undefined;
  const items = [first];
  let end = boxed ? skipSpaces(text, first.end) : first.end;
  for (let i = 0; i < mostFollowers; i++) {
    const next = followerAt(text, end, boxed);
    if (next === undefined) break;
    items.push(next);
    end = boxed ? skipSpaces(text, next.end) : next.end;
  }
  return { start: at, end, items };
}

function followerAt(text: string, at: number, boxed: boolean): Environment | undefined {
  joint.lastIndex = at;
  if (!joint.test(text)) return undefined;
  const end = joint.lastIndex;
  const direct = environmentAt(text, end, boxed);
  // ` [..] ` needs a space of its own, which the joint has taken.
  return direct ?? (isSpaceAt(text, end - 1) ? environmentAt(text, end - 1, boxed) : undefined);
}

const starts = /[$\\\s-]/g;

/** All groups of the text, from left to right, not overlapping. */
export function allGroups(text: string, boxed = false): EnvironmentGroup[] {
  const groups: EnvironmentGroup[] = [];
  starts.lastIndex = 0;
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    const group = groupAt(text, match.index, boxed);
    if (group === undefined) continue;
    groups.push(group);
    starts.lastIndex = Math.max(group.end, match.index + 1);
  }
  return groups;
}
