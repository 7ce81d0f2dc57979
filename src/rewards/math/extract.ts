/**
 * @file From a response to its mathematical answer. Candidates come in the order of Math-Verify's `parse`: "final answer is X.
 * I hope", "final answer ... is X" and boxes, "answer: X", "answer X", anything; within a rank the rightmost first; the first
 * that parses is the answer. LaTeX and plain numbers compete at every rank.
 */

import { strip } from '../text.ts';
import { type Expr, exprSummary } from './expr.ts';
import { allGroups, type EnvironmentGroup, groupAt, resetScanner, skipSpaces } from './parse/environments.ts';
import { longestExpression } from './parse/lexer.ts';
import { type BoxMode, normalizeLatex } from './parse/normalize-latex.ts';
import { parseLatex } from './parse/parser.ts';
import { allPlain, arithmeticAt, numberAt, type PlainMatch, plainAt } from './parse/plain-numbers.ts';
import { MathSyntaxError } from './parse/syntax-error.ts';
import { MathBudgetError } from './rational.ts';

/** What a text answers. */
export interface Extraction {
  /** The tree; undefined when nothing in the text parses. */
  readonly expr: Expr | undefined;
  /** The text of the first candidate, normalised: compared when neither side parses. */
  readonly text: string | undefined;
  readonly trace: readonly string[];
}

interface Reading {
  readonly text: string;
  readonly expr?: Expr | undefined;
  readonly note: string;
  /** The candidate is an answer, but one that is too large to compute with: no other may stand in for it. */
  readonly overBudget?: boolean;
}

interface Candidate {
  readonly start: number;
  readonly end: number;
  /** The normalised text, and the tree or why there is none. */
  readonly read: () => Reading;
}

/** Longest text that is searched; a response is cut from the front, as answers stand at the end. */
export const longestText = 20_000;

const percentOf = (value: Expr): Expr => ({ kind: 'percent', value });

/** Parses normalised LaTeX; where that fails, what stands behind the last of several equality signs. */
function parseWithFallback(latex: string): Expr {
  try {
    return parseLatex(latex);
  } catch (error) {
    if (!(error instanceof MathSyntaxError) || /[,;]/.test(latex)) throw error;
    const parts = latex.split(/(?<![\\<!>])=/);
    if (parts.length <= 2) throw error;
    return parseLatex(parts.at(-1) ?? '');
  }
}

/** Why a text could not be read. Errors of other kinds are bugs and pass through. */
function unread(error: unknown): Pick<Reading, 'note' | 'overBudget'> {
  if (error instanceof MathBudgetError) return { note: error.message, overBudget: true };
  if (error instanceof MathSyntaxError) return { note: error.message };
  throw error;
}

function readLatex(content: string, percent: boolean, boxes: BoxMode): Reading {
  if (content.length > 2 * longestExpression) return { text: '', note: 'too long for an answer' };
  const text = normalizeLatex(content, boxes);
  try {
    const expr = parseWithFallback(text);
    if (percent && (expr.kind === 'relation' || expr.kind === 'chain'))
      return { text, note: 'a relation has no percentage' };
    return { text, expr: percent ? percentOf(expr) : expr, note: '' };
  } catch (error) {
    return { text, ...unread(error) };
  }
}

function latexCandidate(group: EnvironmentGroup, start = group.start): Candidate {
  const read = () => {
    const items = group.items.map(({ content, percent }) => readLatex(content, percent, 'all'));
    const [first = { text: '', note: 'nothing' }] = items;
    const exprs = items.flatMap(({ expr }) => (expr === undefined ? [] : [expr]));
    if (items.length === 1 || exprs.length < items.length) return first;
    const members = exprs.flatMap((expr) => (expr.kind === 'set' ? expr.items : [expr]));
    return {
      text: items.map(({ text }) => text).join(' and '),
      expr: { kind: 'set', items: members } as Expr,
      note: '',
    };
  };
  return { start, end: group.end, read };
}

