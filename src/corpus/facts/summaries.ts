/**
 * @file The author's own summaries: abstracts, arguments of books and chapters, executive summaries, key points, release highlights, the description
 * under a title or a name. Headings of that name with another use (an overview that only introduces, a table of methods) are none.
 */
import type { Span } from '../document.ts';
import { lastBefore, type Prose, spanAt } from '../structure/prose.ts';
import type { Section } from '../structure/sections.ts';

/** What an author sums up by. */
export type SummaryKind =
  | 'abstract'
  | 'argument'
  | 'executive summary'
  | 'summary'
  | 'key points'
  | 'highlights'
  | 'description';

/** A summary by the author. */
export interface Summary {
  readonly kind: SummaryKind;
  /** Its words. */
  readonly span: Span;
  /** What is to be cut out: the words with their heading or label. */
  readonly cut: Span;
  /** The part that it sums up; the text of it may hold the summary itself. */
  readonly of: Span;
}

const headings: readonly (readonly [RegExp, SummaryKind])[] = [
  [/^(?:abstract|摘 ?要|中文摘要|英文摘要|内容摘要|论文摘要|提要)$/i, 'abstract'],
  [/^(?:the )?argument(?: of the (?:\w+ )?(?:book|poem|chapter|canto))?$/i, 'argument'],
  [/^(?:executive|management) summary$|^(?:执行|管理层?)摘要$/i, 'executive summary'],
  [
    /^(?:summary|synopsis|résumé|précis|in brief|tl;?dr|summary and conclusions?|plain[- ]language summary|chapter summary|内容提要|内容简介|内容概要|概要|导读|内容导读|本[章节]小结|本[章节]概要|本[章节]导读|小结|本章摘要|要旨|编者按)$/i,
    'summary',
  ],
  [
    /^(?:key (?:points|findings|takeaways|messages|facts)|main (?:points|findings|messages)|at a glance|takeaways|要点|核心要点|本[章月周期次]要点|要点(?:提示|速览)|主要(?:结论|发现|观点))$/i,
    'key points',
  ],
  [
    /^(?:release )?highlights(?: of (?:this|the) release)?$|^summary\s*[–—-]+\s*release highlights$|^(?:版本|发布|更新)(?:亮点|要点|摘要)$/i,
    'highlights',
  ],
  [/^(?:overview|概述|总览|概览)$/i, 'summary'],
];
/** These introduce more often than they sum up: their words must come again in the headings and the text that follow. */
const unsure = /^(?:overview|概述|总览|概览|synopsis|summary|要点|小结)$/i;

