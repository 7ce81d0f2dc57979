/** @file Where the heading and the columns of a table are that is set out by blanks. */
import { isPeriod } from '../cell-values.ts';
import { isBlank, type Line, type Shown, shownLine } from '../lines.ts';
import { measureOf } from '../units.ts';
import { mostColumns, type Zone, zonesOf } from './aligned-columns.ts';
import { type Header, headerOf } from './aligned-header.ts';
import { blankedLeaders, hasGap, indentIn, indentOf, isFigure, isStrokes, widest } from './aligned-signs.ts';

/** What a table is read by. */
export interface Layout {
  readonly zones: readonly Zone[];
  readonly header: Header;
  readonly body: readonly Shown[];
  readonly ruled: boolean;
  readonly measure: string | undefined;
}

/** What all figures are in, as a line alone says: `(Dollars in thousands)`, `1,000 tonnes`, or one sign over each column, `£  £`. */
function unitOf(text: string): string | undefined {
  const words = text.trim();
  const [first = '', ...others] = words.split(/ {2,}|\t+/);
  if (words === '' || others.some((other) => other !== first)) return undefined;
  return measureOf(/^\((.*)\)$/.exec(first)?.[1] ?? first) === undefined ? undefined : first;
}

/** Whether the last line of the heading names the first group of rows: words alone, and the row below stands further in. */
function isGroup(line: Line | undefined, row: Line | undefined): boolean {
  if (line === undefined || row === undefined || hasGap(line.text.trim())) return false;
  return /^\s*\p{Lu}/u.test(line.text) && indentIn(row.text) > indentIn(line.text) && hasFigure(row);
}

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

export function layoutOf(lines: readonly Line[], above: readonly Line[]): Layout | undefined {
  const found = headLines(lines);
  if (found === undefined) return undefined;
  const { heads, ruled } = found;
  const grouped = !ruled && found.body > heads + 1 && isGroup(lines[found.body - 1], lines[found.body]);
  const from = grouped ? found.body - 1 : found.body;
  const unit = lines.slice(heads, from + 4).find((line) => unitOf(line.text) !== undefined);
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
  return header === undefined ? undefined : { zones, header, body: shown, ruled, measure: unit && unitOf(unit.text) };
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
