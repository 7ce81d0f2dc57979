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

const caption =
  /^[ \t]*[*_]{0,2}(?:(Table|TABLE|表格?)|(Figure|FIGURE|Fig\.|图)) ?([A-Z]?\.?\d{1,3}(?:[.-]\d{1,3}){0,2}|[IVX]{1,6}(?![A-Za-z]))[*_]{0,2}(?:[.:：|—–-]|[ \u3000]{1,4}(?=[\p{Lu}\p{Script=Han}“"])|[*_]{0,2}[ \t]*$)/gmu;

/** All captions in text order. The line does not go on as a sentence: `Table 3 shows ...`. */
export function findCaptions(text: string): Caption[] {
  return [...text.matchAll(caption)].map((match) => {
    const [, table, , number = ''] = match;
    const end = text.indexOf('\n', match.index + match[0].length);
    const kind = table === undefined ? 'figure' : 'table';
    return { kind, number, span: { start: match.index, end: end < 0 ? text.length : end } };
  });
}
