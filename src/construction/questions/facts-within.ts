/**
 * @file The facts of a document that stand within a part of it.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { parseStructure, type Structure } from '../../corpus/structure/structure.ts';

const holds = (outer: Span, { start, end }: Span): boolean => outer.start <= start && end <= outer.end;

interface Placed {
  readonly span: Span;
}
interface Named {
  readonly mentions: readonly Span[];
}

const isPlaced = (item: object): item is Placed => 'span' in item;
const isSpan = (item: object): item is Span => 'start' in item && 'end' in item;
const isNamed = (item: object): item is Named => 'mentions' in item;

function itemWithin(item: object, part: Span): object | undefined {
  if (isSpan(item)) return holds(part, item) ? item : undefined;
  if (isNamed(item)) {
    const mentions = item.mentions.filter((mention) => holds(part, mention));
    return mentions.length === 0 ? undefined : { ...item, mentions };
  }
  if (!isPlaced(item) || !holds(part, item.span)) return undefined;
  return item;
}

/** Sections that begin in the part are kept, and end where it does. */
function sectionsWithin(sections: Structure['sections'], part: Span): Structure['sections'] {
  return sections
    .filter(({ span }) => span.start >= part.start && span.start < part.end)
    .map((section) => ({ ...section, span: { start: section.span.start, end: Math.min(section.span.end, part.end) } }));
}

/** Every list of facts, without those that are not wholly in the part. */
export function factsWithin(facts: Structure, part: Span): Structure {
  const lists = Object.entries(facts).map(([name, value]: [string, unknown]) => {
    if (name === 'sections' || !Array.isArray(value)) return [name, value] as const;
    return [name, value.map((item: object) => itemWithin(item, part)).filter((item) => item !== undefined)] as const;
  });
  return { ...(Object.fromEntries(lists) as unknown as Structure), sections: sectionsWithin(facts.sections, part) };
}

const known = new WeakMap<Document, Structure>();

/** The facts of a document, found once as long as the document is held. */
export function factsOf(document: Document): Structure {
  const facts = known.get(document) ?? parseStructure(document.text);
  known.set(document, facts);
  return facts;
}
