/**
 * @file Where a quote or an item of a key stands in a document, up to letter case, kind of quotation marks and white space: how people
 * and models vary a quote.
 */
import type { Span } from '../../corpus/document.ts';
import { isWhole } from '../whole-words.ts';

/** A text made comparable by `fold`, with the way back to the original. */
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

/** A text as `fold` gives it, without space at its ends and without places. */
export const foldedText = (text: string): string => fold(text).text.trim();

/** How often a wording stands in a text as words of its own, up to `most`; both folded. */
export function timesStanding(text: string, wording: string, most = 2): number {
  let times = 0;
  for (let at = text.indexOf(wording); at >= 0 && times < most; at = text.indexOf(wording, at + 1))
    if (isWhole(text, at, at + wording.length)) times++;
  return times;
}

/** Where a quote stands in a document; `whole` asks that it cuts no word. */
export function locate(document: string | Folded, quote: string, whole = false): Span | undefined {
  const folded = typeof document === 'string' ? fold(document) : document;
  const wanted = foldedText(quote);
  if (wanted === '') return undefined;
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1)) {
    if (whole && !isWhole(folded.text, at, at + wanted.length)) continue;
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