function plainCandidate(match: PlainMatch, start = match.start): Candidate {
  const read = () => {
    try {
      return { text: match.text, expr: match.parse(), note: '' };
    } catch (error) {
      return { text: match.text, ...unread(error) };
    }
  };
  return { start, end: match.end, read };
}

/** The box from the first `\boxed{` to the last brace: normalisation finds the answer inside. */
function looseBox(text: string): Candidate[] {
  const start = text.indexOf('\\boxed{');
  const end = text.lastIndexOf('}') + 1;
  if (start < 0 || end < start + '\\boxed{'.length + 2) return [];
  const read = () => {
    return readLatex(text.slice(start, end), false, 'last');
  };
  return [{ start, end, read }];
}

type Finder = (text: string, at: number) => { readonly end: number; readonly candidate: Candidate } | undefined;

/** The last occurrences of an anchor that are looked at: the rightmost answer wins anyway. */
const mostAnchors = 60;

/** Occurrences of an anchor word, each tried with `find` behind it; matches do not overlap. */
function anchored(text: string, lower: string, anchor: string, find: Finder): Candidate[] {
  const found: Candidate[] = [];
  let first = lower.lastIndexOf(anchor);
  for (let n = 1; n < mostAnchors && first > 0; n++) {
    const earlier = lower.lastIndexOf(anchor, first - 1);
    if (earlier < 0) break;
    first = earlier;
  }
  for (let at = first; at >= 0; ) {
    const match = find(text, at + anchor.length);
    if (match !== undefined) found.push({ ...match.candidate, start: at });
    at = lower.indexOf(anchor, match === undefined ? at + 1 : Math.max(match.end, at + 1));
  }
  return found;
}

type Matcher = (text: string, at: number) => { end: number; candidate: Candidate } | undefined;

const latexAt: Matcher = (text, at) => {
  const group = groupAt(text, at);
  return group === undefined ? undefined : { end: group.end, candidate: latexCandidate(group) };
};

const plainMatcher: Matcher = (text, at) => {
  const match = plainAt(text, at);
  return match === undefined ? undefined : { end: match.end, candidate: plainCandidate(match) };
};

