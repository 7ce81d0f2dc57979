/**
 * @file Terms of a reading that questions ask about: recurring names in English, recurring words in Chinese; and where they stand.
 */

import type { Document } from '../../corpus/document.ts';
import { findNames } from '../../corpus/facts/names.ts';
import type { Random } from '../../random.ts';
import { anyWord, escaped } from '../../word-pattern.ts';
import type { ReadingLanguage } from './phrase.ts';
import type { Reading, Unit } from './reading.ts';

const cache = new WeakMap<Document, readonly string[]>();

/** Words of two or more characters that recur in a Chinese text. Per line: segmenting a whole book at once runs out of memory. */
function chineseWords(text: string): string[] {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const counts = new Map<string, number>();
  for (const line of text.split('\n'))
    for (const { segment } of segmenter.segment(line))
      if (/^\p{Script=Han}{2,6}$/u.test(segment)) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= 3).map(([word]) => word);
}

/** Terms that recur in a document, at most 60, most frequent first. */
export function termsOf(document: Document): readonly string[] {
  const known = cache.get(document);
  if (known !== undefined) return known;
  const found =
    document.language === 'zh' ? chineseWords(document.text) : findNames(document.text).map(({ name }) => name);
  const terms = found.filter((name) => name.length >= (document.language === 'zh' ? 2 : 3) && !/[“”"]/.test(name));
  const kept = terms.slice(0, 60);
  cache.set(document, kept);
  return kept;
}

/** Occurrences as a whole word (in Chinese: anywhere), as offsets. */
export function occurrences(text: string, term: string, language: ReadingLanguage): number[] {
  const found: number[] = [];
  if (!text.includes(term)) return found;
  const pattern = language === 'zh' ? new RegExp(escaped(term), 'gu') : anyWord([term]);
  for (const match of text.matchAll(pattern)) found.push(match.index);
  return found;
}

/** A term with its mentions in one reading. */
export interface TermCount {
  readonly term: string;
  readonly total: number;
  /** Units that hold it, with how often. */
  readonly units: readonly { readonly unit: Unit; readonly count: number }[];
}

/** Counts a term unit by unit; units without it are left out. */
export function countTerm(reading: Reading, term: string): TermCount {
  const units = reading.units
    .map((unit) => ({ unit, count: occurrences(unit.text, term, reading.language).length }))
    .filter(({ count }) => count > 0);
  return { term, total: units.reduce((sum, { count }) => sum + count, 0), units };
}

/** Terms of the reading's documents that occur in it, in random order. None contains another. */
export function drawTerms(reading: Reading, count: number, rng: Random): TermCount[] {
  const documents = [...new Set(reading.units.map((unit) => unit.document))];
  const all = [...new Set(rng.sample(documents, 12).flatMap((document) => [...termsOf(document)]))];
  const chosen: TermCount[] = [];
  for (const term of rng.sample(all, 8 * count)) {
    if (chosen.some((other) => other.term.includes(term) || term.includes(other.term))) continue;
    const counted = countTerm(reading, term);
    if (counted.total > 0) chosen.push(counted);
    if (chosen.length === count) break;
  }
  return chosen;
}

/** Index of the first unit that holds the term. */
export const placeOf = (reading: Reading, { units: [first] }: TermCount): number =>
  first === undefined ? -1 : reading.units.indexOf(first.unit);
