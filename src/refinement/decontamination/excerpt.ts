/**
 * @file What a report shows of a text: shared words as they were written, with those around them. Words are counted in their compared
 * form, which has no places; so lines are counted whole, and the pieces of those that are needed one by one.
 */
import type { WordForm } from './word-form.ts';

/** An ellipsis stands where the text goes on. */
export interface Excerpt {
  readonly before: string;
  readonly shared: string;
  readonly after: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Words around the shared ones. */
const around = 25;

/** Where the words from `from` to `to` stand; words of one piece stand in the same place. */
function spans({ words, piece }: WordForm, text: string, from: number, to: number): Span[] {
  const found: Span[] = [];
  let count = 0;
  for (const line of text.matchAll(/[^\n]+/g)) {
    if (count >= to) break;
    const inLine = words(line[0]).length;
    if (count + inLine <= from) {
      count += inLine;
      continue;
    }
    for (const part of line[0].matchAll(piece)) {
      const start = line.index + part.index;
      const inPiece = words(part[0]).length;
      for (let i = 0; i < inPiece; i++, count++)
        if (count >= from && count < to) found.push({ start, end: start + part[0].length });
    }
  }
  return found;
}

/** `length` words of a text from word `start` on. */
export function excerptOf(form: WordForm, text: string, start: number, length: number): Excerpt {
  const from = Math.max(0, start - around);
  const found = spans(form, text, from, start + length + around);
  const [first, last] = [found[start - from], found[Math.min(found.length, start - from + length) - 1]];
  if (first === undefined || last === undefined) return { before: '', shared: '', after: '' };
  const end = Math.max(last.end, found.at(-1)?.end ?? 0);
  const goesOn = text.slice(end).search(/[\p{L}\p{N}]/u) >= 0;
  return {
    before: `${from > 0 ? '… ' : ''}${text.slice(found[0]?.start ?? 0, first.start)}`,
    shared: text.slice(first.start, last.end),
    after: goesOn ? `${text.slice(last.end, end)} …` : text.slice(last.end),
  };
}
