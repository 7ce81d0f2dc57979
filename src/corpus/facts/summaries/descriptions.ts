/** @file What stands under a title and says what the whole is: the long title of an Act, the line of a man page, the paragraph under a name, the standfirst of an article, the words of a version before its changes. */
import type { Span } from '../../document.ts';
import { lastBefore, type Prose, spanAt } from '../../structure/prose.ts';
import type { Section } from '../../structure/sections.ts';
import { isProse, length, trimmedSpan } from './extents.ts';
import type { Summary } from './summary.ts';

/** `An Act to make provision for ...` under the title of an Act. */
export function longTitle({ text, paragraphs }: Prose): Summary[] {
  const block = paragraphs
    .slice(0, 8)
    .find(({ start, end }) =>
      /^An (?:Act|Ordinance|Order) (?:to|for) \p{L}[\s\S]{20,800}[.;](?:\s*\[[^\][]{4,30}\])?$/u.test(
        text.slice(start, Math.min(end, start + 900)),
      ),
    );
  return block === undefined
    ? []
    : [{ kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } }];
}

/** `This standard specifies ...` under the heading of the scope of a standard. */
export function scope({ text, sections, paragraphs }: Prose): Summary[] {
  const part = sections.find(({ title }) =>
    /^(?:[\d.]+\s*)?(?:Scope|Scope of (?:this|the) .{3,30}|范围|适用范围)$/.test(title),
  );
  const block = part === undefined ? undefined : paragraphs[lastBefore(paragraphs, part.bodyStart + 2)];
  if (part === undefined || block === undefined || block.start < part.bodyStart || block.end > part.span.end) return [];
  const words = text.slice(block.start, block.end);
  const says =
    /^(?:This|The present) (?:(?:International|European|National) )?(?:standard|document|specification|part|guide|code|regulation|procedure|Standard|Recommendation)\b.{0,40}? (?:specifies|describes|defines|gives|sets|covers|establishes|provides|lays)\b|^本(?:标准|规范|文件|部分|规程|指南)(?:规定|描述|给出|适用|确立)/;
  if (!says.test(words) || words.length > 2000 || text.length < 3 * words.length) return [];
  return [{ kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } }];
}

