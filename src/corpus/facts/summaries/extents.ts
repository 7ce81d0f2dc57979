/** @file How much words are, and what of a text they may sum up. */
import type { Span } from '../../document.ts';
import { lastBefore, type Prose, spanAt } from '../../structure/prose.ts';
import type { Section } from '../../structure/sections.ts';

/** Words, or half as many Chinese characters. */
export const length = (words: string): number =>
  (words.match(/[\p{L}\d]+(?:['’-][\p{L}\d]+)*/gu)?.filter((word) => !/\p{Script=Han}/u.test(word)).length ?? 0) +
  (words.match(/\p{Script=Han}/gu)?.length ?? 0) / 1.5;
/** Fewer are no summary. */
export const leastWords = 12;
/** The part that is summed up has so many times the summary's characters. */
export const leastRatio = 1.5;
/** No summary is longer than this. */
export const most = 12_000;

/** Without white space around it. */
export const trimmedSpan = (text: string, start: number, end: number): Span => {
  const words = text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  return { start: start + lead, end: start + lead + words.trim().length };
};

/** Prose for the most part: no table, no code, no list of links, no run of one-line entries. */
export function isProse({ text, skipped, sentences }: Prose, { start, end }: Span, fewest = leastWords): boolean {
  const words = text.slice(start, end);
  if (length(words) < fewest || end - start > most || spanAt(skipped, start) !== undefined) return false;
  const cut = skipped
    .filter((span) => span.start < end && span.end > start)
    .reduce((sum, span) => sum + span.end - span.start, 0);
  if (cut > (end - start) / 4) return false;
  const ends = (words.match(/[.!?。！？；;]["”’」)*_]*(?=\s|$)|[。！？]/g) ?? []).length;
  const links = (words.match(/\]\(|https?:/g) ?? []).length;
  return ends >= 1 && links <= ends && spanAt(sentences, start) !== undefined;
}

/** A list of several points with words enough, and nothing else. */
export function isPoints({ text, lists }: Prose, { start, end }: Span): boolean {
  const own = lists.filter((list) => list.span.start < end && list.span.end > start);
  const covered = own.reduce((sum, { span }) => sum + Math.min(span.end, end) - Math.max(span.start, start), 0);
  return (
    own.some(({ items }) => items.length > 1) &&
    covered > 0.7 * (end - start) &&
    length(text.slice(start, end)) >= leastWords
  );
}

/** The beginnings of longer words, so that `moorings` is `mooring`; Chinese in pairs of characters. */
const stems = (words: string): Set<string> =>
  new Set((words.toLowerCase().match(/\p{Script=Han}{2}|[\p{Ll}\d]{6,}/gu) ?? []).map((word) => word.slice(0, 6)));

/** Share of the longer words of a text that another one has too. */
function shared(words: string, others: string): number {
  const own = stems(words);
  if (own.size === 0) return 0;
  const rest = stems(others);
  const lower = others.toLowerCase();
  return (
    [...own].filter((word) => rest.has(word) || (/\p{Script=Han}/u.test(word) && lower.includes(word))).length /
    own.size
  );
}

/** Of the words of an overview; of Chinese, whose words are not cut, of every second pair of characters. */
const leastShared = { words: 0.4, han: 0.3 };
/** Characters of the text that is summed up that are looked at. */
const looked = 200_000;
/** An overview of fewer words says too little to tell. */
const leastOverview = 16;

/** Whether the words of an overview come again in the rest, and it does not only say what the thing is for. Its heading begins at `heading`. */
export function sumsUp(text: string, { start, end }: Span, of: Span, heading: number): boolean {
  const words = text.slice(start, end);
  if (
    length(words) < leastOverview ||
    /\b(?:install|npm|pip|click here|download|welcome|before you (?:begin|start)|you can use|getting started)\b/i.test(
      words,
    )
  )
    return false;
  const rest = text.slice(of.start, heading) + text.slice(end, Math.min(of.end, end + looked));
  return shared(words, rest) >= (/\p{Script=Han}{4}/u.test(words) ? leastShared.han : leastShared.words);
}

/** The part that a section sums up: the one it lies in, or the whole text. */
export function summed(prose: Prose, section: Section): Span {
  const outer = section.parent === undefined ? undefined : prose.sections[section.parent];
  const whole = { start: 0, end: prose.text.length };
  if (outer === undefined) return whole;
  const first =
    prose.sections.find(({ level }) => level === outer.level) === outer && outer.span.end === prose.text.length;
  return first ? whole : outer.span;
}

/** The innermost section around a place, or the whole text. */
export function around({ text, sections, sectionSpans: starts }: Prose, at: number): Span {
  for (let one = sections[lastBefore(starts, at)]; one !== undefined; one = sections[one.parent ?? -1])
    if (one.bodyStart <= at && at < one.span.end) return one.span;
  return { start: 0, end: text.length };
}

/** Whether a paragraph is the first below a heading. */
export const isUnderHeading = ({ text, sections, sectionSpans }: Prose, { start }: Span): boolean => {
  const bodyStart = sections[lastBefore(sectionSpans, start)]?.bodyStart;
  return (
    bodyStart !== undefined && bodyStart <= start && start - bodyStart < 4 && text.slice(bodyStart, start).trim() === ''
  );
};
