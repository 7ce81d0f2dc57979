/** @file References by name: `see “Results of Operations”`, `[Rotating keys](#rotating-keys)`, `the Schedule`, `参见“除垢”`. */
import type { Span } from '../../document.ts';
import { lastBefore, type Prose, spanAt } from '../../structure/prose.ts';
import { inProse } from './entries.ts';
import { kinds } from './numbered.ts';
import type { Reference, ReferenceKind } from './reference.ts';
import type { Targets } from './targets.ts';

const anchor = /\[([^\][\n]{1,80})\]\(#([\p{L}\d_.-]{1,80})\)/gu;

/** Words that name a section: `see “Results of Operations”`, `[Rotating keys](#rotating-keys)`. */
export function named(prose: Prose, targets: Targets): Reference[] {
  const { text } = prose;
  const found: Reference[] = [];
  if (!targets.hasTitles) return found;
  const add = (label: string, start: number, target: Span | undefined): void => {
    if (target !== undefined && inProse(prose, start))
      found.push({ label, to: 'section', target, span: { start, end: start + label.length } });
  };
  for (const match of text.includes('](#') ? text.matchAll(anchor) : []) {
    // A line that is nothing but a link is one of a table of contents.
    const line = text.slice(Math.max(0, match.index - 20), match.index);
    if (
      /(?:^|\n)[ \t]*(?:[-*+]|\d+\.)\s*$/.test(line) &&
      /^[ \t]*(?:\n|$)/.test(text.slice(match.index + match[0].length, match.index + match[0].length + 40))
    )
      continue;
    const target = targets.titled(match[2] ?? '') ?? targets.titled(match[1] ?? '');
    const start = match.index + 1;
    const label = match[1] ?? '';
    add(label, start, target);
  }
  for (const match of text.matchAll(
    /\b(?:[Ss]ee(?:\s+also)?(?:\s+under|\s+in)?|[Ss]ections?|under|in|headed|entitled)\s+(?:the\s+)?(?:section\s+|heading\s+)?["“]([^"”\n]{3,80})["”]/g,
  )) {
    const label = match[1] ?? '';
    const target = targets.titled(label.replace(/[,.]$/, ''));
    const start = match.index + match[0].length - label.length - 1;
    add(label, start, target);
  }
  for (const match of text.matchAll(
    /\b[Tt]he\s+(\p{Lu}[^.,;:()"“”\n]{1,60}?)\s+(section|chapter|sheet|table|page)\b/gu,
  )) {
    const label = match[1] ?? '';
    const target = targets.titled(label);
    const start = match.index + match[0].indexOf(label);
    if (target !== undefined && inProse(prose, start))
      found.push({
        label: `${label} ${match[2] ?? ''}`,
        to: match[2] === 'chapter' ? 'chapter' : 'section',
        target,
        span: { start, end: match.index + match[0].length },
      });
  }
  return found;
}

/** `the Schedule` of a text that has one; `see Navigation`, `See also *Salt tax*`; `《图书馆暂行规定》`; `Table~\ref{tab:eff}`. */
export function unnumbered(prose: Prose, targets: Targets): Reference[] {
  const { text, sections, sectionSpans } = prose;
  const found: Reference[] = [];
  const grids = prose.tables.map(({ span }) => span);
  /** @param inCells Whether it may stand in a table too. */
  const add = (to: ReferenceKind, start: number, label: string, target?: Span, inCells = false): void => {
    if (inProse(prose, start) || (inCells && spanAt(grids, start) !== undefined))
      found.push({
        label,
        to,
        span: { start, end: start + label.length },
        ...(target === undefined ? {} : { target }),
      });
  };
  for (const match of targets.hasTitles || text.includes('*') ? text.matchAll(seeTitle) : []) {
    const [whole, first, second, plain = ''] = match;
    for (const name of [first, second])
      if (name !== undefined) add('document', match.index + whole.indexOf(`*${name}`) + 1, name, targets.titled(name));
    if (plain === '') continue;
    const start = match.index + whole.length - plain.length;
    // `See Heights and datums.`: the title may go on behind the word that ends it elsewhere.
    const longer = titleAt.exec(text.slice(start, start + 64))?.[0] ?? plain;
    const title = [plain, longer].find((name) => targets.titled(name) !== undefined);
    if (title !== undefined) add('section', start, title, targets.titled(title), true);
  }
  const ownTitle = text.slice(0, 200).split('\n\n', 1)[0] ?? '';
  for (const match of titledKind.test(text) ? text.matchAll(titledWork) : []) {
    const name = match[1] ?? '';
    if (targets.titled(name) === undefined && !ownTitle.includes(name))
      add('document', match.index + match[0].length - name.length, name);
  }
  for (const match of targets.hasTitles ? text.matchAll(byTitle) : []) {
    const name = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].length - name.length;
    const target = targets.titled(name.replace(/^[一二三四五六七八九十]{1,3}、/, ''), start);
    if (target !== undefined) add('section', start, name, target, true);
  }
  for (const match of prose.tables.length === 0 ? [] : text.matchAll(tableNear)) {
    const after = /^[Tt]he following|below|下|次/.test(match[0]);
    const table = after
      ? prose.tables.find(({ span }) => span.start > match.index)
      : prose.tables.findLast(({ span }) => span.end < match.index);
    if (table !== undefined) add('table', match.index, match[0], table.caption?.span ?? table.span);
  }
  for (const match of text.matchAll(sectionByName))
    add('section', match.index, match[0], targets.titled(match[1] ?? ''));
  for (const match of targets.hasVersions ? text.matchAll(ofVersion) : []) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const target = targets.version(name);
    if (target !== undefined) add('section', match.index + match[0].indexOf(name), name, target);
  }
  const annexes = sections.filter(({ title }) =>
    /^(?:SCHEDULE|Schedule|APPENDIX|Appendix|ANNEX|Annex|附表|附录|附件)(?![A-Z\d一二三四五六七八九十])/.test(title),
  );
  const lines = annexes.length === 0 ? [...text.matchAll(/^(?:SCHEDULE|APPENDIX|ANNEX)(?=$|\n|\s+\()/gm)] : [];
  const [line] = lines.map(({ index, 0: { length } }) => ({ span: { start: index, end: index + length } }));
  const annex = annexes[0] ?? line;
  if (annex !== undefined && annexes.length + lines.length === 1)
    for (const match of text.matchAll(
      /\bthe (?:Schedule|Appendix|Annex)\b(?! [A-Z\d])|(?<=[照见依按据])(?:附表|附录|附件)(?![A-Z\d一二三四五六七八九十])|(?<=\p{Script=Han})(?:附表|附录|附件)(?=(?:中)?(?:规定|所列|所示|列明|载明|确定))/gu,
    ))
      add('appendix', match.index, match[0], annex.span);
  for (const match of text.includes('《') ? text.matchAll(chineseDocument) : []) add('document', match.index, match[0]);
  for (const match of text.matchAll(/(?:参见|另见|参阅)[：:][ \t]*([^\n，。、；《》]{2,20})(?=\n|$)/g))
    add('document', match.index + match[0].length - (match[1] ?? '').length, match[1] ?? '');
  const latex = text.includes('\\ref{');
  const labels = new Map(
    latex ? [...text.matchAll(/\\label\{([^}\n]{1,60})\}/g)].map(({ index, 1: key = '' }) => [key, index]) : [],
  );
  if (latex)
    for (const match of text.matchAll(
      /\b(Section|Chapter|Appendix|Table|Figure|Fig\.|Equation|Eq\.)[~ ]\\ref\{([^}\n]{1,60})\}/g,
    )) {
      const at = labels.get(match[2] ?? '') ?? -1;
      const to = kinds[(match[1] ?? '').toLowerCase().replace('.', '')] ?? 'section';
      const around = sections[lastBefore(sectionSpans, at)]?.span;
      add(to, match.index, match[0], at < 0 || !/^(?:section|chapter|appendix)$/.test(to) ? undefined : around);
    }
  return found;
}

