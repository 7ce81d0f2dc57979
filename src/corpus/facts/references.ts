/**
 * @file References of a text: `see section 4.2`, `Tables 2 and 3`, `Article 5(2)`, `Appendix B`, `[12]`, `RFC 2119`, `见第五条`, `表3`, with the place
 * that they point to, where it stands in the text and is the only one.
 */
import type { Span } from '../document.ts';
import { type Caption, findCaptions } from '../structure/captions.ts';
import { ordinalOf } from '../structure/ordinal.ts';
import { lastBefore, type Prose, spanAt } from '../structure/prose.ts';
import type { Section } from '../structure/sections.ts';
import { hasHan } from './chinese.ts';

/** What a reference points to. */
export type ReferenceKind =
  | 'section'
  | 'chapter'
  | 'part'
  | 'article'
  | 'clause'
  | 'appendix'
  | 'table'
  | 'figure'
  | 'equation'
  | 'item'
  | 'note'
  | 'step'
  | 'document';

/** A mention of another place or document. */
export interface Reference {
  /** As it stands: `section 4.2`, `[12]`, `第五条`. */
  readonly label: string;
  readonly to: ReferenceKind;
  /** What it points to: a section, a table, an entry of the list of references, an item. */
  readonly target?: Span;
  readonly span: Span;
}

const kinds: Readonly<Record<string, ReferenceKind>> = {
  section: 'section',
  sec: 'section',
  subsection: 'section',
  '§': 'section',
  chapter: 'chapter',
  chap: 'chapter',
  part: 'part',
  article: 'article',
  art: 'article',
  clause: 'clause',
  paragraph: 'clause',
  appendix: 'appendix',
  appendice: 'appendix',
  annex: 'appendix',
  schedule: 'appendix',
  exhibit: 'appendix',
  table: 'table',
  figure: 'figure',
  fig: 'figure',
  tab: 'table',
  equation: 'equation',
  eq: 'equation',
  item: 'item',
  note: 'note',
  rule: 'clause',
  regulation: 'clause',
  step: 'step',
  章: 'chapter',
  节: 'section',
  条: 'article',
  款: 'clause',
  编: 'part',
  表: 'table',
  图: 'figure',
  部分: 'section',
  附录: 'appendix',
  附件: 'appendix',
  附注: 'note',
  公式: 'equation',
  式: 'equation',
};

const number =
  "(?:\\d{1,4}(?:[A-Z]|[a-z](?![a-z]))?(?:[.-]\\d{1,3}){0,5}|[A-Z](?:[.-]\\d{1,3}){1,4}|[IVXLC]{1,6}(?![A-Za-z\\d])|[A-Z](?![A-Za-z\\d’']))(?:\\([a-zA-Z0-9]{1,4}\\)){0,4}";
const pointed = new RegExp(
  `(?:\\b((?:[Ss]ub)?[Ss]ection|[Cc]hapter|[Aa]rticle|[Cc]lause|[Pp]aragraph|[Aa]ppendi(?:x|ce)|[Aa]nnex|[Ss]chedule|[Ee]xhibit|[Tt]able|[Ff]igure|[Ee]quation|[Ss]tep|Part|[Ii]tem|Note|Rule|Regulation|(?<=(?:[Ss]ee|of|in) )note|SECTION|TABLE|FIGURE|[Ss]ec\\.|[Cc]hap\\.|[Aa]rt\\.|[Ff]igs?\\.|[Tt]abs?\\.|[Ee]qs?\\.|Fig)(?:s|es)?[\\s\\u00a0~]+|(§)§?\\s?)(${number}|\\(\\d{1,3}\\))`,
  'y',
);
/** The words that `pointed` may begin with, in small letters. */
const pointing: ReadonlySet<string> = new Set(
  'section subsection chapter article clause paragraph appendix appendice annex schedule exhibit table figure equation step part item note rule regulation sec. chap. art. fig. figs. tab. tabs. eq. eqs. fig'
    .split(' ')
    .flatMap((word) => [word, `${word}s`, `${word}es`]),
);
const longestPointing = 14;

/** Where the word before the white space that ends at a place begins, if a reference may begin with it. */
function pointingStart(text: string, at: number): number | undefined {
  let end = at;
  while (end > 0 && (text.charCodeAt(end - 1) <= 32 || text[end - 1] === '\u00a0' || text[end - 1] === '~')) end--;
  let start = end - (text[end - 1] === '.' ? 1 : 0);
  while (
    start > 0 &&
    end - start <= longestPointing &&
    (text.charCodeAt(start - 1) | 32) >= 97 &&
    (text.charCodeAt(start - 1) | 32) <= 122
  )
    start--;
  return start < end && pointing.has(text.slice(start, end).toLowerCase()) ? start : undefined;
}

