/**
 * @file The summaries that an author wrote of a work or of a part of it, as far as they can serve as references: long enough, prose, and
 * much shorter than what they sum up.
 */
import type { Document, Span } from '../../../../corpus/document.ts';
import type { Section } from '../../../../corpus/structure/sections.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import { summaryTokens } from '../../../../rewards/metrics/rouge-l.ts';

/** A summary with the part that it sums up. */
export interface OwnSummary {
  /** Its words; several runs where a work has an argument to each of its chapters. */
  readonly spans: readonly Span[];
  /** What is to be cut out of a prompt: the words, with the heading or label that says what they are. */
  readonly cuts: readonly Span[];
  /** What it sums up; may hold the summary. */
  readonly of: Span;
  /** Heading of the part, or label of the line; empty where it is the whole work. */
  readonly name: string;
}

/** Words of a reference, or Chinese characters. */
const sizes = { en: { least: 40, most: 400 }, zh: { least: 50, most: 600 } };
/** Of a chapter the argument is shorter. */
const partLeast = { en: 30, zh: 32 };
/** What is summed up is so many times as long. */
const leastRatio = 5;

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Words, Chinese characters one by one. */
export const sizeOf = (text: string): number => summaryTokens(text).length;

/** Whether words are as long as a reference has to be. */
export function isLongEnough(words: string, isPart: boolean): boolean {
  const language = isHan(words) ? 'zh' : 'en';
  return sizeOf(words) >= (isPart ? partLeast[language] : sizes[language].least);
}

/** Prose of the length of a reference. */
function isReference(words: string, isPart: boolean): boolean {
  const language = isHan(words) ? 'zh' : 'en';
  const { most } = sizes[language];
  const least = isPart ? partLeast[language] : sizes[language].least;
  const size = sizeOf(words);
  const lines = words.split('\n').filter((line) => line.trim() !== '').length;
  return (
    size >= least && size <= most && lines <= 2 + size / 7 && !/^\s*\|/m.test(words) && /[.!?。！？；]/.test(words)
  );
}

/** What is left of a text without a part of it. */
export const without = (text: string, whole: Span, cuts: readonly Span[]): string => {
  let from = whole.start;
  const left: string[] = [];
  for (const { start, end } of [...cuts].sort((a, b) => a.start - b.start)) {
    if (end <= from || start >= whole.end) continue;
    left.push(text.slice(from, Math.max(from, start)));
    from = end;
  }
  return [...left, text.slice(Math.min(from, whole.end), whole.end)].join('\n\n');
};

/** The words of a summary; its runs are sentences. */
export const summaryWords = (text: string, { spans }: OwnSummary): string =>
  spans.map(({ start, end }) => text.slice(start, end)).join('\n');

const isShort = (text: string, one: OwnSummary): boolean =>
  sizeOf(without(text, one.of, one.cuts)) >= leastRatio * sizeOf(summaryWords(text, one));

const covers = (outer: Span, length: number): boolean => outer.end - outer.start > 0.8 * length;

/** What headings call a summary; whether it is one, its words are compared with the rest for. */
const sumsUp =
  /^(?:(?:executive |management |chapter )?summary(?: and conclusions?)?|abstract|overview|synopsis|key (?:points|findings|messages|takeaways)|main (?:points|findings|conclusions)|highlights|at a glance|in brief|conclusions?|concluding remarks|(?:内容|本章|本节|中文)?(?:摘要|提要|概要|要点|小结)|执行摘要|导读|概述|结论|结语|总结|结束语|结论与建议|主要(?:结论|发现))$/i;

