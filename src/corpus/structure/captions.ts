/** @file Captions: lines that begin with `Table 3`, `Figure 2.1:`, `表3`, `图 2`, and the places that they name. */
import type { Span } from '../document.ts';

/** What a caption names. */
export interface Caption {
  readonly kind: 'table' | 'figure';
  /** `3`, `2.1`, `A-4`. */
  readonly number: string;
  /** The line. */
  readonly span: Span;
}

/** Where one could begin; the rest is looked at there only. */
const mark = /T(?:able|ABLE)\b|F(?:igure|IGURE|ig\.)|表|图/g;
const caption =
  /[ \t]*[*_]{0,2}(?:(Table|TABLE|表格?)|(?:Figure|FIGURE|Fig\.|图)) ?([A-Z]?\.?\d{1,3}(?:[.-]\d{1,3}){0,2}|[IVX]{1,6}(?![A-Za-z])|[A-Z](?=[*_]{0,2}[.:：]))[*_]{0,2}(?:[ \u3000]?[.:：|—–-]|[ \u3000]{1,4}(?=[\p{Lu}\p{Script=Han}“"]|\d{4}[年—–-])|[*_]{0,2}[ \t]*(?:\n|$))/uy;
/** Blanks and signs before the word. */
const longestLead = 80;

/** All captions in text order. The line does not go on as a sentence: `Table 3 shows ...`. */
export function findCaptions(text: string): Caption[] {
  return [...text.matchAll(mark)].flatMap(({ index }): Caption[] => {
    const near = text.slice(Math.max(0, index - longestLead), index);
    const start = index - near.length + near.lastIndexOf('\n') + 1;
    if (start > 0 && text.charCodeAt(start - 1) !== 10) return [];
    caption.lastIndex = start;
    const [, table, number = ''] = caption.exec(text) ?? [];
    if (number === '') return [];
    const end = text.indexOf('\n', index);
    return [
      { kind: table === undefined ? 'figure' : 'table', number, span: { start, end: end < 0 ? text.length : end } },
    ];
  });
}