/** All matches of `pointed`: it is asked only where a number stands behind one of its words, or a section sign. */
function* pointedIn(text: string): Generator<RegExpExecArray> {
  let done = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const before = text.charCodeAt(i - 1);
    let start: number | undefined;
    if (code === 0xa7) start = i;
    else if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 40)
      start = before <= 32 || before === 0xa0 || before === 0x7e ? pointingStart(text, i) : undefined;
    if (start === undefined || start < done) continue;
    pointed.lastIndex = start;
    const match = pointed.exec(text);
    if (match === null) continue;
    done = start + match[0].length;
    yield match;
  }
}
const further = new RegExp(
  `^(?:\\s*(?:,|and|or|to|through|–|-|,\\s+and|,\\s+or)\\s*)(?:and\\s+|§\\s?)?(${number})(?![\\p{L}%$])`,
  'u',
);
const chinese =
  /(?:第([零〇一二两三四五六七八九十百千\d]{1,7})(章|节|条|编|部分)(?:之[一二三四五])?(?:第[一二三四五六七八九十\d]{1,3}款)?(?:第[（(]?[一二三四五六七八九十\d]{1,3}[）)]?项)?|(?<![代手钟电水外怀仪报列发填图](?=表)|[代手地意企试力贪版插绘描蓝截构](?=图))(附录|附件|附注|表|图) ?([A-Z]?\d{1,3}(?:[.-]\d{1,3}){0,2}|[A-Z](?![A-Za-z])|(?<=附[录件注] ?)[一二三四五六七八九十]{1,3})|(公式|(?<=[由按将把用据见和与、，。])式)\s?[（(]\d{1,3}[）)]|(?<![\d.])(\d{1,2}(?:\.\d{1,2}){1,3})\s?节|(?<=[见按]|符合|参照)(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%‰]|\s?\p{L}))/gu;
const document =
  /\b(?:GB|DB\d{0,4}|QB|JB|HJ|CJJ?|JGJ|YY|DL|NY|SL|JT|SB)(?:\/[TZ])?\s?\d{1,6}(?:\.\d{1,3})?[—–-]\d{4}\b|\b(?:Form|Standard|Sheet|Bulletin|Circular|Directive|Resolution|Leaflet|Pamphlet|Memorandum|[Aa]dvisory)\s(?:No\.\s?)?(?:[A-Z]{1,4}-)?\d{1,5}(?:[-/.]\d{1,5}){0,3}\b|\b(?:RFC|BCP|STD|PEP|FIPS|NIST SP|IEEE(?: Std)?|ISO(?:\/IEC)?|ECMA|ANSI|ASTM|DIN|IEC)[\s-]?\d{1,6}(?:[-.:]\d{1,5}){0,3}\b|\b(?:(?:BS|DIN|NF|UNE|NEN) EN(?: ISO)?|EN(?: ISO)?|BS(?: ISO)?|AS\/NZS|JIS [A-Z]|ETSI EN|UL|SAE [A-Z])\s\d{2,6}(?:-\d{1,3}){0,2}(?::(?:19|20)\d\d)?\b|\b(?:(?:Implementing |Delegated )?Regulation|Directive|Decision)\s\((?:EU|EC|EEC)\)\s(?:No\.?\s)?\d{1,4}\/\d{1,4}\b|\bDirective\s\d{2,4}\/\d{1,4}\/(?:EU|EC|EEC)\b/g;
