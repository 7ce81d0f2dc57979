/**
 * @file References that are not read as prose: the further numbers of a list, `section 16, 18 or 21`, and those in the cells of tables.
 */
import type { Span } from '../../../../corpus/document.ts';

/** A number that a text refers to. */
export interface ListedReference {
  /** `section 18`, `第十二条`. */
  readonly label: string;
  readonly span: Span;
}

const number = '(?:[A-Z]\\.)?\\d{1,3}(?:\\.\\d{1,3})*(?:\\([\\da-z]{1,3}\\))*';
const more = `(?:\\s*,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+)${number}(?!\\s*(?:%|per\\b|days?\\b|hours?\\b|months?\\b|years?\\b|weeks?\\b|metres?\\b|[\\d,.]*\\d))`;
const words: Readonly<Record<string, string>> = {
  Article: '[Aa]rticles?',
  Clause: '[Cc]lauses?',
  Section: '(?:[Ss]ections?|§§?)',
  section: '(?:[Ss]ections?|[Cc]lauses?|[Cc]hapters?|§§?)',
};

/** @param like Name of a provision of the kind that is meant. */
export function listedReferences(text: string, like: string): ListedReference[] {
  if (like.endsWith('条'))
    return [...text.matchAll(/第[一二三四五六七八九十百零〇\d]+条/g)].map(({ index, 0: label }) => ({
      label,
      span: { start: index, end: index + label.length },
    }));
  const kind = like.replace(/ \S+$/, '');
  const word = words[kind];
  if (word === undefined) return [];
  const list = new RegExp(`(?<![\\p{L}])${word}\\s*(${number}(?:${more})*)`, 'gu');
  return [...text.matchAll(list)].flatMap(({ index, 0: whole, 1: numbers = '' }) => {
    const from = index + whole.length - numbers.length;
    // What stands in parentheses is a part of the one before it.
    return [...numbers.matchAll(/(?<![\d.(])(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*(?!\))/g)].map((one) => ({
      label: `${kind} ${one[0]}`,
      span: { start: from + one.index, end: from + one.index + one[0].length },
    }));
  });
}
