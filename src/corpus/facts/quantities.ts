/**
 * @file Quantities: numbers of the prose with a unit (`12.5 million tonnes`, `two hours`, `1250万吨`) and, where the words beside them leave no doubt, what
 * they measure (`output` in `output rose to 12.5 million tonnes`).
 */
import type { Span } from '../document.ts';
import { lastBefore, type Prose, spanAt } from '../structure/prose.ts';
import type { DateMention } from './dates.ts';
import type { NumberMention } from './numbers.ts';
import { inHanOf, isNoLength } from './quantities/chinese.ts';
import type { Found } from './quantities/found.ts';

/** A number with its unit. */
export interface Quantity {
  /** With the scale applied. */
  readonly value: number;
  readonly unit: string;
  /** What the number that stands there is to be multiplied by: 1000000 for `million`, 10000 for `万`. */
  readonly scale: number;
  /** The words of the text for what it measures. */
  readonly measures?: string;
  readonly measuresSpan?: Span;
  /** The number, its scale and its unit. */
  readonly span: Span;
}

const small =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const wordValue = (word: string): number => {
  const [first = '', second = ''] = word.toLowerCase().split('-');
  const ten = tens.indexOf(first);
  if (ten >= 0)
    return 10 * (ten + 2) + (second === 'one' ? 1 : small.indexOf(second) >= 0 ? small.indexOf(second) + 2 : 0);
  return small.indexOf(first) + 2;
};
const scaleWords: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9 };
/** What a word counts. */
const wordUnits =
  'kilomet(?:re|er)s|millimet(?:re|er)s|met(?:re|er)s|centimet(?:re|er)s|miles|feet|inches|yards|fathoms|leagues|acres|hectares|tons|tonnes|pounds|ounces|kilograms|barrels|gallons|lit(?:re|er)s|years|months|weeks|days|nights|hours|minutes|seconds|degrees|per\\s?cent|percent|dollars|euros|shillings|knots|bushels|pints|cups|tablespoons|teaspoons|(?:working|business|calendar|consecutive)\\s+days';
/** Where a number in words could begin; the rest is looked at there only. */
const wordStart =
  /\b(?:[Tt](?:wo|hree|en|welve|hirteen|wenty|hirty)|[Ff](?:our|ive|orty|ifty|ourteen|ifteen)|[Ss](?:ix|even|ixty|eventy|ixteen|eventeen)|[Ee](?:ight|leven|ighty|ighteen)|[Nn]in(?:e|ety|eteen))\b/g;
const inWords = new RegExp(
  `((?:${tens.join('|')})(?:-(?:one|${small.slice(0, 8).join('|')}))?|${small.join('|')})(?:[\\s-]+(hundred|thousand|million|billion))?\\s+(${wordUnits})(?![A-Za-z])`,
  'iy',
);

/** Behind plain digits: units that `findNumbers` does not read, and what is counted. */
const counted =
  /^(\s(?:A(?!\s\p{Ll})|V|W|N|L|g|J|K|s|h|min|hrs?|kelvin|NTU)(?![\p{L}\d/])|\s?(?:mA|kA|mV|kV|bar|mbar|psi|kN|Nm|dB|rpm|ml|mL|cl|dl|µg|µm|nm|µL|MHz|[kMG]bit\/s|[kMG]bps|km2|km²|m2|m3|cm2|cm3|kcal|kJ|MJ|ppm|dpi|px|MiB|GiB|KiB|TiB|MB|GB|KB|mol|Pa|hPa|lm|lx)(?!(?!\p{Script=Han})[\p{L}\d/])|\s(?:people|inhabitants|residents|employees|passengers|students|pupils|soldiers|copies|homes|crowns|kroner|kronor|francs|rupees|pesos|roubles|rubles|(?:working|business|calendar|consecutive) days|grams|milligrams|millimet(?:re|er)s|octets|seats|vehicles|households|workers|patients|visitors|customers|subscribers|troops|bushels|knots|yards|fathoms|leagues|cubic met(?:re|er)s|square met(?:re|er)s|calories|decibels|volts|watts|amps|kilowatts|megawatts|cups|tablespoons|teaspoons|nights|shares)(?![\p{L}]))/u;