const citation = /\[(\d{1,3}|[A-Za-z][\w.+-]{1,30}\d[\w]?|[A-Z][A-Z\d.-]{2,20})\](?!\(|:\s|\[)/g;
const anchor = /\[([^\][\n]{1,80})\]\(#([\p{L}\d_.-]{1,80})\)/gu;
/** `section 4.2 of RFC 3986`, `Article 5 of the Treaty`: of another document. */
const elsewhere =
  /^(?:\([^)]{1,12}\))*,?\s+(?:of|in|to|under)\s+(?:(?:the|that|its)\s+)?(?!(?:this|these)\b)(?:[A-Z][\w-]+|\[)/;
const ownPart =
  /^(?:\([^)]{1,12}\))*,?\s+(?:of|in)\s+(?:the\s+)?(?:Act|Agreement|Policy|Appendix|Chapter|Part|Section|Schedule)\b/;

/** `Section 4.2` and `4.2.`; the parts of a number in one form. */
function numberKey(given: string): string {
  const parts = given.replace(/(?:\([^)]*\))+$/, '').split(/[.-]/);
  return parts
    .map((part) => {
      const value = ordinalOf(part);
      return Number.isNaN(value) || (parts.length > 1 && /^[A-Z]$/.test(part)) ? part.toUpperCase() : String(value);
    })
    .join('.');
}

/** What a number can be of, in the order that is tried. */
const unitsOf: Partial<Record<ReferenceKind, readonly string[]>> = {
  section: ['section', 'clause'],
  chapter: ['chapter', 'section'],
  part: ['part', 'book'],
  article: ['article'],
  clause: ['clause', 'section'],
  appendix: ['appendix'],
  item: ['item', 'section'],
  note: ['note'],
};

/** Sections of one title that are kept. */
const mostPlaces = 100;

class Targets {
  private readonly places = new Map<string, Span[]>();
  private readonly slugs = new Map<string, Span[]>();
  private readonly sections: readonly Section[];
  private readonly spans: readonly Span[];

  constructor({ sections, lists, tables }: Prose, captions: readonly Caption[]) {
    this.sections = sections;
    this.spans = sections.map(({ span }) => span);
    const grids = tables.map(({ span }) => span);
    for (const { title, span } of sections) {
      const slug = slugOf(title);
      const same = this.slugs.get(slug);
      if (same === undefined) this.slugs.set(slug, [span]);
      else if (same.length < mostPlaces) same.push(span);
    }
    for (const { unit, number: given, span } of sections)
      if (unit !== undefined && given !== undefined) this.add(unit, numberKey(given), span);
    for (const { unit, number: given, span, parent } of sections)
      if (unit === undefined && given !== undefined && (parent === undefined || sections[parent]?.number === undefined))
        this.add('section', numberKey(given), span);
    for (const { kind, number: given, span } of captions) {
      // The table that begins right behind its caption, or with it.
      const table = kind === 'table' ? grids[lastBefore(grids, span.end + 3)] : undefined;
      const own = table !== undefined && table.end > span.end;
      this.add(kind, numberKey(given), own ? { start: span.start, end: table.end } : span);
    }
    for (const { steps, ordered, items } of lists)
      for (const [i, { marker, span }] of items.entries())
        if (ordered && /\d/.test(marker))
          this.add(steps ? 'step' : 'clause', String(Number(/\d+/.exec(marker)?.[0] ?? i + 1)), span);
  }

  private add(unit: string, key: string, span: Span): void {
    const name = `${unit} ${key}`;
    this.places.set(name, [...(this.places.get(name) ?? []).slice(0, 20), span]);
  }

  /** The only place of that number, or the only one in the innermost section around the reference that has one. */
  find(kind: ReferenceKind, given: string, at: number): Span | undefined {
    const key = numberKey(given);
    for (const unit of unitsOf[kind] ?? [kind]) {
      const places = (this.places.get(`${unit} ${key}`) ?? []).filter(
        ({ start, end }) => end - start > 0 && !(at === start),
      );
      if (places.length === 1) return places[0];
      if (places.length > 1) return this.nearest(places, at);
    }
    return undefined;
  }

  private nearest(places: readonly Span[], at: number): Span | undefined {
    const last = lastBefore(this.spans, at);
    for (let section = this.sections[last]; section !== undefined; section = this.sections[section.parent ?? -1]) {
      const { span } = section;
      const inside = places.filter(({ start, end }) => span.start <= start && end <= span.end);
      if (inside.length === 1) return inside[0];
      if (inside.length > 1) return undefined;
    }
    return undefined;
  }

  /** The section of a title; and of its anchor in a link. */
  titled(title: string, at?: number): Span | undefined {
    const found = this.slugs.get(slugOf(title)) ?? [];
    return found.length > 1 && at !== undefined ? this.nearest(found, at) : found.length === 1 ? found[0] : undefined;
  }
}

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\d\s_-]/gu, '')
    .trim()
    .replace(/[\s_]+/g, '-');

/** Notes of one number that are kept. */
const mostEntries = 50;

