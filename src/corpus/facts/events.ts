/**
 * @file Dated events: sentences that say what happened, or will happen, on a date. Lines of copyright, citations, ranges, states at a date and dates
 * that only name a thing (`the 1998 report`) are none.
 */
import type { Span } from '../document.ts';
import { longestSentence, type Prose, spanAt } from '../structure/prose.ts';
import type { DateMention } from './dates.ts';

/** What happened when. */
export interface DatedEvent {
  /** As exact as the text is: `1962-07-05`, `1962-07`, `1962`. */
  readonly iso: string;
  readonly precision: DateMention['precision'];
  readonly date: Span;
  /** The sentence. */
  readonly span: Span;
}

const irregular =
  'became|began|took|made|gave|went|came|left|found|won|lost|wrote|built|held|sold|bought|met|led|fell|rose|grew|ran|sent|spent|brought|fought|sank|broke|chose|drew|drove|flew|rode|saw|said|set|stood|struck|swore|taught|told|threw|got|put|cut|shot|sat|lay|laid|paid|spoke|kept|bore|caught|forbade|shut|hit|sang|hung|withdrew|undertook|overthrew|born|taken|given|written|begun|broken|chosen|drawn|driven|sunk|sworn|thrown|seen|torn|stolen|rang|burst|cast|dug|woke|froze|swept|wept|slept|crept|dealt|felt|heard|slid|split|spread|stuck|stole|swam|swung|tore|wore|wove|wound|bent|bound|bred|clung|fled|hid|knelt|leapt|lit|sought|shook|shone|spun|sprang|strove|thought|trod|understood|upheld|broadcast|lent|taught|meant|built|burnt|learnt|beat|bit|blew|froze|come|gone|risen|fallen|known|shown|grown|won|comes|votes?|resumes?|meets?|reopens?|closes|delivers?';
const happened = new RegExp(
  `\\b(?:${irregular}|[a-z]{2,}ed|(?:will|shall)(?!\\s+not\\b)\\s+(?:be\\s+)?[a-z]+|(?:comes?|enters?|goes|go|takes?|took)\\s+(?:into|effect|place)|(?:expires?|begins?|starts?|ends?|opens?|closes?|occurs?|takes? effect|follows|arrives?|leaves?|dies|returns|launches|resigns|signs|moves|becomes|wins|founds|publishes|invades|declares|announces|changes?|ends?)|(?:has|have)\\s+been|(?:is|are)\\s+(?:[a-z]+ed|built|held|born|due|set))\\b`,
);
const noPast =
  /\b(?:[a-z]*(?:need|seed|feed|speed|breed|exceed|proceed|succeed|hundred)|indeed|sacred|naked|wicked|bed|red|shed|embed|based|dated|expected|related|limited|united|advanced|so-called)\b/g;