/** `see Navigation`, `See also *Salt tax*`. */
const seeTitle =
  /\b(?:[Ss]ee|[Rr]efer(?:s|red)?\s+to|[Cc]onsult)\s+(?:also\s+)?(?:\*([^*\n]{2,60})\*(?:\s+and\s+\*([^*\n]{2,60})\*)?|(?:the (?:notes|section|part|chapter|text) (?:(?:under|on|in|called|headed) )?|the )?(\p{Lu}[^.,;:()|\n]{2,60}?)(?=[.,;)]| *[|\n]| (?:for|on|to|in|which|where|when|above|below|if|before|and)\b))/gu;

const titleAt = /^[^.,;:()|\n]{2,60}(?=[.,;)])/;

/** `the table below`, `下表`: the next table, or the one before. */
const tableNear =
  /\b[Tt]he (?:following table|table (?:below|above))\b|(?<=[见如由据，。])[上下]表(?=[所中列可]|[，。、])/g;
/** `section "Filters"`: of this text or of another. */
const sectionByName = /\b(?:section|chapter|heading) ["“](\p{Lu}[^"”\n]{2,60})["”]/gu;
/** `see 2.3.0`, `since release 4.2`, `见 v3.2.0 一节`: a version that has a heading of its own. */
const ofVersion =
  /\b(?:[Ss]ee|under|since|as of|notes? (?:for|of))\s(?:the\s)?(?:release\s|version\s)?(v?\d{1,3}\.\d{1,3}(?:\.\d{1,4})?)(?![\d.]*\d)|[见同复]\s?(v?\d{1,3}\.\d{1,3}\.\d{1,4})|\b(?:[Ii]n|from|by|before|after|than|until)\s(?:release\s|version\s)?(v?\d{1,3}\.\d{1,3}\.\d{1,4})(?![\d.]*\d)/g;

/** The title of a section behind words that send the reader there: `the notes under Changed`, `参见“除垢”`. */
const byTitle =
  /\b(?:notes?|listed|described|given|explained|set out|steps|instructions|details?)\s(?:under|in)\s(?:the )?(?!the )(\p{Lu}[^.,;:()|“"\n]{2,60}?)(?=[.,;)]| *[|\n]| (?:for|on|to|above|below|do|does|did|is|are|was|were|apply|applies|cover|covers|may|must|can|will|shall)\b)|(?:[参详请]见|参[阅看]|见)(?:上文|下文|前面|后面|本(?:公告|报告|文|章程|合同|手册|书))?(?:的)?[“"「]?((?:[一二三四五六七八九十]{1,3}、)?\p{Script=Han}{2,16}?)(?=[”"」]|[。，；）|\n]| \||一[节章]|部分)/gu;

/** Whether the line of a place ends as a sentence does, and no title. */
export function inSentence(text: string, at: number): boolean {
  const stop = text.indexOf('\n', at);
  return /[.。;；]\s*$/.test(text.slice(at, stop < 0 ? text.length : Math.min(stop, at + 1000)));
}

/** `see the Engine Room Handbook`: a work by its title, where the text sends the reader there. */
const titledWork =
  /\b(?:[Ss]ee(?: also)?|[Rr]efer(?:s|red)? to|[Cc]onsult|(?:described|given|explained|set out|laid down|listed|found|defined|published) in|in accordance with|as required by|compl(?:y|ies) with)\s+(?:the\s|our\s|its\s|your\s)?((?:\p{Lu}[\p{L}’'-]{1,30}\s(?:(?:of|and|for|the|to|on)\s){0,2}){1,6}(?:Handbook|Manual|Guide|Guidelines|Code|Standard|Policy|Rules|Regulations|Specification|Procedure|Instructions|Leaflet|Charter|Bulletin|Catalogue|Protocol|Notice|Brochure|Data Sheet|Datasheet))\b(?!\s\p{Lu})/gu;
/** The last words of such titles, which most texts have none of. */
const titledKind =
  /\s(?:Handbook|Manual|Guide|Code|Standard|Policy|Rules|Regulations|Specification|Procedure|Instructions|Leaflet|Charter|Bulletin|Catalogue|Protocol|Notice|Brochure|Data)/;

/** Titles of rules and guides; of other works where the text sends the reader there. */
const chineseDocument =
  /《[^《》\n]{2,40}(?:规定|办法|条例|细则|规则|守则|准则|通则|制度|指南|指引|标准|规范|规程|公约|条约|章程|法|决定|意见|通知|公告|通告|批复|方案|规划|纲要|年鉴|名录|目录|年度报告|手册|须知|说明书|白皮书)》(?:（[一-龥]{1,8}〔\d{4}〕\d{1,4}号）)?|(?<=(?:[见阅]|参考)(?:本[刊报书])?(?:第\d{1,4}期)?)《[^《》\n]{2,40}》/g;
