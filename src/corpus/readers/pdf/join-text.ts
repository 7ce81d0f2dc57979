/**
 * @file Joins lines into paragraphs: a word that was broken at the end of a line is made whole, Chinese and Japanese lines are joined without
 * a blank. Whether a hyphen belongs to the word is told from how the document writes that word elsewhere.
 */

/** Words of a document and how often each stands within a line. */
export type Vocabulary = ReadonlyMap<string, number>;

/** A word, with hyphens inside it. */
const words = /\p{L}+(?:[-\u2010\u2011]\p{L}+)*/gu;

/** Counts the words of lines, but for the first and the last of each, which may be parts of words. */
export function vocabularyOf(lines: Iterable<string>): Vocabulary {
  const counts = new Map<string, number>();
  for (const line of lines)
    for (const { 0: word } of [...line.matchAll(words)].slice(1, -1)) {
      const key = word.toLowerCase().replace(/[\u2010\u2011]/g, '-');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return counts;
}

const brokenWord = /(\p{L}+(?:-\p{L}+)*)([-\u2010\u00ad])$/u;
const nextPart = /^\p{L}+/u;
/** Parts that stand before a hyphen in English words, and seldom without it. */
const hyphenated = new Set(
  'self well non ill half cross quasi ex all high low long short two three four five six'.split(' '),
);

/** `state- and county-wide`: the hyphen stands for the rest of the word. */
const suspended = /^(?:and|or|und|oder|et|ou|y|o|to)\b/;

/** An address on the web has no blanks; it is broken behind a sign. */
const brokenAddress = /(?:^|[\s(<])(?:https?:|www\.)\S*[/=&?#_-]$|(?:^|[\s(<])https?:$/;

/** Parts shorter than this are seldom words, though the document has them. */
const leastPart = 4;

/** True when the hyphen at the end of a line is part of the word. */
function keepsHyphen(before: string, after: string, known: Vocabulary): boolean {
  if (!/^\p{Ll}/u.test(after) || /\p{Lu}$/u.test(before)) return true;
  const [first, last] = [before.toLowerCase(), after.toLowerCase()];
  const [joined, apart] = [known.get(first + last) ?? 0, known.get(`${first}-${last}`) ?? 0];
  if (joined !== apart) return apart > joined;
  if (first.includes('-') || hyphenated.has(first)) return true;
  return first.length >= leastPart && last.length >= leastPart && known.has(first) && known.has(last);
}

const han =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uff60\u2014\u2018-\u201d\u2026]/u;
const hanOnly = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uff60]/u;

/** Adds a line to the parts of a paragraph; only its last part is looked at, so that a long paragraph costs no more than its length. */
export function addLine(parts: string[], after: string, known: Vocabulary): void {
  const before = parts.at(-1) ?? '';
  if (before === '') return void parts.push(after);
  const [end, start] = [before.slice(-1), after.slice(0, 1)];
  if ((hanOnly.test(end) && han.test(start)) || (han.test(end) && hanOnly.test(start))) return void parts.push(after);
  // A word is shorter than this.
  const tail = before.slice(-60);
  if (brokenAddress.test(tail)) return void parts.push(after);
  const broken = brokenWord.exec(tail);
  const next = nextPart.exec(after)?.[0];
  if (broken === null || next === undefined)
    return void parts.push(/\d[-\u2010\u2013]$/.test(tail) && /^\d/.test(after) ? after : ` ${after}`);
  if (suspended.test(after)) return void parts.push(` ${after}`);
  const hyphen = broken[2] !== '\u00ad' && keepsHyphen(broken[1] ?? '', next, known);
  if (!hyphen) parts[parts.length - 1] = before.slice(0, -1);
  parts.push(after);
}

/** Joins what stands on two lines. */
export function joinText(before: string, after: string, known: Vocabulary): string {
  const parts = [before];
  addLine(parts, after, known);
  return parts.join('');
}
