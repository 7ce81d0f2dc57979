/** @file References by number: `see section 4.2`, `Tables 2 and 3`, `Article 5(2)`, `Appendix B`, `见第五条`, `表3`. */
import type { Span } from '../../document.ts';
import { lastBefore, type Prose, spanAt } from '../../structure/prose.ts';
import { hasHan } from '.././chinese.ts';
import { inProse } from './entries.ts';
import { ownHead, type Reference, type ReferenceKind } from './reference.ts';
import type { Targets } from './targets.ts';

/** In an equation's label. */
const equationNumber = /\d{1,3}/;

export const kinds: Readonly<Record<string, ReferenceKind>> = {
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
  byelaw: 'article',
  bylaw: 'article',
  regulation: 'clause',
  step: 'step',
  章: 'chapter',
  节: 'section',
  条: 'article',
  條: 'article',
  節: 'section',
  款: 'clause',
  编: 'part',
  表: 'table',
  图: 'figure',
  図: 'figure',
  附表: 'appendix',
  tableau: 'table',
  tabelle: 'table',
  abbildung: 'figure',
  annexe: 'appendix',
  anlage: 'appendix',
  anhang: 'appendix',
  chapitre: 'chapter',
  kapitel: 'chapter',
  abschnitt: 'section',
  部分: 'section',
  附录: 'appendix',
  附件: 'appendix',
  附注: 'note',
  公式: 'equation',
  式: 'equation',
};

export const number =
  "(?:\\d{1,4}(?:[A-Z]|[a-z](?![a-z]))?(?:[.-]\\d{1,3}){0,5}|[A-Z](?:[.-]\\d{1,3}){1,4}|[IVXLC]{1,6}(?![A-Za-z\\d])|[A-Z](?![A-Za-z\\d’']))(?:\\([a-zA-Z0-9]{1,4}\\)){0,4}";
const pointed = new RegExp(
  `(?:\\b((?:[Ss]ub)?[Ss]ection|[Cc]hapter|[Aa]rticle|[Cc]lause|[Pp]aragraph|[Aa]ppendi(?:x|ce)|[Aa]nnex|[Ss]chedule|[Ee]xhibit|[Tt]able|[Tt]ableau|Tabelle|Abbildung|[Aa]nnexe|Anlage|Anhang|[Cc]hapitre|Kapitel|Abschnitt|[Ff]igure|[Ee]quation|[Ss]tep|Part|[Ii]tem|Note|[Rr]ule|[Bb]ye?-?law|[Rr]egulation|(?<=(?:[Ss]ee|of|in) )note|SECTION|TABLE|FIGURE|[Ss]ec\\.|[Cc]hap\\.|[Aa]rt\\.|[Ff]igs?\\.|[Tt]abs?\\.|[Ee]qs?\\.|Fig)(?:s|es)?[\\s\\u00a0~]+|(§)§?\\s?)(${number}|\\(\\d{1,3}\\))`,
  'y',
);
/** The words that `pointed` may begin with, in small letters. */
const pointing: ReadonlySet<string> = new Set(
  'section subsection chapter article clause paragraph appendix appendice annex schedule exhibit table tableau tabelle abbildung annexe anlage anhang chapitre kapitel abschnitt figure equation step part item note rule byelaw bylaw bye-law by-law regulation sec. chap. art. fig. figs. tab. tabs. eq. eqs. fig'
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
    (((text.charCodeAt(start - 1) | 32) >= 97 && (text.charCodeAt(start - 1) | 32) <= 122) || text[start - 1] === '-')
  )
    start--;
  return start < end && pointing.has(text.slice(start, end).toLowerCase()) ? start : undefined;
}

/** All matches of `pointed`: it is asked only where a number stands behind one of its words, or a section sign. */
function* pointedIn(text: string): Generator<RegExpExecArray> {
  let done = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Small letters, which most are, are told by one comparison.
    if (code > 90 && code !== 0xa7) continue;
    let start: number | undefined;
    if (code === 0xa7) start = i;
    else if (code >= 65 || code === 40 || (code >= 48 && code <= 57)) {
      const before = text.charCodeAt(i - 1);
      start = before <= 32 || before === 0xa0 || before === 0x7e ? pointingStart(text, i) : undefined;
    }
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
  /(?:第([零〇一二两三四五六七八九十百千\d]{1,7})(章|节|節|条|條|编|部分)(?:之[一二三四五])?(?:第[一二三四五六七八九十\d]{1,3}款)?(?:第[（(]?[一二三四五六七八九十\d]{1,3}[）)]?项)?|(?<![代手钟电水外怀仪报列发填图](?=表)|[代手地意企试力贪版插绘描蓝截构](?=图))(附录|附件|附注|附表|表|图|図) ?([A-Z]?\d{1,3}(?:[.-]\d{1,3}){0,2}|[A-Z](?![A-Za-z])|(?<=附[录件注表] ?|[见如由在按和与、，。][表图] ?)[一二三四五六七八九十]{1,3}(?![\p{Script=Han}]*[格样面类级栋楼]))|(公式|(?<=[由按将把用据见和与、，。])式)\s?[（(]\d{1,3}[）)]|(?<![\d.])(\d{1,2}(?:\.\d{1,2}){1,3})\s?节|(?<=[见按照] ?|符合 ?|参照 ?|根据 ?)(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%‰]|\s?\p{L}))/gu;

