/**
 * @file Long works as several documents for questions: cut where sections begin, as high in the tree as parts of the wanted size allow, so
 * that each is a run of whole chapters, acts or articles. Nothing is added to them.
 */
import type { Document } from './document.ts';
import { textWords } from './make-document.ts';
import { findSections, type Section } from './structure/sections.ts';

/** A part of a work: its text, and the headings that it begins and ends with. */
export interface WorkPart {
  readonly text: string;
  /** `Act I` or `Chapter 3 – Chapter 5`; undefined where it begins with no heading. */
  readonly heading?: string;
}

/** With as many works as this, long ones alone are cut: a split holds whole works out. */
const manyWorks = 8;
/** Words of a part, with few works and with many. */
const sizes = { few: { least: 800, most: 20_000, parts: 40 }, many: 60_000 } as const;

/** Words that a part has at most, from all that there is. */
export function partSize(works: number, words: number): number {
  const { few, many } = sizes;
  return works >= manyWorks ? many : Math.max(few.least, Math.min(few.most, words / few.parts));
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly title?: string;
}

/** The text between the heads of one level and those above it. */
function runsOf(text: string, sections: readonly Section[], level: number): Run[] {
  const heads = sections.filter((section) => section.level <= level);
  const first = heads[0]?.span.start ?? text.length;
  const runs: Run[] = first > 0 ? [{ start: 0, end: first }] : [];
  for (const [i, { title, span }] of heads.entries())
    runs.push({ start: span.start, end: heads[i + 1]?.span.start ?? text.length, title });
  return runs;
}

/** Runs of paragraphs, where a section is longer than a part or there are none. */
function paragraphRuns(text: string, { start, end, title }: Run, most: number, language: Document['language']): Run[] {
  const runs: Run[] = [];
  let from = start;
  let words = 0;
  const gap = language === 'zh' ? /\n+/g : /\n{2,}/g;
  gap.lastIndex = start;
  for (let before = start; before < end; ) {
    const found = gap.exec(text);
    const next = found === null || found.index >= end ? end : found.index + found[0].length;
    words += textWords(text.slice(before, next), language);
    before = next;
    if (words < most && next < end) continue;
    runs.push({ start: from, end: next, ...(title === undefined ? {} : { title }) });
    [from, words] = [next, 0];
  }
  return runs;
}

const headingOf = (first: Run, last: Run): string | undefined => {
  if (first.title === undefined) return undefined;
  return last.title === undefined || last.title === first.title ? first.title : `${first.title} – ${last.title}`;
};

/** The parts of a work, each of at most about `most` words; the work itself where it is no longer. */
export function cutWork(text: string, language: Document['language'], most: number): WorkPart[] {
  if (textWords(text, language) <= most) return [{ text }];
  const sections = findSections(text);
  const levels = [...new Set(sections.map(({ level }) => level))].sort((a, b) => a - b);
  const wordsOf = ({ start, end }: Run): number => textWords(text.slice(start, end), language);
  const level = levels.find((candidate) => runsOf(text, sections, candidate).every((run) => wordsOf(run) <= most));
  const runs = runsOf(text, sections, level ?? levels.at(-1) ?? 0).flatMap((run) =>
    wordsOf(run) <= most ? [run] : paragraphRuns(text, run, most, language),
  );
  const parts: { first: Run; last: Run; words: number }[] = [];
  for (const run of runs) {
    const open = parts.at(-1);
    const words = wordsOf(run);
    if (open !== undefined && open.words + words <= most) Object.assign(open, { last: run, words: open.words + words });
    else parts.push({ first: run, last: run, words });
  }
  return parts.flatMap(({ first, last }) => {
    const heading = headingOf(first, last);
    const own = text.slice(first.start, last.end).trim();
    return own === '' ? [] : [{ text: own, ...(heading === undefined ? {} : { heading }) }];
  });
}
