/**
 * @file Paragraphs and sentences of English prose, as spans.
 */
import type { Span } from '../document.ts';

/** Blocks between blank lines, without surrounding white space. */
export function findParagraphs(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/g)) {
    spans.push({ start: match.index, end: match.index + match[0].trimEnd().length });
  }
  return spans;
}

/** A full stop after one of these, or after a single capital, does not end a sentence. */
const abbreviation =
  /(?:^|[\s("“'])(?:Mr|Mrs|Ms|Dr|St|Messrs|Hon|Rev|Gen|Col|Capt|Lt|Sen|Rep|Gov|Prof|Jr|Sr|No|Nos|vol|pp?|ch|art|sec|fig|etc|viz|cf|vs|est|approx|e\.g|i\.e|U\.S|U\.N|U\.K|[A-Z])\.$/;

/** Sentences inside paragraphs; a line of `Field: value` and a heading each count as one. */
export function findSentences(text: string): Span[] {
  const spans: Span[] = [];
  const end = /(?:[.!?…]+["”’')\]]*(?=\s+["“‘'([]*[\p{Lu}\d])|\n(?=.{0,80}: )|\n(?=#))/gu;
  for (const paragraph of findParagraphs(text)) {
    let from = paragraph.start;
    end.lastIndex = from;
    for (let match = end.exec(text); match !== null && match.index < paragraph.end; match = end.exec(text)) {
      const stop = match.index + match[0].length;
      if (match[0].startsWith('.') && abbreviation.test(text.slice(Math.max(from, stop - 12), stop))) continue;
      if (stop > from) spans.push(trimmed(text, from, stop));
      from = stop;
    }
    if (from < paragraph.end) spans.push(trimmed(text, from, paragraph.end));
  }
  return spans.filter((span) => span.end > span.start);
}

function trimmed(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end);
  const lead = piece.length - piece.trimStart().length;
  return { start: start + lead, end: start + lead + piece.trim().length };
}
