/**
 * @file Text normalisation that the line metrics share: lower case, collapsed white space, one item a line.
 * White space is Python's (`str.split`, `str.strip`), which differs from JavaScript's `\s`: it holds U+001C..U+001F and
 * U+0085 and lacks U+FEFF. The reference is Python, so a stray byte-order mark must fail here as it does there.
 */

const space = '\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const runs = new RegExp(`[${space}]+`, 'g');
const plainText = /^[!-~]+(?: [!-~]+)*$/;

function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Python's `text.strip()`. Linear: a regular expression anchored at the end is quadratic on long runs of spaces. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Python's `" ".join(text.split())`. */
export function collapse(text: string): string {
  if (plainText.test(text)) return text;
  return strip(text).replace(runs, ' ');
}

/** Python's `text.split()`: words between runs of white space. */
export function words(text: string): string[] {
  const joined = collapse(text);
  return joined === '' ? [] : joined.split(' ');
}

/** One line as the reference compares it: lower case, white space collapsed. */
export function fold(line: string): string {
  return collapse(line.toLowerCase());
}

/** The lines of an answer area as the reference sees them; an empty area is one empty line. */
export function foldedLines(area: string): string[] {
  return area.toLowerCase().split('\n').map(collapse);
}

/** The lines that say something, folded (or only collapsed where case matters): what `hardened` grades. */
export function saidLines(area: string, caseSensitive = false): string[] {
  const lines = caseSensitive ? area.split('\n').map(collapse) : foldedLines(area);
  return lines.filter((line) => line !== '');
}

/** Keeps the first of equal lines. */
export function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}

/** How many entries two lists share, each as often as it stands in both. */
export function sharedCount(a: readonly string[], b: readonly string[]): number {
  const open = new Map<string, number>();
  for (const entry of a) open.set(entry, (open.get(entry) ?? 0) + 1);
  let shared = 0;
  for (const entry of b) {
    const left = open.get(entry) ?? 0;
    if (left === 0) continue;
    open.set(entry, left - 1);
    shared++;
  }
  return shared;
}
