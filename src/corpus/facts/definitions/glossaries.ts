/** @file Entries of glossaries: under a heading that says so, in a paragraph below such a line, in tables of terms, as sections of their own. */
import { lastBefore, longestSentence, type Prose, spanAt } from '../../structure/prose.ts';
import type { Section } from '../../structure/sections.ts';
import { type Definition, definitionAt } from './definition.ts';

const definitionsTitle =
  /^(?:key |main |common )?(?:definitions?(?: of terms)?|key (?:terms|vocabulary|words|concepts)|interpretation|glossary(?: of .{1,40})?|terminology|terms(?: and definitions| used(?: in .{1,40})?)?|nomenclature|abbreviations(?: and acronyms)?|defined terms|meanings?(?: of (?:terms|words))?|words we use|the words we use|what (?:the|our) (?:words|terms) mean|jargon|lexicon|vocabulary(?: list)?|terms of (?:art|the trade)|definitions and interpretation|applicability and definitions|(?:\p{L}+ )?(?:words|vocabulary)|words (?:used(?: in .{1,40})?|to know|you (?:will )?need(?: to know)?)|(?:key |basic |main |core )?concepts|名词|用语|名词术语|(?:核心|主要)概念|概念|各?部分?名称|各部分名称|部件名称|名词说明|基本概念|术语(?:和定义|表|解释)?|定义|名词解释|释义|词汇表|缩略语|专业术语)$/iu;