/** Of many things a figure is how many. */
const countedHan =
  /^(?:个工作日|个(?=[^人半])|[名块支级座条册份棵只头匹张篇幅间套家所艘架根颗粒株栋盏位瓦枚口](?!半)|个人|日(?=[内以之])|兆帕|千帕|帕)/u;
const countedNoun =
  /^\s(?!(?:was|has|is|its|this|as|us|does|thus|always|across|perhaps|towards|besides|whereas|plus|less|versus|times|points|cases|members|others|lines|pages|steps|items|says|explains|shows|gives|means|describes|contains|covers|lists|allows|makes|takes|uses|runs|returns|needs|requires|provides|includes|applies)\b)(?:\p{Ll}{2,}[^s\W]s|men|women|children|sheep|cattle|pupils)(?![\p{L}-])/u;
const per =
  /^(?:\s?(?:per|an?)\s(?:day|hour|year|month|week|minute|second|person|square\s(?:kilometre|kilometer|mile|metre|meter)|capita|gallon|ton|tonne|litre|kilogram|acre|hectare|share|barrel)(?![\p{L}])|\sper\s\p{Ll}{3,15}(?![\p{L}-])|\/(?:s|h|day|year|kg|m|km|min)(?![\p{L}]))/u;

/** Of these what changes is what is measured. */
const changing =
  'rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|slipped|shrank|totall?ed|totals|reached|reaches|amounted|amounts|averaged|averages|surged|soared|plunged|exceeded|exceeds';
const changed = new RegExp(`^(?:${changing})$`);
const being = 'was|is|were|are|stood|stands|remained';
const noun = "[\\p{L}][\\p{L}\\d’'-]*";
/** `net sales rose by`, at the beginning of a clause. */
const subjectBefore = new RegExp(
  `(?:^|[,;:(—–]\\s*|\\b(?:but|while|when|that|whereas|where|because)\\s+)((?:(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur|[Hh]is|[Hh]er|[Aa]n?|[Tt]otal)\\s+)?${noun}(?:\\s+${noun}){0,5}?)\\s+(?:(?:also|then|now|only|just|further|again|has|had|have)\\s+)?(${changing}|${being})\\s+(?:(?:steadily|sharply|slightly|almost|nearly|about|around|roughly|approximately|some|only|over|under|just|up|down|out|at|to|by|from|of|estimated|more|less|than)\\s+){0,4}$`,
  'u',
);
/** Nouns of which a figure is the size. */
const sizes =
  'balance|surplus|deficit|debt|indebtedness|expenditures?|appropriation|increase|decrease|reduction|saving|capital|length|height|width|breadth|depth|thickness|weight|mass|distance|area|population|revenues?|income|profits?|loss|losses|sales|turnover|costs?|price|fee|fine|tax|duty|output|production|consumption|capacity|speed|velocity|temperature|pressure|volume|value|budget|salary|wages?|rent|term|duration|lifespan|coast|coastline|share|stake|margin|fund|grant|loan|credit|payments?|receipts|imports|exports|rainfall|precipitation|investment|discharge|altitude|elevation|diameter|radius|circumference|voltage|current|power|frequency|yield|efficiency|concentration|density|dose|interest|rate|deposits|reserves|stock|shipments|cash|growth|decline|rise|fall|drop|drawdown|range|displacement|draught|horsepower|armour|crew|catch|harvest|crop|tonnage|traffic|ridership|attendance|enrolment|enrollment|size|limit|minimum|maximum|average|budget|donation|dividend|penalty|prize|reward|ransom|tariff|toll|premium|salary';
