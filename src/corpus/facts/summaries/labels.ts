/** @file Paragraphs that say of themselves that they sum up: `Abstract—`, `**TL;DR** `, `【摘要】`, a label alone above them, `In which Ahab ...`. */
import type { Span } from '../../document.ts';
import { lastBefore, type Prose, spanAt } from '../../structure/prose.ts';
import { around, isPoints, isProse, isUnderHeading, leastRatio, leastWords, length, most } from './extents.ts';
import type { Summary, SummaryKind } from './summary.ts';
import { summaryTitle } from './titles.ts';

interface Label {
  readonly kind: SummaryKind;
  /** Its characters, up to the words. */
  readonly length: number;
}

/** Longer ones are sentences. */
const longestLabel = 40;
const marked =
  /^(?:> ?)?(\*\*|__|[*_]|【|\[|［)([^*_【】[\]［］\n]{2,40}?)[.:：—–]?(?:\*\*|__|[*_]|】|\]|］)(\s*(?:[.:：—–]|--|-(?=\s))*\s*)(?=\S)/u;
/** Without marks around it, a sign or a wide gap behind it sets it off. */
const unmarked =
  /^(?:> ?)?(\p{L}[\p{L};’' \t\u3000-]{1,39}?)(?:\s*(?:[.:：—–]|--|-(?=\s))+\s*|[ \u3000]{2,}|\u3000)(?=\S)/u;
/** What is said in passing too: only set off by marks it is a label. */
const loose =
  /^(?:(?:in (?:short|brief|summary|a nutshell)|bottom line|takeaways?|what you need to know|at a glance|highlights?|overview|resumen|小结|重点|导语|要点)\b|小结|重点)/i;
/** `In short: we will pay.` */
const inShort = /^In (?:short|brief|summary|a nutshell): /;
/** Names of labels that are no headings. */
const shortNames =
  /^(?:in (?:short|brief|summary|a nutshell)|(?:the )?bottom line|this (?:week|month)|in this (?:chapter|issue|article)|editor[’']s (?:note|summary)|编者的话|核心提示|tl;? ?dr|takeaway|standfirst|一句话总结)$/i;

const kindOfLabel = (words: string): SummaryKind | undefined =>
  shortNames.test(words.trim()) ? 'summary' : summaryTitle(words)?.kind;

/** The label that a paragraph begins with. @param under It is the first one below a heading: `Overview.` is a label there. */
function labelOf(head: string, under: boolean): Label | undefined {
  const [set, mark = '', inside = '', after = ''] = marked.exec(head) ?? [];
  if (set !== undefined) {
    const kind = kindOfLabel(inside);
    // `*Summary* of the year`: words set off for another reason.
    const closed =
      /[^\s]/.test(after) || /[.:：—–](?:\*\*|[*__])\s*$/.test(set) || /^[【[［]/.test(mark) || head.startsWith('>');
    return kind === undefined || !closed ? undefined : { kind, length: set.length };
  }
  const [whole = '', words = ''] = unmarked.exec(head) ?? [];
  if (
    whole === '' ||
    (loose.test(words) && !(under && /^overview$/i.test(words)) && !inShort.test(whole)) ||
    !/^(?:\p{Lu}|\p{Script=Han}|tl)/u.test(words)
  )
    return undefined;
  const kind = kindOfLabel(words);
  return kind === undefined ? undefined : { kind, length: whole.length };
}

const latexAbstract = /^\\begin\{abstract\}\s*/;
/** `In this chapter we separate ...` right under the heading of a chapter that has sections of its own. */
const inThisChapter =
  /^[*_]{0,2}(?=(?:In this (?:chapter|lecture|unit|lesson|module)\b,? (?:we|you|I)\b|This (?:chapter|lecture|unit|lesson|module) (?:describes|explains|introduces|covers|presents|discusses|shows|deals|gives|treats|tells|looks at|teaches)\b))/;
const inThisChinese =
  /^(?:本[章讲单元课]+|这一[章讲课])(?:将|首先|主要|先)?(?:介绍|讨论|讲述|讲解|说明|阐述|分析|论述|探讨)/;
/** `Of the ship; how she was built; and of her master`, `In which Ahab ...`: the words of a chapter under its title. */
const inWhich = /^[*_]{0,2}(?:In which|Wherein|Containing|Which treats of|Showing how|Being an account)\b[^\n]/;

/** `第七回` opens with what it tells. */
const inThisRound =
  /^(?:上一?回[说書书表][\s\S]{0,200}?[。；，])?[此这本]一?回(?:里|中)?(?:单|专|先|却|且|只|就)?(?:追叙|表|叙|说|写|讲|述)/u;

/** `We leave the harbour—A calm—Strange lights`: what a chapter tells, under its title. */
function isRunOfEvents(words: string, fewest = 4): boolean {
  const parts = words.replace(/^[*_]+|[*_]+$/g, '').split(/\s*(?:—|--|\s–\s)\s*/);
  return (
    parts.length >= fewest &&
    words.length < 1500 &&
    parts.every((part) => /^["“‘]?[\p{Lu}\d]/u.test(part) && part.length < 120 && !/[.!?] \p{Lu}/u.test(part))
  );
}

/** `Supper; the oars explained; Edda is offered a trade.`: one sentence of several events. */
const isRunOfClauses = (words: string): boolean =>
  words.length < 600 &&
  /^\p{Lu}[^.!?"“”]+\.$/u.test(words) &&
  words.split(/;\s/).length >= 3 &&
  words.split(/;\s/).every((part) => part.length < 160);

/** Under the titles of so many chapters. */
const leastChapters = 2;

/** Whether the chapters of the book open so: in one alone it may be its first sentence. */
function isCustom({ text, sections, paragraphs }: Prose): boolean {
  const first = sections
    .filter(({ unit }) => unit === 'chapter')
    .map(({ bodyStart }) => paragraphs[lastBefore(paragraphs, bodyStart + 2)])
    .map((block) => (block === undefined ? '' : text.slice(block.start, Math.min(block.end, block.start + 1500))));
  return first.filter((words) => isRunOfClauses(words) || isRunOfEvents(words, 3)).length >= leastChapters;
}

/** Below the names of its authors, in one paragraph with them, an abstract may begin. */
function fromAbstract(text: string, { start, end }: Span): Span {
  if (start > 3000) return { start, end };
  const at = /\n(?=(?:\*\*)?(?:Abstract|ABSTRACT|摘 ?要)(?:\*\*)?[.:：—–])/.exec(
    text.slice(start, Math.min(end, start + 1500)),
  )?.index;
  return { start: at === undefined ? start : start + at + 1, end };
}

/** A paragraph in italics of several sentences, right under the heading of a chapter. */
function isApart(prose: Prose, block: Span): boolean {
  const { text, sections, sectionSpans } = prose;
  if (!'*_'.includes(text[block.start] ?? '') || block.end - block.start > 1500) return false;
  const words = text.slice(block.start, block.end);
  const section = sections[lastBefore(sectionSpans, block.start)];
  return (
    section?.unit === 'chapter' &&
    isUnderHeading(prose, block) &&
    /^([*_]{1,2})[^*_]+\1$/.test(words) &&
    (words.match(/[.。;；](?=\s|[*_]|\p{Script=Han})/gu)?.length ?? 0) >= 2 &&
    !/["“”「」]/.test(words)
  );
}

/** What a paragraph without a label is, by its first words or its form. */
function unlabelled(prose: Prose, block: Span, head: string): SummaryKind | undefined {
  if (isApart(prose, block)) return 'argument';
  const opens = inThisChapter.test(head) || inThisChinese.test(head);
  const near = prose.text.slice(block.start, Math.min(block.end, block.start + 200));
  const round = /^[上此这本]/.test(head) && inThisRound.test(near);
  if (!opens && !inWhich.test(head) && !round && !/—|--| – |;\s/.test(near)) return undefined;
  if (!isUnderHeading(prose, block)) return undefined;
  if (opens) return 'abstract';
  const words = prose.text.slice(block.start, block.end);
  if (round || inWhich.test(head) || isRunOfEvents(words)) return 'argument';
  return (isRunOfClauses(words) || isRunOfEvents(words, 3)) && isCustom(prose) ? 'argument' : undefined;
}

/** Whether there is so much less of it than of what it sums up. */
const fits = (words: Span, of: Span): boolean => of.end - of.start >= (1 + leastRatio) * (words.end - words.start);

function labelled(prose: Prose, whole: Span): Summary | undefined {
  const { text } = prose;
  const block = fromAbstract(text, whole);
  const head = text.slice(block.start, Math.min(block.end, block.start + longestLabel + 20));
  const latex = latexAbstract.exec(head)?.[0].length;
  const label: Label | undefined =
    latex === undefined ? labelOf(head, isUnderHeading(prose, block)) : { kind: 'abstract', length: latex };
  const kind = label?.kind ?? unlabelled(prose, block, head);
  if (kind === undefined) return undefined;
  const stop = latex === undefined ? -1 : text.slice(block.start, block.end).search(/\n?\s*\\end\{abstract\}/);
  const end = stop < 0 ? block.end : block.start + stop;
  const span = { start: block.start + (label?.length ?? 0), end };
  const of = label?.kind === 'abstract' ? { start: 0, end: text.length } : around(prose, block.start);
  const least =
    label === undefined && kind === 'argument' ? leastArgument : label?.kind === 'summary' ? fewest : leastWords;
  const few = length(text.slice(span.start, span.end)) < least;
  if (few || end - span.start > most || !fits(span, of) || spanAt(prose.skipped, block.start) !== undefined)
    return undefined;
  return { kind, span, cut: { start: block.start, end: stop < 0 ? end : end + 20 }, of };
}
/** `In which the carrier declines to go further.` */
const leastArgument = 6;
/** Words behind `TL;DR:` may be this few. */
const fewest = 8;

const labelLine =
  /^[ \t]*(?:> ?)?(?:(\*\*|__|[*_]|【|\[)([^*_【】[\]\n]{2,70})[:：.]?(?:\*\*|__|[*_]|】|\])[:：]?|([\p{L}][^*_\n:：.]{1,60})([:：])?)[ \t]*$/u;

/** A label that stands alone in its line, above the words: the rest of its paragraph, or the next one, or the list that follows. */
function belowLabel(prose: Prose, block: Span, next: Span | undefined): Summary | undefined {
  const { text, sections, sectionSpans, lists } = prose;
  const lineEnd = text.indexOf('\n', block.start);
  const stop = lineEnd < 0 || lineEnd > block.end ? block.end : lineEnd;
  if (stop - block.start > 2 * longestLabel) return undefined;
  const match = labelLine.exec(text.slice(block.start, stop));
  const words = match?.[2] ?? match?.[3] ?? '';
  const kind =
    match === null
      ? undefined
      : (summaryTitle(words)?.kind ?? (match[1] === undefined ? undefined : kindOfLabel(words)));
  if (match === null || kind === undefined || /^(?!tl)\p{Ll}/u.test(words)) return undefined;
  // A heading is read as one.
  const section = sections[lastBefore(sectionSpans, block.start)];
  if (section !== undefined && block.start < section.bodyStart) return undefined;
  const own = stop < block.end ? { start: stop + 1, end: block.end } : next;
  if (own === undefined || (match[1] === undefined && match[4] === undefined && stop < block.end)) return undefined;
  const list = lists.find((one) => one.span.start >= own.start - 3 && one.span.start <= own.start + 1);
  const span = list === undefined ? own : { start: own.start, end: Math.max(own.end, list.span.end) };
  const near = around(prose, block.start);
  const of = kind === 'abstract' ? { start: 0, end: text.length } : near;
  const holds = list === undefined ? isProse(prose, span) : isPoints(prose, span);
  return holds && fits(span, of) ? { kind, span, cut: { start: block.start, end: span.end }, of } : undefined;
}

/** Paragraphs that say that they sum up. */
export function underLabel(prose: Prose): Summary[] {
  const { text, paragraphs } = prose;
  return paragraphs.flatMap((whole, i): Summary[] => {
    // Most paragraphs begin with a letter that none of the labels has.
    const code = text.charCodeAt(whole.start);
    if (code < 0x3000 && !'aAbBeEhHiIkKlLmMnNoOpPrRsStTuUvWwCcDdFfGgQqZzRr*_[>\\'.includes(text[whole.start] ?? ''))
      return [];
    const found = labelled(prose, whole) ?? belowLabel(prose, whole, paragraphs[i + 1]);
    return found === undefined ? [] : [found];
  });
}

/** `In which Emeric counts the sacks`, as a heading of its own below that of the chapter. */
export function asHeading({ text, sections }: Prose): Summary[] {
  return sections.flatMap(({ title, number, span, bodyStart, parent }): Summary[] => {
    const outer = sections[parent ?? -1];
    const at = text.indexOf(title, span.start);
    if (number !== undefined || !inWhich.test(title) || at < 0 || at > bodyStart || title.split(/\s+/).length < 5)
      return [];
    const words = { start: at, end: at + title.length };
    return [{ kind: 'argument', span: words, cut: words, of: outer?.span ?? span }];
  });
}
