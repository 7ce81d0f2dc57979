/** @file Summaries under a heading that names them: `Abstract`, `Executive summary`, `本章小结`. */
import type { Prose } from '../../structure/prose.ts';
import type { Section } from '../../structure/sections.ts';
import { isPoints, isProse, leastRatio, most, summed, sumsUp, trimmedSpan } from './extents.ts';
import type { Summary, SummaryKind } from './summary.ts';
import { summaryTitle } from './titles.ts';

/** Keywords and the like stand below an abstract and are no part of it. */
function abstractEnd(text: string, kind: SummaryKind, start: number, end: number): number {
  if (kind !== 'abstract') return end;
  const stop = /\n\s*(?:\*\*)?(?:key ?words|index terms|jel|关键词|关键字|table of contents|contents|目录|-{5,})/i.exec(
    text.slice(start, Math.min(end, start + most)),
  );
  return stop === null ? end : start + stop.index;
}

/** The summary that the words of a section are, if its heading says so. */
export function underHeading(
  prose: Prose,
  section: Section,
  index: number,
  omit: (reason: string) => void,
): Summary | undefined {
  const title = summaryTitle(section.title);
  if (title === undefined) return undefined;
  const { text, sections } = prose;
  const below = sections[index + 1];
  const end = below !== undefined && below.span.start < section.span.end ? below.span.start : section.span.end;
  const span = trimmedSpan(text, section.bodyStart, abstractEnd(text, title.kind, section.bodyStart, end));
  const of = summed(prose, section);
  const points = title.pointed && isPoints(prose, span);
  if (!(isProse(prose, span) || points) || of.end - of.start < (1 + leastRatio) * (span.end - span.start)) {
    omit('summary-unsure');
    return undefined;
  }
  // At the end of its chapter it introduces nothing.
  const closes = section.parent !== undefined && of.end - section.span.end < 4;
  // Points under `Summary` are its own; what a list of links introduces is told by its words.
  const sums =
    points && /^summary$/i.test(section.title.trim()) && !/\]\(|https?:/.test(text.slice(span.start, span.end));
  // A list of what is good about a thing has none.
  const figures =
    title.kind === 'highlights' &&
    !points &&
    /\d[\d.,]{0,15}\s?(?:%|per ?cent\b|million\b|billion\b|[万亿元])/.test(text.slice(span.start, span.end));
  if (title.introduces && !sums && !figures && !closes && !sumsUp(text, span, of, section.span.start)) {
    omit('summary-introduces');
    return undefined;
  }
  return { kind: title.kind, span, cut: { start: section.span.start, end: span.end }, of };
}