const head = new RegExp(`(?:^|\\s)(?:${sizes})$`, 'i');
/** `revenue of`, `an annual appropriation of about`. */
const nounBefore = new RegExp(
  `(?<!\\b(?:over|and|per|or|than)\\s)(?:^|(?<=[\\s(]))((?:(?:net|gross|annual|total|average|mean|operating|daily|monthly|maximum|minimum|combined|current|initial|constant|further|tax|interest|land|budget|trade|top|cruising|market|purchase|selling|retail|sales)\\s+){0,2}(?:${sizes}))\\s+of\\s+(?:(?:about|around|roughly|approximately|some|only|over|nearly|almost|up to|more than|less than|at least|at most)\\s+)?$`,
  'iu',
);
/** The last word before a number of which the words say what it measures. */
const leading: ReadonlySet<string> = new Set(
  `${changing.replace('totall?ed', 'totalled|totaled')}|${being}|steadily|sharply|slightly|almost|nearly|about|around|roughly|approximately|some|only|over|under|just|up|down|out|at|to|by|from|of|estimated|more|less|than|least|most`.split(
    '|',
  ),
);
const noMeasure =
  /^(?:it|he|she|they|we|you|i|there|this|that|these|those|which|who|what|one|some|all|none|each|both|here|most|many|much|more|others?|another|such|every|total|number|amount|of|in|on|by|for|with|from|to|been|being|upward|while|when|if|as|at|also|only|not|now|and|but|or|then|yet|so)\b|\b(?:who|which|that|he|she|it|they|we|I|you|is|was|be|has|been|years?|day|and)\b/i;
const article = /^(?:the|its|their|our|his|her|an?)\s+/i;
/** Behind a number: what it is the size of is in this word, not in the subject. */
const dimension =
  /^\s+(?:long|high|wide|deep|tall|thick|away|old|from|north|south|east|west|above|below|off|in|of|for|before|after|ago|later)\b/;

/** `Area - total: 49 sq km` */
const field =
  /^(?:\*\*)?([\p{Lu}\p{Script=Han}][^:：.。\n]{1,79}?)(?:\*\*)?[:：](?:\*\*)?\s*(?:about |approximately |约)?$/u;

const chineseVerb =
  '(?:约?[为是达]到?|达到|达|增[至到长加]了?|减[至到少]了?|下降了?|上升了?|升至|降[至到]|超过|突破|同比增长|同比下降|提高[到至了]?|共计?|合计|总计|不少于|不超过|不低于|接近|完成)';
const chineseSubject = new RegExp(
  `(?:^|[，。；：、！？\\s]|的)([\\p{Script=Han}A-Za-z]{2,12}?)(?:已|将|则|均|也|总计|共|又)?${chineseVerb}(?:了)?(?:约|近|大约|超过|逾|至少)?$`,
  'u',
);
const noChineseMeasure =
  /^(?:这|那|其|它|他|她|我|你|同比|环比|比|共|总|年|月|日|今|去年|当|每|目前|其中|以上|以下|一|两|三|因|但|而|并|不|在|从|到|以|由|有|年均)|[了着过在从到是为于亦也皆]$/;

const powers: Readonly<Record<string, number>> = {
  ...scaleWords,
  trillion: 1e12,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  m: 1e6,
  mn: 1e6,
  bn: 1e9,
  B: 1e9,
  百: 100,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  十亿: 1e9,
  万亿: 1e12,
};
const power =
  /(hundred|thousand|million|billion|trillion)|(?<=\d ?)(bn|mn|[KMBk])(?![A-Za-z])|(?<=[$€£¥][\d.,]+ ?)(m)\b|([万亿千百]+)/;
const digitsOnly = /^[-−]?[\d.,]+$/;

/** What the digits of a number stand before. */
function scaleIn(words: string): number {
  if (digitsOnly.test(words)) return 1;
  const [, word, short, money, han] = power.exec(words) ?? [];
  return powers[word ?? short ?? money ?? han ?? ''] ?? 1;
}

const isLetter = (code: number): boolean => (code | 32) >= 0x61 && (code | 32) <= 0x7a;

