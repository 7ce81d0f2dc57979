/**
 * @file Where a quote or an item of a key stands in a document, up to letter case, kind of quotation marks and white space: how people
 * and models vary a quote.
 */
import type { Span } from '../../corpus/document.ts';

export interface Folded {
  readonly text: string;
  /** Place in the original of each character. */
  readonly places: readonly number[];
}

/** Lower case, one kind of quotes and dashes, one space. */
export function fold(text: string): Folded {
  let out = '';
  const places: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = (text[i] ?? '').replace(/[‘’]/, "'").replace(/[“”]/, '"').replace(/[–—]/, '-').replace(/\s/, ' ');
    if (character === ' ' && (out === '' || out.endsWith(' '))) continue;
    const lower = character.toLowerCase();
    // A letter whose lower case is longer keeps its own, so that places stay aligned.
    out += lower.length === 1 ? lower : character;
    places.push(i);
  }
  return { text: out, places };
}

export const foldedText = (text: string): string => fold(text).text.trim();

/** Letters and digits that belong to the same word; Chinese characters stand next to each other in different ones. */
const wordCharacter = /^(?!\p{Script=Han})[\p{L}\p{N}]$/u;

/** True where a match does not begin or end inside a word or a figure. */
function standsAlone(text: string, start: number, end: number): boolean {
  const [before, first, last, after] = [text[start - 1], text[start], text[end - 1], text[end]].map((c) => c ?? ' ');
  const joined = (a = ' ', b = ' '): boolean => wordCharacter.test(a) && wordCharacter.test(b);
  const cutFigure =
    /^[\d,.]*\d/.test(text.slice(start, end)) && /\d[.,]$/.test(text.slice(Math.max(0, start - 2), start));
  const cutAfter = /\d$/.test(last ?? '') && /^[.,]\d/.test(text.slice(end, end + 2));
  return !joined(before, first) && !joined(last, after) && !cutFigure && !cutAfter;
}

/** How often a wording stands in a text as words of its own, up to `most`; both folded. */
export function timesStanding(text: string, wording: string, most = 2): number {
  let times = 0;
  for (let at = text.indexOf(wording); at >= 0 && times < most; at = text.indexOf(wording, at + 1))
    if (standsAlone(text, at, at + wording.length)) times++;
  return times;
}

/** Where a quote stands in a document; `whole` asks that it cuts no word. */
export function locate(document: string | Folded, quote: string, whole = false): Span | undefined {
  const folded = typeof document === 'string' ? fold(document) : document;
  const wanted = foldedText(quote);
  if (wanted === '') return undefined;
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1)) {
    if (whole && !standsAlone(folded.text, at, at + wanted.length)) continue;
    const [start, last] = [folded.places[at], folded.places[at + wanted.length - 1]];
    return start === undefined || last === undefined ? undefined : { start, end: last + 1 };
  }
  return undefined;
}

/** Characters beside a quote that still belong to what it proves. */
const besideQuote = 300;

/** The passages that quotes stand in: their paragraphs, a few hundred characters on each side at most. */
export function aroundQuotes(text: string, quotes: readonly Span[]): string[] {
  return quotes.map(({ start, end }) => {
    const paragraphStart = text.lastIndexOf('\n\n', start) + 1;
    const stop = text.indexOf('\n\n', end);
    const from = Math.max(paragraphStart, start - besideQuote);
    return text.slice(from, Math.min(stop < 0 ? text.length : stop, end + besideQuote));
  });
}