const bibliography =
  /^(?:references|bibliography|works cited|literature cited|normative references|informative references|notes|sources|参考文献|参考资料)$/i;

/** The entries of lists of references by their marks: `[12]`, `[RFC2119]`, `12.` under such a heading. */
function entriesOf({ text, sections, lists }: Prose): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  const add = (key: string, span: Span): void => {
    found.set(key, [...(found.get(key) ?? []).slice(-mostEntries), span]);
  };
  for (const match of text.matchAll(/\n[ \t]{0,8}\[([\w.+-]{1,30})\][:：]?[ \t]+(?=\S)/g)) {
    const end = /\n[ \t]*(?:\n|\[)/.exec(text.slice(match.index + 1, match.index + 1500))?.index;
    add(match[1] ?? '', {
      start: match.index + 1,
      end: end === undefined ? Math.min(text.length, match.index + 1500) : match.index + 1 + end,
    });
  }
  for (const { title, span } of sections)
    if (bibliography.test(title))
      for (const list of lists)
        if (list.ordered && list.span.start >= span.start && list.span.end <= span.end)
          for (const { marker, span: item } of list.items) add(/\d+/.exec(marker)?.[0] ?? '', item);
  return found;
}

/** Notes are numbered anew in each chapter: the next one behind the place. */
const entryFor = (entries: readonly Span[], at: number): Span | undefined =>
  entries.length === 1 ? entries[0] : entries.find(({ start }) => start > at);

/** Whether a place is a heading, a caption or otherwise no prose. */
function inProse(prose: Prose, at: number): boolean {
  return spanAt(prose.sentences, at) !== undefined;
}

/** `Chapter 16. General information`, alone in its line: a heading of a list of contents, or one that is read as none. */
const opensHeading = (text: string, start: number, end: number): boolean =>
  /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 20), start)) &&
  /^[.:] +\p{Lu}[^.!?\n]{2,90}(?:\n|$)/u.test(text.slice(end, end + 100));

/** Whether a label is the caption's own. */
function opensCaption(text: string, captions: readonly Span[], at: number): boolean {
  const start = captions[lastBefore(captions, at)]?.start;
  return start !== undefined && at - start < 90 && /^[^\S\n]*[*_]*$/.test(text.slice(start, at));
}

function numbered(prose: Prose, targets: Targets, captions: readonly Span[]): Reference[] {
  const { text } = prose;
  const found: Reference[] = [];
  for (const match of pointedIn(text)) {
    const [whole, word = '', sign, given = ''] = match;
    if (opensCaption(text, captions, match.index) || opensHeading(text, match.index, match.index + whole.length))
      continue;
    if (!inProse(prose, match.index)) continue;
    const to =
      kinds[
        (sign ?? word)
          .toLowerCase()
          .replace(/(?<=fig|eq)s|\.$|\.(?=s$)/g, '')
          .replace(/\.$/, '')
      ];
    if (
      to === undefined ||
      (given.startsWith('(') && to !== 'equation' && !/^subsection|^paragraph|^clause/i.test(word))
    )
      continue;
    // `2019 Chapter 14`: the number of the Act itself.
    if (
      to === 'chapter' &&
      match.index < ownHead &&
      /(?:^|\n)\d{4} $/.test(text.slice(Math.max(0, match.index - 6), match.index))
    )
      continue;
    if (/^[A-Z]$/.test(given) && !/^(?:appendix|table|figure|part|schedule|exhibit)$/.test(to)) continue;
    if ((to === 'step' || word === 'item') && targets.find(to, given, match.index) === undefined) continue;
    let end = match.index + whole.length;
    const add = (start: number, stop: number, mark: string): void => {
      const other = elsewhere.test(text.slice(stop, stop + 60)) && !ownPart.test(text.slice(stop, stop + 60));
      const target = other ? undefined : targets.find(to, mark, start);
      found.push({
        label: text.slice(start, stop),
        to,
        span: { start, end: stop },
        ...(target === undefined ? {} : { target }),
      });
    };
    add(match.index, end, given);
    const several = /s\.?[\s\u00a0~]+$/.test(whole.slice(0, whole.length - given.length)) || sign !== undefined;
    for (
      let more = several ? further.exec(text.slice(end, end + 40)) : null;
      more !== null;
      more = further.exec(text.slice(end, end + 40))
    ) {
      const next = more[1] ?? '';
      add(end + more[0].length - next.length, end + more[0].length, next);
      end += more[0].length;
    }
  }
  return found;
}

