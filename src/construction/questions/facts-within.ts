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

/** Of a run of fields that is cut those that stand in the part. */
function recordsWithin(records: Structure['records'], part: Span): Structure['records'] {
  return records.flatMap((record) => {
    const fields = record.fields.filter(({ span }) => holds(part, span));
    const [first, last] = [fields[0], fields.at(-1)];
    if (first === undefined || last === undefined) return [];
    const span = fields.length === record.fields.length ? record.span : { start: first.span.start, end: last.span.end };
    return [{ ...record, fields, span }];
  });
}

/** A table that the part ends in has the rows that are in it. */
function tablesWithin(tables: Structure['tables'], part: Span): Structure['tables'] {
  return tables.flatMap((table) => {
    const { span, caption } = table;
    if (holds(part, span)) return [table];
    if (span.start < part.start || span.start >= part.end) return [];
    const rows = table.rows.filter(({ cells }) => cells.every((cell) => holds(part, cell.span)));
    const { caption: _, ...rest } = table;
    const shown = { ...rest, rows, span: { start: span.start, end: part.end } };
    return rows.length === 0
      ? []
      : [caption !== undefined && holds(part, caption.span) ? { ...shown, caption } : shown];
  });
}

/** Every list of facts, without those that are not wholly in the part. */
export function factsWithin(facts: Structure, part: Span): Structure {
  const lists = Object.entries(facts).map(([name, value]: [string, unknown]) => {
    if (name === 'sections' || name === 'records' || name === 'tables' || !Array.isArray(value))
      return [name, value] as const;
    return [name, value.map((item: object) => itemWithin(item, part)).filter((item) => item !== undefined)] as const;
  });
  return {
    ...(Object.fromEntries(lists) as unknown as Structure),
    sections: sectionsWithin(facts.sections, part),
    tables: tablesWithin(facts.tables, part),
    records: recordsWithin(facts.records, part),
  };
}

/** Characters of the documents whose facts are held at once; facts take several times their text. */
const heldCharacters = 40_000_000;

const held = new Map<Document, Structure>();
let characters = 0;

/** The facts of a document; those of the documents that were asked for last are held. */
export function factsOf(document: Document): Structure {
  const known = held.get(document);
  if (known !== undefined) {
    held.delete(document);
    held.set(document, known);
    return known;
  }
  const facts = parseStructure(document.text);
  held.set(document, facts);
  characters += document.text.length;
  for (const [oldest] of held) {
    if (characters <= heldCharacters || oldest === document) break;
    held.delete(oldest);
    characters -= oldest.text.length;
  }
  return facts;
}