/** Of works and of messages: what no pattern needs to be asked about, and patterns with words that stand in all of their matches. */
const noEventWords = ['©', 'ISBN', 'ISSN', 'doi', 'et al.', 'University Press', '版权所有'] as const;
const noEventPatterns: readonly (readonly [string, RegExp])[] = [
  ['opyright', /[Cc]opyright/],
  ['(c)', /\(c\)\s*\d{4}/],
  ['p.', /\bpp?\.\s?\d/],
  ['Vol.', /\bVol\./],
  ['Retrieved', /\bRetrieved\b/],
  ['Accessed', /\bAccessed\b/],
  ['://', /https?:\/\/\S+$/],
  ['ed', /\bed(?:s|ition)?\./],
  ['wrote:', /\bwrote:/],
  ['》', /》[，,]\s*\d{4}年。?$/],
];
const stamped = /^\[?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? \d{1,2}:\d\d/;
const isNoEvent = (words: string): boolean =>
  noEventWords.some((word) => words.includes(word)) ||
  noEventPatterns.some(([word, pattern]) => words.includes(word) && pattern.test(words)) ||
  stamped.test(words);
/** States at a date, and what only might have been. */
const hypothetical =
  /\b(?:outstanding|in operation|in existence|amounted to|would have|could have|might have|if only|for example|e\.g\.|such as)\b/;

/** What stands before a date that says when: `in 1998`, `On`, `early in`, `the summer of`, `1998:`. */
const when =
  /(?:^|[\s(“"—–])(?:in(?:\s+(?:early|late|mid|about|around|the\s+(?:early|late|spring|summer|autumn|fall|winter|year|month|end|beginning|middle|course)(?:\s+of)?))?|on(?:\s+(?:the|or\s+about|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),?)?|(?:early|late|mid|beginning|end|spring|summer|autumn|fall|winter|night|morning|evening|afternoon|eve)\s+(?:of|in|on)?|circa|c\.|around|during|effective|dated|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?|at\s+\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:,)?(?:\s+on)?)[-\s]*$/i;
const notWhen =
  /\b(?:before|after|until|till|by|since|as of|prior to|from|between|of|than|through|to|not later than|no later than|beginning|starting|through|and|or|vs|versus|at|ended|ending)\s*$/i;
const range =
  /^\s*(?:[-–—/]|to|through|until|and|or|至|到|—|～|~)\s*(?:\(?\d{1,4}|(?:January|February|March|April|May|June|July|August|September|October|November|December|the present)\b)/;

const due =
  /\b(?:will|shall|must|should|may|can|ha[sd] to|have to|to be|please|decide|wait(?:ed)?|supported|valid|open|closed|remains?|runs?|lasts?)\b/i;

const dayIs =
  /\b(?:date|deadline|day|meeting|hearing|election|wedding|launch|opening|ceremony|concert|vote|trial)\b[^.;]{0,60}\s(?:is|was|will be|falls on)\s+(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?$|\b(?:is|was|are) dated (?:the\s+)?$|^(?:Held|Signed|Issued|Published|Adopted|Done|Dated|Posted|Filed|Approved)\b[^.;]{0,80}\s$|\bpublished (?:on )?$|^(?:Release(?:d| date)|Date of release)[:：]\s*$/;

/** How many there were on a day. */
const stateAt = /^\s*,?\s*(?:there (?:was|were|are|is)\b|(?:was|were|stood at|amounted|totall?ed)\b)/;
/** `has kept a record since 1994` */
const since = new RegExp(`\\b(?:has|have|had)\\s+(?:been|run|\\p{L}+ed|${irregular})\\b`, 'u');
/** `sold from February 2024`, and no end of it. */
const startsFrom = /\b\p{Ll}+(?:ed|old|ent|ade|iven|aken|eld|un)\s+from\s+$/u;

/** Of a log of changes, a line without an end. */
const releaseField = /^(?:Release(?:d| date)|Date of release): /;
/** What is laid down or announced from a day on. */
const isBound = /\b(?:shall|will) (?!have\b)[^.;]{3,80}\sfrom\s+$/;

function isEnglishEvent(words: string, at: number, end: number, { precision }: DateMention): boolean {
  // `the ninth of March`
  const written = /^\p{Ll}/u.test(words.slice(at, end));
  const [lead, rest] = [words.slice(0, at).replace(written ? /\bthe\s+$/ : /$^/, ''), words.slice(end)];
  if (range.test(rest) || /\d\s*[-–—/]\s*$/.test(lead)) return false;
  // `(31 December 2011)`, `(1998 est.)`
  if (/\([^()]*$/.test(lead) && !happened.test(/\([^()]*$/.exec(lead)?.[0] ?? '')) return false;
  const exact = precision === 'day';
  if (exact && /\b[Nn]ext (?:meeting|session|hearing|sitting)\b[^.]{0,30}:\s*$/.test(lead)) return true;
  // `The closing date is 30 September 2024`, `THIS LEASE is dated 12 September 2023`, `Held in the Committee Room on Tuesday 7 May 2024`.
  if (exact && dayIs.test(lead)) return true;
  if (/\b(?:than|as|compared\s(?:with|to)|that)\s+(?:in|of|on)\s+$/i.test(lead)) return false;
  // What is due, and what went on up to a day.
  if (exact && /\b(?:by|until|before|no later than)\s+$/.test(lead) && due.test(lead)) return true;
  // Of a day that something is on, the verb may be any: `the property vests`, `it goes to the meeting`, `Review on 6 March 2025.`
  if (exact && /\bon\s+(?:the\s+)?$/i.test(lead) && !/\b(?:as|than|of|than)\s+on\s+$/i.test(lead))
    return !stateAt.test(rest);
  const without = `${lead} ${rest}`.replace(/^[A-Z][^:.,]{1,60}: /, '').replace(noPast, ' ');
  if (!happened.test(without)) return false;
  const begins = /^[\s("“]*$/.test(lead);
  if (/\b(?:end(?:ed|ing)|commencing|(?:fiscal|financial) year)\s+(?:in\s+|on\s+)?(?:the\s+)?$/i.test(lead))
    return false;
  if (/\bsince\s+$/i.test(lead)) return since.test(lead + rest);
  if (precision !== 'year' && startsFrom.test(lead)) return true;
  // `The bridge will be closed to all traffic from 8 April 2024`, `During the storm of 16 August 2020 all roofs leaked`
  if (exact && (isBound.test(lead) || /^(?:During|In|After) the \p{Ll}+ of $/u.test(lead))) return true;
  if (notWhen.test(lead) && !when.test(lead)) return false;
  if (when.test(lead))
    return !/^\s+(?:(?!the\s|an?\s|their\s|its\s|his\s|her\s)\p{Ll}+\s+)?(?:report|study|election|census|edition|season|budget|survey|model|film|novel|book|album|season|case|act|law|treaty|agreement|convention|version|paper|article|estimates?|figures?|data|levels?|prices|dollars)\b/u.test(
      rest,
    );
  // `1878: the canal opened`, `5 May 1962, a Tuesday, ...`
  if (begins) return exact || /^\s*[:：,—–-]/.test(rest);
  return exact && !/\b(?:the|an?|its|his|their|this|that)\s*$/i.test(lead);
}

/** What is so at a date, and numbers of it. */
const chineseState =
  /^(?:底|末|初)?(?:.{0,10})(?:人口|面积|总产|产值|收入|利润|营收|同比|占|约为|达到?[约\d]|为[约\d一二三四五六七八九十百]|[设共]?有[约\d一二三四五六七八九十百两几]|实现|.{0,12}[里中内上](?:共|只|还)?有)/;
const chineseDone = /(?:通过|公布|发布|修[正订改]|施行|批准|颁布|签署)[)）]?$/;
const notChineseWhen = /(?:截至|截止|自|从|到|至|以来|在.{0,4}之前|与|和|或|比|较|同比|对比|[《（(〔])\s*$/;

function isChineseEvent(words: string, at: number, end: number): boolean {
  const [lead, rest] = [words.slice(0, at), words.slice(end)];
  if (
    /^起(?:施行|实施|生效|执行|正式)/.test(rest) ||
    (/\d日?$/.test(words.slice(at, end)) && /^起[，,]?\p{Script=Han}{4}/u.test(rest))
  )
    return true;
  // `杜长庚自2015年起担任总经理`, `直到1964年退休`, `至2021年6月30日完工`
  if (/^起[，,]?(?:担任|出任|任|不再?|实行|开始|改|由|对|按|向|将|每|在)/.test(rest) && /[自从]\s*$/.test(lead))
    return true;
  if (
    /[到至]\s*$/.test(lead) &&
    /^(?:才|始|终于)?(?:退休|完工|竣工|建成|去世|逝世|结束|停止|关闭|毕业|离任|卸任|通车|稳定|停产|解散)/.test(rest)
  )
    return true;
  if (/^\p{Script=Han}{0,3}[拆建修买卖开关搬来去走死种写画做立盖烧办停]的(?:$|[，。；])/u.test(rest)) return true;
  if (/^[电讯]/.test(rest)) return false;
  // `应当于5月10日前完成排查`
  if (
    /^(?:之前|以前|前)\p{Script=Han}{2}/u.test(rest) &&
    /(?:应当?|應|须|須|必须|请|務必|务必|要|将|在|於|于)\p{Script=Han}{0,8}$/u.test(lead)
  )
    return true;
  if (
    /^\s*(?:[-–—~～至到、]|(?:以来|以前|之前|前|起至|末?以后|之后|后|间|代|版|度|的(?!一天|春天|夏天|秋天|冬天))|(?:\p{Script=Han}{0,4})?(?:同期|统计|数据|报告))/u.test(
      rest,
    )
  )
    return false;
  const isEra = /[元一二三四五六七八九十]年[（(]$/.test(lead) && /^[）)]/.test(rest);
  if (notChineseWhen.test(lead) && !isEra && !chineseDone.test(words)) return false;
  if ((/^[)）〕》]/.test(rest) && !isEra) || !(/[。！；？][”’」』）)]*$/.test(words) || chineseDone.test(words)))
    return false;
  const told = (isEra ? rest.slice(1) : rest).replace(/^[，,\s]*/, '');
  const near = /^[^。；！？]*/u.exec(told)?.[0] ?? '';
  const isClause = (part: string): boolean => (part.match(/\p{Script=Han}/gu)?.length ?? 0) >= 3;
  if (
    /^.{0,4}(?:生|出生|去世|逝世|退休|毕业|竣工|通车|开业|成立|建成|开幕|闭幕|开馆|开工|上市|发布|出版|开始|结束|截止|投产|上机|付清|上线|召开|举行|[关停拆倒坏搬卖丢散开走死沉]了)(?:[，。；）)]|$)/.test(
      told,
    )
  )
    return true;
  // `邮戳上写着：1989年7月2日，雾港。`
  if (/[：:]\s*$/.test(lead) && !isClause(near)) return false;
  if (isClause(near)) return !chineseState.test(near) && !/^的/.test(near);
  return isClause(lead) && !chineseState.test(lead);
}

/** The year of a day that is stated without one, where all other days are of one year. */
function onlyYear(dates: readonly DateMention[]): string | undefined {
  const years = new Set(dates.flatMap(({ iso, precision }) => (precision === 'day' ? [iso.slice(0, 4)] : [])));
  return years.size === 1 ? [...years][0] : undefined;
}

/** Of a message, the year is that of the last whole day before it: of its own time or of a message before. */
function yearBefore(dates: readonly DateMention[], at: number): string | undefined {
  const last = dates.findLast(({ precision, span }) => precision === 'day' && span.start < at);
  return last?.iso.slice(0, 4);
}

/** `Solveig Aarnes (4 February 1879 – 19 October 1954) was ...`: the days of a life, at the head of an article. */
function lives({ text, sentences }: Prose, dates: readonly DateMention[]): DatedEvent[] {
  return dates.flatMap((born, i): DatedEvent[] => {
    const died = dates[i + 1];
    if (born.precision !== 'day' || died?.precision !== 'day' || born.span.start > opening * 3) return [];
    const [between, before] = [text.slice(born.span.end, died.span.start), text.slice(0, born.span.start)];
    const isLife =
      /^\s*[–—-]+\s*(?:died )?$/.test(between) && /\p{L}\s?[(（](?:born |b\. |生于)?$/u.test(before.slice(-16));
    const sentence = spanAt(sentences, born.span.start);
    if (!isLife || sentence === undefined || !/^(?: in [^)]{2,40})?[)）]/.test(text.slice(died.span.end))) return [];
    return [born, died].map(({ iso, precision, span }) => ({ iso, precision, date: span, span: sentence }));
  });
}

const dated = ({ iso, precision }: DateMention, year: string | undefined): Pick<DatedEvent, 'iso' | 'precision'> =>
  precision === 'day-without-year' && year !== undefined
    ? { iso: `${year}${iso.slice(1)}`, precision: 'day' }
    : { iso, precision };

/** `Repeat the survey in 2032`, in a list of what is to be done or was. */
function isTask(words: string, at: number, { precision }: DateMention): boolean {
  const lead = words.slice(0, at);
  const when = precision === 'year' ? /\sin\s$/ : /\s(?:in|on|by|before)\s$/;
  return (
    /^\p{Lu}\p{Ll}+(?:\s\S+){2,}\s$/u.test(lead) &&
    when.test(lead) &&
    !/\b(?:as|than|since|from)\s+(?:in|of|on)\s$/.test(lead)
  );
}

const releaseLine = /^[*#=\s[(]*(?:[\p{L}-]+\s+){0,6}[[(]?v?\d{1,4}(?:\.\d{1,4}){1,3}[^.!?。]{0,30}$/iu;

/** Characters before the day in the heading of a version. */
const longestRelease = 80;

/** The end of the first change below the heading of a version: it says what happened. */
function firstChange(text: string, from: number): number {
  const match =
    /^[)\]）】*\s]*(?:\n+(?:#{1,6} [^\n]{1,40}|[*_]{2}[^*_\n]{1,40}[*_]{2}:?|【[^】\n]{1,20}】|[=~-]{3,})(?=\n))*\n+[ \t]*(?:[-*+•]|\d{1,2}[.)、])?[ \t]*(?![#[=~])(?!v?\d+\.\d+)([^\n]{4,300})/u.exec(
      text.slice(from, from + 600),
    );
  return match === null ? from : from + match[0].length;
}

/** The versions of a log of changes, each with the day that its heading states. */
function releases({ text }: Prose, dates: readonly DateMention[]): DatedEvent[] {
  return dates.flatMap(({ iso, precision, span: date }): DatedEvent[] => {
    if (precision !== 'day') return [];
    const before = text.slice(Math.max(0, date.start - longestRelease), date.start);
    const lead = before.slice(before.lastIndexOf('\n') + 1);
    const start = date.start - lead.length;
    const stop = text.slice(date.end, date.end + 40).indexOf('\n');
    const end = stop < 0 ? text.length : date.end + stop;
    return end - date.end < 40 && lead !== '' && lead.length < longestRelease && releaseLine.test(lead)
      ? [{ iso, precision, date, span: { start, end: firstChange(text, end) } }]
      : [];
  });
}

/** Characters in which a text says when it was held. */
const opening = 900;
const occasion =
  /\b(?:[Rr]emarks?|[Ss]peech|[Aa]ddress|[Dd]eposition|DEPOSITION|HEARING|[Hh]earing|[Ii]nterview|MINUTES|[Mm]inutes|[Ss]ermon|[Ll]ecture)\b|讲话|致辞|演讲|发言稿|访谈|专访|笔录|口述|会议纪要/;
const whenHeld = /(?:^|\n)[ \t*]*(?:采访|访谈|会议|开庭|庭审|召开|录音)?(?:时间|日期)[：:]\s*$/;

/** When a speech, a hearing or an interview was: a line of its heading. */
function held({ text, paragraphs }: Prose, dates: readonly DateMention[]): DatedEvent[] {
  const head = text.slice(0, opening);
  if (!occasion.test(head.slice(0, 400))) return [];
  const [first] = dates.filter(({ precision, span }) => precision === 'day' && span.start < opening);
  const block = first === undefined ? undefined : spanAt(paragraphs, first.span.start);
  if (first === undefined || block === undefined || block.end - block.start > 400) return [];
  const lead = text.slice(block.start, first.span.start);
  const tail = text.slice(first.span.end, block.end);
  const alone = /(?:^|\n|, )[\s（(]*$/.test(lead) && /^[）)]?(?:\s*(?:\n|$))/.test(tail) && !/[.!?。！？]\s/.test(lead);
  if (!alone && !whenHeld.test(lead)) return [];
  const { iso, precision, span: date } = first;
  // The title above says what it was.
  const from = /^[\s（(]*$/.test(lead) && !/[。！？.!?]/.test(head.slice(0, block.start)) ? 0 : block.start;
  return [{ iso, precision, date, span: { start: from, end: block.end } }];
}

/** In a chat sentences need no end. */
const isSpoken = ({ spoken }: Prose, { start }: Span): boolean => spanAt(spoken, start) !== undefined;

/** Of a sentence with more dates it is unsure which of them its words are about. */
const mostDates = 3;

/** The events in text order. */
export function findEvents(
  prose: Prose,
  dates: readonly DateMention[],
  omit: (reason: string) => void = () => {},
): DatedEvent[] {
  const bySentence = new Map<Span, DateMention[]>();
  for (const date of dates) {
    const sentence = spanAt(prose.sentences, date.span.start);
    if (sentence === undefined || date.span.end > sentence.end || sentence.end - sentence.start > longestSentence)
      continue;
    const list = bySentence.get(sentence);
    if (list === undefined) bySentence.set(sentence, [date]);
    else list.push(date);
  }
  const found: DatedEvent[] = [...releases(prose, dates), ...held(prose, dates), ...lives(prose, dates)];
  const taken = new Set(found.map(({ date }) => date.start));
  const year = onlyYear(dates);
  const yearOf = ({ span }: DateMention): string | undefined =>
    year ?? (isSpoken(prose, span) ? yearBefore(dates, span.start) : undefined);
  const items = prose.lists.flatMap((list) => list.items.map((item) => item.span));
  for (const [span, mentions] of bySentence) {
    const words = prose.text.slice(span.start, span.end);
    if (isNoEvent(words) || hypothetical.test(words)) continue;
    const han = /\p{Script=Han}/u.test(words);
    const item = spanAt(items, span.start) !== undefined;
    const ends = releaseField.test(words) || /[.!?;:,]["”’)\]]*(?:\[\d+\])?$/.test(words);
    if (!han && !item && !isSpoken(prose, span) && !ends) continue;
    const events = mentions.filter((date) => {
      if (taken.has(date.span.start)) return false;
      const [at, end] = [date.span.start - span.start, date.span.end - span.start];
      if (date.precision === 'day-without-year' && yearOf(date) === undefined) return false;
      // The stamp of a line of the chat.
      if (/^,?\s\d{1,2}:\d\d/.test(words.slice(end)) && isSpoken(prose, span)) return false;
      if (item && isTask(words, at, date)) return true;
      return han
        ? isChineseEvent(item || isSpoken(prose, span) ? `${words}。` : words, at, end)
        : isEnglishEvent(words, at, end, date);
    });
    if (events.length > mostDates) omit('event-many-dates');
    else found.push(...events.map((date) => ({ ...dated(date, yearOf(date)), date: date.span, span })));
    if (events.length === 0) omit('event-unsure');
  }
  return found.sort((a, b) => a.span.start - b.span.start || a.date.start - b.date.start);
}
