/**
 * @file Sections of plain text and Markdown: `## Title`, `Chapter 3. Title`, `PART II`, `1.2 Title`, `Item 1A. Risk Factors`
 * of a filing, the bare headings of a paper (`Abstract`, `References`), `第三章`.
 */
import type { Span } from '../document.ts';
import { chineseHeadingLevel } from './chinese.ts';

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
const division = /^(book|volume|part|act|chapter|scene|section|article) (?:\d{1,4}|[IVXLC]+)\b[.:]? ?(.*)$/i;
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
  if (divided !== null && line.length <= 120)
    return { title: line, level: divisions[(divided[1] ?? '').toLowerCase()] ?? 2 };
  if (filingItem.test(line)) return { title: line, level: 2 };
  if (paperPart.test(line)) return { title: line.replace(/[.:]$/, ''), level: 1 };
  const chinese = chineseHeadingLevel(line);
  if (chinese !== undefined) return { title: line.trim(), level: chinese };
  const count = numbered.exec(line);
  return count === null ? undefined : { title: count[2] ?? '', level: (count[1] ?? '').split('.').length };
}

/** All sections in order of their headings; nested ones lie inside the spans of the outer ones. */
export function findSections(text: string): Section[] {
  const heads: { title: string; level: number; start: number; bodyStart: number }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const found = heading(line);
    if (found !== undefined)
      heads.push({ ...found, start: at, bodyStart: Math.min(text.length, at + line.length + 1) });
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
