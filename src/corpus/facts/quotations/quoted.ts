/** @file Words between quotation marks, and whether they are somebody's by their look. */
import type { Span } from '../../document.ts';

/** Words with their marks around. */
export interface Quoted {
  readonly span: Span;
  /** With its marks. */
  readonly outer: Span;
}

const pairs =
  '“([^“”]{1,1500})”|「([^「」]{1,1500})」|『([^『』]{1,1500})』|„([^„“”]{1,1500})[“”]|«\\s?([^«»]{1,1500}?)\\s?»';
const curved = new RegExp(pairs, 'g');
const both = new RegExp(`${pairs}|"([^"]{1,1500})"`, 'g');

/** Marks that open a quotation: a paragraph without them has none. */
export const opening = /["“「『‘„«]/;

/** Words between marks in a paragraph; straight marks pair off within it. */
export function quotedIn(text: string, { start, end }: Span): Quoted[] {
  const block = text.slice(start, end);
  const straight = block.includes('"') && (block.split('"').length - 1) % 2 === 0 && !/\d"/.test(block);
  // German opens with what closes elsewhere.
  const read = block.includes('„') ? block.replace(/„([^„“”]{1,1500})“/g, '„$1”') : block;
  const found = [...read.matchAll(straight ? both : curved)];
  const single =
    found.length === 0 && block.includes('‘')
      ? [...block.matchAll(/(?<![\p{L}\d])‘((?:[^‘’]|’(?=\p{L})){2,1500}?[,.!?—])’(?!\p{L})/gu)]
      : [];
  return [...found, ...single].map((match) => {
    const words = match.slice(1).find((group) => group !== undefined) ?? '';
    const from = start + match.index;
    const at = from + match[0].indexOf(words, 1);
    return { span: { start: at, end: at + words.length }, outer: { start: from, end: from + match[0].length } };
  });
}

const isSentence = (words: string): boolean =>
  /^[\p{Lu}\d…‘'—]/u.test(words) ? /[.,!?…—;]$/.test(words) && /(?:\S+\s+){4}\S/.test(words) : false;
const isChineseSentence = (words: string): boolean => /[。！？…～]$/.test(words) && words.length > 3;

/** Whether words look like a sentence that is said. */
export const isSpeech = (words: string): boolean =>
  /\p{Script=Han}/u.test(words) ? isChineseSentence(words) : isSentence(words);