/** Words, or half as many Chinese characters. */
const length = (words: string): number =>
  (words.match(/[\p{L}\d]+(?:['’-][\p{L}\d]+)*/gu)?.filter((word) => !/\p{Script=Han}/u.test(word)).length ?? 0) +
  (words.match(/\p{Script=Han}/gu)?.length ?? 0) / 1.5;
const least = 12;
/** The part that is summed up has so many times the summary's characters. */
const leastRatio = 1.5;
/** No summary is longer than this. */
const most = 12_000;

const kindOf = ({ title }: Section): SummaryKind | undefined =>
  headings.find(([pattern]) => pattern.test(title.trim()))?.[1];

const trimmedSpan = (text: string, start: number, end: number): Span => {
  const words = text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  return { start: start + lead, end: start + lead + words.trim().length };
};

/** Prose for the most part: no table, no code, no list of links, no run of one-line entries. */
function isProse({ text, skipped, sentences }: Prose, { start, end }: Span): boolean {
  const words = text.slice(start, end);
  if (length(words) < least || end - start > most || spanAt(skipped, start) !== undefined) return false;
  const cut = skipped
    .filter((span) => span.start < end && span.end > start)
    .reduce((sum, span) => sum + span.end - span.start, 0);
  if (cut > (end - start) / 4) return false;
  const ends = (words.match(/[.!?。！？；;]["”’」)*_]*(?=\s|$)|[。！？]/g) ?? []).length;
  const links = (words.match(/\]\(|https?:/g) ?? []).length;
  return ends >= 1 && links <= ends && spanAt(sentences, start) !== undefined;
}

/** Headings under which points are listed. */
const pointed =
  /^(?:in brief|at a glance|key |main |takeaways|highlights|(?:executive )?summary$|(?:本.)?要点|核心要点|主要(?:结论|发现|观点))/i;

/** A list of several points with words enough, and nothing else. */
function isPoints({ text, lists }: Prose, { start, end }: Span): boolean {
  const own = lists.filter((list) => list.span.start < end && list.span.end > start);
  const covered = own.reduce((sum, { span }) => sum + Math.min(span.end, end) - Math.max(span.start, start), 0);
  return (
    own.some(({ items }) => items.length > 1) &&
    covered > 0.7 * (end - start) &&
    length(text.slice(start, end)) >= least
  );
}

/** Share of the longer words of a text that another one has too. */
function shared(words: string, others: string): number {
  const own = new Set(words.toLowerCase().match(/\p{Script=Han}{2}|[\p{Ll}\d]{6,}/gu) ?? []);
  if (own.size === 0) return 0;
  const rest = new Set(others.toLowerCase().match(/[\p{Ll}\d]{6,}/gu) ?? []);
  const lower = others.toLowerCase();
  return (
    [...own].filter((word) => rest.has(word) || (/\p{Script=Han}/u.test(word) && lower.includes(word))).length /
    own.size
  );
}

/** Of the words of an overview. */
const leastShared = 0.5;
/** Characters of the text that is summed up that are looked at. */
const looked = 200_000;

/** The part that a section sums up: the one it lies in, or the whole text. */
function summed(prose: Prose, section: Section): Span {
  const outer = section.parent === undefined ? undefined : prose.sections[section.parent];
  const whole = { start: 0, end: prose.text.length };
  if (outer === undefined) return whole;
  const first =
    prose.sections.find(({ level }) => level === outer.level) === outer && outer.span.end === prose.text.length;
  return first ? whole : outer.span;
}

function underHeading(
  prose: Prose,
  section: Section,
  index: number,
  omit: (reason: string) => void,
): Summary | undefined {
  const kind = kindOf(section);
  if (kind === undefined) return undefined;
  const { text, sections } = prose;
  const below = sections[index + 1];
  const end = below !== undefined && below.span.start < section.span.end ? below.span.start : section.span.end;
  const span = trimmedSpan(text, section.bodyStart, abstractEnd(text, kind, section.bodyStart, end));
  const of = summed(prose, section);
  const cut = { start: section.span.start, end: span.end };
  const listed = pointed.test(section.title.trim()) && isPoints(prose, span);
  if (!(isProse(prose, span) || listed) || of.end - of.start < (1 + leastRatio) * (span.end - span.start)) {
    omit('summary-unsure');
    return undefined;
  }
  // At the end of its chapter it introduces nothing.
  const closes = section.parent !== undefined && of.end - section.span.end < 4;
  if (unsure.test(section.title.trim()) && !closes && !sumsUp(text, span, of)) {
    omit('summary-introduces');
    return undefined;
  }
  return { kind, span, cut, of };
}

/** Keywords and the like stand below an abstract and are no part of it. */
function abstractEnd(text: string, kind: SummaryKind, start: number, end: number): number {
  if (kind !== 'abstract') return end;
  const stop = /\n\s*(?:\*\*)?(?:key ?words|index terms|jel|关键词|关键字|table of contents|contents|目录|-{5,})/i.exec(
    text.slice(start, Math.min(end, start + most)),
  );
  return stop === null ? end : start + stop.index;
}

/** Whether the words of an overview come again in the rest, and it does not only say what the thing is for. */
function sumsUp(text: string, { start, end }: Span, of: Span): boolean {
  const words = text.slice(start, end);
  if (length(words) < 25 || /\b(?:install|npm|pip|click here|welcome|you can use|getting started)\b/i.test(words))
    return false;
  const rest = text.slice(of.start, Math.min(start, of.end)) + text.slice(end, Math.min(of.end, end + looked));
  return shared(words, rest) >= leastShared;
}

const labelled: readonly (readonly [RegExp, SummaryKind])[] = [
  [/^(?:\*\*|_)?(?:ABSTRACT|Abstract)(?:\*\*|_)?(?:\*\*)?\s*(?:[.:—–]|--|-)+\s*(?:\*\*)?(?=\S)/, 'abstract'],
  [/^(?:\*\*|【|\[)?(?:摘 ?要|内容摘要)(?:\*\*|】|\])?(?:[：:]\s*|(?<=[】\]*]))(?:\*\*)?\s*(?=\S)/, 'abstract'],
  [/^(?:\*\*|_)?(?:THE ARGUMENT|ARGUMENT|Argument|The Argument)(?:\*\*|_)?\s*(?:[.:—–]|--|-)+\s*(?=\S)/, 'argument'],
  [
    /^(?:> ?)?(?:\*\*|【|\[)?(?:内容提要|内容简介|导读|提要|编者按|编者的话|概要|核心提示|本[章文节](?:提要|概要|摘要|导读|要点)|导语|摘要|要点)(?:\*\*|】|\])?(?:[：:]\s*|(?<=[】\]*]))(?:\*\*)?\s*(?=\S)/,
    'summary',
  ],
  [
    /^(?:\*\*)?(?:Executive Summary|EXECUTIVE SUMMARY)(?:\*\*)?\s*(?:[.:—–]|--)+\s*(?:\*\*)?(?=\S)/,
    'executive summary',
  ],
  [
    /^(?:> ?)?(?:\*\*)?(?:Summary|SUMMARY|TL;DR|In brief|Synopsis|Editor[’']s note|In this chapter)(?:\*\*)?\s*(?:[.:—–]|--)+\s*(?:\*\*)?(?=\S)/,
    'summary',
  ],
  [/^\\begin\{abstract\}\s*/, 'abstract'],
];
/** `In this chapter we separate ...` right under the heading of a chapter that has sections of its own. */
const inThisChapter =
  /^[*_]{0,2}(?=(?:In this (?:chapter|lecture|unit|lesson|module)\b,? (?:we|you|I)\b|This (?:chapter|lecture|unit|lesson|module) (?:describes|explains|introduces|covers|presents|discusses|shows|deals|gives|treats)\b))/;
const inThisChinese =
  /^(?:本[章讲单元课]+|这一[章讲课])(?:将|首先|主要|先)?(?:介绍|讨论|讲述|讲解|说明|阐述|分析|论述|探讨)/;
/** `Of the ship; how she was built; and of her master`, `In which Ahab ...`: the words of a chapter under its title. */
const inWhich = /^[*_]{0,2}(?:In which|Wherein|Containing|Which treats of|Showing how|Being an account)\b[^\n]/;

/** The innermost section around a place, or the whole text. */
function around({ text, sections, sectionSpans: starts }: Prose, at: number): Span {
  for (let one = sections[lastBefore(starts, at)]; one !== undefined; one = sections[one.parent ?? -1])
    if (one.bodyStart <= at && at < one.span.end) return one.span;
  return { start: 0, end: text.length };
}

/** Below the names of its authors, in one paragraph with them, an abstract may begin. */
function fromAbstract(text: string, { start, end }: Span): Span {
  if (start > 3000) return { start, end };
  const at = /\n(?=(?:\*\*)?(?:Abstract|ABSTRACT|摘 ?要)(?:\*\*)?[.:：—–])/.exec(
    text.slice(start, Math.min(end, start + 1500)),
  )?.index;
  return { start: at === undefined ? start : start + at + 1, end };
}

/** Paragraphs that say that they sum up. */
function underLabel(prose: Prose): Summary[] {
  const { text } = prose;
  return prose.paragraphs.flatMap((whole): Summary[] => {
    const block = fromAbstract(text, whole);
    const head = text.slice(block.start, Math.min(block.end, block.start + 60));
    const code = head.charCodeAt(0);
    // Most paragraphs begin with another letter.
    if (!'AESTIWCB*_【[>摘内导提编概核本要\\'.includes(String.fromCharCode(code)) && code < 0x3000) return [];
    const found = labelled
      .flatMap(([pattern, kind]) => ({ kind, length: pattern.exec(head)?.[0].length ?? 0 }))
      .find((one) => one.length > 0);
    const which = found === undefined && inWhich.test(head) && isUnderHeading(prose, block);
    const opens =
      found === undefined &&
      !which &&
      (inThisChapter.test(head) || inThisChinese.test(head)) &&
      isUnderHeading(prose, block);
    if (found === undefined && !which && !opens) return [];
    const stop = text.slice(block.start, block.end).search(/\n?\s*\\end\{abstract\}/);
    const end = stop < 0 ? block.end : block.start + stop;
    const span = { start: block.start + (found?.length ?? 0), end };
    const near = around(prose, block.start);
    const of = found?.kind === 'abstract' ? { start: 0, end: text.length } : near;
    if (
      length(text.slice(span.start, span.end)) < (found?.kind === 'summary' ? 8 : least) ||
      span.end - span.start > most
    )
      return [];
    if (
      of.end - of.start < (1 + leastRatio) * (span.end - span.start) ||
      spanAt(prose.skipped, block.start) !== undefined
    )
      return [];
    return [
      {
        kind: found?.kind ?? (opens ? 'abstract' : 'argument'),
        span,
        cut: { start: block.start, end: stop < 0 ? end : end + 20 },
        of,
      },
    ];
  });
}

/** `In which Emeric counts the sacks`, as a heading of its own below that of the chapter. */
function asHeading({ text, sections }: Prose): Summary[] {
  return sections.flatMap(({ title, span, bodyStart, parent }): Summary[] => {
    const outer = sections[parent ?? -1];
    const at = text.indexOf(title, span.start);
    if (!inWhich.test(title) || at < 0 || at > bodyStart || title.split(/\s+/).length < 5) return [];
    const words = { start: at, end: at + title.length };
    return [{ kind: 'argument', span: words, cut: words, of: outer?.span ?? span }];
  });
}

/** `An Act to make provision for ...` under the title of an Act. */
function longTitle({ text, paragraphs }: Prose): Summary[] {
  const block = paragraphs
    .slice(0, 8)
    .find(({ start, end }) =>
      /^An (?:Act|Ordinance|Order) (?:to|for) \p{L}[\s\S]{20,800}[.;]$/u.test(
        text.slice(start, Math.min(end, start + 900)),
      ),
    );
  return block === undefined
    ? []
    : [{ kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } }];
}

const isUnderHeading = ({ text, sections, sectionSpans }: Prose, { start }: Span): boolean => {
  const bodyStart = sections[lastBefore(sectionSpans, start)]?.bodyStart;
  return (
    bodyStart !== undefined && bodyStart <= start && start - bodyStart < 4 && text.slice(bodyStart, start).trim() === ''
  );
};

/** `ls - list directory contents` of a man page, and the one paragraph between the title and the next heading. */
function description(prose: Prose): Summary | undefined {
  const { text, sections } = prose;
  const [first, second] = sections;
  if (first === undefined) return undefined;
  const of = { start: 0, end: text.length };
  if (/^(?:NAME|名称|名字)/.test(first.title)) {
    const span = trimmedSpan(text, first.bodyStart, second?.span.start ?? text.length);
    const dash = /^[^\n]{1,80}?\s[-–—]{1,2}\s+(?=\S)/.exec(text.slice(span.start, span.end))?.[0].length;
    return dash === undefined || span.end - span.start > 600
      ? undefined
      : { kind: 'description', span: { start: span.start + dash, end: span.end }, cut: span, of };
  }
  return lead(prose, first, second);
}

/** The one paragraph of prose between a title and the next heading; an entry of an encyclopedia may begin without a title. */
function lead(prose: Prose, first: Section, second: Section | undefined): Summary | undefined {
  const { text, lists, paragraphs } = prose;
  const untitled =
    first.span.start > 80 && !/^---\n[\s\S]{0,1000}?\n---\s*$/.test(text.slice(0, Math.min(first.span.start, 1100)));
  const stop = untitled ? first.span.start : (second?.span.start ?? text.length);
  if (
    !untitled &&
    ((first.span.start > 4 && !text.startsWith('---')) || (second !== undefined && second.level <= first.level))
  )
    return undefined;
  const items = lists.map(({ span }) => span);
  const blocks = paragraphs.filter(
    ({ start, end }) => start >= (untitled ? 0 : first.bodyStart) && end <= stop && spanAt(items, start) === undefined,
  );
  // A title that is none of the sections stands alone in a line.
  const alone =
    untitled && blocks.length === 2 && /^[\p{L}\d ·'’-]{2,30}$/u.test(text.slice(blocks[0]?.start, blocks[0]?.end))
      ? blocks.shift()
      : undefined;
  const [block] = blocks;
  // One set apart as a whole needs no heading behind it.
  const apart = block !== undefined && !untitled && /^([*_]{1,2})[^*_]+\1$/.test(text.slice(block.start, block.end));
  if (
    (blocks.length !== 1 && !apart) ||
    block === undefined ||
    (second === undefined && !apart) ||
    block.end - block.start > 1500
  )
    return undefined;
  const words = text.slice(block.start, block.end);
  if (!isProse(prose, block) || /^(?:[->|[!]|by\b|\d+\.)/i.test(words) || !/[.。!](?:\[\d+\])?["”’」*_]*$/.test(words))
    return undefined;
  const title =
    alone !== undefined
      ? text.slice(alone.start, alone.end)
      : untitled
        ? (/^[*_]{2,3}([^*_\n]{2,60})[*_]{2,3}/.exec(words)?.[1] ?? '\u0000')
        : first.title;
  if (text.length < 3 * words.length || !describes(words, title, untitled)) return undefined;
  return { kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } };
}

/** `A small library for ...`, `This guide explains ...`, or a sentence about the title's own words. */
function describes(words: string, title: string, untitled: boolean): boolean {
  // A whole paragraph set apart under the title.
  if (!untitled && /^([*_]{1,2})[^*_]+\1$/.test(words)) return true;
  if (
    !/^(?:This|The) (?:Agreement|Contract|Deed|Lease|Licence|License|Amendment|Policy|Memorandum|Act)\b.{0,40}\b(?:is|was) (?:made|entered|dated|effective)\b/.test(
      words,
    ) &&
    /^(?:An?|The|This|These) (?:\S+ ){0,5}?(?:is|are|was|returns|measures|stores|reads|converts|sends|turns|collects|records|describes|explains|provides|covers|lets|gives|contains|introduces|presents|offers|helps|allows|tells|lists|sets|shows|for|that|to|which|reports)\b/.test(
      words,
    )
  )
    return true;
  if (/^(?:本文|本书|本指南|本手册|本文档|本章|本报告)/.test(words)) return true;
  const own = title
    .toLowerCase()
    .replace(/ ?[（(][^)）]*[)）]$|文档$|手册$|指南$| (?:documentation|manual|guide)$/, '');
  const first = words.toLowerCase().replace(/^(?:the|an?) |[*_`]/g, '');
  return (
    first.startsWith(own) &&
    /^.{0,60}?(?:\b(?:is|are|was|were|provides|lets|gives|describes)\b|是|提供|介绍|供)/.test(first.slice(own.length))
  );
}

/** `3.0.0 - 2024-05-14`, `Changes in Tarn 1.9`. */
const versionTitle = /(?:^|[\s[vV])\d{1,4}\.\d{1,4}(?:\.\d{1,4})?/;
/** A log of changes has so many. */
const leastVersions = 2;

/** The prose of a version before the list of its changes. */
function releaseHighlights(prose: Prose): Summary[] {
  const { text, sections, lists, paragraphs } = prose;
  const versions = sections.filter(({ title }) => versionTitle.test(title));
  if (versions.length < leastVersions) return [];
  const marks = lists.map(({ span }) => span);
  return versions.flatMap(({ bodyStart, span }): Summary[] => {
    const block = paragraphs[lastBefore(paragraphs, bodyStart + 2)];
    if (block === undefined || block.start < bodyStart || block.end > span.end) return [];
    const label =
      /^(?:\*\*)?(?:[Hh]ighlights(?: of this release)?|(?:版本|本次更新|本版|更新)?(?:亮点|要点))(?:\*\*)?[：:](?:\*\*)?\s*/.exec(
        text.slice(block.start, block.start + 40),
      )?.[0].length ?? 0;
    const words = { start: block.start + label, end: block.end };
    const list = marks[lastBefore(marks, block.end)];
    if (
      spanAt(marks, block.start) !== undefined ||
      block.end - block.start > 1500 ||
      spanAt(prose.skipped, block.start) !== undefined
    )
      return [];
    const own = text.slice(words.start, words.end);
    const follows = span.end - block.end > (block.end - block.start) / 2;
    if (list === block || !follows || !/[.。!]$/.test(own) || length(own) < 8 || /^(?:[-*•#|>]|\d+\.)/.test(own))
      return [];
    return [{ kind: 'highlights', span: words, cut: block, of: span }];
  });
}

/** The summaries in text order. */
export function findSummaries(prose: Prose, omit: (reason: string) => void = () => {}): Summary[] {
  const manual = /^(?:NAME|名称|名字)/.test(prose.sections[0]?.title ?? '');
  const headed = manual ? [] : prose.sections.flatMap((section, i) => underHeading(prose, section, i, omit) ?? []);
  const found = [
    ...headed,
    ...underLabel(prose),
    ...asHeading(prose),
    ...longTitle(prose),
    description(prose),
    ...releaseHighlights(prose),
  ].filter((item) => item !== undefined);
  found.sort((a, b) => a.cut.start - b.cut.start || b.cut.end - a.cut.end);
  let end = -1;
  return found.filter(({ cut }) => {
    if (cut.start < end) return false;
    end = cut.end;
    return true;
  });
}
