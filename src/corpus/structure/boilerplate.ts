/**
 * @file Takes off what is not the work: distribution headers and footers of free e-book collections, page numbers standing
 * alone, running heads that repeat on many pages.
 */

/** A long title wraps the mark over lines; before 2002 the header ended with the small print. */
const startMarks = [
  /^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG(?:(?:(?!\n\s*\n)[^*]){0,300}\*{3}.*|.*)$/im,
  /^\*END.{0,3}THE SMALL PRINT!.*\*END\*.*$/im,
];
const endWords = /Project Gutenberg/i;
const endMark = /^(?:\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg).*$/im;
/** A line that says of itself that it numbers a page. */
const namedPage = /^[^\S\n]*[[(]?page \d{1,4}(?: of \d{1,4})?[\])]?[^\S\n]*$/im;
/** A number alone on its line: of a page, or of a column of data. */
const loneNumber = /^\s*[[(-]?\s*(\d{1,4})\s*[\])-]?\s*$/;
/** Page numbers stand this many characters apart at least, and come this often; some pages have none. */
const pages = { apart: 300, least: 3 };
const steps = [1, 2, 3];
/** A chronicle heads its parts with ascending years. */
const firstYear = 1000;

/** A line in capitals that stands alone this often is a running head, not a heading. */
const runningHeadRepeats = 5;
/** A page has more characters; in a play, names in capitals stand closer. */
const leastPage = 900;

/** Lines that any text must not contain after `stripBoilerplate`; the construction gate looks for them in prompts. */
export const boilerplateMarks: readonly RegExp[] = [
  /project gutenberg/i,
  /^\s*\*{3} ?(?:START|END) OF /im,
  /www\.gutenberg\.org/i,
  namedPage,
];

const bareHead = (line: string): string | undefined => {
  // Nearly all lines have small letters: no more needs to be asked about them.
  if (/[a-z]/.test(line)) return undefined;
  const bare = line.replace(/\d+/g, '').trim();
  return bare.length >= 4 && bare.length <= 60 && bare === bare.toUpperCase() && /[A-Z]{3}/.test(bare)
    ? bare
    : undefined;
};

/** Lines that stand once a page. The names above the speeches of a play are repeated too, each among several and closer. */
function runningHeads(lines: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const bare = bareHead(line);
    if (bare !== undefined) counts.set(bare, (counts.get(bare) ?? 0) + 1);
  }
  const repeated = new Set([...counts].filter(([, count]) => count >= runningHeadRepeats).map(([bare]) => bare));
  const gaps: number[] = [];
  let gap = 0;
  for (const line of lines) {
    if (repeated.has(bareHead(line) ?? '')) {
      gaps.push(gap);
      gap = 0;
    } else gap += line.length;
  }
  const middle = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  return middle < leastPage ? new Set() : repeated;
}

/** Lines that number the pages: alone for a page on both sides, and in a row that ascends by about one. A dense column is data. */
function pageNumbers(lines: readonly string[]): ReadonlySet<number> {
  const lone: { readonly line: number; readonly at: number; readonly value: number }[] = [];
  let at = 0;
  for (const [line, text] of lines.entries()) {
    const value = text.length < 20 ? loneNumber.exec(text)?.[1] : undefined;
    if (value !== undefined) lone.push({ line, at, value: Number(value) });
    at += text.length + 1;
  }
  const far = (a: number, b: number): boolean =>
    Math.abs((lone[a]?.at ?? Number.POSITIVE_INFINITY) - (lone[b]?.at ?? Number.POSITIVE_INFINITY)) >= pages.apart;
  const alone = lone.filter(
    ({ value }, i) => value < firstYear && (i === 0 || far(i, i - 1)) && (i === lone.length - 1 || far(i, i + 1)),
  );
  /** Rows by their last value. */
  const rows = new Map<number, number[]>();
  const all: number[][] = [];
  for (const { line, value } of alone) {
    const last = steps.map((step) => value - step).find((before) => rows.has(before));
    const row = (last === undefined ? undefined : rows.get(last)) ?? [];
    if (last === undefined) all.push(row);
    else rows.delete(last);
    row.push(line);
    rows.set(value, row);
  }
  return new Set(all.filter((row) => row.length >= pages.least).flat());
}

/** The text without headers, footers, page numbers and running heads. */
export function stripBoilerplate(text: string): string {
  const begin = Math.max(
    ...startMarks.map((mark) => mark.exec(text)).map((found) => (found === null ? 0 : found.index + found[0].length)),
  );
  const body = text.slice(begin);
  const end = endWords.test(body) ? endMark.exec(body) : null;
  const lines = (end === null ? body : body.slice(0, end.index)).split('\n');
  const heads = runningHeads(lines);
  const numbers = pageNumbers(lines);
  return lines
    .filter((line, i) => !numbers.has(i) && !namedPage.test(line) && !heads.has(bareHead(line) ?? ''))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
