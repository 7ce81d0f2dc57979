/**
 * @file Paragraphs and sentences of English and Chinese prose, as spans.
 */
import type { Span } from '../document.ts';
import { chineseSentences } from '../facts/chinese.ts';

/** Blocks between blank lines, without surrounding white space. One expression for it all would overflow on a book in one line. */
export function findParagraphs(text: string): Span[] {
  const spans: Span[] = [];
  const first = /\S/g;
  const blank = /\n\s*\n/g;
  for (let from = 0; from < text.length; ) {
    first.lastIndex = from;
    const start = first.exec(text)?.index;
    if (start === undefined) break;
    blank.lastIndex = start;
    const stop = blank.exec(text)?.index ?? text.length;
    spans.push({ start, end: start + text.slice(start, stop).trimEnd().length });
    from = stop;
  }
  return spans;
}

/** A full stop after one of these, or after a single capital, does not end a sentence. */
const abbreviation =
  /(?:^|[\s("“'])(?:Mr|Mrs|Ms|Dr|St|Messrs|Hon|Rev|Gen|Col|Capt|Lt|Sgt|Maj|Adm|Cllr|Supt|Mt|Mme|Mlle|Sen|Rep|Gov|Prof|Jr|Sr|No|Nos|vol|pp?|ch|art|sec|fig|etc|viz|cf|vs|est|approx|e\.g|i\.e|U\.S|U\.N|U\.K|[A-Z])\.$/;

/** Before a number these are abbreviations too: `Jan. 5`, `Fig. 3`, `Sec. 2`. */
const beforeNumber =
  /(?:^|[\s("“'])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Figs?|Secs?|Eqs?|Chap|Ch|Vol|Art|Tab|Refs?)\.$/;

/** `7.40 p.m. Thursday`, `at 9 a.m. 4 May`. */
const clockTime = /\d ?[ap]\.m\.$/;
const dayBehind = /^\s+(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)/;

const chineseStop = /\p{Script=Han}[”’」』）]*[。！？；]/u;

/** Sentences inside paragraphs; a line of `Field: value` and a heading each count as one. */
export function findSentences(text: string): Span[] {
  const spans: Span[] = [];
  const end = /(?:(?<![.!?…])[.!?…]+["”’')\]]*(?=\s+["“‘'([]*[\p{Lu}\d])|\n(?=.{0,80}: )|\n(?=#))/gu;
  for (const paragraph of findParagraphs(text)) {
    const block = text.slice(paragraph.start, paragraph.end);
    if (chineseStop.test(block)) {
      spans.push(...chineseSentences(text, paragraph));
      continue;
    }
    let from = 0;
    for (const match of block.matchAll(end)) {
      const stop = match.index + match[0].length;
      const before = block.slice(Math.max(from, stop - 12), stop);
      if (match[0].startsWith('.') && abbreviation.test(before)) continue;
      if (beforeNumber.test(before) && /^\s+[([]?\d/.test(block.slice(stop, stop + 4))) continue;
      if (clockTime.test(before) && dayBehind.test(block.slice(stop, stop + 14))) continue;
      if (stop > from) spans.push(trimmed(text, paragraph.start + from, paragraph.start + stop));
      from = stop;
    }
    if (from < block.length) spans.push(trimmed(text, paragraph.start + from, paragraph.end));
  }
  return spans.filter((span) => span.end > span.start);
}

function trimmed(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end);
  const lead = piece.length - piece.trimStart().length;
  return { start: start + lead, end: start + lead + piece.trim().length };
}
