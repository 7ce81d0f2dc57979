/**
 * @file Where the facts of a draft stand, and what they prove. A quote proves what its paragraph says, and what the structure puts above it:
 * the headings it stands under, the column, row and caption of its table, the speaker of its turn, the title of its document.
 */
import type { Span } from '../../../corpus/document.ts';
import type { Structure } from '../../../corpus/structure/structure.ts';
import { aroundQuotes, type Folded, fold, locate } from '../../gates/locate.ts';
import type { Written } from '../draft.ts';
import { type ShownDocument, structureOf } from '../shown-documents.ts';
import { type Said, say } from './said.ts';

/** A fact of a draft, found in the documents. */
export interface LocatedFact {
  /** Index in the documents of the question. */
  readonly document: number;
  /** In characters of what is shown of it; several where the quote leaves words out. */
  readonly spans: readonly Span[];
  /** What it proves, folded. */
  readonly proves: readonly Folded[];
}

/** The text without marks of layout, which models leave out of quotes. */
function withoutMarks({ text, places }: Folded): Folded {
  let out = '';
  const kept: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (/[*_`|#]/.test(character) || (character === ' ' && (out === '' || out.endsWith(' ')))) continue;
    out += character;
    kept.push(places[i] ?? 0);
  }
  return { text: out, places: kept };
}

interface Searchable {
  readonly plain: Folded;
  readonly bare: Folded;
}

const searchable = new WeakMap<ShownDocument, Searchable>();

/** A document folded once for all its quotes. */
export function foldedDocument(shown: ShownDocument): Searchable {
  const known = searchable.get(shown);
  if (known !== undefined) return known;
  const plain = fold(shown.text);
  const made = { plain, bare: withoutMarks(plain) };
  searchable.set(shown, made);
  return made;
}

/** Places of a quote, which may leave words out by an ellipsis; undefined where a part is not there. */
function locateQuote(shown: ShownDocument, quote: string): Span[] | undefined {
  const { plain, bare } = foldedDocument(shown);
  const parts = quote.split(/\s*(?:\[?\.{3}\]?|\[?…+\]?)\s*/).filter((part) => part.trim() !== '');
  const spans = parts.map((part) => locate(plain, part) ?? locate(bare, withoutMarks(fold(part)).text));
  return parts.length > 0 && spans.every((span) => span !== undefined) ? spans : undefined;
}

const holds = (outer: Span, { start, end }: Span): boolean => outer.start <= start && end <= outer.end;

/** What structure says of a place. */
function headsOf(text: string, facts: Structure, place: Span): string[] {
  const sections = facts.sections.filter(({ span }) => holds(span, place));
  const tables = facts.tables.filter(({ span }) => holds(span, place));
  const turns = facts.turns.filter(({ span }) => span.start <= place.start && place.start < span.end);
  const records = facts.records.filter(({ span }) => holds(span, place)).map(({ span }) => span);
  return [
    ...sections.map(({ span, bodyStart }) => text.slice(span.start, bodyStart)),
    ...tables.flatMap(({ caption, columns, rows }) => [
      caption?.text ?? '',
      ...columns.map(({ header }) => header),
      ...rows
        .filter(({ cells }) => cells.some(({ span }) => span.start < place.end && place.start < span.end))
        .map(({ cells }) => cells.map(({ value }) => value).join(' ')),
    ]),
    ...turns.map(({ speaker }) => speaker),
    ...records.map(({ start }) => text.slice(text.lastIndexOf('\n', start) + 1, start)),
  ].filter((head) => head.trim() !== '');
}

/** A quote shorter than this proves nothing, unless it is a line of its own (a cell, a field). */
const leastQuote = { letters: 8, han: 4 };

function isTooShort(quote: string, text: string, { start, end }: Span): boolean {
  const han = quote.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han >= leastQuote.han || (quote.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= leastQuote.letters) return false;
  const stop = text.indexOf('\n', end);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, stop < 0 ? undefined : stop).trim();
  return line.length <= 3 || line !== quote.trim();
}

/** What is wrong with a fact that was not found. */
export interface Unfound {
  readonly said: Said;
}

/** Whether a fact was not found. */
export const isUnfound = (fact: LocatedFact | Unfound): fact is Unfound => 'said' in fact;

function located(shown: readonly ShownDocument[], quote: string): LocatedFact | Unfound {
  for (const [document, one] of shown.entries()) {
    const spans = locateQuote(one, quote);
    const [first] = spans ?? [];
    if (spans === undefined || first === undefined) continue;
    if (isTooShort(quote, one.text, first))
      return { said: say(`the quote is too short to prove anything: ${quote}`, `引文太短，证明不了什么：${quote}`) };
    const facts = structureOf(one.document);
    const heads = spans.flatMap((span) => headsOf(one.text, facts, span));
    const proves = [...aroundQuotes(one.text, spans), ...heads, one.title].map(fold);
    return { document, spans, proves };
  }
  return {
    said: say(
      `the quote does not stand in the documents: "${quote.slice(0, 100)}"`,
      `文档中没有这句引文：“${quote.slice(0, 100)}”`,
    ),
  };
}

/** The facts of a draft in its order, each found or with what is wrong with it. */
export function locateFacts(
  { facts }: Pick<Written, 'facts'>,
  shown: readonly ShownDocument[],
  offered: readonly string[],
): (LocatedFact | Unfound)[] {
  return facts.map(({ quote }) => {
    const number = /^#\s*(\d+)$/.exec(quote.trim())?.[1];
    if (number === undefined) return located(shown, quote);
    const known = offered[Number(number) - 1];
    return known === undefined
      ? { said: say(`there is no offered fact ${quote}`, `没有编号为 ${quote} 的事实`) }
      : located(shown, known);
  });
}

/** Whether one of the texts holds the words whole. */
export const isProved = (words: string, proves: readonly Folded[]): boolean =>
  proves.some((passage) => locate(passage, words, true) !== undefined);
