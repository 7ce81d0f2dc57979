/** @file Terms that headings state: the subject of an entry and of a section, and `"Contributor"` above what it means. */
import type { Span } from '../../document.ts';
import { lastBefore, longestSentence, type Prose, spanAt } from '../../structure/prose.ts';
import type { Section } from '../../structure/sections.ts';
import { type Definition, definitionAt } from './definition.ts';

/** `"Contributor"` as a heading above `means each ...`. */
function headed(text: string, { title, span, bodyStart }: Section): Definition | undefined {
  const term = /^["“「]([^"“”「」]{1,60})["”」]/.exec(title)?.[1];
  if (term === undefined) return undefined;
  const lead = /^\s*(?:(?:shall\s+)?means?|refers?\s+to|是指|指)\s*:?\s*/.exec(text.slice(bodyStart, bodyStart + 60));
  if (lead === null) return undefined;
  const end = Math.min(span.end, /\n\s*\n/.exec(text.slice(bodyStart + lead[0].length, span.end))?.index ?? span.end);
  const stop = end === span.end ? span.end : bodyStart + lead[0].length + end;
  const at = text.indexOf(term, span.start) - span.start;
  return definitionAt(
    text,
    { start: span.start, end: stop },
    { term, at, meaning: bodyStart + lead[0].length - span.start },
  );
}

/** The subject of an encyclopedia's entry or of a section: its title and then `is a ...`, in the first sentence. */
function subject({ text, sentences }: Prose, items: readonly Span[], first: Titled): Definition | undefined {
  const title = first.title.replace(/ ?[（(][^)）]*[)）]$/, '');
  if (title.length < 2 || title.length > 60) return undefined;
  const opening = sentences
    .slice(Math.max(0, lastBefore(sentences, first.bodyStart)), lastBefore(sentences, first.bodyStart) + 40)
    .filter(({ start }) => start >= first.bodyStart && spanAt(items, start) === undefined);
  const [lead] = opening;
  if (lead === undefined) return undefined;
  return subjectIn(text, lead, title) ?? shortSubject(text, lead, title) ?? laterSubject(text, opening, title);
}

/** A word of a heading that is explained further down: `Temperature is a measure of ...`, `The specific heat of a substance is the energy that ...`. */
function laterSubject(text: string, later: readonly Span[], title: string): Definition | undefined {
  if (/^(?:The|An?) |[^\p{L} -]/u.test(title) || title.split(' ').length > 3) return undefined;
  for (const span of later.slice(0, mostLater)) {
    const words = text.slice(span.start, Math.min(span.end, span.start + longestSentence));
    const article = /^(?:The|An?) /.exec(words)?.[0].length ?? 0;
    if (words.slice(article, article + title.length).toLowerCase() !== title.toLowerCase()) continue;
    const link = explained.exec(words.slice(article + title.length))?.[0].length;
    if (link === undefined) continue;
    const term = words.slice(article, article + title.length);
    return definitionAt(text, span, { term, at: article, meaning: article + title.length + link });
  }
  return undefined;
}

/** Sentences of a section that are looked at. */
const mostLater = 8;
const explained =
  /^(?: of (?:an?|any|the) \p{Ll}+)? is (?=(?:(?:an?|the|any) \p{Ll}+(?: \p{Ll}+){0,5}? (?:that|which|of|needed|used|made|by which|in which|between)|(?!clear|likely|certain|true|such|said|known|evident|possible|probable|sure|found|thought)\p{Ll}{4,} (?:that|which|by which|in which))\b)(?!(?:the )?(?:result|subject|topic|part|one|best|most|first|last|only|main)\b)/u;

function subjectIn(text: string, lead: Span, title: string): Definition | undefined {
  const words = text.slice(lead.start, Math.min(lead.end, lead.start + longestSentence));
  const at = words.indexOf(title);
  if (at < 0 || at > 5 || !/^(?:(?:The|An?) )?[*_]{0,3}$/.test(words.slice(0, at))) return undefined;
  const link =
    /^[*_]{0,3}(?:\s*[（(][^)）]{1,120}[)）])?(?:[，,]\s*(?:又名|又称|也称|亦称|简称|全称|原名|俗称|别称|also (?:known as|called)|or|known as)[^，,。.]{1,40}(?=[，,]))?[，,]?\s*(?:(?:is|was|are|were)\s+(?=(?:an?|the|one of)\s)|是(?=一|.{2,20}的))/.exec(
      words.slice(at + title.length),
    );
  return link === null
    ? undefined
    : definitionAt(text, lead, { term: title, at, meaning: at + title.length + link[0].length });
}

/** `The Calloway Aria 2 is a steam iron with ...` under the title `Calloway Aria 2 steam iron: owner's manual`. */
function shortSubject(text: string, lead: Span, title: string): Definition | undefined {
  const words = text.slice(lead.start, Math.min(lead.end, lead.start + longestSentence));
  const match =
    /^[*_]{0,2}(?:The |An? )?(\p{Lu}[\p{L}\d-]*(?: [\p{Lu}\d][\p{L}\d-]*){0,4}) is (?=an? )/u.exec(words) ??
    /^[*_]{0,2}([\p{Script=Han}A-Za-z\d-]{2,12}?)是(?=一[款种台个套部]|[^，。]{2,20}的)/u.exec(words);
  const term = match?.[1];
  if (match === null || term === undefined || term.length < 3 || !title.startsWith(term)) return undefined;
  return definitionAt(text, lead, { term, at: match[0].indexOf(term), meaning: match[0].length });
}

type Titled = Pick<Section, 'title' | 'bodyStart'>;

/** The sections, and a first line that is a title alone. */
function titled({ text, sections, paragraphs }: Prose): Titled[] {
  const [first] = paragraphs;
  const alone = first !== undefined && first.end - first.start <= 30 && sections.every(({ span }) => span.start > 0);
  const title = alone ? text.slice(first.start, first.end) : '';
  return /^[\p{L}\d ·'’-]{2,30}$/u.test(title) && first !== undefined
    ? [{ title, bodyStart: first.end }, ...sections]
    : [...sections];
}

/** What headings define. */
export function headedTerms(prose: Prose): Definition[] {
  const items = prose.lists.map(({ span }) => span);
  return [
    // What stands under `The settling column` tells how one is built.
    ...titled(prose).flatMap((part, i) => (i > 0 && /^The /.test(part.title) ? [] : [subject(prose, items, part)])),
    ...prose.sections.map((section) => headed(prose.text, section)),
  ].filter((item) => item !== undefined);
}
