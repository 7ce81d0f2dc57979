/**
 * @file Dated events told without their dates: the sentence that states an event, less the words that say when it was. A mark `[…]` stands
 * where they were, if that is within the sentence.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Context, ContextDocument, Proof } from '../../question.ts';

/** An event that a question can tell. */
export interface ToldEvent {
  /** Its sentence without the date. */
  readonly told: string;
  /** As exact as the text is: `1962-07-05`, `1962-07`, `1962`. */
  readonly iso: string;
  readonly precision: 'day' | 'month' | 'year';
  /** The date as the text writes it. */
  readonly date: string;
  readonly entry: ContextDocument;
  readonly proof: Proof;
}

/** Stands where the date was. */
export const elision = '[…]';

const lengths = { en: { least: 40, most: 190 }, zh: { least: 12, most: 80 } };

/** What leads to a date and goes with it. */
const leadEn =
  /,?\s*(?:^|(?<=[\s(—–]))(?:(?:(?:early|late|mid|back|again|effective|only|first|finally)\s+)?(?:in|on|dated|during|effective)\s+(?:(?:the\s+)?(?:early|late|mid|spring|summer|autumn|fall|winter|end|beginning|middle)\s+(?:of\s+|in\s+)?|about\s+|(?:the\s+)?(?:night|morning|evening|afternoon)\s+of\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?)$/i;
const leadZh = /(?:，|^|(?<=[\p{Script=Han}》”）]))(?:于|在|后于|并于|已于|又于|最早于)?(?:公历|公元)?$/u;
const tailEn = /^(?:\s*,)?\s*/;
const tailZh =
  /^(?:[底初末]|年[底初末]|[春夏秋冬]天?|[上下]半年|傍晚|清晨|凌晨|上午|下午|晚上?|夜里?|起(?=，))?(?:，)?/;

/** Says when by another event or by the day of speaking. */
const relative =
  /\b(?:later|earlier|meanwhile|afterwards?|previous|preceding|subsequent(?:ly)?|then|ago|yesterday|today|tomorrow|last (?:year|month|week|night)|next (?:year|month|week)|(?:this|that|same) (?:year|month|day|week)|following (?:year|month|day))\b|次年|同年|当年|翌年|去年|今年|明年|前年|次日|同日|当日|当天|昨[日天]|今[日天]|此后|随后|不久|以后|后来|年前|年后/i;
/** Begins with words that point back. */
const pointing =
  /^(?:["“'‘(]*)(?:and|but|or|with|[Dd]espite|[Ss]till|[Hh]e|[Ii]t|[Tt]hey|[Ww]hich|[Tt]he remaining|He|She|It|They|We|I|You|This|That|These|Those|His|Her|Its|Their|Our|My|Such|Here|There|Both|Each|Neither|Another|Also|But|And|So|However|Thus|Therefore|Yet|The (?:remaining|latter|former|other|second|first|third|answer|number|rest|same)|One of (?:them|these))\b|^(?:他|她|它|其|该|此|这|那|其中|但|而|并|另|又|也|则|因此|所以|不过|后者|前者|双方|两者)/;
const otherTimes =
  /\b(?:1[0-9]|20)\d\d\b|\d{1,4}\s?年|[〇零一二三四五六七八九]{4}年|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b|世纪|\bcentur(?:y|ies)\b|\d{1,2}月|\b\d{1,2}:\d\d\b/;

/** Plans, estimates and states are no events that happened. */
const notDone =
  /\b(?:will|shall|would|could|should|may|might|estimates?|estimated|expects?|expected|planned|plans|intends?|proposes|thought|due to|is to|are to|likely|if)\b|将|拟|计划|预计|估计|应当|如果|若|承诺|目标|力争/;
/** A clause that hangs on another one. */
const hanging =
  /^(?:and |or )?(?:as|which|who|whose|whom|because|since|after|before|when|while|where|whereas|that|than|if|including|such|valued|set|made|agreed|known|called|being|having|with|of|for|to)\b/i;
/** What is before the date has a verb of its own: else the date is that of a noun. */
const finite =
  /\b(?:is|was|were|are|has|had|have|did|[a-z]{2,}ed|became|began|won|held|took|came|went|lost|left|made|found|built|rose|fell|struck|sold|bought|gave|met|led|ran|sent|wrote|told|broke|grew|brought|sank|died|drove|paid|chose|spoke|stood)\b/;
/** Begins with a subject of its own: a name, or a noun that a name, `of` or an adjective beside it tells. */
const subjectEn = new RegExp(
  [
    // Several capitals, or one that is no article, before the verb.
    "^(?!(?:The|An?|All|Some|Many|Most|Two|Three|Four|Five|Several|No|Any|When|After|Before|While|As|At|By|For|From|If|In|On|Since|Under|With|Following|Because|Although|Though|Once|Until|During|Having|Being|About|Over|Only|Both|Each|Such|Six|Seven|Eight|Nine|Ten|Nearly|Almost|More|Less|Fewer)\\b)(?:Mrs?\\.? |Dr\\.? |St\\.? )?\\p{Lu}[\\p{L}\\d’'.-]+(?:,|\\s+(?:\\p{Lu}|of\\b|and \\p{Lu}|(?:was|were|had|\\p{Ll}{2,}ed|broke|fell|began|built|took|came|left|sold|bought|won|lost|gave|made|set|put|went|sent|became)\\b))",
    // The council of Orrin, the painter Ada Holm, the Iron Bridge.
    "^(?:The|An?|Two|Three|Four|Five|Several)\\s+(?:[\\p{L}’'-]+\\s+){0,4}?(?:(?:of|at|in|for|from|on|near)\\s+(?:the\\s+|an?\\s+)?)?\\p{Lu}[\\p{L}’'-]{2,}",
    // The great wheel of the mill, a company from the coast, the last toll keeper.
    "^(?:The|An?)\\s+(?:[\\p{Ll}’'-]+\\s+){1,3}(?:of|at|from|for|between)\\s+(?:the|an?)\\s+\\p{Ll}{4,}",
    '^(?:The|An?)\\s+(?:(?!(?:was|were|is|had|has)\\b)[\\p{Ll}-]+\\s+){2,3}(?=(?:was|were|is|had|has|\\p{Ll}{2,}ed|broke|fell|began|opened|built|took|came|left|sold|bought|won|lost)\\b)',
  ].join('|'),
  'u',
);
/** In a clause that leaves its names to the text around it. */
const backward =
  /\b(?:it|they|them|we|us|our|I|my|there|here|above|below|which included|this|these|those|said)\b|\b[Tt]he (?:\p{Ll}+ )?(?:island|islands|country|king|queen|company|group|government|federal government|federation|kingdom|president|territory|region|state|city|town|village|authority|party|war|board|contract|agreement|system|rule|latter|former|same|three|two|four|other|others)\b(?! of\b| \p{Lu})|^An? (?:[\p{Ll}-]+ ){0,2}(?:coup|government|party|president|leader|war|regime)\b(?! (?:of|in|against|with)\b)/u;
/** Figures of a year and what went on for long. */
const lasting =
  /\b(?:continued|continues|remains|remained|exceeded|averaged|amounted to|totall?ed|grew by|fell by|rose by|rose to|fell to|increased|decreased|declined|accounted for|per cent|percent|\d+(?:\.\d+)?\s?%|ensuing|(?:\d+|[a-z]+)[- ]year\b|throughout|(?:was|were) (?:£|\$|€|\d))|增长|下降|减少了|增加了|占(?:全|总)|合计|共计|平均|百分之|%|同比|为期|余额|总额|收入为|产量/i;
/** The date may be that of the clause within. */
const subordinate =
  /\b(?:since|that|which|who|when|until|till|before|while)\b[^,]{0,60}$|\b(?:than|to|from|and|until|of)$/i;
const notBefore = /[低高大小少多早晚因对把与和为比按被由从自至到经过以及或如]$/u;

/** The clause with the date: what stands beyond a semicolon or a colon is another one. */
function clauseAround(words: string, at: number, end: number): { clause: string; from: number } {
  const from = Math.max(...[';', '；', ': ', '：'].map((mark) => words.lastIndexOf(mark, at - 1) + 1), 0);
  const stops = [';', '；'].map((mark) => words.indexOf(mark, end)).filter((stop) => stop >= 0);
  return { clause: words.slice(from, Math.min(words.length, ...stops)), from };
}

function toldEnglish(lead: string, rest: string): string | undefined {
  const before = lead.replace(/^\s*\(?\d+(?:\.\d+)*[.)]?\s+(?=\p{L})/u, '').trimStart();
  const cut = leadEn.exec(before);
  const starts = before.trim() === '' || cut?.index === 0;
  if (cut === null && !starts) return undefined;
  const head = starts ? '' : before.slice(0, cut?.index).trim();
  const after = rest
    .slice(tailEn.exec(rest)?.[0].length ?? 0)
    .replace(/[.;:\s]+$/, '')
    .trim();
  if (head === '') return after;
  const last = head.slice(Math.max(head.lastIndexOf(','), head.lastIndexOf(' – '), head.lastIndexOf('—')) + 1).trim();
  if (hanging.test(last)) return undefined;
  if (subordinate.test(last)) return undefined;
  if (!/[\p{L}\d]/u.test(after)) return head;
  // `The house, valued in 2019, secures`: the date is not that of the main words.
  return /[,—–]/.test(head) || head.length < 16 || !finite.test(head) || /\bto be \w+$/.test(head)
    ? undefined
    : `${head} ${elision} ${after}`;
}

function toldChinese(lead: string, rest: string): string | undefined {
  const cut = leadZh.exec(lead);
  const starts = lead.trim() === '';
  if (cut === null && !starts) return undefined;
  const before = (starts ? '' : lead.slice(0, cut?.index)).trim();
  const tail = tailZh.exec(rest)?.[0] ?? '';
  const after = rest
    .slice(before === '' ? tail.length : tail.replace(/，$/, '').length)
    .replace(/[。；：\s]+$/, '')
    .trim();
  if (
    /^[^，。；]{0,8}的/u.test(after) ||
    /^(?:以?[前后]|之[前后]|以来|[至到为、，年）)])/.test(after) ||
    notBefore.test(before)
  )
    return undefined;
  if (before === '') return after;
  // A comma before the date stays, so that what follows does not run into what was before.
  const head = cut?.[0].startsWith('，') === true && !/[，、：；]$/.test(before) ? `${before}，` : before;
  return /\p{L}/u.test(after) ? `${head} ${elision} ${after}` : before.replace(/，$/, '');
}

function toldWithout(words: string, date: Span): string | undefined {
  const { clause, from } = clauseAround(words, date.start, date.end);
  const [lead, rest] = [clause.slice(0, date.start - from), clause.slice(date.end - from)];
  return /\p{Script=Han}/u.test(clause) ? toldChinese(lead, rest) : toldEnglish(lead, rest);
}

const backwardZh =
  /我|你|咱|上文|下文|如下|他们|她们|它们|本[公集县市区]|该[^，。]{1,4}|这[一些个次]|上述|前述|其[中他余]?|此[次项前后]|双方|两者/;
/** Nouns that stand for a name given elsewhere. */
const bareZh =
  /，(?:后[以来经又]|现存|原有|今存|现有|尚|仍|习惯上)|早已|^(?:仅|条件|新|旧|水位|街上|县志馆|公司|集团|县里|市里|镇里|村里|政府|学校|工厂|企业|全县|全市|全镇|全村|项目|工程|本|各|有关|随着|由于|因|经|为了?|在|于|自|从|发生|完成|开始|结束|建成|成立|开工|通过|召开|举行|获得|取得)/;

/** More are several events. */
const mostCommasZh = 3;

/** Whether a clause says of whom or what it speaks, and is one event. */
function standsAlone(told: string): boolean {
  if (lasting.test(told)) return false;
  if (/\p{Script=Han}/u.test(told))
    return (told.match(/，/g)?.length ?? 0) <= mostCommasZh && !bareZh.test(told) && !backwardZh.test(told);
  const own = told.replace(elision, ' ');
  return subjectEn.test(own.charAt(0).toUpperCase() + own.slice(1)) && !backward.test(own);
}

/** As a sentence: a capital, a full stop, no spaces around the mark in Chinese. */
const sentenceOf = (told: string): string =>
  /\p{Script=Han}/u.test(told)
    ? `${told.replaceAll(` ${elision} `, elision).replace(/[，。；;,\s]+$/, '')}。`
    : `${told.charAt(0).toUpperCase()}${told.slice(1).replace(/[.,;\s]+$/, '')}.`;

/** Without the full stop, to stand in quotation marks within a sentence. */
export const withoutStop = (told: string): string => told.replace(/[.。]$/, '');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function fits(told: string): boolean {
  const { least, most } = /\p{Script=Han}/u.test(told) ? lengths.zh : lengths.en;
  const size = told.length;
  const pieces = told.split(elision);
  return (
    size >= least &&
    size <= most &&
    // Pieces of a few letters would be found anywhere.
    Math.max(...pieces.map((piece) => piece.trim().length)) >= least / 2 &&
    !/[“”"|#*`\n[\]]|https?:/.test(told.replace(elision, '')) &&
    !pointing.test(told) &&
    !relative.test(told) &&
    !notDone.test(told) &&
    !otherTimes.test(told) &&
    standsAlone(told)
  );
}

function told(text: string, facts: Structure): Omit<ToldEvent, 'entry' | 'proof'>[] & { spans?: Span[] } {
  const found: Omit<ToldEvent, 'entry' | 'proof'>[] = [];
  const spans: Span[] = [];
  const times = new Map<number, number>();
  for (const { span } of facts.events) times.set(span.start, (times.get(span.start) ?? 0) + 1);
  for (const { iso, precision, date, span } of facts.events) {
    if (precision === 'day-without-year' || times.get(span.start) !== 1 || !/^\d{4}/.test(iso)) continue;
    const words = text.slice(span.start, span.end);
    if (/\n\s*\n/.test(words)) continue;
    const shown = toldWithout(words, { start: date.start - span.start, end: date.end - span.start });
    const line = shown === undefined ? '' : oneLine(shown);
    if (!fits(line)) continue;
    found.push({ told: sentenceOf(line), iso, precision, date: oneLine(text.slice(date.start, date.end)) });
    spans.push(span);
  }
  return Object.assign(found, { spans });
}

/** The events of the shown part of a document that can be told, in text order; each stands there once. */
export function toldEvents(entry: ContextDocument): ToldEvent[] {
  const found = told(entry.document.text, entry.facts);
  const text = oneLine(entry.document.text.slice(entry.span.start, entry.span.end));
  return found.flatMap((event, i): ToldEvent[] => {
    const span = found.spans?.[i];
    // The capital and the full stop are the question's.
    const [piece = ''] = event.told
      .slice(1, -1)
      .split(elision)
      .map((one) => one.trim())
      .sort((a, b) => b.length - a.length);
    if (span === undefined || text.indexOf(piece) !== text.lastIndexOf(piece) || !text.includes(piece)) return [];
    return [{ ...event, entry, proof: { document: entry.document, span } }];
  });
}

/** Those of the chosen documents of a prompt, which are alike, without such as two of them state. */
export function eventsOf(context: Context): ToldEvent[] {
  const all = context.chosen.flatMap((i) => {
    const entry = context.documents[i];
    return entry === undefined ? [] : toldEvents(entry);
  });
  const times = new Map<string, number>();
  for (const { told: line } of all) times.set(line, (times.get(line) ?? 0) + 1);
  return all.filter(({ told: line }) => times.get(line) === 1);
}

/** Where a document can be asked about for its events. */
export const eventSpans = (text: string, facts: Structure): readonly Span[] => told(text, facts).spans ?? [];

/** Negative where the first is earlier; undefined where the dates do not tell. */
export function inTime(a: Pick<ToldEvent, 'iso'>, b: Pick<ToldEvent, 'iso'>): number | undefined {
  const length = Math.min(a.iso.length, b.iso.length);
  const [x, y] = [a.iso.slice(0, length), b.iso.slice(0, length)];
  return x === y ? undefined : x < y ? -1 : 1;
}

/** Whether the dates of all of them tell their order. */
export const areApart = (events: readonly ToldEvent[]): boolean =>
  events.every((a, i) => events.slice(i + 1).every((b) => inTime(a, b) !== undefined));

/** Earliest first. */
export const byTime = <T extends Pick<ToldEvent, 'iso'>>(events: readonly T[]): T[] =>
  [...events].sort((a, b) => inTime(a, b) ?? 0);

/** Characters of a passage: events nearer to each other are read in one look. */
const near = 1200;

/** How many looks it takes to read them. */
export function looksOf(events: readonly ToldEvent[]): number {
  return new Set(
    events.map(
      ({ entry, proof: { document, span } }) => `${document.id} ${Math.floor((span.start - entry.span.start) / near)}`,
    ),
  ).size;
}

/** Share of the pairs that stand in order in a list of numbers. */
export function pairsInOrder(numbers: readonly number[]): number {
  const pairs = numbers.flatMap((a, i) => numbers.slice(i + 1).map((b) => a < b));
  return pairs.filter((is) => is).length / Math.max(1, pairs.length);
}
