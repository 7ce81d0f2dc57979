/**
 * @file Sections of plain text and Markdown: `## Title`, a title above `====`, `Chapter 3. Title`, `PART II`, `Part One`, `1.2 Title`, `Item 1A. Risk Factors`
 * of a filing, the bare headings of a paper (`Abstract`, `References`), `第三章`, `一、`. A line of a fenced block is none.
 */
import type { Span } from '../document.ts';
import { chineseHeadingLevel } from '../facts/chinese.ts';

/** A heading with what stands below it; inner sections lie within outer ones. */
export interface Section {
  readonly title: string;
  /** 1 is the outermost. */
  readonly level: number;
  /** From the heading to the next heading of the same or an outer level. */
  readonly span: Span;
  /** Where the heading line ends. */
  readonly bodyStart: number;
}

const markdown = /^(#{1,6}) (.+?) *#*$/;
const divisions: Readonly<Record<string, number>> = {
  book: 1,
  volume: 1,
  part: 1,
  act: 1,
  chapter: 2,
  scene: 2,
  section: 3,
  article: 3,
};
const counts =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty first second third fourth fifth sixth seventh last';
const division = new RegExp(
  `^(book|volume|part|act|chapter|scene|section|article) (?:\\d{1,4}|[IVXLC]+|(?:the )?(?:${counts.replaceAll(' ', '|')}))\\b(.*)$`,
  'i',
);
/** What stands behind the number of a division; `Section 2 of the law` goes on as prose. */
const divisionTitle = /^(?:[.:–—-]? ?["“‘'(]?[\p{Lu}\d\p{Script=Han}].*|[.:–—-]?)$/u;
const filingItem = /^item \d{1,2}[A-C]?[.:] ?\S.{0,100}$/i;
const paperPart =
  /^(?:abstract|introduction|background|related work|methods?|materials and methods|results|discussion|conclusions?|acknowledge?ments|references|bibliography|appendix|摘要|引言|结论|参考文献)[.:]?$/i;
const numbered = /^(\d{1,2}(?:\.\d{1,2}){0,4})\.? ([A-Z][^.!?]{2,70})$/;

/** A longer line is prose; some documents are one line of a gigabyte. */
const longestHeading = 200;

/** Title and level of a heading line. */
function heading(line: string): { title: string; level: number } | undefined {
  if (line === '' || line.length > longestHeading) return undefined;
  const mark = markdown.exec(line);
  if (mark !== null) return { title: mark[2] ?? '', level: mark[1]?.length ?? 1 };
  const divided = division.exec(line);
  if (divided !== null && line.length <= 120 && /^\p{Lu}/u.test(line) && divisionTitle.test(divided[2] ?? ''))
    return { title: line, level: divisions[(divided[1] ?? '').toLowerCase()] ?? 2 };
  if (filingItem.test(line)) return { title: line, level: 2 };
  if (paperPart.test(line)) return { title: line.replace(/[.:]$/, ''), level: 1 };
  const chinese = chineseHeadingLevel(line);
  if (chinese !== undefined) return { title: line.trim(), level: chinese };
  const count = numbered.exec(line);
  return count === null ? undefined : { title: count[2] ?? '', level: (count[1] ?? '').split('.').length };
}

/** Numbers of the lines inside of fenced blocks. A fence that is never closed encloses nothing. */
function fencedLines(lines: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let open: number | undefined;
  for (const [i, line] of lines.entries()) {
    if (!/^ {0,3}(?:```|~~~)/.test(line)) continue;
    for (let at = open ?? i; open !== undefined && at <= i; at++) inside.add(at);
    open = open === undefined ? i : undefined;
  }
  return inside;
}

/** A title above a line of `=` or `-`, at the start of its block. */
function underlined(lines: readonly string[], i: number): { title: string; level: number } | undefined {
  const [before = '', line = '', rule = ''] = [lines[i - 1], lines[i], lines[i + 1]];
  if (before.trim() !== '' || line.length > longestHeading || !/^\S.*\S$/.test(line) || line.includes('|'))
    return undefined;
  if (/^[-=*_#>]/.test(line) || !/^(?:={3,}|-{3,}) *$/.test(rule)) return undefined;
  return { title: line, level: rule.startsWith('=') ? 1 : 2 };
}

/** All sections in order of their headings; nested ones lie inside the spans of the outer ones. */
export function findSections(text: string): Section[] {
  const heads: { title: string; level: number; start: number; bodyStart: number }[] = [];
  const lines = text.split('\n');
  const fenced = fencedLines(lines);
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const ruled = fenced.has(i) ? undefined : underlined(lines, i);
    const found = ruled ?? (fenced.has(i) ? undefined : heading(line));
    const length = line.length + 1 + (ruled === undefined ? 0 : (lines[i + 1]?.length ?? 0) + 1);
    if (found !== undefined) heads.push({ ...found, start: at, bodyStart: Math.min(text.length, at + length) });
    at += line.length + 1;
  }
  // From the end, with the start of the nearest heading at or above each level: linear in the headings.
  const nextStart = new Map<number, number>();
  const ends = heads.map(() => text.length);
  for (let i = heads.length - 1; i >= 0; i--) {
    const head = heads[i];
    if (head === undefined) continue;
    ends[i] = Math.min(
      text.length,
      ...[...nextStart].filter(([level]) => level <= head.level).map(([, start]) => start),
    );
    nextStart.set(head.level, head.start);
  }
  return heads.map(({ title, level, start, bodyStart }, i) => ({
    title,
    level,
    bodyStart,
    span: { start, end: ends[i] ?? text.length },
  }));
}
