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
const stops = /^\)?[.!?;。！？；]/;
const stopped = /[.!?;。！？；]\s*$/;
/** A quoted sentence is no longer. */
const reach = 400;

/** The date of a sentence that is quoted without it; undefined where the texts have none or several. */
export function dateOf(quoted: string, texts: readonly string[]): string | undefined {
  const wanted = letters(quoted);
  const found = new Set<string>();
  for (const text of texts)
    for (const match of text.matchAll(dates)) {
      const before = text.slice(Math.max(0, match.index - reach), match.index);
      const behind = text.slice(match.index + match[0].length, match.index + match[0].length + reach);
      const after = letters(behind);
      for (const lead of [before, before.replace(leadIn, '')]) {
        const start = letters(lead);
        const at = (start + after).indexOf(wanted, Math.max(0, start.length - wanted.length));
        // The date of the sentence before or behind is not its own.
        const isOther =
          (at === start.length && stops.test(behind)) || (at + wanted.length === start.length && stopped.test(lead));
        if (at >= 0 && at <= start.length && !isOther) found.add(isoOf(match.groups ?? {}));
      }
    }
  return found.size === 1 ? [...found][0] : undefined;
}

/** Letters of quoted events in the order of their dates. */
export function byDate(
  options: readonly { readonly letter: string; readonly text: string }[],
  texts: readonly string[],
): string[] | undefined {
  const dated = options.map(({ letter, text }) => ({ letter, iso: dateOf(text, texts) }));
  if (dated.length === 0 || dated.some(({ iso }) => iso === undefined || iso === '')) return undefined;
  return dated.sort((a, b) => ((a.iso ?? '') < (b.iso ?? '') ? -1 : 1)).map(({ letter }) => letter);
}