/** Most numbers have none, which their next two characters show. */
function unitBehind(text: string, at: number): string | undefined {
  const [next, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  if (next > 0x3000) return countedHan.exec(text.slice(at, at + 4))?.[0];
  // `500 个标签`.
  if (next === 32 && second > 0x3000) {
    const spaced = countedHan.exec(text.slice(at + 1, at + 5))?.[0];
    return spaced === undefined ? undefined : ` ${spaced}`;
  }
  if (!isLetter(next) && next !== 0xb5 && !(next <= 32 && (isLetter(second) || second === 0xb5))) return undefined;
  return (counted.exec(text.slice(at, at + 20)) ?? countedNoun.exec(text.slice(at, at + 30)))?.[0];
}

function rateBehind(text: string, at: number): string {
  const next = text.charCodeAt(at);
  if (next !== 0x2f && !(next <= 32 && (text[at + 1] === 'p' || text[at + 1] === 'a'))) return '';
  return per.exec(text.slice(at, at + 24))?.[0] ?? '';
}

/** Before it, a number is one of a thing: `Table 2 shows`, `the PW 140 weighs`. */
const numberedThing =
  /(?:\p{Lu}[\p{L}.]*|\b(?:sections?|subsections?|clauses?|tables?|figures?|items?|equations?|appendix|rules?|notes?|steps?|chapters?|paragraphs?|articles?|versions?|releases?|numbers?|no\.|and|or)|第|[表图])(?:\([^)]{1,6}\))?\s?$/u;

