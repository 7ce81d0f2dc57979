/**
 * @file Tables that are set out by blanks or tabs: a heading, rows in columns, with or without rules (`---  ---`, reStructuredText's
 * `===  ===`), as in reports in plain text. Verse, code, lists of options and contents are set out too: what is not one for sure is left.
 */
import { numberedCaption } from '../captions.ts';
import { isYear } from '../cell-values.ts';
import { isBlank, type Line, longestRow, pieceOf, spanOfLines } from '../lines.ts';
import { partedLines } from '../parted-lines.ts';
import type { Found, Piece, RawTable } from '../table.ts';
import { alignment, cellsIn } from './aligned-columns.ts';
import { type Layout, layoutOf } from './aligned-layout.ts';
import { rowsOf } from './aligned-rows.ts';
import { codeLine, hasGap, indentIn, isFigure, isStrokes, widest } from './aligned-signs.ts';

/** Lines of one table. */
const mostLines = 100_000;
interface Block {
  readonly lines: readonly Line[];
  readonly next: number;
}

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
