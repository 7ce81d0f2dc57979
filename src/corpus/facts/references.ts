/**
 * @file References of a text: `see section 4.2`, `Tables 2 and 3`, `Article 5(2)`, `Appendix B`, `[12]`, `RFC 2119`, `见第五条`, `表3`, with the place
 * that they point to, where it stands in the text and is the only one.
 */
import { findCaptions } from '../structure/captions.ts';
import type { Prose } from '../structure/prose.ts';
import { bareNumbers } from './references/bare-numbers.ts';
import { documents } from './references/documents.ts';
import { named, unnumbered } from './references/named.ts';
import { chineseNumbered, numbered } from './references/numbered.ts';
import type { Reference } from './references/reference.ts';
import { Targets } from './references/targets.ts';

export type { Reference, ReferenceKind } from './references/reference.ts';

/** The references in text order; of overlapping ones the longer. */
export function findReferences(prose: Prose, omit: (reason: string) => void = () => {}): Reference[] {
  const captions = findCaptions(prose.text);
  const starts = captions.map(({ span }) => span);
  const targets = new Targets(prose, captions);
  const found = [
    ...numbered(prose, targets, starts),
    ...chineseNumbered(prose, targets, starts),
    ...bareNumbers(prose, targets),
    ...named(prose, targets),
    ...unnumbered(prose, targets),
    ...documents(prose, omit),
  ];
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = 0;
  return found.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}