/** Whether words behind a number say what it counts. `16个` does, `十六个` is often a figure of speech. */
function isCount(text: string, { start, end }: Span, unit: string): boolean {
  // The number of a line before an answer: `7 A. No.`
  if (unit === ' A' && text[end + 2] === '.' && /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 8), start)))
    return false;
  // `4.1 座面`: the number of a clause.
  const before = text.slice(Math.max(0, start - 8), start);
  if (/^ \p{Script=Han}/u.test(unit) && (/\./.test(text.slice(start, end)) || /(?:^|\n)[\s#*]*$|月\s?$/.test(before)))
    return false;
  if (/^ ?\p{Script=Han}/u.test(unit))
    return (
      /^[-−\d]/.test(text.slice(start, start + 1)) &&
      !(unit === '条' && !/[万千百亿]/.test(text.slice(start, end))) &&
      !/第\s?$/.test(text.slice(Math.max(0, start - 2), start))
    );
  return (
    !countedNoun.test(text.slice(end, end + 30)) ||
    counted.test(text.slice(end, end + 20)) ||
    !numberedThing.test(text.slice(Math.max(0, start - 24), start))
  );
}

/** `EUR 71.2 million`: a currency by its code, before the number. */
const code = /(?<![\p{L}\d])(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|CNY|RMB|HKD|AUD|CAD|NZD|INR|PLN|CZK)(?=[ \u00a0]$)/u;

function inFigures(text: string, numbers: readonly NumberMention[]): Found[] {
  return numbers.flatMap(({ value, unit, span }): Found[] => {
    const paid = unit === undefined ? code.exec(text.slice(Math.max(0, span.start - 5), span.start))?.[0] : undefined;
    if (paid !== undefined)
      return [
        {
          number: { value, span: { start: span.start - paid.length - 1, end: span.end } },
          unit: paid,
          scale: scaleIn(text.slice(span.start, span.end)),
          end: span.end,
        },
      ];
    const more = unit === undefined ? unitBehind(text, span.end) : '';
    if (more === undefined || (more !== '' && !isCount(text, span, more))) return [];
    const rate = rateBehind(text, span.end + more.length);
    // `5个人`: what it counts is people.
    const people = unit === '个' ? (/^(?:人|工作日)/.exec(text.slice(span.end, span.end + 3))?.[0] ?? '') : '';
    const end = span.end + more.length + rate.length + people.length;
    const whole = `${people !== '' ? people : (unit ?? more.trim().replace(/^个(?=人|工作日)/, ''))}${rate.startsWith('/') ? rate : rate === '' ? '' : ` ${rate.trim()}`}`;
    return [
      {
        number: { value, span: { start: span.start, end } },
        unit: whole,
        scale: scaleIn(
          text.slice(span.start, span.end - (text.endsWith(unit ?? '', span.end) ? (unit?.length ?? 0) : 0)),
        ),
        end,
      },
    ];
  });
}

function inWordsOf(text: string): Found[] {
  let done = 0;
  return [...text.matchAll(wordStart)].flatMap(({ index }): Found[] => {
    // `twenty-five miles` is one number; `pre-two` is none.
    if (index < done || /[-'’]/.test(text[index - 1] ?? '')) return [];
    inWords.lastIndex = index;
    const match = inWords.exec(text);
    if (match === null) return [];
    const [whole, word = '', power, unit = ''] = match;
    const scale = scaleWords[power?.toLowerCase() ?? ''] ?? 1;
    done = index + whole.length;
    const value = wordValue(word) * scale;
    return [
      { number: { value, span: { start: index, end: done } }, unit: unit.replace(/\s+/g, ' '), scale, end: done },
    ];
  });
}

interface Measured {
  readonly words: string;
  readonly at: number;
}

/** The Latin letters that words end in. */
function lastLetters(words: string): string {
  let start = words.length;
  while (start > 0 && isLetter(words.charCodeAt(start - 1))) start--;
  return words.slice(start);
}

/** What stands before the number says what it measures; undefined where it is unsure. */
function measured(lead: string, rest: string): Measured | undefined {
  const placed = (match: RegExpExecArray, words: string): Measured => {
    const bare = words.replace(article, '');
    return { words: bare, at: match.index + match[0].indexOf(words) + (words.length - bare.length) };
  };
  const colon = lead.includes(':') || lead.includes('：');
  const label = colon ? field.exec(lead) : null;
  if (label?.[1] !== undefined) return placed(label, label[1]);
  const last = lead.trimEnd();
  const han = last.charCodeAt(last.length - 1) > 0x3000 ? chineseSubject.exec(lead) : null;
  if (han?.[1] !== undefined) return noChineseMeasure.test(han[1]) ? undefined : placed(han, han[1]);
  if (last.length === lead.length || !leading.has(lastLetters(last))) return undefined;
  const subject = subjectBefore.exec(lead);
  if (subject?.[1] !== undefined) {
    const bare = subject[1].replace(article, '');
    const proper = bare.split(/\s+/).every((word) => /^\p{Lu}/u.test(word)) && subject.index > 0;
    const sized = head.test(/^.*?(?=\s+(?:of|for|in|to|on|from|at)\s|$)/s.exec(bare)?.[0] ?? bare);
    const changes = changed.test(subject[2] ?? '');
    return noMeasure.test(bare) || proper || !(changes || (sized && !dimension.test(rest)))
      ? undefined
      : placed(subject, subject[1]);
  }
  const before = nounBefore.exec(lead);
  return before?.[1] === undefined ? undefined : placed(before, before[1]);
}

/** These only count. */
const counters = /^[次项]$/;

/** Characters before a number that are looked at. */
const reach = 140;

/** The quantities of the prose in text order. */
export function findQuantities(
  prose: Prose,
  numbers: readonly NumberMention[],
  dates: readonly DateMention[],
  omit: (reason: string) => void = () => {},
): Quantity[] {
  const { text, sentences } = prose;
  const dated = dates.map(({ span }) => span);
  const all = [...inFigures(text, numbers), ...inWordsOf(text), ...inHanOf(text)].sort(
    (a, b) => a.number.span.start - b.number.span.start,
  );
  let done = 0;
  return all.flatMap(({ number, unit, scale, end }): Quantity[] => {
    const { start } = number.span;
    const sentence = spanAt(sentences, start);
    const date = dated[lastBefore(dated, start)];
    if (
      start < done ||
      isNoLength(text, start, unit) ||
      counters.test(unit) ||
      (unit === '个' && !/[-−\d]/.test(text[start] ?? ''))
    )
      return [];
    if (sentence === undefined || (date !== undefined && start < date.end)) return [];
    done = end;
    const from = Math.max(sentence.start, start - reach);
    const found = measured(text.slice(from, start), text.slice(end, Math.min(sentence.end, end + 20)));
    if (found === undefined) omit('quantity-measure-unsure');
    const at = from + (found?.at ?? 0);
    const measures =
      found === undefined
        ? {}
        : { measures: found.words.replace(/\s+/g, ' '), measuresSpan: { start: at, end: at + found.words.length } };
    return [{ value: number.value, unit, scale, ...measures, span: { start, end } }];
  });
}