/** `ls - list directory contents` of a man page, and the one paragraph between the title and the next heading. */
export function description(prose: Prose): Summary | undefined {
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
    first.span.start > (/^\p{Script=Han}/u.test(text.trimStart()) ? 30 : 80) &&
    !/^---\n[\s\S]{0,1000}?\n---\s*$/.test(text.slice(0, Math.min(first.span.start, 1100)));
  const stop = untitled ? first.span.start : (second?.span.start ?? text.length);
  if (
    !untitled &&
    ((first.span.start > 4 && !text.startsWith('---')) || (second !== undefined && second.level <= first.level))
  )
    return undefined;
  const items = lists.map(({ span }) => span);
  const blocks = paragraphs.filter(
    ({ start, end }) =>
      start >= (untitled ? 0 : first.bodyStart) &&
      end <= stop &&
      spanAt(items, start) === undefined &&
      !(imprinted.test(text.slice(start, start + 40)) && end - start < 200),
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
  if (
    length(words) < 8 ||
    !isProse(prose, block, 8) ||
    /^(?:[->|[!]|by\b|\d+\.)/i.test(words) ||
    !/[.。!](?:\[\d+\])?["”’」*_]*$/.test(words)
  )
    return undefined;
  const title =
    alone !== undefined
      ? text.slice(alone.start, alone.end)
      : untitled
        ? (/^[*_]{2,3}([^*_\n]{2,60})[*_]{2,3}/.exec(words)?.[1] ?? '\u0000')
        : first.title;
  const program = second !== undefined && afterProgram.test(second.title) && isProgramName.test(title);
  if (text.length < 3 * words.length || !(program || describes(words, title, untitled))) return undefined;
  return { kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } };
}

/** Below a title: where the text is from, and what changed in it. */
const imprinted =
  /^[*_(（]{0,2}(?:From (?:the )?\p{Lu}|(?:Last )?(?:[Uu]pdated|[Mm]odified|[Rr]evised)\b|(?:New|Changed|Added|Deprecated) in version|Version \d|By \p{Lu}|来源|出自|更新于|版本[:：]|作者[:：])/u;
/** A page that says what it is about. */
const ofItself =
  /\bThis (?:page|guide|manual|handbook|document|tutorial|chapter|report|reference|article|book|section) (?:describes|explains|shows|covers|tells|introduces|lists|gives|documents|sets out|presents|summari[sz]es)\b|本(?:手册|指南|文档|文|书|页|教程|报告|标准|规范)(?:说明|介绍|描述|讲解|阐述|汇总|讲述|规定)/;

/** Below the name of a program and its description stands how it is had and used. */
const afterProgram =
  /^(?:install(?:ation|ing)?|usage|use|getting started|quick ?start|requirements|features|example|build|setup|安装|使用|用法|快速(?:开始|上手)|功能|特性|环境要求)/i;
const isProgramName =
  /^[`*]*(?:[a-z@][\w./@-]*|[A-Z]\w*[A-Z]\w*|[\w-]+\.(?:js|py|rs)|\p{Script=Han}{2,8}|[A-Z][a-z]+)[`*]*$/u;

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
  if (/^一[个款种套]/.test(words) || ofItself.test(words)) return true;
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
/** Above the highlights. */
const releaseDate = /^[*_]{0,2}(?:release(?:d| date)|date|发布(?:日期|时间))[*_]{0,2}[:：][^\n]{4,40}$/i;
/** A log of changes has so many. */
const leastVersions = 2;

/** The prose of a version before the list of its changes. */
export function releaseHighlights(prose: Prose): Summary[] {
  const { text, sections, lists, paragraphs } = prose;
  const versions = sections.filter(({ title }) => versionTitle.test(title));
  if (versions.length < leastVersions) return [];
  const marks = lists.map(({ span }) => span);
  return versions.flatMap(({ bodyStart, span }): Summary[] => {
    const first = lastBefore(paragraphs, bodyStart + 2);
    const isDate = releaseDate.test(text.slice(paragraphs[first]?.start, paragraphs[first]?.end));
    const block = paragraphs[first + (isDate ? 1 : 0)];
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
    if (list === block || !follows || !/[.。!]$/.test(own) || length(own) < 8 || /^(?:[-*•#|>【]|\d+[.、])/.test(own))
      return [];
    return [{ kind: 'highlights', span: words, cut: block, of: span }];
  });
}

const byline =
  /^[*_(（]{0,2}(?:(?:[Bb]y|[Ww]ords(?: by)?:?|[Tt]ext(?: by)?:?|[Rr]eported by|[Ss]tory by|[Ff]rom our|[Ii]nterview(?:ed)? by)\s\p{Lu}|(?:采访|访谈|整理|撰文)[：:]|(?:本[报刊]|新华社|[\p{Script=Han}]{0,4})记者|[文图撰][/／|｜：:丨]|作者[：:|｜])/u;
/** `LUME — Ferry crews voted`, `本报讯`: where a report begins. */
const dateline =
  /^(?:\p{Lu}[\p{Lu}'’. -]{2,30}(?:, (?:\p{Lu}[\p{L}.]+ ?){1,3}(?:\d{1,2},? )?(?:\d{4})?)? ?(?:\([^)]{2,20}\) ?)?(?:—|–|--|-) |[（(]?(?:本报|本刊|新华社|中新社|[\p{Script=Han}]{2,6}(?:日报|晚报|周刊|网))[^，。\n]{0,24}[电讯])/u;
/** Source and date below a title. */
const imprint =
  /^[*_(（]{0,2}(?:来源|发布|作者|时间|日期|\d{4}[年/.-]|\d{1,2} \p{Lu}\p{L}+ \d{4}|Published|Posted|Updated)/u;
/** Characters of a standfirst. */
const longestStandfirst = 400;

/** Above an interview stands whom it is with. */
const ofTalk =
  /记者|专访|采访|走进|对话|聊|\b(?:interview\p{L}*|talk(?:s|ed)?|spoke|speaks|tells|told|asked|met (?:her|him|them)|visited|entretien|rencontre|raconte|parle|Gespräch|erzählt)\b/iu;
/** Above the turns of a record stands how it was made. */
const ofRecord =
  /\b(?:transcri\p{L}+|broadcast|recorded|record|hearing|proceedings|present|appearances?|court|case no)\b|\p{Lu} = |记录|录音|整理|(?:出席|时间|地点)[：:]|开庭/iu;

/** Whether the report or the talk itself begins in a paragraph. */
const begins = ({ text, skipped }: Prose, words: string, { start }: Span): boolean =>
  dateline.test(text.slice(start, start + 80)) ||
  (spanAt(skipped, start) !== undefined && ofTalk.test(words) && !ofRecord.test(words));

/** The paragraph between the title of an article and the name of who wrote it, the place of its report, or the first turn of its interview. */
export function standfirst(prose: Prose): Summary | undefined {
  const { text, sections, paragraphs } = prose;
  const first = sections[0];
  const from = first !== undefined && first.span.start < 80 ? lastBefore(paragraphs, first.bodyStart + 2) : 1;
  const dated =
    imprint.test(text.slice(paragraphs[from]?.start, (paragraphs[from]?.start ?? 0) + 40)) &&
    (paragraphs[from]?.end ?? 0) - (paragraphs[from]?.start ?? 0) < 80;
  const at = dated ? from + 1 : from;
  const [block, next] = [paragraphs[at], paragraphs[at + 1]];
  if (block === undefined || next === undefined || (first !== undefined && block.start < first.bodyStart && from > 1))
    return undefined;
  const words = text.slice(block.start, block.end);
  if (
    words.length > longestStandfirst ||
    !(
      begins(prose, words, next) ||
      (byline.test(text.slice(next.start, next.start + 40)) && next.end - next.start <= 200)
    ) ||
    byline.test(words) ||
    !/[.!?。！？][*_”"]*$/.test(words) ||
    !isProse(prose, block, 8) ||
    text.length < 3 * words.length
  )
    return undefined;
  return { kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } };
}
