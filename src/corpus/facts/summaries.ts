/**
 * @file The author's own summaries: abstracts, arguments of books and chapters, executive summaries, key points, release highlights, the description
 * under a title or a name. Headings of that name with another use (an overview that only introduces, a table of methods) are none.
 */
import type { Span } from '../document.ts';
import { lastBefore, type Prose } from '../structure/prose.ts';
import { description, longTitle, releaseHighlights, scope, standfirst } from './summaries/descriptions.ts';
import { underHeading } from './summaries/headings.ts';
import { asHeading, underLabel } from './summaries/labels.ts';
import { openingStatement } from './summaries/opening.ts';
import { structured } from './summaries/structured.ts';
import type { Summary } from './summaries/summary.ts';

export type { Summary, SummaryKind } from './summaries/summary.ts';

/** Characters in which the name of a man page stands. */
const pageHead = 600;

/** Paragraphs without the headings that begin them. */
function belowHeadings({ text, paragraphs, sections, sectionSpans }: Prose): Span[] {
  return paragraphs.flatMap(({ start, end }): Span[] => {
    const bodyStart = sections[lastBefore(sectionSpans, end - 1)]?.bodyStart ?? 0;
    if (bodyStart <= start || bodyStart >= end) return [{ start, end }];
    const blank = /^\s*/.exec(text.slice(bodyStart, end))?.[0].length ?? 0;
    return bodyStart + blank < end ? [{ start: bodyStart + blank, end }] : [{ start, end }];
  });
}

/** The summaries in text order. */
export function findSummaries(whole: Prose, omit: (reason: string) => void = () => {}): Summary[] {
  const prose = { ...whole, paragraphs: belowHeadings(whole) };
  // The synopsis of a man page is how a program is called.
  const manual = /^[ \t]*(?:#+ )?(?:NAME|名称|名字)[ \t]*$/m.test(prose.text.slice(0, pageHead));
  const headed = manual ? [] : prose.sections.flatMap((section, i) => underHeading(prose, section, i, omit) ?? []);
  const found = [
    ...headed,
    ...(manual ? [] : underLabel(prose)),
    ...asHeading(prose),
    ...longTitle(prose),
    ...scope(prose),
    ...structured(prose),
    description(prose),
    standfirst(prose),
    ...openingStatement(prose),
    ...releaseHighlights(prose),
  ].filter((item) => item !== undefined);
  found.sort((a, b) => a.cut.start - b.cut.start || b.cut.end - a.cut.end);
  let end = -1;
  return found
    .filter(({ cut }) => {
      if (cut.start < end) return false;
      end = cut.end;
      return true;
    })
    .map((summary) => ({ ...summary, span: withoutMarks(prose.text, summary.span) }));
}

/** A summary set in italics or as a block as a whole, without the signs of that. */
function withoutMarks(text: string, { start: from, end }: Span): Span {
  const start = from + (/^> ?(?=\S)/.exec(text.slice(from, from + 3))?.[0].length ?? 0);
  const mark = /^([*_]{1,2})[^*_]+\1$/.exec(text.slice(start, end))?.[1]?.length ?? 0;
  return { start: start + mark, end: end - mark };
}
