/**
 * @file How solvers find the date of an event that is quoted without it: next to a date, the letters before and behind it make up the quotation.
 */
const months = 'january february march april may june july august september october november december'.split(' ');
const month = `(?:${months.map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`).join('|')}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?`;
const dates = new RegExp(
  `(?<d1>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<m1>${month}),? (?<y1>\\d{4})|(?<m2>${month}) (?<d2>\\d{1,2})(?:st|nd|rd|th)?,? (?<y2>\\d{4})|(?<y3>\\d{4})-(?<m3>\\d{1,2})-(?<d3>\\d{1,2})|(?<m4>${month}),? (?<y4>\\d{4})|(?<y5>\\d{4}|[〇零一二三四五六七八九]{4})\\s?年(?:\\s?(?<m5>\\d{1,2}|[一二三四五六七八九十]{1,2})\\s?月(?:\\s?(?<d5>\\d{1,2}|[一二三四五六七八九十]{1,3})\\s?[日号])?)?|(?<![\\d,.])(?<y6>1\\d{3}|20\\d{2})(?![\\d,.]\\d)`,
  'g',
);

const signs = '零一二三四五六七八九';

/** `12`, `十二`, `二十一`. */
function small(words: string): number {
  if (/^\d+$/.test(words)) return Number(words);
  const [tens = '', ones] = words.includes('十') ? words.split('十') : ['', words];
  const ten = words.includes('十') ? (tens === '' ? 1 : signs.indexOf(tens)) : 0;
  return 10 * ten + (ones === undefined || ones === '' ? 0 : signs.indexOf(ones));
}

const yearOf = (words: string): string =>
  words.replaceAll('〇', '零').replace(/[零一二三四五六七八九]/g, (sign) => String(signs.indexOf(sign)));

function isoOf(groups: Readonly<Record<string, string | undefined>>): string {
  const of = (letter: string): string | undefined =>
    Object.entries(groups).find(([name, value]) => name.startsWith(letter) && value !== undefined)?.[1];
  const [year, named, day] = [of('y'), of('m'), of('d')];
  const two = (number: number): string => String(number).padStart(2, '0');
  if (year === undefined) return '';
  if (named === undefined) return yearOf(year);
  const number = /^[A-Za-z]/.test(named)
    ? 1 + months.findIndex((one) => one.startsWith(named.slice(0, 3).toLowerCase()))
    : small(named);
  const upTo = `${yearOf(year)}-${two(number)}`;
  return day === undefined ? upTo : `${upTo}-${two(small(day))}`;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const leadIn =
  /(?:\b(?:early|late)\s)?\b(?:on|in)\s+(?:(?:early|late)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?$|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+$|[于在]$/i;
/** Characters of the longest lead-in. */
const longestLead = 40;
const stops = /^\)?[.!?;。！？；]/;
const stopped = /[.!?;。！？；]\s*$/;

/** Where the words before a date end, in letters of the text; `stopped` where a sentence ends there. */
interface Lead {
  readonly end: number;
  readonly stopped: boolean;
}

/** A date of a text: the words before it, with and without what leads it in, and where the words behind it begin, in letters. */
interface ShownDate {
  readonly iso: string;
  readonly leads: readonly Lead[];
  readonly behind: number;
  readonly stops: boolean;
}

/** The letters of a text and its dates: read once for all quotations. */
interface DatedText {
  readonly letters: string;
  readonly dates: readonly ShownDate[];
}

function readDates(text: string): DatedText {
  const parts: string[] = [];
  let [at, length] = [0, 0];
  const readTo = (end: number): number => {
    const part = letters(text.slice(at, end));
    parts.push(part);
    at = end;
    length += part.length;
    return length;
  };
  const found = [...text.matchAll(dates)].map(({ 0: words, index, groups = {} }): ShownDate => {
    const before = text.slice(Math.max(at, index - longestLead), index);
    const [lead = ''] = leadIn.exec(before) ?? [];
    const isStopped = (end: number): boolean => stopped.test(text.slice(Math.max(0, end - longestLead), end));
    const leads = [index - lead.length, index].map((end) => ({ end: readTo(end), stopped: isStopped(end) }));
    const behind = readTo(index + words.length);
    return { iso: isoOf(groups), leads, behind, stops: stops.test(text.slice(at, at + 2)) };
  });
  readTo(text.length);
  return { letters: parts.join(''), dates: found };
}

/** Where either half of a quotation stands: a date within it leaves one of them whole. */
function halvesIn(text: string, wanted: string): number[] {
  const middle = wanted.length >> 1;
  return [wanted.slice(0, middle), wanted.slice(middle)].flatMap((half) => {
    const found: number[] = [];
    for (let at = half === '' ? -1 : text.indexOf(half); at >= 0; at = text.indexOf(half, at + 1)) found.push(at);
    return found;
  });
}

/** Whether the letters before and behind a date make up the quotation. */
function makesUp({ leads, behind, stops: ends }: ShownDate, text: string, wanted: string): boolean {
  const after = text.slice(behind, behind + wanted.length);
  return leads.some((lead) => {
    const before = text.slice(Math.max(0, lead.end - wanted.length), lead.end);
    const at = (before + after).indexOf(wanted);
    // The date of the sentence before or behind is not its own.
    const isOther = (at === before.length && ends) || (at + wanted.length === before.length && lead.stopped);
    return at >= 0 && at <= before.length && !isOther;
  });
}

/** The date of a sentence that is quoted without it; undefined where the texts have none or several. */
function dateOf(quoted: string, texts: readonly DatedText[]): string | undefined {
  const wanted = letters(quoted);
  const found = new Set<string>();
  for (const { letters: text, dates: shown } of texts) {
    const halves = halvesIn(text, wanted);
    const isNear = ({ leads: [lead], behind }: ShownDate): boolean =>
      halves.some((at) => at >= (lead?.end ?? 0) - wanted.length && at <= behind + wanted.length);
    for (const date of shown) if (isNear(date) && makesUp(date, text, wanted)) found.add(date.iso);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/** Letters of quoted events in the order of their dates. */
export function byDate(
  options: readonly { readonly letter: string; readonly text: string }[],
  texts: readonly string[],
): string[] | undefined {
  const read = texts.map(readDates);
  const dated = options.map(({ letter, text }) => ({ letter, iso: dateOf(text, read) }));
  if (dated.length === 0 || dated.some(({ iso }) => iso === undefined || iso === '')) return undefined;
  return dated.sort((a, b) => ((a.iso ?? '') < (b.iso ?? '') ? -1 : 1)).map(({ letter }) => letter);
}
