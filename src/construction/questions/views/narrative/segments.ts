/**
 * @file A text by its headings: what stands between two of them, with the sentences that can be quoted from it and the names that are told
 * apart in it.
 */

import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import { escaped } from '../../../../word-pattern.ts';
import type { ContextDocument } from '../../question.ts';
import { isWhole } from '../provisions/quoting.ts';

/** The text under one heading, up to the next heading of any kind. */
export interface Segment {
  /** The heading as it stands, without the marks of Markdown and without its number. */
  readonly title: string;
  readonly span: Span;
  readonly text: string;
}

const longestTitle = 80;
const leastText = { en: 300, zh: 120 };

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Answers are read without the numbers that their lines begin with. */
const unnumbered = (title: string): string =>
  title.replace(
    /^(?:\d+(?:\.\d+)*[.、]?\s+|[一二三四五六七八九十]{1,3}、\s*|（[一二三四五六七八九十]{1,3}）\s*)(?=\S)/u,
    '',
  );

/** A heading without its marks, where it stands on one line. */
function titleOf(head: string): string | undefined {
  const lines = head.split('\n').filter((line) => /[\p{L}\d]/u.test(line));
  const title = oneLine(
    (lines[0] ?? '')
      .replace(/^#+\s*/, '')
      .replace(/\s#+$/, '')
      .replace(/[*_]{2}|¶/g, ''),
  );
  return lines.length === 1 && title.length > 0 && title.length <= longestTitle ? unnumbered(title) : undefined;
}

/** `Chapter 4` above a line of its own: that is the title, and the heading is its number. */
const isNumber = ({ title, text }: Segment): boolean =>
  /^(?:chapter|part|section|book|appendix|unit|lesson) (?:\d+|[ivxlc]+|[a-z])\.?$|^第 ?[\d一二三四五六七八九十百零〇]+ ?[章节回卷部编]$/iu.test(
    title,
  ) && /^\s*[^\n]{1,80}[^.!?:;,。！？：；，\n]\n\s*\n/u.test(text);

/** The parts of the shown text that a heading tells apart; headings that come twice are left out. */
export function segmentsOf({ document, facts, span }: ContextDocument): Segment[] {
  // The head of a table may look like a heading: what stands below it belongs to the heading above.
  const sections = facts.sections.filter(
    (section) =>
      !facts.tables.some((table) => table.span.start < section.bodyStart + 3 && section.span.start < table.span.end),
  );
  const all = sections.flatMap((section, i): Segment[] => {
    const title = titleOf(document.text.slice(section.span.start, section.bodyStart));
    const end = Math.min(sections[i + 1]?.span.start ?? span.end, span.end);
    if (title === undefined || end <= section.bodyStart) return [];
    const own = { start: section.bodyStart, end };
    return [{ title, span: own, text: document.text.slice(own.start, own.end) }];
  });
  return all.filter(
    ({ title, text, span: own }) =>
      !isNumber({ title, text, span: own }) &&
      text.trim().length >= (isHan(text) ? leastText.zh : leastText.en) &&
      all.filter((other) => other.title === title).length === 1,
  );
}

const quoted = { en: { least: 45, most: 150 }, zh: { least: 14, most: 60 } };
/** Begins with a number or a sign, a label, or leans on what is before it. */
const pointing =
  /^[^\p{L}]|^\p{Lu}[\p{Lu} .'’-]{2,30}[:：]|^(?:on|of|by|in|with|without|besides|after|before|instead|only|then|now|again|even|still|some|most|all|others?|another|one|two|three|four|five|each|every|none|neither|the (?:latter|former|other|others|same|first|second|third|last|rest|remainder))\b(?=[^,]{0,12}(?:\b(?:it|this|that|these|those|them|they|latter|former|last|other)\b|,))/iu;
/** A list of names is no sentence. */
const leastSmall = 0.5;
const isProse = (words: string): boolean => {
  const all = words.match(/\p{L}+/gu) ?? [];
  return isHan(words) || all.filter((word) => /^\p{Ll}/u.test(word)).length >= leastSmall * all.length;
};

/** Entries of manuals that have no subject, and what sends the reader elsewhere. */
const fragment =
  /^(?:See|Note|Cf|Changed in|New in|Added in|Deprecated|Default|In (?:such|this|that|these|those|addition)|\p{Lu}\p{Ll}+s (?:the|an?|that|whether|if|to))\b/u;
/** Words that stand for something told elsewhere. */
const standIn =
  /\b(?:it|they|them|these|those|he|she|him|latter|former|there(?! (?:is|are|was|were|has|have|had)\b)|here)\b|^the one\b|[他她它]们?|前者|后者|上述|该/iu;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{Script=Han}{2}|\p{L}{4,}/gu) ?? [];

const isMostlyHan = (text: string): boolean => (text.match(/\p{Script=Han}/gu)?.length ?? 0) > 0.2 * text.length;

/** `2.2 Randomisation. A sequence was drawn.`: a numbered heading that runs into its paragraph, nearer than the heading of the part. */
const runIn = /(?:^|\n)[ \t]*(?:\*\*|_)?\d{1,2}(?:\.\d{1,2})+\.?[ \t]+\p{Lu}[^.\n]{2,60}\.[*_]{0,2}[ \t]+\p{Lu}/u;
/** An entry of a list of works: `3. Lindqvist M. Named messages. Notes 2019; 31: 5–12.` */
const ofReferences = /\b(?:19|20)\d\d;|\bdoi:|\bet al\b|\d+: ?\d+[–-]\d+/i;

/** Whether a sentence stands in a paragraph with a heading of its own, or below one of such a part. */
function isBesideRunIn(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - runInReach), start);
  const heading = before.search(/\n#{1,6} [^\n]*\n(?![\s\S]*\n#{1,6} )/);
  const [line = ''] = text.slice(text.lastIndexOf('\n', start) + 1).split('\n', 1);
  return runIn.test(before.slice(Math.max(0, heading))) || runIn.test(line) || ofReferences.test(line);
}

/** Signs above a sentence among which its nearest heading is looked for. */
const runInReach = 3000;

/** Sentences of a part that can be quoted: whole, plain, and without words of the titles that they are to be matched with. */
export function quotable(text: string, sentences: readonly Span[], part: Span, titles: readonly string[]): Span[] {
  const told = new Set(titles.flatMap(wordsOf));
  const han = isMostlyHan(text.slice(part.start, part.start + 4000));
  return sentences.filter(({ start, end }) => {
    if (start < part.start || end > part.end) return false;
    const words = text.slice(start, end);
    // What stands behind a semicolon is the rest of a sentence.
    if (/[;；:：,，、]\s*$/.test(text.slice(Math.max(0, start - 3), start))) return false;
    // Below a listing a line may be the rest of its last one.
    if (/```\s*$/.test(text.slice(Math.max(0, start - 12), start)) || isBesideRunIn(text, start)) return false;
    // What is not translated is no sentence of the text.
    if (isHan(words) !== han) return false;
    const { least, most } = isHan(words) ? quoted.zh : quoted.en;
    return (
      words.length >= least &&
      words.length <= most &&
      !/[\n|#*`“”"「」[\]]|https?:/.test(words) &&
      !pointing.test(words) &&
      isWhole(words) &&
      isProse(words) &&
      (han || /^\p{Lu}/u.test(words)) &&
      !fragment.test(words) &&
      !standIn.test(words) &&
      /[.!。！]$/.test(words) &&
      !wordsOf(words).some((word) => told.has(word))
    );
  });
}

const inWords = (name: string): RegExp =>
  isHan(name)
    ? new RegExp(escaped(name), 'u')
    : new RegExp(`(?<![\\p{L}\\d])${escaped(name).replace(/ /g, '\\s+')}(?![\\p{L}\\d])`, 'u');

/** `Belle of Carrow`, `Carrow Line`: part of another name. */
const apart = (name: string): RegExp =>
  new RegExp(
    `(?<!\\p{Lu}[\\p{L}’'-]* (?:of|de|von|van) (?:the )?)${inWords(name).source}(?!(?:\\s|-)\\p{Lu}\\p{L})`,
    'u',
  );

/** What else a Chinese person is called by: 陈阿渡 is 阿渡 and 老陈. */
const shortForms = (name: string): string[] => {
  const [surname = '', ...given] = name;
  const titles = ['先生', '女士', '小姐', '太太', '老师', '医生', '老板', '主任', '经理', '师傅'];
  return [
    ...(given.length > 1 ? [given.join('')] : []),
    ...(given.length > 2 ? [given.slice(1).join('')] : []),
    ...['老', '小', '阿'].map((before) => `${before}${surname}`),
    ...titles.map((title) => `${surname}${title}`),
  ];
};

/** A name with the parts that have it, by their number. */
export interface PlacedName {
  readonly name: string;
  readonly kind: Structure['names'][number]['kind'];
  readonly held: ReadonlySet<number>;
}

const kinds = new Set(['person', 'place', 'organisation']);
const mostNames = 60;

/**
 * Names that are written one way: none that is part of another name, none whose bearer some part calls by one word of it.
 *
 * @param texts The parts that are told apart.
 */
export function placedNames(names: Structure['names'], texts: readonly string[]): PlacedName[] {
  const proper = names.filter(
    ({ kind, name }) => kinds.has(kind) && (isHan(name) ? name.length >= 2 : name.length >= 4),
  );
  return proper.slice(0, mostNames).flatMap(({ name, kind }): PlacedName[] => {
    if (names.some((other) => other.name !== name && inWords(name).test(other.name))) return [];
    const holders = (words: string): number[] => texts.flatMap((text, i) => (inWords(words).test(text) ? [i] : []));
    const held = holders(name);
    const words = isHan(name) ? [] : name.split(' ').filter((word) => /^\p{Lu}\p{L}{2,}/u.test(word));
    const called = words.length > 1 && words.some((word) => holders(word).length > held.length);
    // A short form, or a longer name, that changes which parts have it would make the answer a matter of opinion.
    const short =
      kind === 'person' &&
      isHan(name) &&
      shortForms(name).some((words) => new Set([...held, ...holders(words)]).size > held.length);
    const within = !isHan(name) && held.some((i) => !apart(name).test(texts[i] ?? ''));
    const upper = !isHan(name) && texts.some((text, i) => !held.includes(i) && text.includes(name.toUpperCase()));
    return called || upper || short || within || held.length === 0 ? [] : [{ name, kind, held: new Set(held) }];
  });
}

/** The first place of a name in a part. */
export function placeOf(name: string, { span, text }: Segment): Span {
  const match = inWords(name).exec(text);
  const start = span.start + (match?.index ?? 0);
  return { start, end: start + (match?.[0].length ?? 1) };
}
