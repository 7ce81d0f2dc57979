/**
 * @file Takes off what is not the work: distribution headers and footers of free e-book collections, page numbers standing
 * alone, running heads that repeat on many pages.
 */

const startMark = /^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$/im;
const endMark = /^(?:\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg).*$/im;
const pageNumber = /^[^\S\n]*(?:page )?[[(]?\d{1,4}[\])]?[^\S\n]*$/im;

/** A line in capitals that stands alone this often is a running head, not a heading. */
const runningHeadRepeats = 5;
/** A page has more characters; in a play, names in capitals stand closer. */
const leastPage = 900;

/** Lines that any text must not contain after `stripBoilerplate`; the construction gate looks for them in prompts. */
export const boilerplateMarks: readonly RegExp[] = [
  /project gutenberg/i,
  /^\s*\*{3} ?(?:START|END) OF /im,
  /www\.gutenberg\.org/i,
  pageNumber,
];

const bareHead = (line: string): string | undefined => {
  const bare = line.replace(/\d+/g, '').trim();
  return bare.length >= 4 && bare.length <= 60 && bare === bare.toUpperCase() && /[A-Z]/.test(bare) ? bare : undefined;
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
  return repeated.size > 1 && middle < leastPage ? new Set() : repeated;
}

/** The text without headers, footers, lone page numbers and running heads. */
export function stripBoilerplate(text: string): string {
  const start = startMark.exec(text);
  const body = start === null ? text : text.slice(start.index + start[0].length);
  const end = endMark.exec(body);
  const lines = (end === null ? body : body.slice(0, end.index)).split('\n');
  const heads = runningHeads(lines);
  return lines
    .filter((line) => !pageNumber.test(line) && !heads.has(line.replace(/\d+/g, '').trim()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