function chineseNumbered(prose: Prose, targets: Targets, captions: readonly Span[]): Reference[] {
  const { text } = prose;
  if (!hasHan(text)) return [];
  return [...text.matchAll(chinese)].flatMap((match): Reference[] => {
    const [label, counted, unit, kind = match[5], mark = equationNumber.exec(match[0])?.[0], section = match[7]] =
      match;
    const start = match.index;
    if (!inProse(prose, start) || opensCaption(text, captions, start)) return [];
    const before = text.slice(Math.max(0, start - 12), start);
    const pointing =
      /(?:见|参[考阅看照]|请看|详情|依照|根据|按照?|依据|如|由|照|本[法章编节办条例规定]*|本(?:报告|手册|说明书?|合同|协议|文件?|标准|指南|章程|书|刊|通知)|在|与|和|及|、|的)$/.test(
        before,
      );
    // `第三节课`, `第一章` of a story that is told of.
    if (
      (unit === '节' || unit === '章' || unit === '编' || unit === '部分') &&
      !pointing &&
      !/^(?:的|中|所|规定|介绍|讨论|将|给出|对|讲|说明|描述|分析|列出|总结|概述|阐述|论述)/.test(
        text.slice(start + label.length, start + label.length + 2),
      )
    )
      return [];
    const to = kinds[unit ?? kind ?? '节'] ?? 'section';
    const given = counted ?? (kind === undefined ? section : mark) ?? '';
    const other =
      /》\s*$|(?:宪法|刑法|民法典|公司法|[一-龥]{2,8}法|条例)$/.test(before) && !/本(?:法|条例)$/.test(before);
    const target = other ? undefined : targets.find(to, given, start);
    return [{ label, to, span: { start, end: start + label.length }, ...(target === undefined ? {} : { target }) }];
  });
}

