/**
 * @file A part of a long document that fits a prompt: whole sections where they fit, else whole paragraphs, lines or sentences, around a
 * place that must be in it.
 */
import type { Document, Span } from '../../corpus/document.ts';
import type { Structure } from '../../corpus/structure/structure.ts';
import type { Random } from '../../random.ts';
import { type CountTokens, estimateTokens } from '../../tokens.ts';

/** A place where a document may be cut, and the estimated tokens before it. */
interface CutPoint {
  readonly at: number;
  readonly tokens: number;
  /** A section begins here. */
  readonly head: boolean;
}

/** A document measured once for all its excerpts. */
export interface CuttableDocument {
  readonly document: Document;
  /** All of it, by the tokenizer of the build. */
  readonly tokens: number;
  readonly points: readonly CutPoint[];
  /** Where rows of long tables begin: such a table may be shown by its first rows. */
  readonly rows: readonly number[];
}

/** Tables of so many rows may be cut, and so many are left at least. */
const cutTable = { of: 30, least: 12 } as const;

const rowStarts = (text: string, { tables }: Structure): number[] =>
  tables
    .filter(({ rows }) => rows.length >= cutTable.of)
    .flatMap(({ rows }) => rows.slice(cutTable.least))
    .flatMap(({ cells: [first] }) => (first === undefined ? [] : [text.lastIndexOf('\n', first.span.start) + 1]));

/** A longer line is cut at its sentences. */
const longLine = 1500;

/** Where lines begin outside of tables, and in a line without end where sentences do. */
function cutsOf(text: string, facts: Structure): number[] {
  const cuts: number[] = [0];
  const whole = [...facts.tables].map(({ span }) => span);
  let table = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const start = at + 1;
    while (table < whole.length && (whole[table]?.end ?? 0) < start) table++;
    const inside = (whole[table]?.start ?? Number.POSITIVE_INFINITY) < start;
    if (!inside && start < text.length && text[start] !== '\n') cuts.push(start);
  }
  const lines = [...cuts, text.length];
  for (const { start } of facts.sentences) {
    // The last line that begins before the sentence, by bisection.
    let [low, high] = [0, lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    if ((lines[low + 1] ?? text.length) - (lines[low] ?? 0) > longLine) cuts.push(start);
  }
  return [...new Set(cuts)].sort((a, b) => a - b);
}

/** @param countTokens is asked once; the places between are the estimate, scaled to it. */
export function cuttable(document: Document, facts: Structure, countTokens: CountTokens): CuttableDocument {
  const { text } = document;
  const heads = new Set(facts.sections.map(({ span }) => span.start));
  const cuts = cutsOf(text, facts);
  let before = 0;
  const estimated = cuts.map((at, i) => {
    const point = { at, tokens: before, head: heads.has(at) };
    before += estimateTokens(text.slice(at, cuts[i + 1] ?? text.length));
    return point;
  });
  const tokens = countTokens(text);
  const scale = tokens / Math.max(1, before);
  const points = estimated.map((point) => ({ ...point, tokens: point.tokens * scale }));
  const end = { at: text.length, tokens, head: true };
  return { document, tokens, points: [...points, end], rows: rowStarts(text, facts) };
}

/** Index of the last point at or before a place. */
function pointBefore(points: readonly CutPoint[], place: number): number {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((points[middle]?.at ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

const tokensAt = (points: readonly CutPoint[], i: number): number => points[i]?.tokens ?? 0;

/** Of all starts that leave the place in and fill the budget: those where a section begins are preferred. */
function startsFor(points: readonly CutPoint[], first: number, last: number, budget: number): number[] {
  const fits: number[] = [];
  const end = tokensAt(points, points.length - 1);
  for (let i = first; i >= 0 && tokensAt(points, last) - tokensAt(points, i) <= budget; i--) {
    if (i === first || end - tokensAt(points, i) >= budget * 0.9) fits.push(i);
  }
  const heads = fits.filter((i) => points[i]?.head === true);
  return heads.length > 0 ? heads : fits;
}

/** The first rows of a long table that fit; undefined where too few do. */
function firstRows(
  { document: { text }, points, rows }: CuttableDocument,
  [first, last]: readonly [number, number],
  budget: number,
): { readonly span: Span; readonly tokens: number } | undefined {
  const [start, stop] = [points[first]?.at ?? 0, points[last]?.at ?? text.length];
  const estimated = estimateTokens(text.slice(start, stop));
  const scale = (tokensAt(points, last) - tokensAt(points, first)) / Math.max(1, estimated);
  let [end, used, from] = [start, 0, start];
  for (const at of rows) {
    if (at <= start || at >= stop) continue;
    used += scale * estimateTokens(text.slice(from, at));
    from = at;
    if (used > budget) break;
    end = at;
  }
  return end === start ? undefined : { span: { start, end }, tokens: scale * estimateTokens(text.slice(start, end)) };
}

/** An end where a section ends is preferred to one that fills the budget by up to this share. */
const sectionEnd = 0.12;

/**
 * The part of at most `budget` tokens around a place; the whole document where it fits.
 *
 * @returns undefined when the place alone is longer than the budget, and no table of many rows.
 */
export function excerptOf(
  measured: CuttableDocument,
  { place, budget, random }: { place: Span; budget: number; random: Random },
): { readonly span: Span; readonly tokens: number } | undefined {
  const { document, tokens, points } = measured;
  if (tokens <= budget) return { span: { start: 0, end: document.text.length }, tokens };
  const first = pointBefore(points, place.start);
  let last = pointBefore(points, place.end);
  if ((points[last]?.at ?? 0) < place.end) last++;
  if (tokensAt(points, last) - tokensAt(points, first) > budget) return firstRows(measured, [first, last], budget);
  const start = random.pick(startsFor(points, first, last, budget));
  let end = last;
  while (end + 1 < points.length && tokensAt(points, end + 1) - tokensAt(points, start) <= budget) end++;
  for (let i = end; i > last && tokensAt(points, end) - tokensAt(points, i) <= sectionEnd * budget; i--) {
    if (points[i]?.head !== true) continue;
    end = i;
    break;
  }
  const span = { start: points[start]?.at ?? 0, end: points[end]?.at ?? document.text.length };
  return { span, tokens: tokensAt(points, end) - tokensAt(points, start) };
}
