/**
 * @file Takes off what is not the work: distribution headers and footers of free e-book collections, page numbers standing
 * alone, running heads that repeat on many pages.
 */

const startMark = /^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$/im;
const endMark = /^(?:\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg).*$/im;
const pageNumber = /^[^\S\n]*(?:page )?[[(]?\d{1,4}[\])]?[^\S\n]*$/im;

/** A line in capitals that stands alone this often is a running head, not a heading. */
const runningHeadRepeats = 5;

/** Lines that any text must not contain after `stripBoilerplate`; the construction gate looks for them in prompts. */
export const boilerplateMarks: readonly RegExp[] = [
  /project gutenberg/i,
  /^\s*\*{3} ?(?:START|END) OF /im,
  /www\.gutenberg\.org/i,
  pageNumber,
];

/** The text without headers, footers, lone page numbers and running heads. */
export function stripBoilerplate(text: string): string {
  const start = startMark.exec(text);
  const body = start === null ? text : text.slice(start.index + start[0].length);
  const end = endMark.exec(body);
  const lines = (end === null ? body : body.slice(0, end.index)).split('\n');
  const counts = new Map<string, number>();
  for (const line of lines) {
    const bare = line.replace(/\d+/g, '').trim();
    if (bare.length >= 4 && bare.length <= 60 && bare === bare.toUpperCase() && /[A-Z]/.test(bare)) {
      counts.set(bare, (counts.get(bare) ?? 0) + 1);
    }
  }
  return lines
    .filter((line) => !pageNumber.test(line) && (counts.get(line.replace(/\d+/g, '').trim()) ?? 0) < runningHeadRepeats)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