/** What a report's head writes to its readers sums up the year, in part. */
const addresses =
  /^(?:chair(?:man|woman|person)?|president|chief executive|ceo)(?:['’]s)? (?:statement|letter|message|foreword)$|^(?:letter|message|statement) (?:from|by) the (?:chair|president|chief executive)\w*$|^(?:letter )?to (?:our |the )?shareholders$|^(?:董事长|总裁|总经理|主席|理事长|院长|主任)(?:致辞|致词|报告书|寄语|的话|致股东信)$/i;

/** In manuals and laws what is called so introduces and sums up nothing. */
const introduces = /^(?:overview|概述|导读)$/i;
const results = new Set(['paper', 'report', 'filing', 'book']);

/** Sections without sections of their own, with such a heading. */
function headed({ text }: Document, { form, sections }: Structure): OwnSummary[] {
  return sections.flatMap((section, i): OwnSummary[] => {
    const title = section.title.replace(/^[\d.\s]+/, '').trim();
    const isAddress = addresses.test(title) && results.has(form === 'other' ? 'report' : form);
    if ((!sumsUp.test(title) && !isAddress) || (introduces.test(title) && !results.has(form))) return [];
    const next = sections[i + 1];
    if (next !== undefined && next.span.start < section.span.end) return [];
    const parent = section.parent === undefined ? undefined : sections[section.parent];
    const of = parent === undefined ? { start: 0, end: text.length } : parent.span;
    return [
      {
        spans: [trimmed(text, section.bodyStart, section.span.end)],
        cuts: [section.span],
        of,
        name: parent?.title ?? '',
      },
    ];
  });
}

function trimmed(text: string, start: number, end: number): Span {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  return { start: from, end: from + words.trim().length };
}

const inTitle = /(?:本[章节回]|内容)?(?:提要|梗概|导读|大意)[：:]\s*(?=\S)/;

/** `第一章 本章提要：……`: the argument stands in the heading itself, and alone is cut out. */
function titled(text: string, sections: readonly Section[]): OwnSummary[] {
  return sections.flatMap((section): OwnSummary[] => {
    const head = text.slice(section.span.start, section.bodyStart).split('\n')[0] ?? '';
    const mark = inTitle.exec(head);
    if (mark === null || mark.index === 0) return [];
    const span = trimmed(text, section.span.start + mark.index + mark[0].length, section.span.start + head.length);
    const name = head
      .slice(0, mark.index)
      .replace(/^#+\s*/, '')
      .trim();
    return [
      { spans: [span], cuts: [{ start: section.span.start + mark.index, end: span.end }], of: section.span, name },
    ];
  });
}

function partOf(text: string, { sections }: Structure, of: Span): string {
  const own = sections.find(({ span }) => span.start === of.start && span.end === of.end);
  const head = own === undefined ? '' : text.slice(own.span.start, own.bodyStart).split('\n').join(' ');
  return head
    .replace(/[#*_=~-]{2,}|^#\s*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** An argument that wants to be read on: it says of what a chapter tells, and not what. */
const teasing = /^(?:in which|of |how |wherein|being |shewing|showing|containing|treats? of)\b/i;

const serving = (text: string, found: readonly OwnSummary[]): OwnSummary[] =>
  found.filter(
    (one) =>
      !teasing.test(summaryWords(text, one)) &&
      isReference(summaryWords(text, one), one.name !== '') &&
      isShort(text, one),
  );

const startOf = ({ cuts }: OwnSummary): number => cuts[0]?.start ?? 0;
const endOf = ({ cuts }: OwnSummary): number => cuts.at(-1)?.end ?? 0;
const inOrder = (all: readonly OwnSummary[]): OwnSummary[] => [...all].sort((a, b) => startOf(a) - startOf(b));

/** Of those that overlap, the first. */
const apart = (all: readonly OwnSummary[]): OwnSummary[] =>
  all.filter((one, i) => all.findIndex((other) => endOf(other) > startOf(one)) === i);

/** Summaries of the whole work. */
export function summariesOfWork(document: Document, facts: Structure): OwnSummary[] {
  const { text } = document;
  const found = facts.summaries
    .filter(({ kind, of }) => kind !== 'argument' && kind !== 'description' && covers(of, text.length))
    .map(({ span, cut }): OwnSummary => ({ spans: [span], cuts: [cut], of: { start: 0, end: text.length }, name: '' }));
  const last = headed(document, facts)
    .filter(({ of }) => covers(of, text.length))
    .map((one) => ({ ...one, of: { start: 0, end: text.length }, name: '' }));
  const own = serving(text, apart(inOrder([...found, ...last])));
  return own.length > 0 ? own : serving(text, chapterByChapter(document, facts));
}

/** Chapters whose arguments make up one of the work. */
const leastChapters = 3;

/** The arguments of all chapters, one after the other. */
function chapterByChapter(document: Document, facts: Structure): OwnSummary[] {
  const parts = allOfParts(document, facts);
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || parts.length < leastChapters) return [];
  const span = { start: first.of.start, end: last.of.end };
  return covers(span, document.text.length)
    ? [
        {
          spans: parts.flatMap(({ spans }) => spans),
          cuts: parts.flatMap(({ cuts }) => cuts),
          of: { start: 0, end: document.text.length },
          name: '',
        },
      ]
    : [];
}

function allOfParts(document: Document, facts: Structure): OwnSummary[] {
  const { text } = document;
  const found = facts.summaries
    .filter(({ kind, of }) => kind === 'argument' || !covers(of, text.length))
    .map(({ span, cut, of }): OwnSummary => ({ spans: [span], cuts: [cut], of, name: partOf(text, facts, of) }));
  const own = headed(document, facts).filter(({ of }) => !covers(of, text.length));
  return apart(inOrder([...titled(text, facts.sections), ...found, ...own]));
}

/** Summaries of a chapter or section, whose heading tells it from the others. */
export function summariesOfParts(document: Document, facts: Structure): OwnSummary[] {
  return serving(document.text, allOfParts(document, facts)).filter(
    ({ name }, _, list) =>
      name !== '' && name.length <= 100 && list.filter((other) => other.name === name).length === 1,
  );
}

const labelled =
  /^((?:\p{L}[\p{L} ]{0,30} [-–] ?)?(?:overview|summary|profile|description)|background|overview|introduction|summary|profile|description|概况|概述|简介|背景|综述|历史沿革|经济概况)(?:: |：)(.+)$/gimu;

/** Lines `Background: ...` of an entry that else states single facts. */
export function labelledOverviews({ text }: Document): OwnSummary[] {
  const found = [...text.matchAll(labelled)].map((match): OwnSummary => {
    const [line, name = '', words = ''] = match;
    const end = match.index + line.length;
    return {
      spans: [{ start: end - words.length, end }],
      cuts: [{ start: match.index, end }],
      of: { start: 0, end: text.length },
      name,
    };
  });
  return serving(text, found).filter(({ name }, _, list) => list.filter((other) => other.name === name).length === 1);
}
