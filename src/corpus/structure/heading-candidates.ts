/**
 * @file Which lines of a text are headings: of the lines that look like one, those that stand apart, are no items of a list and no lines of a
 * list of contents. Capitals at the start of a line are headings in a man page, and alone between blank lines elsewhere.
 */
import { capitalLines, manHeads } from './capital-lines.ts';
import { contentsLines, inSequence, shortBody, withoutItems, withoutStrays } from './heading-filters.ts';
import { type Heading, type HeadingLine, markdownHeading, plainHeading, ranks } from './heading-lines.ts';
import { outlineHeads } from './outline-heads.ts';
import { fencedLines, isBlank, type Line } from './text-lines.ts';

/** A longer line is prose; some documents are one line of a gigabyte. */
const longestHeading = 200;

const rule = /^([-=*~^"+#])\1{2,} *$/;

/** A title above a line of `=`, `-` or another sign, at the start of its block or below such a line too. */
function underlined(lines: readonly Line[], i: number): HeadingLine | undefined {
  const [below = '', line = ''] = [lines[i + 1]?.text, lines[i]?.text];
  const sign = rule.exec(below)?.[1];
  if (sign === undefined || line.length > longestHeading || !/^\S.*\S$/.test(line) || line.includes('|'))
    return undefined;
  if (/^[-=*_#>~^]/.test(line)) return undefined;
  // A field between two rules: `消息对象:...`.
  if (/^[^:：\s]{1,12}[:：]\S/.test(line) && lines[i - 1]?.text === below) return undefined;
  if (!isBlank(lines[i - 1]) && (sign === '-' || lines[i - 1]?.text !== below)) return undefined;
  // Other signs rule off a table or a box too.
  if (sign !== '=' && sign !== '-' && Math.abs(below.trim().length - line.length) > 3) return undefined;
  const { number, unit, title = '', runIn } = plainHeading(line) ?? {};
  const shared = { style: `ruled${sign}`, rank: sign === '=' ? 1 : 2 };
  if (number === undefined || title === '' || runIn !== undefined) return { ...shared, title: line };
  return { ...shared, title, number, ...(unit === undefined ? {} : { unit }) };
}

/** Of more signs than `=` and `-`, the first one is the outermost. */
function rankRules(heads: readonly Heading[]): Heading[] {
  const signs = [...new Set(heads.map(({ style }) => style).filter((style) => style.startsWith('ruled')))];
  if (signs.every((style) => style === 'ruled=' || style === 'ruled-')) return [...heads];
  return heads.map((head) =>
    head.style.startsWith('ruled') ? { ...head, rank: 1 + signs.indexOf(head.style) } : head,
  );
}

/** Forms that only a heading has. */
const sure = (style: string): boolean =>
  /^(?:markdown|ruled|outline|short|[卷编部篇章回节条幕场]\??|\w*section$)/.test(style);

/** A line is filled before a sentence goes on in the next one. */
const filledLine = 60;
const goesOn = (line: string, next: string): boolean =>
  line.trim().length > filledLine ||
  /^\s*[\p{Ll}]/u.test(next) ||
  /\b(?:of|the|an?|to|and|or|in|which|with|by|for|that|is|are|as|on)$/.test(line);

/** Whether a heading may stand at a line: one of plain words has a blank line beside it, or another heading before it. */
function standsApart(lines: readonly Line[], i: number, head: HeadingLine, after: boolean): boolean {
  if (sure(head.style)) return true;
  const next = lines[i + 1];
  if (
    head.runIn === undefined &&
    head.number !== undefined &&
    !isBlank(next) &&
    goesOn(lines[i]?.text ?? '', next?.text ?? '')
  )
    return false;
  if (after || isBlank(lines[i - 1])) return true;
  // No blank lines in a text out of pages: behind the end of a sentence, before the beginning of one.
  if (head.style.startsWith('number') && head.runIn === undefined)
    return /[.!?。！？:：]$/.test(lines[i - 1]?.text ?? '') && /^[\p{Lu}\p{Script=Han}“"(]/u.test(next?.text ?? '');
  return (
    head.runIn === undefined && !head.style.startsWith('number') && head.style !== 'roman' && isBlank(lines[i + 1])
  );
}

/** All lines that look like headings and stand apart. */
function candidates(lines: readonly Line[], textLength: number): Heading[] {
  const fenced = fencedLines(lines);
  const plain = !lines.some(({ text }) => /^#{1,6} /.test(text));
  const { at, man } = capitalLines(lines, plain);
  const outline = man ? new Map<number, HeadingLine>() : outlineHeads(lines, !plain, fenced, false);
  const found: Heading[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { text = '', start = 0 } = lines[i] ?? {};
    if (fenced.has(i)) continue;
    const ruled = text === '' || man ? undefined : underlined(lines, i);
    const head = ruled ?? outline.get(i) ?? (man && !at.has(i) ? undefined : headingLine(text, at.has(i)));
    const last = found.at(-1);
    if (head === undefined || !standsApart(lines, i, head, last !== undefined && last.line + last.lines === i))
      continue;
    const taken = ruled === undefined ? 1 : 2;
    const end = head.runIn === undefined ? (lines[i + taken]?.start ?? textLength) : start + head.runIn;
    found.push({ ...head, start, bodyStart: Math.min(end, textLength), line: i, lines: taken });
    i += taken - 1;
  }
  return withShort(rankRules(found), lines, textLength, man || !plain);
}

/** A text without headings of any other form may have short lines for them. */
function withShort(found: Heading[], lines: readonly Line[], textLength: number, marked: boolean): Heading[] {
  const other = found.filter(
    ({ style, number }) => style !== 'capitals' && (number !== undefined || /^(?:ruled|outline)/.test(style)),
  );
  if (other.length > 1) return found;
  const taken = new Set(found.map(({ line }) => line));
  const short = [...outlineHeads(lines, marked, taken, true)].map(([line, head]): Heading => {
    const start = lines[line]?.start ?? 0;
    const rank = other.length > 0 ? ranks.clause : head.rank;
    return {
      ...head,
      rank,
      start,
      bodyStart: Math.min(lines[line + 1]?.start ?? textLength, textLength),
      line,
      lines: 1,
    };
  });
  return [...found, ...short].sort((a, b) => a.line - b.line);
}

function headingLine(text: string, upper: boolean): HeadingLine | undefined {
  if (text === '' || (text.length > longestHeading && !/^(?:第.{1,7}条|§|Article|Section|Clause)/.test(text)))
    return undefined;
  const line = text.trimEnd();
  const read =
    markdownHeading(line) ?? plainHeading(line.length > 2 * longestHeading ? line.slice(0, 2 * longestHeading) : line);
  return read ?? (upper ? { title: line, style: 'capitals', rank: ranks.capitals } : undefined);
}

const hanTitle = /^\p{Script=Han}/u;

/** The headings of a text, in order. */
export function findHeadings(lines: readonly Line[], text: string): Heading[] {
  const between = (a: Heading, b: Heading): number => {
    const stop = Math.min(b.start, a.bodyStart + 4 * shortBody);
    return text.slice(a.bodyStart, stop).trim().length;
  };
  const found = withoutItems(candidates(lines, text.length), between);
  const contents = contentsLines(found, between);
  const counted = found.some(({ style }) => style === 'enumerated');
  const uncounted = (head: Heading): boolean =>
    head.style === 'number1' && head.runIn !== undefined && hanTitle.test(head.title) && !counted;
  const kept = withoutStrays(inSequence(found.filter((head, i) => !contents.has(i) && !uncounted(head))));
  return kept.filter((head, i) => {
    // An act of parliament is itself a chapter of the year's.
    if (
      head.unit === 'chapter' &&
      head.title === '' &&
      /^\s*An Act\b/.test(text.slice(head.bodyStart, head.bodyStart + 40))
    )
      return false;
    if (head.style !== 'capitals' || manHeads.has(head.title)) return true;
    if (/^(?:TABLE OF )?CONTENTS$/.test(head.title)) return false;
    const next = kept[i + 1];
    return next === undefined || next.style !== 'capitals' || between(head, next) > 0;
  });
}
