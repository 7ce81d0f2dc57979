/**
 * @file The author's own summaries: abstracts, arguments of books and chapters, executive summaries, key points, release highlights, the description
 * under a title or a name. Headings of that name with another use (an overview that only introduces, a table of methods) are none.
 */
import type { Prose } from '../structure/prose.ts';
import { description, longTitle, releaseHighlights, standfirst } from './summaries/descriptions.ts';
import { underHeading } from './summaries/headings.ts';
import { asHeading, underLabel } from './summaries/labels.ts';
import type { Summary } from './summaries/summary.ts';

export type { Summary, SummaryKind } from './summaries/summary.ts';

/** Characters in which the name of a man page stands. */
const pageHead = 600;

/** The summaries in text order. */
export function findSummaries(prose: Prose, omit: (reason: string) => void = () => {}): Summary[] {
  // The synopsis of a man page is how a program is called.
  const manual = /^[ \t]*(?:#+ )?(?:NAME|名称|名字)[ \t]*$/m.test(prose.text.slice(0, pageHead));
  const headed = manual ? [] : prose.sections.flatMap((section, i) => underHeading(prose, section, i, omit) ?? []);
  const found = [
    ...headed,
    ...(manual ? [] : underLabel(prose)),
    ...asHeading(prose),
    ...longTitle(prose),
    description(prose),
    standfirst(prose),
    ...releaseHighlights(prose),
  ].filter((item) => item !== undefined);
  found.sort((a, b) => a.cut.start - b.cut.start || b.cut.end - a.cut.end);
  let end = -1;
  return found.filter(({ cut }) => {
    if (cut.start < end) return false;
    end = cut.end;
    return true;
  });
}