/** Words that name a section: `see “Results of Operations”`, `[Rotating keys](#rotating-keys)`. */
function named(prose: Prose, targets: Targets): Reference[] {
  const { text } = prose;
  const found: Reference[] = [];
  for (const match of text.matchAll(anchor)) {
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
    if (target !== undefined && inProse(prose, start))
      found.push({ label, to: 'section', target, span: { start, end: start + label.length } });
  }
  for (const match of text.matchAll(
    /\b(?:[Ss]ee(?:\s+also)?(?:\s+under|\s+in)?|[Ss]ections?|under|in|headed|entitled)\s+(?:the\s+)?(?:section\s+|heading\s+)?["“]([^"”\n]{3,80})["”]/g,
  )) {
    const label = match[1] ?? '';
    const target = targets.titled(label.replace(/[,.]$/, ''));
    const start = match.index + match[0].length - label.length - 1;
    if (target !== undefined && inProse(prose, start))
      found.push({ label, to: 'section', target, span: { start, end: start + label.length } });
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
function unnumbered(prose: Prose, targets: Targets): Reference[] {
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
  for (const match of text.matchAll(
    /\b(?:[Ss]ee|[Rr]efer(?:s|red)?\s+to|[Cc]onsult)\s+(?:also\s+)?(?:\*([^*\n]{2,60})\*(?:\s+and\s+\*([^*\n]{2,60})\*)?|(?:the (?:notes|section|part|chapter|text) (?:(?:under|on|in|called|headed) )?|the )?(\p{Lu}[^.,;:()|\n]{2,60}?)(?=[.,;)]| *[|\n]| (?:for|on|to|in|which|where|when|above|below|if|before|and)\b))/gu,
  )) {
    const [whole, first, second, plain = ''] = match;
    for (const name of [first, second])
      if (name !== undefined) add('document', match.index + whole.indexOf(`*${name}`) + 1, name, targets.titled(name));
    const target = first === undefined ? targets.titled(plain) : undefined;
    if (target !== undefined) add('section', match.index + whole.length - plain.length, plain, target, true);
  }
  const ownTitle = text.slice(0, 200).split('\n\n', 1)[0] ?? '';
  for (const match of text.matchAll(titledWork)) {
    const name = match[1] ?? '';
    if (targets.titled(name) === undefined && !ownTitle.includes(name))
      add('document', match.index + match[0].length - name.length, name);
  }
  for (const match of text.matchAll(byTitle)) {
    const name = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].length - name.length;
    const target = targets.titled(name, start);
    if (target !== undefined) add('section', start, name, target, true);
  }
  const annexes = sections.filter(({ title }) =>
    /^(?:SCHEDULE|Schedule|APPENDIX|Appendix|ANNEX|Annex|附表|附录|附件)(?![A-Z\d一二三四五六七八九十])/.test(title),
  );
  const lines = annexes.length === 0 ? [...text.matchAll(/^(?:SCHEDULE|APPENDIX|ANNEX)(?=$|\n|\s+\()/gm)] : [];
  const [line] = lines.map(({ index, 0: { length } }) => ({ span: { start: index, end: index + length } }));
  const annex = annexes[0] ?? line;
  if (annex !== undefined && annexes.length + lines.length === 1)
    for (const match of text.matchAll(
      /\bthe (?:Schedule|Appendix|Annex)\b(?! [A-Z\d])|(?<=[照见依按据])(?:附表|附录|附件)(?![A-Z\d一二三四五六七八九十])/g,
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

/** The title of a section behind words that send the reader there: `the notes under Changed`, `参见“除垢”`. */
const byTitle =
  /\b(?:notes?|listed|described|given|explained|set out|steps|instructions|details?) (?:under|in) (?:the )?(?!the )(\p{Lu}[^.,;:()|“"\n]{2,60}?)(?=[.,;)]| *[|\n]| (?:for|on|to|above|below)\b)|(?:[参详请]见|参[阅看]|见)(?:上文|下文|前面|后面)?(?:的)?[“"「]?(\p{Script=Han}{2,16}?)(?=[”"」]|[。，；）|\n]| \||一[节章]|部分)/gu;

/** Whether the line of a place ends as a sentence does, and no title. */
function inSentence(text: string, at: number): boolean {
  const stop = text.indexOf('\n', at);
  return /[.。;；]\s*$/.test(text.slice(at, stop < 0 ? text.length : Math.min(stop, at + 1000)));
}

/** In an equation's label. */
const equationNumber = /\d{1,3}/;

/** `see the Engine Room Handbook`: a work by its title, where the text sends the reader there. */
const titledWork =
  /\b(?:[Ss]ee(?: also)?|[Rr]efer(?:s|red)? to|[Cc]onsult|(?:described|given|explained|set out|laid down|listed|found|defined|published) in|in accordance with|as required by|compl(?:y|ies) with)\s+(?:the\s|our\s|its\s|your\s)?((?:\p{Lu}[\p{L}’'-]{1,30}\s(?:(?:of|and|for|the|to|on)\s){0,2}){1,6}(?:Handbook|Manual|Guide|Guidelines|Code|Standard|Policy|Rules|Regulations|Specification|Procedure|Instructions|Leaflet|Charter|Bulletin|Catalogue|Protocol|Notice|Brochure|Data Sheet|Datasheet))\b(?!\s\p{Lu})/gu;

/** Characters at the head of a text, where its own number stands. */
const ownHead = 500;

/** Titles of rules and guides; of other works where the text sends the reader there. */
const chineseDocument =
  /《[^《》\n]{2,40}(?:规定|办法|条例|细则|规则|守则|准则|通则|制度|指南|指引|标准|规范|规程|公约|条约|章程|法|决定|意见|通知|公告|通告|批复|方案|规划|纲要|手册|须知|说明书|白皮书)》(?:（[一-龥]{1,8}〔\d{4}〕\d{1,4}号）)?|(?<=(?:[见阅]|参考)(?:本[刊报书])?(?:第\d{1,4}期)?)《[^《》\n]{2,40}》/g;

/** `(#812)`, `see #412`; `see [the format guide](docs/format.md)`; `advisory QM-2024-001`; `tidecat(1)`; `the Quays (Tolls) Act 1897`. */
const otherDocuments: readonly RegExp[] = [
  /#\d{1,6}(?![\w-])(?<=(?:[(（[,;，；]\s?|\b(?:[Ss]ee|(?:closed|fixed|resolved|superseded|introduced|reported) (?:by|in)|[Ii]ssues?|[Bb]ugs?|PR|[Ff]ix(?:es|ed)?|[Cc]loses?|[Rr]efs?)\s)#\d{1,6})/g,
  /[A-Z]{2,6}-\d{2,4}(?:-\d{1,5})?\b(?<=\b(?:[Aa]dvisory|[Bb]ulletin|[Nn]otice|[Tt]icket|[Cc]ase|[Rr]eport)\s[A-Z\d-]{4,18})/g,
];
const linked =
  /(?<=\b(?:[Ss]ee|[Rr]ead|in)\s(?:also\s)?(?:the\s)?\[)[^\][\n]{2,60}(?=\]\((?!#|https?:|mailto:)[^()\s]{1,120}\))/g;
const manual = /(?<![\w./-])[a-z][\w.+-]{1,30}\([1-8][a-z]?\)/g;
/** The end of an Act's name; its beginning is looked for before it. */
const dated = /\b(?:Act|Ordinance|Regulations|Order|Code|Treaty|Convention|Directive)\s(?:of\s)?(?:1[5-9]|20)\d\d\b/g;
const ofAct =
  /(?<![\w./-])(?:\p{Lu}[\p{L}’'-]+(?:\s\(\p{Lu}[\p{L}\s]{2,40}\))?\s(?:(?:of|and|for|the|in|on)\s){0,2}){1,7}$/u;
const longestAct = 120;

interface Place {
  readonly label: string;
  readonly start: number;
}

function actsOf(text: string): Place[] {
  return Array.from(text.matchAll(dated)).flatMap(({ index, 0: end }): Place[] => {
    const name = ofAct.exec(text.slice(Math.max(0, index - longestAct), index))?.[0];
    if (name === undefined) return [];
    const lead = /^(?:The|In|Under|This|By|See|Since|When|If|An?)\s(?=\p{Lu})/u.exec(name)?.[0].length ?? 0;
    return lead === name.length ? [] : [{ label: name.slice(lead) + end, start: index - name.length + lead }];
  });
}

function byName(prose: Prose, entries: ReadonlyMap<string, readonly Span[]>): Reference[] {
  const { text, sections } = prose;
  const pages = entries.size === 0 && /^(?:#+ )?(?:SEE ALSO|SYNOPSIS)\b/m.test(text);
  const title = text.slice(0, 120).toLowerCase();
  const titles = new Set(sections.map((section) => section.title));
  const patterns = [...otherDocuments, ...(text.includes('](') ? [linked] : []), ...(pages ? [manual] : [])];
  const places = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ index, 0: label }): Place => ({ label, start: index })),
  );
  return [...places, ...actsOf(text)]
    .filter(({ label, start }) => inProse(prose, start) && !title.includes(label.toLowerCase()) && !titles.has(label))
    .map(({ label, start }) => ({ label, to: 'document', span: { start, end: start + label.length } }));
}

/** `CWS 118:2022 Ladders` at the head of a standard, which names others of its series. */
const ownNumber = /^(?:#{1,6} )?([A-Z]{2,6}(?:\/[A-Z]{1,2})?)[ -]\d{1,6}(?:\.\d{1,3})?(?:[:—–-]\d{4})?(?=[ \n])/m;
/** `comply with EN 131-2:2010`, `符合 QHX 12—2019`. */
const coded = /(?<![A-Z])[A-Z]{2,6}(?:\/[A-Z]{1,2})?[ -]\d{1,6}(?:[.-]\d{1,3})?[:—–-](?:19|20)\d\d\b/g;
const complied = /(?:\b(?:with|to|in|of|see|under|by) (?:the )?|(?:符合|按照?|依据|参照|见) ?)$/;

/** Documents of the series that the text itself belongs to, and those that it says are to be complied with. */
function ofSeries({ text }: Prose): { readonly label: string; readonly index: number }[] {
  const [head = '', series] = ownNumber.exec(text.slice(0, ownHead)) ?? [];
  const own = head.replace(/^#+ /, '');
  const found = [...text.matchAll(coded)].filter(({ index }) =>
    complied.test(text.slice(Math.max(0, index - 11), index)),
  );
  if (series !== undefined)
    found.push(
      ...text.matchAll(
        new RegExp(`(?<![\\w/-])${series}[ -]\\d{1,6}(?:\\.\\d{1,3})?(?:[:—–-](?:19|20)\\d\\d)?(?![\\w])`, 'g'),
      ),
    );
  return found
    .map(({ index, 0: label }) => ({ index, label }))
    .filter(({ label }) => label !== own && label !== own.replace(/[:—–-]\d{4}$/, ''));
}

/** `Pell and Karr (2018)`, `(Pell, 2018; Karr & Hale, 2020)`. */
const authorYear =
  /(\p{Lu}[\p{L}’'-]{1,30})(?:(?: (?:and|&) \p{Lu}[\p{L}’'-]{1,30})|,? et al\.?)?,? [(]?((?:1[89]|20)\d\d[a-z]?)(?!\d|-\d)\)?/gu;
/** Of one entry. */
const longestEntry = 600;

/** The entries of the lists of references by the first surname and the year. */
function datedEntries({ text, sections, paragraphs }: Prose): Map<string, Span | undefined> {
  const found = new Map<string, Span | undefined>();
  for (const { title, span, bodyStart } of sections.filter((section) => bibliography.test(section.title)))
    for (const block of paragraphs.slice(
      lastBefore(paragraphs, bodyStart - 1) + 1,
      lastBefore(paragraphs, span.end - 1) + 1,
    )) {
      if (title === 'Notes') continue;
      let at = block.start;
      for (const line of text.slice(block.start, block.end).split('\n')) {
        const name = /^(?:[-*•]|\d+\.|\[\d+\])?\s*(\p{Lu}[\p{L}’'-]{1,30}),? (?:\p{Lu}\.?|and|&)/u.exec(line)?.[1];
        const year = /\b(?:1[89]|20)\d\d[a-z]?\b/.exec(line)?.[0];
        const key = `${name} ${year}`;
        if (name !== undefined && year !== undefined && line.length < longestEntry)
          // Two of a year, told apart by nothing.
          found.set(key, found.has(key) ? undefined : { start: at, end: at + line.length });
        at += line.length + 1;
      }
    }
  return found;
}

/** Mentions by author and year of what a list of references has. */
function byAuthor(prose: Prose): Reference[] {
  const entries = datedEntries(prose);
  if (entries.size === 0) return [];
  return Array.from(prose.text.matchAll(authorYear)).flatMap((match): Reference[] => {
    const target = entries.get(`${match[1]} ${match[2]}`);
    const [start, end] = [match.index, match.index + match[0].length];
    if (target === undefined || (start >= target.start && start < target.end) || !inProse(prose, start)) return [];
    const closes = match[0].endsWith(')') && !match[0].includes('(') ? 1 : 0;
    return [
      {
        label: match[0].slice(0, match[0].length - closes),
        to: 'document',
        target,
        span: { start, end: end - closes },
      },
    ];
  });
}

function documents(prose: Prose, omit: (reason: string) => void): Reference[] {
  const { text } = prose;
  const entries = entriesOf(prose);
  const targetOf = (key: string, at: number): Span | undefined => entryFor(entries.get(key) ?? [], at);
  const found: Reference[] = [];
  const own = new Set<string>();
  for (const match of text.matchAll(document)) {
    const [label] = match;
    // Its own number, at its head, is no reference.
    if (
      match.index < ownHead &&
      !inSentence(text, match.index) &&
      !/(?:[Oo]bsoletes|[Uu]pdates|[Rr]eplaces|of|in|see|and|：)[: ]*$/.test(
        text.slice(Math.max(0, match.index - 20), match.index),
      )
    )
      own.add(label);
    if (own.has(label) || !inProse(prose, match.index)) continue;
    const target = targetOf(label.replace(/\s/g, ''), match.index);
    const apart = target === undefined || match.index < target.start || match.index >= target.end;
    if (apart)
      found.push({
        label,
        to: 'document',
        span: { start: match.index, end: match.index + label.length },
        ...(target === undefined ? {} : { target }),
      });
  }
  for (const match of text.matchAll(citation)) {
    const target = targetOf(match[1] ?? '', match.index);
    if (target === undefined) omit('citation-unresolved');
    else if ((match.index < target.start || match.index >= target.end) && inProse(prose, match.index))
      found.push({
        label: match[0],
        to: 'document',
        target,
        span: { start: match.index, end: match.index + match[0].length },
      });
  }
  for (const { label, index } of ofSeries(prose))
    if (inProse(prose, index)) found.push({ label, to: 'document', span: { start: index, end: index + label.length } });
  return [...found, ...byAuthor(prose), ...byName(prose, entries)];
}

/** The references in text order; of overlapping ones the longer. */
export function findReferences(prose: Prose, omit: (reason: string) => void = () => {}): Reference[] {
  const captions = findCaptions(prose.text);
  const starts = captions.map(({ span }) => span);
  const targets = new Targets(prose, captions);
  const found = [
    ...numbered(prose, targets, starts),
    ...chineseNumbered(prose, targets, starts),
    ...named(prose, targets),
    ...unnumbered(prose, targets),
    ...documents(prose, omit),
  ];
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = 0;
  return found.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}
