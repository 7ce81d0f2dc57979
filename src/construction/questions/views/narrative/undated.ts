/**
 * @file Dated events as a question quotes them: the whole sentence without its date, so that the order has to be found in the text.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { Random } from '../../../../random.ts';
import type { QuestionLanguage } from '../../language.ts';
import type { ContextDocument, Proof } from '../../question.ts';
import { isWhole, oneLine, quotable } from '../provisions/quoting.ts';

/** An event without its date. */
export interface Undated {
  /** The sentence, the date and the words that lead to it left out. */
  readonly words: string;
  /** As exact as the text is: `1962-07-05`, `1962-07`, `1962`. */
  readonly iso: string;
  readonly proof: Proof;
}

const lengths = { en: { least: 32, most: 190 }, zh: { least: 10, most: 80 } } as const;

const weekday = '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\\s)?(?:the\\s)?';
const leadIn = `(?:(?:early|late)\\s)?(?:on|in)\\s(?:(?:early|late)\\s)?${weekday}`;
const opening = new RegExp(`^(?:${leadIn}|${weekday})$`, 'i');
const inside = new RegExp(`(,?)\\s${leadIn}$`);

const capital = (words: string): string => words.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** What closes a sentence behind its date. */
const closes = /^,?[.!]$/;

/**
 * A sentence without its date; undefined where that would not leave a sentence, or where the date may belong to a part of it alone: a month or
 * a year opens the sentence or closes it.
 */
function withoutDate(lead: string, rest: string, language: QuestionLanguage, isDay: boolean): string | undefined {
  if (language === 'zh') {
    if (/^[的至起以前后底末初止间内外度版年月日夏秋春冬上下中到、—－-]/.test(rest)) return undefined;
    if (/^(?:于|在)?$/.test(lead)) return rest.replace(/^[，,]?\s*/, '');
    return /[于在]$/.test(lead) && !/[，。：；]/.test(lead) ? lead.slice(0, -1) + rest : undefined;
  }
  if (opening.test(lead)) return /^,?\s\S/.test(rest) ? capital(rest.replace(/^,?\s+/, '')) : undefined;
  const found = inside.exec(lead);
  if (found === null || !(isDay || closes.test(rest))) return undefined;
  const isAside = found[1] === ',' && rest.startsWith(',');
  const joined =
    lead.slice(0, found.index) + (found[1] === ',' && !isAside ? ',' : '') + (isAside ? rest.slice(1) : rest);
  return joined.replace(/,(?=[.!]$)/, '');
}

