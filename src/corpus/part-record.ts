/**
 * @file The record of a part of running prose (a chapter, a part of a user's own text): its number, its length, its last
 * word, and which of the recurring names comes first in it.
 */
import { anyWord } from '../word-pattern.ts';
import type { DocumentRecord, Fact } from './document.ts';
import { countWords, isLabel, spanOf } from './make-document.ts';

/** A part with its heading line. */
export interface PartText {
  readonly text: string;
  /** Offset where the heading ends and the prose begins. */
  readonly bodyStart: number;
}

/** Heading line and prose: `Chapter 3. The Spouter-Inn. 5623 words.` The heading states what the record's numbers claim. */
export function partText(options: { unit: string; number: number; title?: string; body: string }): PartText {
  const title = options.title === undefined ? '' : ` ${options.title}`;
  const heading = `${options.unit} ${options.number}.${title} ${countWords(options.body)} words.\n\n`;
  return { text: heading + options.body, bodyStart: heading.length };
}

/** The first mention of any of the names as a whole word. */
export function firstNamed(
  text: string,
  names: readonly string[],
  from: number,
): { name: string; start: number } | undefined {
  if (names.length === 0) return undefined;
  const pattern = anyWord(names);
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? undefined : { name: match[0], start: match.index };
}

/** The last word of the prose, without punctuation, where it is plain enough to be an answer. */
function lastWord(part: PartText): Fact | undefined {
  const match = /([A-Za-z][A-Za-z'-]*[A-Za-z])[^\p{L}\p{N}]*$/u.exec(part.text.slice(part.bodyStart));
  const value = match?.[1];
  if (match === null || value === undefined || !isLabel(value)) return undefined;
  const start = part.bodyStart + match.index;
  return { field: 'last word', type: 'text', value, span: { start, end: start + value.length } };
}

/** What the record of a part says of it; `key` is its unique name in the family. */
export interface PartRecordOptions {
  readonly family: string;
  readonly key: string;
  /** What the parts are called: `chapter` is also the label of their number. */
  readonly unit: string;
  readonly number: number;
  /** The recurring names of the whole work. */
  readonly names: readonly string[];
}

/** Undefined when the key cannot be shown or none of the names occurs. */
export function partRecord(part: PartText, options: PartRecordOptions): DocumentRecord | undefined {
  const named = firstNamed(part.text, options.names, part.bodyStart);
  if (!isLabel(options.key) || named === undefined) return undefined;
  const words = String(countWords(part.text.slice(part.bodyStart)));
  const wordsAt = part.text.lastIndexOf(`${words} words.\n`, part.bodyStart);
  const last = lastWord(part);
  const facts: Fact[] = [
    {
      field: 'first named',
      type: 'category',
      value: named.name,
      span: { start: named.start, end: named.start + named.name.length },
    },
    {
      field: options.unit,
      type: 'number',
      value: String(options.number),
      span: spanOf(part.text, String(options.number)),
    },
    { field: 'word count', type: 'number', value: words, span: { start: wordsAt, end: wordsAt + words.length } },
  ];
  return {
    family: options.family,
    key: options.key,
    names: options.names,
    facts: last === undefined ? facts : [...facts, last],
  };
}
