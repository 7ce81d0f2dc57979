/** @file Reads a shown text by its headings, for solvers: lines that stand alone, short, with the marks or numbers of headings. */

/** A heading with the text under it. */
export interface ShownPart {
  readonly title: string;
  readonly text: string;
}

const bare = (line: string): string =>
  line
    .replace(/^#+\s*/, '')
    .replace(/\s#+$/, '')
    .replace(/\*\*|__|¶/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const numbered =
  /^(?:\d+(?:\.\d+)*\.?\s+\p{Lu}|(?:CHAPTER|Chapter|BOOK|Book|PART|Part|SECTION|Section|Article|ARTICLE|Schedule|SCHEDULE|Annex|Appendix)\s+[\dIVXLCA-Z]+|第[一二三四五六七八九十百零〇\d]+[章节回卷部编条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d+(?:\.\d+)*[.、\s]\s?\p{Script=Han})/u;

function isHeading(lines: readonly string[], i: number): boolean {
  const line = lines[i] ?? '';
  if (/^#{1,6}\s/.test(line)) return true;
  const next = lines[i + 1] ?? '';
  if (line.trim() === '' || line.length > 100) return false;
  if (/^\s*(?:={3,}|-{3,}|~{3,})\s*$/.test(next) && !line.includes('|')) return true;
  const alone = (lines[i - 1] ?? '').trim() === '' && next.trim() === '';
  if (!alone) return false;
  const words = bare(line);
  if (/[,;:，；：。.!?]$/.test(words.replace(/^(?:CHAPTER|Chapter)\s+\S+\.$/, ''))) return false;
  return numbered.test(words) || (/\p{Lu}{3}/u.test(words) && words === words.toUpperCase());
}

const number = /^(?:\d+(?:\.\d+)*[.、]?\s+|[一二三四五六七八九十]+、\s*|（[一二三四五六七八九十]+）\s*)/u;

/** What is left of a heading without its number. */
const named = (line: string): string => {
  const words = bare(line);
  const rest = words.replace(number, '');
  return rest === '' ? words : rest;
};

/** The parts of a text in its order. */
export function shownParts(text: string): ShownPart[] {
  const lines = text.split('\n');
  const parts: { title: string; lines: string[] }[] = [];
  for (const [i, line] of lines.entries())
    if (isHeading(lines, i)) parts.push({ title: named(line), lines: [] });
    else parts.at(-1)?.lines.push(line);
  return parts.map(({ title, lines: own }) => ({ title, text: own.join('\n') }));
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Whether a name stands in a text as whole words. */
export function names(text: string, name: string): boolean {
  const flat = text.replace(/\s+/g, ' ');
  for (let at = flat.indexOf(name); at >= 0; at = flat.indexOf(name, at + 1)) {
    const [before, after] = [flat[at - 1] ?? ' ', flat[at + name.length] ?? ' '];
    if (isHan(name) || !/[\p{L}\d]/u.test(before + after)) return true;
  }
  return false;
}