/** Other times in the sentence, and what leans on another one. */
const timed =
  /\b(?:1[0-9]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\b(?:then|later|earlier|previous(?:ly)?|following|next|same|again|afterwards?|meanwhile|thereupon|since|until|ago|last (?:year|month|week)|this (?:year|month|week|date|day|time)|that (?:year|month|week|date|day|time)|today|yesterday|now)\b|\d{3,4}年|公元|\d月|月\d|当[年月日天晚]|次[年月日]|同[年月日]|[那这]一?[年月天]|随后|其后|此后|之后|后来|接着|第二[天年]|今年|去年|昨[天日]|又/iu;
const stands =
  /\b(?:he|she|him|his|her|they|them|their|it|its|this|that|these|those|I|my|me|you|your|former|latter|there)\b|[他她它]们?|前者|后者|上述|该|我|你/iu;
/** A sentence ends there, and not at an initial: `William Ramsay and M.W.` */
const ending = /(?<!(?:^|[\s.])\p{Lu})[.!。！]$/u;
/** What may be or is so, comparisons, and entries without a subject. */
const noEvent =
  /[;:；：]|\b(?:is|are|has|have|had|will|shall|may|might|should|would|could|can|planned|expected|estimated|against|compared|per cent|percent|of the)\s?(?:[\p{L}-]+\s)?(?:founded|still)\b|\b(?:is|are|has|have|had|will|shall|may|might|should|would|could|can|planned|expected|estimated|compared|per cent|percent|still|last|number(?:ed|s)|amount(?:ed|s)|total(?:l?ed|s)|stood at)\b|, \p{Ll}+ed[.]$|%|^(?:First|Originally|Of)\b|\bthe country\b|, (?:which|that|who) (?:was|were) \p{Ll}+[.]$|^\p{Lu}\p{Ll}+(?:ed|de|nd|wn) (?:by|in|at|as|to|from|and)\b|现[为存在有]|保存|设计的|将|计划|预计|应当|可以|同比|百分之|如果/u;

/** What leans on a sentence before it, and what is cut to pieces without its date: `cost $338 and was finished.` */
const torn =
  /^(?:The (?:ensuing|resulting|subsequent|following|latter|former|same|crisis|conflict|dispute|agreement|move)\b|As a (?:precursor|result|consequence)\b)|\bthe (?:colony|ensuing|crisis)\b(?! of)|\band (?:was|were) \p{Ll}+ed\.$|\bcontinued to\b/u;

const isTold = (words: string, language: QuestionLanguage): boolean => {
  const { least, most } = lengths[language];
  return (
    words.length >= least &&
    words.length <= most &&
    ending.test(words) &&
    quotable(words) &&
    isWhole(words) &&
    !/["|*_]|[—–-]\s*$|^[^.。]{2,60}[:：]\s/.test(words) &&
    !timed.test(words) &&
    !stands.test(words) &&
    !noEvent.test(words) &&
    !torn.test(words) &&
    (language === 'zh' || /^\p{Lu}/u.test(words))
  );
};

/** The events of a shown text that can be told without their date, each sentence with one date. */
export function undatedEvents({ document, facts, span }: ContextDocument, language: QuestionLanguage): Undated[] {
  const { text } = document;
  const outside = ({ start, end }: Span): boolean =>
    !facts.tables.some((table) => table.span.start < end && start < table.span.end);
  const found = facts.events.flatMap(({ iso, precision, date, span: place }): Undated[] => {
    if (precision === 'day-without-year' || place.start < span.start || place.end > span.end) return [];
    if (!outside(place) || !/\d{4}|[〇零一二三四五六七八九]{4}/.test(text.slice(date.start, date.end))) return [];
    // A clause behind a semicolon has its subject before it.
    if (/[;；,，:：]\s*$/.test(text.slice(Math.max(0, place.start - 6), place.start))) return [];
    const dates = facts.dates.filter((one) => one.span.start >= place.start && one.span.end <= place.end);
    if (dates.length !== 1) return [];
    const lead = oneLine(`.${text.slice(place.start, date.start)}.`)
      .slice(1, -1)
      .trimStart();
    const rest = oneLine(`.${text.slice(date.end, place.end)}`).slice(1);
    const words = withoutDate(lead, rest, language, precision === 'day')?.trim();
    return words === undefined || !isTold(words, language) ? [] : [{ words, iso, proof: { document, span: place } }];
  });
  return found.filter(({ words }) => found.filter((other) => other.words === words).length === 1);
}

/** Of which country or government it is said, only its own text tells. */
const nobody =
  /^(?:The|An?|Its) (?:\p{Ll}+ )?(?:country|government|economy|island|islands|people|population|nation|company|group|board|council|state|constitution|president|party|army|war|city|town|county)\b|^(?:Growth|Exports|Imports|Economic|Inflation|Elections|Congress)\b/u;

/** Whether the words say of whom or what they tell, whichever text they stand in. */
export const namesSomebody = ({ words }: Undated): boolean =>
  !nobody.test(words) &&
  (/(?<=[\p{L}’'),-] )\p{Lu}[\p{L}’'-]{2,}/u.test(words) || /[省市县区国镇局院部司军党会]/u.test(words));

/** Whether one date is before the other, as exact as both are; undefined where they may be the same. */
function isBefore(a: string, b: string): boolean | undefined {
  const length = Math.min(a.length, b.length);
  const [x, y] = [a.slice(0, length), b.slice(0, length)];
  return x === y ? undefined : x < y;
}

const inversions = (order: readonly number[]): number =>
  order.reduce((sum, at, i) => sum + order.slice(i + 1).filter((other) => other < at).length, 0);

const tries = 12;

/** Some events in the order of time, no two of which may be of one time; the draw whose order the text keeps least. */
export function drawEvents(
  all: readonly Undated[],
  { least, most }: { readonly least: number; readonly most: number },
  random: Random,
): { events: readonly Undated[]; turned: number } | undefined {
  let best: { events: readonly Undated[]; turned: number } | undefined;
  for (let i = 0; i < tries; i++) {
    const wanted = random.integer(least, most);
    const taken: Undated[] = [];
    for (const event of random.shuffle(all))
      if (taken.length < wanted && taken.every(({ iso }) => isBefore(iso, event.iso) !== undefined)) taken.push(event);
    if (taken.length < least) continue;
    const events = taken.sort((a, b) => (isBefore(a.iso, b.iso) === true ? -1 : 1));
    const pairs = (events.length * (events.length - 1)) / 2;
    const turned = inversions(events.map((event) => all.indexOf(event))) / pairs;
    if (best === undefined || turned > best.turned) best = { events, turned };
  }
  return best;
}