const entry =
  /^(?:(?:[-*•]|\d{1,2}[.)、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*|\d{1,2}(?:\.\d{1,2})+\s+)?(?:\*\*|__|`)?([^:：\n*_`|#]{1,60}?)(?:\*\*|__|`)?(?:\s*[:：](?!\/\/)(?:\*\*)?\s*|\s+[—–-]{1,2}\s+|\s+(?:=|指)\s+)(?=\S)(.{3,})$/u;
/** `In this Act—`, `For the purposes of this Part:` above the definitions. */
const introduces =
  /^(?:In|For|Under|Unless|As used|The following|Throughout|Where)\b(?=.*\s)|[—–-]$|^(?:本|下列|以下)|(?:如下|下列|以下)(?:含义|意义|意思)$/;

/** A term alone above what it means. */
const isTermLine = (words: string): boolean =>
  words.length <= 60 &&
  !introduces.test(words) &&
  !/^(?:notes?|examples?|here|see|e\.g|tips?|warning)\b|[:：]/i.test(words) &&
  !/[.!?;,。！？；，]$/.test(words) &&
  !/^[#|>`~-]/.test(words) &&
  words.split(' ').length <= 7;

function glossary(prose: Prose, { bodyStart, span }: Section): Definition[] {
  const { text } = prose;
  const found: Definition[] = [];
  const add = (at: number, term: string, from: number, end: number): void => {
    const found_ = definitionAt(
      text,
      { start: at, end },
      { term, at: text.slice(at, end).indexOf(term), meaning: from - at },
    );
    if (found_ !== undefined) found.push(found_);
  };
  const { paragraphs } = prose;
  const within = paragraphs
    .slice(lastBefore(paragraphs, bodyStart - 1) + 1, lastBefore(paragraphs, span.end - 1) + 1)
    .filter(({ end }) => end <= span.end);
  for (const [i, block] of within.entries()) {
    if (spanAt(prose.skipped, block.start) !== undefined || block.end - block.start > 20 * longestSentence) continue;
    const words = text.slice(block.start, block.end);
    const next = within[i + 1];
    const line = words.replace(/\s*[¶:：]$/, '');
    const term = line.replace(/^\d{1,2}(?:\.\d{1,2})*\s+/, '');
    const listed = /^([^\n]{1,60})\n: +(\S[^\n]*)$/.exec(words);
    if (listed?.[1] !== undefined && listed[2] !== undefined) {
      add(block.start, listed[1].trim(), block.end - listed[2].length, block.end);
      continue;
    }
    const below = next === undefined ? '' : text.slice(next.start, Math.min(next.end, next.start + 2000));
    if (
      !words.includes('\n') &&
      isTermLine(term) &&
      next !== undefined &&
      (/\S+ \S+ \S+ \S.*[.:]|\p{Script=Han}{4}/u.test(below) || (term !== line && /(?:\S+ ){3}\S/.test(below))) &&
      !isTermLine(below)
    ) {
      add(block.start, term, next.start, next.end);
      continue;
    }
    let at = block.start;
    for (const line of words.split('\n')) {
      const match = line.length < longestSentence ? entry.exec(line) : null;
      if (
        match?.[1] !== undefined &&
        match[2] !== undefined &&
        match[1].trim().split(/\s+/).length <= 7 &&
        !/^(?:notes?|examples?|tips?|warning)(?: \d+)?(?: to entry)?$/i.test(match[1].trim()) &&
        !introduces.test(match[1]) &&
        !/^(?:call|ring|phone|ask|contact|write to) /i.test(match[2])
      )
        add(at, match[1], at + line.length - match[2].length, at + line.length);
      at += line.length + 1;
    }
  }
  return found;
}

const termHeader =
  /^(?:terms?|words?|abbreviations?|acronyms?|expressions?|symbols?|术语|名词|用语|词语|缩略语|简称|符号)$/i;
const meaningHeader =
  /^(?:meanings?|definitions?|explanations?|descriptions?|in full|full (?:name|form)|stands for|含义|定义|解释|释义|说明|全称)$/i;

/** The rows of a table of terms. */
function tabled({ tables }: Prose): Definition[] {
  return tables.flatMap(({ columns, rows }): Definition[] => {
    const [term, meaning] = [termHeader, meaningHeader].map((pattern) =>
      columns.findIndex(({ header }) => pattern.test(header.trim())),
    );
    if (term === undefined || meaning === undefined || term < 0 || meaning < 0) return [];
    return rows.flatMap(({ cells }): Definition[] => {
      const [name, meant] = [cells[term], cells[meaning]];
      if (name === undefined || meant === undefined || name.value === '' || meant.value.length < 2) return [];
      const span = { start: Math.min(name.span.start, meant.span.start), end: Math.max(name.span.end, meant.span.end) };
      return [
        {
          term: name.value,
          termSpan: name.span,
          meaning: meant.value.replace(/[;；.。]$/, ''),
          meaningSpan: meant.span,
          span,
        },
      ];
    });
  });
}

/** A heading below that of the definitions is a term, and what stands under it its meaning. */
function termSections(prose: Prose, parts: readonly Section[]): Definition[] {
  const { text, sections } = prose;
  return sections.flatMap(({ title, span, bodyStart, parent, number }): Definition[] => {
    const outer = sections[parent ?? -1];
    if (outer === undefined || !parts.includes(outer) || number === undefined || title.length > 60) return [];
    const stop = text.slice(bodyStart, span.end).search(/\n\s*\n(?=\S)/);
    const end = stop <= 0 ? span.end : bodyStart + stop;
    const lead = /^\s*/.exec(text.slice(bodyStart, end))?.[0].length ?? 0;
    const at = text.indexOf(title, span.start) - span.start;
    const found =
      end - bodyStart > longestSentence
        ? undefined
        : definitionAt(text, { start: span.start, end }, { term: title, at, meaning: bodyStart + lead - span.start });
    return found === undefined ? [] : [found];
  });
}

/** Entries below a line that is such a title, in one paragraph. */
function blockGlossaries(prose: Prose): Definition[] {
  const { text, paragraphs } = prose;
  return paragraphs.flatMap(({ start, end }): Definition[] => {
    const stop = text.indexOf('\n', start);
    if (stop < 0 || stop > end || stop - start > 40 || !definitionsTitle.test(text.slice(start, stop).trim()))
      return [];
    return glossary(
      { ...prose, paragraphs: [{ start: stop + 1, end }] },
      { title: '', level: 1, bodyStart: stop + 1, span: { start, end } },
    );
  });
}

/** Definition lists of Markdown: `gauge`, and below it `: a device that ...`. */
function definitionLists({ text, skipped }: Prose): Definition[] {
  if (!/\n[:：] /.test(text)) return [];
  return Array.from(text.matchAll(listEntry)).flatMap((match): Definition[] => {
    const [whole, term = '', gap = ''] = match;
    const start = match.index;
    if (spanAt(skipped, start) !== undefined || introduces.test(term)) return [];
    const found = definitionAt(
      text,
      { start, end: start + whole.length },
      { term, at: whole.indexOf(term), meaning: whole.indexOf(term) + term.length + gap.length },
    );
    return found === undefined ? [] : [found];
  });
}
const listEntry =
  /(?<=^|\n)[*_`]{0,2}([^\n:|#>*_`-][^\n:|*_`]{0,60})([*_`]{0,2}\n{1,2}[:：] {1,3})(?=\S)[^\n]{3,500}(?:\n(?![:：]|\n)[^\n]{1,300}){0,5}/gu;

/** Everything that is defined in a glossary. @param parts The sections whose headings say that they define. */
export const glossaryEntries = (prose: Prose, parts: readonly Section[]): Definition[] => [
  ...parts.flatMap((section) => glossary(prose, section)),
  ...blockGlossaries(prose),
  ...tabled(prose),
  ...definitionLists(prose),
  ...termSections(prose, parts),
];

/** Sections that define terms by their headings. */
export const definingSections = ({ sections }: Prose): Section[] =>
  sections.filter(({ title }) => definitionsTitle.test(title));
