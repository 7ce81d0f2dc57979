/**
 * @file Tables that are set out by blanks or tabs: a heading, rows in columns, with or without rules (`---  ---`, reStructuredText's
 * `===  ===`), as in reports in plain text. Verse, code, lists of options and contents are set out too: what is not one for sure is left.
 */
import { alignment, cellsIn, mostColumns, type Zone, zonesOf } from './aligned-columns.ts';
import { type Header, headerOf } from './aligned-header.ts';
import { numberedCaption } from './captions.ts';
import { dateOf, isPeriod, isYear, numberOf } from './cell-values.ts';
import { isBlank, type Line, longestRow, pieceOf, type Shown, shownLine, spanOfLines } from './lines.ts';
import { partedLines } from './parted-lines.ts';
import type { Found, Piece, RawTable } from './table.ts';
import { measureOf } from './units.ts';

/** Lines of one table. */
const mostLines = 100_000;
/** A wider line is no row that is set out for a screen. */
const widest = 1000;

/** Two blanks behind the end of a sentence are a typist's. */
const gap = /\S(?: {3,}|\u3000+| \. \. ?\. )\s*\S|[^\s.!?] {2}\S|\S\t|\S ?\.{4,} ?\S/;

/** Two blanks or a tab between two words, not behind the mark of a list item; dots that lead the eye count as blanks. */
const hasGap = (text: string): boolean =>
  text.length <= widest &&
  gap.test(text) &&
  (!/^\s*(?:[-*+•]|\d{1,3}[.)])\s/.test(text) || gap.test(text.trim().replace(/^\S+\s+/, '')));

/** Runs of strokes, nothing else. */
const isStrokes = (text: string): boolean =>
  // Filings of the nineties mark columns of text by `<S> <C> <C>`.
  text.length <= widest && (/^\s*<S>(?:\s+<C>)+\s*$/i.test(text) || /^[\s+]*[-=_─━═]{2,}[-=_─━═\s+|]*$/.test(text));

/** Stands for the blanks between a sign of money and its figure, which are one cell. */
const glue = '\u0001';
const unglued = ({ value, span }: Piece): Piece => ({
  value: value.includes(glue) ? value.replaceAll(glue, ' ').replace(/ +/g, ' ') : value,
  span,
});

