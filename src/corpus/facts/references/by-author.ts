/** @file References by author and year: `Pell and Karr (2018)`. */
import type { Span } from '../../document.ts';
import { lastBefore, type Prose } from '../../structure/prose.ts';
import { bibliography, inProse } from './entries.ts';
import type { Reference } from './reference.ts';

/** `Pell and Karr (2018)`, `(Pell, 2018; Karr & Hale, 2020)`. */
const authorYear =
  /(\p{Lu}[\p{L}’'-]{1,30})(?:(?: (?:and|&) \p{Lu}[\p{L}’'-]{1,30})|,? et al\.?)?,? [(]?((?:1[89]|20)\d\d[a-z]?)(?!\d|-\d)\)?/gu;
/** Of one entry. */
const longestEntry = 600;

/** The entries of the lists of references by the first surname and the year. */
function datedEntries({ text, sections, paragraphs }: Prose): Map<string, Span | undefined> {
  const found = new Map<string, Span | undefined>();
  for (const { title, span, bodyStart } of sections.filter((section) => bibliography.test(section.title)))
    for (const block of paragraphs.slice(
      lastBefore(paragraphs, bodyStart - 1) + 1,
      lastBefore(paragraphs, span.end - 1) + 1,
    )) {
      if (title === 'Notes') continue;
      let at = block.start;
      for (const line of text.slice(block.start, block.end).split('\n')) {
        const name = /^(?:[-*•]|\d+\.|\[\d+\])?\s*(\p{Lu}[\p{L}’'-]{1,30}),? (?:\p{Lu}\.?|and|&)/u.exec(line)?.[1];
        const year = /\b(?:1[89]|20)\d\d[a-z]?\b/.exec(line)?.[0];
        const key = `${name} ${year}`;
        if (name !== undefined && year !== undefined && line.length < longestEntry)
          // Two of a year, told apart by nothing.
          found.set(key, found.has(key) ? undefined : { start: at, end: at + line.length });
        at += line.length + 1;
      }
    }
  return found;
}

/** Mentions by author and year of what a list of references has. */
export function byAuthor(prose: Prose): Reference[] {
  const entries = datedEntries(prose);
  if (entries.size === 0) return [];
  return Array.from(prose.text.matchAll(authorYear)).flatMap((match): Reference[] => {
    const target = entries.get(`${match[1]} ${match[2]}`);
    const [start, end] = [match.index, match.index + match[0].length];
    if (target === undefined || (start >= target.start && start < target.end) || !inProse(prose, start)) return [];
    const closes = match[0].endsWith(')') && !match[0].includes('(') ? 1 : 0;
    return [
      {
        label: match[0].slice(0, match[0].length - closes),
        to: 'document',
        target,
        span: { start, end: end - closes },
      },
    ];
  });
}
