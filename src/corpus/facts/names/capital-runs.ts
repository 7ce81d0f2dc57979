/**
 * @file Where runs of capitals stand, and whether it is a place where any word has one: the start of a sentence, a heading. A capital alone, which most are, is told by one loop over the characters; the pattern of longer runs is
 * asked only where one may begin.
 */

/** A run as it is written. */
export interface CapitalRun {
  readonly at: number;
  readonly whole: string;
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isLower = (code: number): boolean => code >= 97 && code <= 122;

/** Beyond ASCII: blocks in which scripts have capitals. */
const mayBeCapital = (code: number): boolean =>
  (code >= 0xc0 && code < 0x2e80) ||
  (code >= 0xa640 && code < 0xac00) ||
  (code >= 0xd800 && code < 0xdc00) ||
  (code >= 0xff21 && code <= 0xff3a);

const noStart = new Set([...'_@#$\\/.-'].map((sign) => sign.charCodeAt(0)));
const letterOrDigit = /[\p{L}\p{N}]/u;

function mayStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  if (before < 128)
    return !(isUpper(before) || isLower(before) || (before >= 48 && before <= 57) || noStart.has(before));
  return !letterOrDigit.test(text[at - 1] ?? '');
}

const [blank, comma, stop, colon] = [32, 44, 46, 58] as const;
/** Signs that end a run whatever follows. */
const ends = new Set([...';!?)]}"*|>='].map((sign) => sign.charCodeAt(0)));
/** First letters of the small words within names, and `&`. */
const joins = new Set([...'odvlby&'].map((sign) => sign.charCodeAt(0)));
const suffixes = new Set([...'ILJS'].map((sign) => sign.charCodeAt(0)));

/** Whether a word of Latin letters that ends here is a run of its own; false also where only the pattern can tell. */
function endsHere(text: string, end: number, isShort: boolean): boolean {
  const code = text.charCodeAt(end);
  const next = text.charCodeAt(end + 1);
  if (code === blank) return next < 128 && !isUpper(next) && !joins.has(next);
  if (code === comma) return next < 128 && !(next === blank && suffixes.has(text.charCodeAt(end + 2)));
  // `Mr.`, `Messrs.` and initials go on.
  if (code === stop) return !isShort && (next === blank || next === 10);
  if (code === colon) return next !== colon;
  return ends.has(code);
}

const longestWord = 41;
const longestAbbreviation = 6;

/**
 * Every match of the pattern, in text order.
 *
 * @param pattern Sticky; its matches begin with a capital behind what is no letter, digit or any of `_@#$\/.-`.
 */
export function* capitalRuns(text: string, pattern: RegExp): Generator<CapitalRun> {
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 128 ? !isUpper(code) : !mayBeCapital(code)) {
      at++;
      continue;
    }
    let end = at + 1;
    if (code < 128)
      for (let next = text.charCodeAt(end); isLower(next) || isUpper(next); next = text.charCodeAt(++end));
    if (!mayStart(text, at)) {
      at = end;
      continue;
    }
    if (code < 128 && end - at <= longestWord && endsHere(text, end, end - at <= longestAbbreviation)) {
      yield { at, whole: text.slice(at, end) };
      at = end;
      continue;
    }
    pattern.lastIndex = at;
    const whole = pattern.exec(text)?.[0];
    if (whole !== undefined) yield { at, whole };
    at = whole === undefined ? end : at + whole.length;
  }
}

/** Whether a line is a heading, a row of a table or in capitals throughout: all its words have capitals. */
export function isHeading(text: string, start: number, end: number): boolean {
  const line = text.slice(start, Math.min(end, start + 160)).trim();
  if (/^(?:#|\|)/.test(line)) return true;
  if (!/\p{Ll}/u.test(line)) return true;
  if (end - start > 100 || /[.!?,;:]$/.test(line)) return false;
  const after = text.charCodeAt(end + 1);
  if (start >= 2 && text.charCodeAt(start - 2) !== 10 && after !== 10 && !Number.isNaN(after)) return false;
  const words = line.match(/\p{L}{4,}/gu) ?? [];
  return words.length >= 2 && words.filter((one) => /^\p{Lu}/u.test(one)).length >= 0.75 * words.length;
}

const opening = '"“‘\'([*_«';
const mostWrapped = 40;

/** Whether a sentence, a quotation, a line or a cell begins here. */
export function beginsSentence(text: string, at: number): boolean {
  let i = at - 1;
  const behind = text.charCodeAt(at - 2);
  if (text.charCodeAt(i) === 32 && ((behind >= 97 && behind <= 122) || behind === 44)) return false;
  let quoted = false;
  while (i >= 0 && opening.includes(text[i] ?? '')) {
    quoted ||= !'(['.includes(text[i] ?? '');
    i--;
  }
  if (i < 0 || quoted) return true;
  if (text[i] === '\n') {
    // A line that goes on from a long one is wrapped prose.
    const before = text.lastIndexOf('\n', i - 1);
    return i - before < mostWrapped || !/[\p{Ll},\p{Lu}]/u.test(text[i - 1] ?? '\n');
  }
  if (text[i] !== ' ') return text[i] === '—' ? false : !/[\p{L}\p{N})\]/&-]/u.test(text[i] ?? ' ');
  const before = text.slice(Math.max(0, i - 6), i);
  if (/[.!?…:|•>#—–]["”’)\]*_]*$/.test(before))
    return !/(?:^|[\s(])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|No|vs|cf|e\.g|i\.e)\.$/u.test(before);
  return /(?:^|\n)\s*(?:[-*•+]|\d{1,3}(?:\.\d{1,2})*[.)]?|[a-z][.)])$/.test(before);
}
