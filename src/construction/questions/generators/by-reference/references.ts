/** @file References that a reader can follow: the only one of a provision, or the only one of a sentence whose beginning is quoted. */
import type { Span } from '../../../../corpus/document.ts';
import type { Context } from '../../question.ts';
import { listedReferences } from '../../views/provisions/listed-references.ts';
import { naming } from '../../views/provisions/naming.ts';
import { type Citation, isWithin, type Provision, type Provisions } from '../../views/provisions/provisions.ts';
import { beginning, isClosed, oneLine, quotable, timesIn, withoutNumber } from '../../views/provisions/quoting.ts';
import { opening } from './wordings.ts';

/** Numbers that show how a work numbers its parts, and send nobody anywhere. */
const example =
  /\b(?:for (?:example|instance)|e\.g\.|such as|in the form|numbered)|\bso that \S*\d\S* (?:is|means)\b|例如|比如|譬如|形如|编号|举例/i;
/** Other places that a sentence may send to: a number without a word before it, a part of the same provision, a schedule. */
const another =
  /\b(?:sections?|articles?|clauses?|paragraphs?|subsections?|schedules?|annex(?:es)?|appendix|chapters?|parts?|tables?|regulations?)\s*[\d(IVX]|\b(?:this|that|such) (?:section|article|clause|paragraph|subsection)\b|第[〇零一二三四五六七八九十百\d]+[条款项章节]|[前本上][款条项]|附[件表录]/i;
const bareNumber = /\bsee (?:also )?\d+(?:\.\d+)*\b|见\s?\d+\.\d+/i;
/** A list or a range that a reference begins. */
const listed =
  /^\s*(?:(?:,|and|or|to|through|–|-|、|和|及|或者?|至|到)\s*)+[(（第\d]|^\s*[(（][\da-z一二三四五六七八九十]/;

const textOf = ({ entry }: Provisions, { start, end }: Span): string => entry.document.text.slice(start, end);

const sentenceAt = ({ entry: { facts } }: Provisions, { start, end }: Span): Span | undefined =>
  facts.sentences.find((sentence) => sentence.start <= start && end <= sentence.end);

/** What stands around a reference in its sentence. */
export function besides(found: Provisions, { span }: Citation): { before: string; after: string } | undefined {
  const sentence = sentenceAt(found, span);
  if (sentence === undefined) return undefined;
  const before = withoutNumber(textOf(found, { start: sentence.start, end: span.start }).trimStart());
  const after = textOf(found, { start: span.end, end: sentence.end });
  const isFollowed = !example.test(textOf(found, sentence)) && !/^\s*(?:to|through|–|-|至|到)\s*[第\d]/.test(after);
  return isFollowed ? { before, after } : undefined;
}

/** Whether numbered parts of it follow, which belong to it and are provisions of their own: 4.1 to 4. */
export const hasParts = ({ all }: Provisions, whole: Provision): boolean =>
  all.some((one) => one !== whole && isWithin(one, whole));

/** Whether a provision refers to the one that a reference names, and to no other of the document or of another work. */
function isOnlyOne(found: Provisions, { from, to }: Citation): boolean {
  if (from === undefined || hasParts(found, from)) return false;
  const own = found.citations.filter((one) => one.from === from);
  const others = own.filter((one) => one.to !== to && one.to !== from);
  if (others.length > 0 || !own.every((one) => besides(found, one) !== undefined)) return false;
  const body = { start: from.bodyStart, end: from.span.end };
  const known = new Set(own.map(({ span }) => span.end));
  const read = found.entry.facts.references
    .filter(({ to: kind }) => ['article', 'clause', 'section', 'chapter'].includes(kind))
    .map(({ span }) => span);
  const said = listedReferences(textOf(found, body), from.name).map(({ span }) => ({
    start: body.start + span.start,
    end: body.start + span.end,
  }));
  const isKnown = ({ start, end }: Span): boolean =>
    start < body.start ||
    end > body.end ||
    known.has(end) ||
    own.some(({ span }) => span.start <= start && end <= span.end);
  return [...read, ...said].every(isKnown) && !bareNumber.test(textOf(found, body));
}

const lengths = { en: { least: 24, most: 70 }, zh: { least: 8, most: 30 } } as const;
/** Words that lead to the reference. */
const hanging =
  /(?:\s+(?:under|in|of|by|to|with|the|and|or|see|per|as|at|for|from|an?|on|than|that|which|who|is|are|be|shall|may|not|if|where|when|set|out|referred|accordance|pursuant|subject|except|unless|provided)|[,，、；;:：(（“"]|按照|依照|根据|依据|违反|符合|属于|适用|有|的|与|和|或者?|及|应当|可以|不得)+$/i;

/** The beginning of a sentence, up to some words before its only reference. */
function openingOf(context: Context, found: Provisions, citation: Citation): string | undefined {
  const { before, after } = besides(found, citation) ?? {};
  if (before === undefined || after === undefined || /\n\s*\n/.test(before)) return undefined;
  if (another.test(before) || another.test(after) || listed.test(after) || bareNumber.test(after)) return undefined;
  const { least, most } = lengths[context.language];
  const words = beginning(oneLine(before), most).replace(hanging, '').trim();
  const isClear =
    words.length >= least &&
    (context.language === 'zh' ? /^[\p{Script=Han}《（]/u : /^\p{Lu}/u).test(words) &&
    // A label before the sentence, or the items of a list within it.
    !/^[^.:：]{1,30}[.:：]\s|[:：]|[(（][a-z\d一二三四五六七八九十]{1,3}[)）]/.test(words) &&
    quotable(words) &&
    isClosed(words) &&
    timesIn(context, words) === 1;
  return isClear ? opening.say(context.language, { words }) : undefined;
}

/** How a question names what refers: a provision, or a sentence of it. Undefined where it can be taken for more than one reference. */
export function placeOf(context: Context, found: Provisions, citation: Citation): string | undefined {
  const { from, to } = citation;
  if (from === undefined || isWithin(from, to) || isWithin(to, from) || found.unsure.has(to.name)) return undefined;
  if (isOnlyOne(found, citation) && !found.unsure.has(from.name)) return naming(found, from, context.language);
  return openingOf(context, found, citation);
}
