/**
 * @file Builds a `Document` whose facts carry evidence spans, and refuses a fact that its evidence does not prove.
 */
import { createHash } from 'node:crypto';
import type { Document, DocumentRecord, Fact, Span } from './document.ts';
import { alignedBlocks } from './tables/aligned/aligned-blocks.ts';

/** Hex SHA-256 of a text's UTF-8 bytes. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

const oneBlank = (text: string): string =>
  text
    .replace(/[^\S\n ][^\S\n]*| [^\S\n]+/g, ' ')
    .replace(/ \n ?|\n /g, '\n')
    .replace(/\n{3,}/g, '\n\n');

/** Fewer lines are no chat. */
const leastChat = 3;

/** Lines in columns keep their blanks and tabs; other kinds of spaces become blanks as wide. */
const inColumns = (lines: string): string => lines.replace(/[^\S\n\t\u3000]/g, ' ').replace(/(?<! ) +$/gm, '');

/** Lines of a chat in columns: `21:14:40\tann\twords`. */
const chatLine = /^[^\n\t]{0,24}\d:\d\d(?::\d\d)?\t[^\n]+/gm;

/** What keeps its blanks: tables, and lines of chats, in order and apart. */
function blocksOf(text: string): Span[] {
  const blocks = alignedBlocks(text);
  const lines = text.includes('\t')
    ? Array.from(text.matchAll(chatLine), ({ index, 0: { length } }) => ({ start: index, end: index + length }))
    : [];
  if (lines.length < leastChat) return blocks;
  let at = 0;
  const apart = lines.filter(({ start }) => {
    while ((blocks[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    return (blocks[at]?.start ?? Number.POSITIVE_INFINITY) > start;
  });
  return [...blocks, ...apart].sort((a, b) => a.start - b.start);
}

/**
 * Spaces of every kind become one blank, line ends become `\n`, three or more line ends become two; but tables that are set out by blanks
 * or tabs stay as they stand. The patterns match what changes only: a single blank left alone costs no memory.
 */
export function normaliseWhitespace(text: string): string {
  const mended = text.normalize('NFC').replace(/\r\n?/g, '\n');
  const blocks = blocksOf(mended);
  if (blocks.length === 0) return oneBlank(mended).trim();
  let from = 0;
  const parts: string[] = [];
  for (const { start, end } of blocks) {
    const between = oneBlank(mended.slice(from, start));
    parts.push(from === 0 ? between.trimStart() : between, inColumns(mended.slice(start, end)));
    from = end;
  }
  parts.push(oneBlank(mended.slice(from)));
  return parts.join('').trimEnd();
}

/** Code units that `\s` matches beyond the ASCII ones. */
const wideSpaces = new Set([...'\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff'].map((space) => space.charCodeAt(0)));
const isSpace = (code: number): boolean =>
  code <= 32 ? code === 32 || (code >= 9 && code <= 13) : (code >= 0x2000 && code <= 0x200a) || wideSpaces.has(code);

/** Number of whitespace-separated words. A loop, because the corpus is counted more than once and an array of its words is 100 MB. */
export function countWords(text: string): number {
  let words = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inside && code > 32 && code < 128) continue;
    const space = code < 128 ? code <= 32 && isSpace(code) : isSpace(code);
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
}

/** A Chinese text has about two words for three characters. */
const charactersPerWord = 1.5;

/** Words of a text in either language: whitespace does not separate Chinese ones. */
export function textWords(text: string, language: Document['language']): number {
  if (language !== 'zh') return countWords(text);
  let [han, latin, inside] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x3400 && code <= 0x9fff) han++;
    // Names, numbers and codes in Latin letters stand between Chinese ones without spaces.
    const letter = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (letter && !inside) latin++;
    inside = letter;
  }
  return Math.ceil(han / charactersPerWord) + latin;
}

/** Longest key or text value that a record shows, in characters. */
export const maxLabelLength = 24;

/** True for what may stand as a key or text value in a one-line record: short, ASCII, free of the line's separators. */
export function isLabel(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= maxLabelLength &&
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) &&
    !/[():;,]/.test(text)
  );
}

/** `1,204` -> `1204`; undefined unless a plain non-negative integer of at most five digits. */
export function plainInteger(text: string): string | undefined {
  const digits = text.replaceAll(',', '');
  return /^\d{1,5}$/.test(digits) ? String(Number(digits)) : undefined;
}

/** The canonical form that evidence and value are compared in: lower case, thousands separators removed. */
const canonical = (text: string): string => text.replace(/(?<=\d),(?=\d{3})/g, '').toLowerCase();

/** True when the text at the fact's span states the fact's value. */
export function provesFact(text: string, fact: Fact): boolean {
  return canonical(text.slice(fact.span.start, fact.span.end)).includes(canonical(fact.value));
}

/** The span of `needle` at or after `from`. @throws Error when it is not there (a reader's bug). */
export function spanOf(text: string, needle: string, from = 0): Span {
  const start = text.indexOf(needle, from);
  if (start < 0) throw new Error(`evidence ${JSON.stringify(needle)} is not in the text after offset ${from}`);
  return { start, end: start + needle.length };
}

/** Adds the hash and checks the record's evidence. @throws Error on a fact without evidence (a reader's bug). */
export function makeDocument(
  fields: Omit<Document, 'sha256' | 'record'> & { record?: DocumentRecord | undefined },
): Document {
  const { record, ...rest } = fields;
  for (const fact of record?.facts ?? []) {
    if (!provesFact(fields.text, fact)) {
      const shown = JSON.stringify(fields.text.slice(fact.span.start, fact.span.end));
      throw new Error(`${fields.id}: the evidence ${shown} does not state ${fact.field} = ${fact.value}`);
    }
  }
  const document: Document = { ...rest, sha256: sha256(fields.text) };
  return record === undefined ? document : { ...document, record };
}
