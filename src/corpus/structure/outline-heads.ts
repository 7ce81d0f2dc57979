/**
 * @file Headings of texts without marks for them: the stars of an outline (`* Changes in 4.2`, `** Bug fixes`, as in the NEWS of GNU and in
 * Emacs' org mode), and short lines that stand alone above prose or a list.
 */
import { type HeadingLine, ranks } from './heading-lines.ts';
import { isBlank, type Line } from './text-lines.ts';

const star = /^(\*{1,5}) +(\S.*)$/;
const [longestTop, longestInner] = [100, 60];

/** Inner stars stand before items too: those are sentences, or go on in the next line. */
function starHeading(lines: readonly Line[], i: number): HeadingLine | undefined {
  const [, stars = '', words = ''] = star.exec(lines[i]?.text.trimEnd() ?? '') ?? [];
  if (stars === '' || words.length > (stars === '*' ? longestTop : longestInner)) return undefined;
  const next = lines[i + 1];
  const below = next?.text ?? '';
  const apart = isBlank(next) || /^\*|^\s+[\p{Lu}\d*'"-]/u.test(below);
  if (!apart && !(words.split(' ').length <= 3 && /^[\p{Lu}'"-]/u.test(below))) return undefined;
  if (/[.;,:]$/.test(words) && stars !== '*') return undefined;
  return { title: words, style: `outline${stars.length}`, rank: stars.length };
}

/** Shown widths: a Chinese character says more. */
const [longestShort, longestHan, leastProse, leastHanProse, leastShort] = [48, 14, 56, 24, 3];
const noTitle = /[.!?,;:，。！？；：…、—–-]$|[:：|=@<>{}\\]| {2}|\t|https?:|^\p{Lu}\S*(?: \p{Lu}\S*)*,/u;
const when =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\d|^\d|\d{4}年/i;
const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

function isShort(text: string): boolean {
  if (
    !/^[\p{Lu}\p{Script=Han}]/u.test(text) ||
    noTitle.test(text) ||
    when.test(text) ||
    !/\p{Ll}|\p{Script=Han}/u.test(text)
  )
    return false;
  return isHan(text)
    ? text.length <= longestHan && text.length > 1
    : text.length <= longestShort && text.split(' ').length <= 7;
}

const isListed = (text: string): boolean =>
  /^\s*(?:[-*•·]|\d{1,2}[.)、]|\([a-z\d]\))\s*\S|^\s{2,}\S|^\u3000\u3000/.test(text);
const isProse = (text: string): boolean => text.trim().length >= (isHan(text) ? leastHanProse : leastProse);

/** Whether a paragraph, a list or a table stands below. */
function hasBody(lines: readonly Line[], i: number): boolean {
  const blank = isBlank(lines[i + 1]);
  const below = lines[i + (blank ? 2 : 1)]?.text ?? '';
  return (
    isListed(below) ||
    (blank && (isProse(below) || /^\||^\(in |^单位|\S(?: {3,}|\u3000+|\t)\S/.test(below))) ||
    (!blank && /^\p{Lu}[\p{L} ]{1,20}: \S/u.test(below))
  );
}

/** Short lines above prose; none where they come again, as names of speakers do, or are few. */
function shortHeads(lines: readonly Line[], taken: ReadonlySet<number>): Map<number, HeadingLine> {
  const first = lines.findIndex((line) => !isBlank(line));
  const found = lines.flatMap(({ text }, i) => {
    const code = text.charCodeAt(0);
    if (
      text.length > longestShort ||
      code <= 0x40 ||
      (code > 0x5a && code < 0xc0) ||
      i <= first ||
      taken.has(i) ||
      !isBlank(lines[i - 1])
    )
      return [];
    const words = text.trimEnd();
    return isShort(words) && hasBody(lines, i) ? [{ i, words }] : [];
  });
  const different = new Set(found.map(({ words }) => words));
  if (found.length < leastShort || different.size < found.length) return new Map();
  return new Map(found.map(({ i, words }) => [i, { title: words, style: 'short', rank: shortRank }]));
}

/** As parts of a paper are: `Method`. */
const shortRank = ranks.numbers;

/**
 * Headings by line.
 *
 * @param marked Whether the text marks its headings by `#`.
 * @param taken Lines that are headings by their form.
 */
export function outlineHeads(
  lines: readonly Line[],
  marked: boolean,
  taken: ReadonlySet<number>,
  short: boolean,
): ReadonlyMap<number, HeadingLine> {
  if (marked) return new Map();
  if (lines.some(({ text }) => /^\*\* \S/.test(text)) && lines.some(({ text }) => /^\* \S/.test(text)))
    return new Map(
      lines.flatMap(({ text }, i) => {
        const head = text.startsWith('*') ? starHeading(lines, i) : undefined;
        return head === undefined ? [] : [[i, head] as const];
      }),
    );
  return short ? shortHeads(lines, taken) : new Map();
}