/** `matcher` behind `\s*`, which gives spaces back where the match needs one for itself. */
function afterSpaces(text: string, at: number, matcher: Matcher): ReturnType<Matcher> {
  for (let start = skipSpaces(text, at); start >= at; start--) {
    const match = matcher(text, start);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** `matcher` behind at most `most` characters, the fewest that work. */
function within(text: string, at: number, most: number, singleLine: boolean, matcher: Matcher): ReturnType<Matcher> {
  for (let start = at; start <= Math.min(at + most, text.length); start++) {
    const match = matcher(text, start);
    if (match !== undefined) return match;
    if (singleLine && text.charAt(start) === '\n') return undefined;
  }
  return undefined;
}

const hope = /\s*\.?\s?I hope/y;

/** "final answer is X. I hope". */
function hoped(matchers: readonly Matcher[]): Finder {
  return (text, at) => {
    const start = text.charAt(at) === ':' ? at + 1 : at;
    for (const matcher of matchers) {
      const match = afterSpaces(text, start, matcher);
      if (match === undefined) continue;
      // An expression may have taken the full stop or the space as its own end.
      for (const end of [match.end, match.end - 1]) {
        hope.lastIndex = end;
        if (hope.test(text)) return { end: hope.lastIndex, candidate: { ...match.candidate, end: hope.lastIndex } };
      }
    }
    return undefined;
  };
}

const linkingIs = /\s+is:?/y;

/** "final answer ... is X". */
function justIs(matcher: Matcher, singleLine: boolean): Finder {
  return (text, at) =>
    within(text, at, 100, singleLine, (inner, start) => {
      linkingIs.lastIndex = start;
      if (!linkingIs.test(inner)) return undefined;
      const end = linkingIs.lastIndex;
      return singleLine ? matcher(inner, end) : afterSpaces(inner, end, matcher);
    });
}

const equalsNext = /\s*=/y;

/** A plain match that no equality sign follows; a number gives digits back to get away from one, as a pattern would. */
const unequalPlain: Matcher = (text, at) => {
  for (const find of [arithmeticAt, numberAt]) {
    const match = find(text, at);
    if (match === undefined) continue;
    equalsNext.lastIndex = match.end;
    if (!equalsNext.test(text)) return { end: match.end, candidate: plainCandidate(match) };
    if (find === numberAt && /^-?\d\d+$/.test(match.text)) {
      const shorter = numberAt(text.slice(0, match.end - 1), at);
      if (shorter !== undefined) return { end: shorter.end, candidate: plainCandidate(shorter) };
    }
  }
  return undefined;
};

/** Behind "answer": past the last equality sign within 100 characters, else the first match within 50. */
const plainAnswer: Finder = (text, at) => {
  let line = text.indexOf('\n', at);
  if (line < 0) line = text.length;
  for (let sign = Math.min(at + 100, line, text.length - 1); sign >= at; sign--) {
    if (text.charAt(sign) !== '=') continue;
    const match = afterSpaces(text, sign + 1, unequalPlain);
    if (match !== undefined) return match;
  }
  return within(text, at, 50, true, unequalPlain);
};

const latexAnswer: Finder = (text, at) => within(text, at, 50, false, latexAt);

/** The candidates of each rank, lazily: most texts are answered by an early one. */
function* ranks(text: string): Generator<Candidate[]> {
  const lower = text.toLowerCase();
  if (lower.includes('final answer')) {
    yield [
      ...anchored(text, lower, 'final answer is', hoped([latexAt])),
      ...anchored(text, lower, 'final answer is', hoped([plainMatcher, numberMatcher])),
    ];
    yield [
      ...anchored(text, lower, 'final answer', justIs(latexAt, false)),
      ...boxedCandidates(text),
      ...anchored(text, lower, 'final answer', justIs(plainMatcher, true)),
    ];
  } else yield boxedCandidates(text);
  if (lower.includes('answer')) {
    yield [...anchored(text, lower, 'answer:', latexAnswer), ...anchored(text, lower, 'answer:', plainAnswer)];
    yield [...anchored(text, lower, 'answer', latexAnswer), ...anchored(text, lower, 'answer', plainAnswer)];
  }
  yield [
    ...allGroups(text).map((group) => latexCandidate(group)),
    ...allPlain(text, arithmeticAt).map((match) => plainCandidate(match)),
    ...allPlain(text, numberAt).map((match) => plainCandidate(match)),
  ];
}

const numberMatcher: Matcher = (text, at) => {
  const match = numberAt(text, at);
  return match === undefined ? undefined : { end: match.end, candidate: plainCandidate(match) };
};

const boxedCandidates = (text: string): Candidate[] =>
  text.includes('\\boxed{') ? [...allGroups(text, true).map((group) => latexCandidate(group)), ...looseBox(text)] : [];

/** Most candidates that are read before the search gives up. */
const mostCandidates = 200;

/** The answer of a text: the first candidate that parses, and the text of the first candidate at all. */
export function extractAnswer(source: string): Extraction {
  const text = source.length > longestText ? source.slice(-longestText) : source;
  resetScanner();
  const trace: string[] = [];
  let fallback: string | undefined;
  let budget = mostCandidates;
  for (const candidates of ranks(text)) {
    candidates.sort((a, b) => b.end - a.end || a.start - b.start);
    for (const candidate of candidates) {
      if (budget-- === 0) return { expr: undefined, text: fallback, trace: [...trace, 'too many candidates'] };
      const { text: normalized, expr, note, overBudget } = candidate.read();
      fallback ??= normalized === '' ? undefined : normalized;
      if (expr !== undefined) {
        trace.push(`"${normalized.slice(0, 120)}" reads as ${exprSummary(expr)}`);
        return { expr, text: fallback, trace };
      }
      if (trace.length < 8) trace.push(`"${normalized.slice(0, 120)}" does not parse: ${note}`);
      if (overBudget) return { expr: undefined, text: fallback, trace: [...trace, 'beyond the budget'] };
    }
  }
  return { expr: undefined, text: fallback, trace: trace.length === 0 ? ['no candidate'] : trace };
}