/** Dots that lead the eye are blanks. */
const blankedLeaders = (line: Line): Line => ({
  text: line.text
    .replace(/\.{4,}|(?:\. ){3,}\.?/g, (dots) => ' '.repeat(dots.length))
    .replace(/(?<=[$€£¥]) +(?=[\d(])/g, (blanks) => glue.repeat(blanks.length)),
  start: line.start,
});

const codeLine = /[;{}]\s*$|^\s*(?:\/\/|\/\*|#define|#include|\$ |>>> )|=>|->|\)\s*\{|:=|==|&&|\|\|/;

const isFigure = (value: string): boolean =>
  numberOf(value) !== undefined ||
  dateOf(value) !== undefined ||
  /^(?:[-–—]{1,2}|[\d.,]+%? \([\d.,/%]+\))$/.test(value);

interface Block {
  readonly lines: readonly Line[];
  readonly next: number;
}

const indentIn = (text: string): number => text.length - text.trimStart().length;

/** Lines from `at` on that may be one table: one blank line may part groups. */
function blockAt(lines: readonly Line[], at: number, blanks: boolean): Block {
  let [end, next] = [at, at];
  let loose = 0;
  for (; next < lines.length && next - at < mostLines; next++) {
    const line = lines[next];
    if (line === undefined || line.text.length > widest) break;
    if (isBlank(line)) {
      if (!blanks || isBlank(lines[next + 1])) break;
      if (++loose > 2) break;
      // Below the closing rule, what stands further out is the next paragraph.
    } else if (
      isBlank(lines[next - 1]) &&
      isStrokes(lines[end]?.text ?? '') &&
      indentIn(line.text) < indentIn(lines[end]?.text ?? '')
    )
      break;
    else if (hasGap(line.text) || isStrokes(line.text)) {
      [end, loose] = [next, 0];
    } else if (/^[#|>]|^```/.test(line.text) || ++loose > 2) break;
  }
  return { lines: lines.slice(at, end + 1), next: end + 1 };
}

/** Lines whose fields are parted by single tabs, as many in each. */
function tabbed(lines: readonly Line[]): RawTable | undefined {
  const [head, ...body] = lines;
  const last = body.at(-1);
  const count = head?.text.split('\t').length ?? 0;
  if (head === undefined || last === undefined || count < 2 || body.length < 2) return undefined;
  if (lines.some(({ text }) => text.split('\t').length !== count || / {3}/.test(text.trim()))) return undefined;
  const cut = (line: Line): Piece[] => {
    let from = 0;
    return line.text.split('\t').map((field) => {
      const piece = pieceOf(line, from, from + field.length);
      from += field.length + 1;
      return piece;
    });
  };
  const header = cut(head).map(({ value }) => value);
  // A log begins every line with a time.
  if (header.some((name) => /\d:\d\d|^[-<=*&]/.test(name) || name.length > 60)) return undefined;
  const named =
    header.every((name) => name !== '' && (!isFigure(name) || isYear(name))) && new Set(header).size === count;
  return named ? { header, rows: body.map(cut), span: spanOfLines(head, last) } : undefined;
}

interface Layout {
  readonly zones: readonly Zone[];
  readonly header: Header;
  readonly body: readonly Shown[];
  readonly ruled: boolean;
  readonly measure: string | undefined;
}

/** Words alone in a line that say what the figures are in: `(Dollars in thousands)`, `1,000 tonnes`. */
const isUnitLine = (text: string): boolean => {
  const words = text.trim();
  return words !== '' && !hasGap(words) && measureOf(/^\((.*)\)$/.exec(words)?.[1] ?? words) !== undefined;
};

/** Whether something behind the first words of a line is a figure, and not the name of a time. */
const hasFigure = (line: Line): boolean =>
  line.text
    .trim()
    .split(/ {2,}|[\t\u3000]+|\.{4,}/)
    .some((part, i) => i > 0 && isFigure(part.trim()) && !isPeriod(part.trim()));

/** Lines of a heading. */
const mostHeads = 6;

interface Heads {
  readonly heads: number;
  readonly body: number;
  readonly ruled: boolean;
}

/** Chinese headings are not wrapped: a second line that fills as many columns is a row. */
function isSecondRow(lines: readonly Line[], top: number): boolean {
  const parts = (at: number): string[] => (lines[at]?.text.trim() ?? '').split(/ {2,}|[\t\u3000]+/);
  const [head, row] = [parts(top), parts(top + 1)];
  return head.length > 1 && head.length === row.length && head.every((name) => /\p{Script=Han}/u.test(name));
}

/** The lines of the heading: above its rule, or above the first line with figures. */
function headLines(lines: readonly Line[]): Heads | undefined {
  const strokes = lines.flatMap(({ text }, i) => (isStrokes(text) ? [i] : []));
  const top = strokes[0] === 0 ? 1 : 0;
  const figures = lines.findIndex((line) => hasFigure(line));
  const double = top === 1 && /^[\s=]+$/.test(lines[0]?.text ?? '');
  const within = strokes.filter((i) => i > top && i <= top + mostHeads);
  const ends = double
    ? within.find((i) => /^[\s=]+$/.test(lines[i]?.text ?? ''))
    : figures < 0
      ? within[0]
      : within.findLast((i) => i < figures);
  if (ends !== undefined && (figures < 0 || figures > ends)) return { heads: top, body: ends, ruled: true };
  if (figures > top + mostHeads) return undefined;
  if (figures >= top)
    return { heads: top, body: figures > top && isSecondRow(lines, top) ? top + 1 : figures, ruled: false };
  const times = lines.findIndex((line) =>
    line.text
      .trim()
      .split(/ {2,}/)
      .some((part, i) => i > 0 && isPeriod(part)),
  );
  return { heads: top, body: times === top ? top : top + 1, ruled: false };
}

function layoutOf(lines: readonly Line[], above: readonly Line[]): Layout | undefined {
  const found = headLines(lines);
  if (found === undefined) return undefined;
  const { heads, body: from, ruled } = found;
  const unit = lines.slice(heads, from + 4).find((line) => isUnitLine(line.text));
  const rows = lines.slice(from).filter((line) => !isBlank(line) && !isStrokes(line.text) && line !== unit);
  const shown = rows.map((line) => shownLine(blankedLeaders(line)));
  const full = shown.filter(({ line }) => hasGap(line.text));
  const strokes = strokesOf(lines, from, shown);
  const zones = strokes ?? (full.length < 2 ? undefined : zonesOf(full));
  if (zones === undefined) return undefined;
  const top = [...above, ...lines.slice(heads, from)].filter((line) => !isBlank(line) && line !== unit);
  const strokesUnder = (i: number): Shown | undefined => {
    const under = top[i + 1];
    return under !== undefined && isStrokes(under.text) ? shownLine(under) : undefined;
  };
  const named = top.flatMap((line, i) =>
    isStrokes(line.text) ? [] : [{ shown: shownLine(line), under: strokesUnder(i) }],
  );
  const header = headerOf(named, zones);
  return header === undefined ? undefined : { zones, header, body: shown, ruled, measure: unit?.text.trim() };
}

/** A rule above the first row whose strokes begin where the lines do says where the columns are. */
function strokesOf(lines: readonly Line[], from: number, shown: readonly Shown[]): Zone[] | undefined {
  const rules = [lines[0], lines[from]].filter((line) => line !== undefined);
  const least = shown.reduce((least, line) => Math.min(least, indentOf(line)), widest);
  for (const { text } of rules.filter((line) => isStrokes(line.text))) {
    const runs = [...text.matchAll(/[-=_─━═]+/g)].map(({ 0: run, index }) => ({
      left: index,
      right: index + run.length,
    }));
    if (runs.length >= 2 && runs.length <= mostColumns && (runs[0]?.left ?? 0) <= least) return runs;
  }
  return undefined;
}

const labelOnly = (cells: readonly Piece[]): boolean =>
  cells[0]?.value !== '' && cells.slice(1).every(({ value }) => value === '');
const indentOf = ({ blank }: Shown): number => blank.indexOf(false);

/** Whether the words alone in a line go on in the next one: in small letters, or where the lines around stand as far in as no group does. */
function goesOn(lines: readonly Shown[], at: number): boolean {
  const [before, line, next, after] = [lines[at - 1], lines[at], lines[at + 1], lines[at + 2]];
  if (line === undefined || next === undefined || /[:：]\s*$/.test(line.line.text)) return false;
  if (/^\s*\p{Ll}/u.test(next.line.text)) return true;
  const indent = indentOf(line);
  const further = indentOf(next) > indent && (after === undefined || indentOf(after) <= indent);
  return further && indent > 0 && before !== undefined && indentOf(before) === indent && hasGap(before.line.text);
}

/** Continued lines belong to the row above; the names of groups stay rows of their own. Undefined where a line does not fit. */
function rowsOf({ zones, body, header }: Layout): Piece[][] | undefined {
  const rows: Piece[][] = [];
  let label: Piece | undefined;
  for (const [i, shown] of body.entries()) {
    const { line } = shown;
    const text = line.text.trim();
    const cells = lineCells(shown, zones);
    if (cells === undefined || (labelOnly(cells) && (text.length > 100 || /[.!?]$/.test(text)))) return undefined;
    const above = rows.at(-1);
    if (
      cells[0]?.value === '' &&
      above !== undefined &&
      cells.every(({ value }) => !isFigure(value)) &&
      header.names.length > 0
    ) {
      rows[rows.length - 1] = above.map((cell, column) => continued(cell, cells[column]));
      continue;
    }
    const [first, ...others] = cells;
    if (label !== undefined && first !== undefined) rows.push([continued(label, first), ...others]);
    else if (labelOnly(cells) && goesOn(body, i)) {
      label = first;
      continue;
    } else rows.push(cells);
    label = undefined;
  }
  return rows;
}

/** Words one blank apart that begin under the first column are the name of a group, however far they run. */
function lineCells(shown: Shown, zones: readonly Zone[]): Piece[] | undefined {
  const cells = cellsIn(shown, zones)?.map(unglued);
  if (hasGap(shown.line.text) || indentOf(shown) >= (zones[1]?.left ?? 0)) return cells;
  return cells?.some(({ value }, column) => column > 0 && isFigure(value))
    ? cells
    : wholeLine(shown.line, zones.length);
}

function wholeLine(line: Line, width: number): Piece[] {
  const end = pieceOf(line, line.text.length, line.text.length);
  return [pieceOf(line, 0, line.text.length), ...Array.from({ length: width - 1 }, () => end)];
}

const continued = (cell: Piece, more: Piece | undefined): Piece =>
  more === undefined || more.value === ''
    ? cell
    : cell.value === ''
      ? more
      : { value: `${cell.value} ${more.value}`, span: cell.span };

const leastRows = 2;
/** Rows that the alignment of the columns is told from. */
const mostSampled = 200;

/** Whether these rows are a table for sure. */
function isSure(
  { zones, header, body, ruled }: Layout,
  rows: readonly (readonly Piece[])[],
  captioned: boolean,
): boolean {
  const width = zones.length;
  const full = rows.filter((row) => row.filter(({ value }) => value !== '').length > 1);
  const filled = full.reduce((sum, row) => sum + row.filter(({ value }) => value !== '').length, 0);
  if (full.length < leastRows || filled < full.length * width * 0.5) return false;
  const columns = zones.map((_, column) => full.map((row) => row[column]?.value ?? '').filter((value) => value !== ''));
  const figures = columns.filter(
    (values, column) => column > 0 && values.length > 0 && values.filter(isFigure).length >= values.length * 0.8,
  ).length;
  const sample = body.slice(0, mostSampled);
  const cells = sample.map((shown) => cellsIn(shown, zones));
  const least = body.length < 4 ? 0.6 : 0.7;
  const aligned = zones.every(
    (_, column) =>
      alignment(
        sample,
        cells.map((row) => row?.[column]),
      ) >= least,
  );
  const named = header.names.filter((name) => name !== '').length;
  // An address is no name of a column, and a paragraph is none.
  if (header.names.some((name) => name.length > 100 || /\S@\S/.test(name))) return false;
  const share = filled / (full.length * width);
  if (ruled)
    return named >= Math.max(2, width - 1) && (figures > 0 || width > 2 || captioned || header.names.length > 0);
  if (!aligned) return false;
  if (figures > 0 && named >= Math.max(1, width - 1)) return captioned || (width > 2 ? full.length > 1 : share > 0.8);
  if (figures > 0 && named === 0) return (captioned || figures === width - 1) && width > 2 && full.length > 2;
  const short = full.every((row) => row.every(({ value }) => value.length <= 60));
  const heading = header.names.every((name) => /^\p{Lu}|^\p{Script=Han}/u.test(name) && name.length <= 40);
  return width > 2 && full.length > 2 && named === width && heading && short && filled >= full.length * width * 0.9;
}

/** Contents and indexes: names with numbers of pages that grow. */
function isContents(rows: readonly (readonly Piece[])[], names: readonly string[]): boolean {
  if (rows.some((row) => row.length > 3) || names.filter((name) => name !== '' && !/^page$|^页/i.test(name)).length > 1)
    return false;
  const pages = rows.map((row) => Number(row.findLast(({ value }) => value !== '')?.value));
  return pages.every((page, i) => Number.isInteger(page) && page >= (pages[i - 1] ?? 0));
}

function readBlock(
  lines: readonly Line[],
  above: readonly Line[],
  captioned: boolean,
): RawTable | 'unsure' | undefined {
  const plain = tabbed(lines);
  if (plain !== undefined) return plain;
  const code = lines.filter(({ text }) => codeLine.test(text) && !isStrokes(text)).length;
  if (lines.length < 3 && above.length === 0) return undefined;
  if (code > lines.length * 0.2) return undefined;
  const layout = layoutOf(lines, above);
  if (layout === undefined) return partedLines(lines);
  const rows = rowsOf(layout);
  const [first, last] = [above[0] ?? lines[0], lines.findLast((line) => !isBlank(line))];
  if (rows === undefined || first === undefined || last === undefined)
    return partedLines(lines) ?? (lines.length > 3 ? 'unsure' : undefined);
  if (!isSure(layout, rows, captioned))
    return partedLines(lines) ?? (lines.length > 3 && layout.zones.length > 2 ? 'unsure' : undefined);
  if (isContents(rows, layout.header.names)) return undefined;
  const header = layout.zones.map((_, column) => layout.header.names[column] ?? '');
  return { header, rows, span: spanOfLines(first, last), measure: layout.measure };
}

/** Lines right above a block that stand over its later columns alone: a heading over several of them. */
function linesAbove(lines: readonly Line[], at: number, block: readonly Line[], lowest: number): Line[] {
  const written = block.filter((line) => !isBlank(line) && !isStrokes(line.text));
  const least = written.reduce((least, { text }) => Math.min(least, indentIn(text)), widest);
  const found: Line[] = [];
  for (let i = at - 1; i >= Math.max(lowest, at - 2); i--) {
    const line = lines[i];
    if (line === undefined || isBlank(line) || indentIn(line.text) < least + 12) break;
    found.unshift(line);
  }
  return found;
}

/**
 * A table that is set out by blanks or tabs, from the line at `at` on.
 *
 * @param lowest The first line that belongs to no earlier table.
 */
export function alignedTable(lines: readonly Line[], at: number, lowest: number): Found | undefined {
  const line = lines[at];
  if (line === undefined || line.text.length > Math.min(widest, longestRow)) return undefined;
  const opens = isStrokes(line.text)
    ? /[-=_─━═] +[-=_─━═]/.test(line.text) || isGapBelow(lines, at)
    : hasGap(line.text);
  if (!opens) return undefined;
  // A run of groups that is no table as a whole is not tried again from each of its groups.
  if (at >= (looseUntil.get(lines) ?? 0)) {
    const whole = blockAt(lines, at, true);
    if (!whole.lines.some(isBlank)) return foundIn(lines, at, whole, lowest);
    const found = foundIn(lines, at, whole, lowest);
    if (found.table !== undefined) return found;
    looseUntil.set(lines, whole.next);
  }
  return foundIn(lines, at, blockAt(lines, at, false), lowest);
}

/** Up to which line groups apart by blank lines are known to be no table together. */
const looseUntil = new WeakMap<readonly Line[], number>();

function foundIn(lines: readonly Line[], at: number, block: Block, lowest: number): Found {
  const above = linesAbove(lines, at, block.lines, lowest);
  const table = readBlock(block.lines, above, isCaptioned(lines, at - above.length));
  if (typeof table === 'object') return { table, first: at - above.length, next: block.next };
  return table === 'unsure' ? { omitted: 'table-unsure', next: block.next } : { next: block.next };
}

/** Whether the line above says that a table follows. */
function isCaptioned(lines: readonly Line[], first: number): boolean {
  let at = first - 1;
  while (at >= first - 2 && at >= 0 && isBlank(lines[at])) at--;
  return numberedCaption.test(lines[at]?.text.trim() ?? '');
}

const isGapBelow = (lines: readonly Line[], at: number): boolean => hasGap(lines[at + 1]?.text ?? '');