/** `section 4.2 of RFC 3986`, `Article 5 of the Treaty`: of another document. */
const elsewhere =
  /^(?:\([^)]{1,12}\))*,?\s+(?:of|in|to|under)\s+(?:(?:the|that|its)\s+)?(?!(?:this|these)\b)(?:[A-Z][\w-]+|\[)/;
const ownPart =
  /^(?:\([^)]{1,12}\))*,?\s+(?:of|in)\s+(?:the\s+)?(?:Act|Agreement|Policy|Appendix|Chapter|Part|Section|Schedule)\b/;

/** `Chapter 16. General information`, alone in its line: a heading of a list of contents, or one that is read as none. */
const opensHeading = (text: string, start: number, end: number): boolean =>
  /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 20), start)) &&
  (/^[.:] +\p{Lu}[^.!?\n]{2,90}(?:\n|$)/u.test(text.slice(end, end + 100)) ||
    (/^(?:Note|Step|Item|Rule)/.test(text.slice(start, end)) &&
      /^(?:[.:] | to entry:)/.test(text.slice(end, end + 10))));

/** Of a work that is listed: `Field Station Notes 8`. */
const listing = /^(?:references|bibliography|works cited|literature cited|参考文献)$/i;
/** In small letters, a rule of something else as often: one that the text has. */
const smallRule = /^(?:rule|regulation)/;
/** Their sections have numbers alone. */
const ownLaw = /^bye?-?law/i;

/** Whether a label is the caption's own. */
function opensCaption(text: string, captions: readonly Span[], at: number): boolean {
  const start = captions[lastBefore(captions, at)]?.start;
  return start !== undefined && at - start < 90 && /^[^\S\n]*[*_]*$/.test(text.slice(start, at));
}

/** A cell may send the reader somewhere too: `see Table 3`. */
const isCell = ({ tables }: Prose, at: number): boolean =>
  spanAt(
    tables.map(({ span }) => span),
    at,
  ) !== undefined;

export function numbered(prose: Prose, targets: Targets, captions: readonly Span[]): Reference[] {
  const { text } = prose;
  const found: Reference[] = [];
  const listed = prose.sections.filter(({ title }) => listing.test(title)).map(({ span }) => span);
  for (const match of pointedIn(text)) {
    const [whole, word = '', sign, given = ''] = match;
    if (spanAt(listed, match.index) !== undefined) continue;
    if (opensCaption(text, captions, match.index) || opensHeading(text, match.index, match.index + whole.length))
      continue;
    const to =
      kinds[
        (sign ?? word)
          .toLowerCase()
          .replace(/(?<=fig|eq)s|\.$|\.(?=s$)/g, '')
          .replace(/\.$/, '')
          .replace(/^by(e?)-/, 'by$1')
      ];
    if (
      to === undefined ||
      (given.startsWith('(') && to !== 'equation' && !/^subsection|^paragraph|^clause/i.test(word))
    )
      continue;
    // In a table only what the text itself has.
    const sent = (): boolean =>
      /\b(?:[Ss]ee|[Rr]efer to) (?:also )?(?:the )?$/.test(text.slice(Math.max(0, match.index - 16), match.index)) &&
      isCell(prose, match.index) &&
      targets.find(to, given, match.index) !== undefined;
    if (!inProse(prose, match.index) && !sent()) continue;
    // `2019 Chapter 14`: the number of the Act itself.
    if (
      to === 'chapter' &&
      match.index < ownHead &&
      /(?:^|\n)\d{4} $/.test(text.slice(Math.max(0, match.index - 6), match.index))
    )
      continue;
    // `In figures I trust`.
    const isOwn = (): boolean => targets.find(to, given, match.index) !== undefined;
    const verb = given === 'I' && /^\s\p{Ll}/u.test(text.slice(match.index + whole.length).slice(0, 2));
    if (verb && !(/^\p{Lu}/u.test(word) && isOwn())) continue;
    if (
      /^[A-Z]$/.test(given) &&
      !/^(?:appendix|table|figure|part|schedule|exhibit)$/.test(to) &&
      !(/^[IVX]$/.test(given) && isOwn())
    )
      continue;
    if ((to === 'step' || word === 'item' || smallRule.test(word)) && !isOwn()) continue;
    let end = match.index + whole.length;
    const add = (start: number, stop: number, mark: string): void => {
      const other = elsewhere.test(text.slice(stop, stop + 60)) && !ownPart.test(text.slice(stop, stop + 60));
      const target = other
        ? undefined
        : (targets.find(to, mark, start) ?? (ownLaw.test(word) ? targets.find('clause', mark, start) : undefined));
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

export function chineseNumbered(prose: Prose, targets: Targets, captions: readonly Span[]): Reference[] {
  const { text } = prose;
  if (!hasHan(text)) return [];
  return [...text.matchAll(chinese)].flatMap((match): Reference[] => {
    const [label, counted, unit, kind = match[5], mark = equationNumber.exec(match[0])?.[0]] = match;
    const section = match[6] ?? match[7];
    const start = match.index;
    const before = text.slice(Math.max(0, start - 12), start);
    const sent = /[见照阅]$/.test(before) && isCell(prose, start);
    if (!(inProse(prose, start) || sent) || opensCaption(text, captions, start)) return [];
    const pointing =
      /(?:见|参[考阅看照]|请看|详情|依照|根据|按照?|依据|如|由|照|本[法章编节办条例规定]*|本(?:报告|手册|说明书?|合同|协议|文件?|标准|指南|章程|书|刊|通知|摘要|公告|通报|制度|方案|细则)|在|与|和|及|、|的)$/.test(
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
