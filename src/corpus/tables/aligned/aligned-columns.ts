/**
 * @file The columns of lines that are set out by blanks: the gaps are the columns of the screen that hardly any line writes in. Shown widths
 * count, so that Chinese lines up.
 */
import { pieceOf, type Shown } from '../lines.ts';
import type { Piece } from '../table.ts';

/** Columns of the screen, end exclusive. */
export interface Zone {
  readonly left: number;
  readonly right: number;
}

/** The part of the lines that may write into a gap. */
const overflow = 0.1;
/** The part of the lines in which a gap is at least two blanks wide: one blank parts words. */
const wide = 0.7;
export const mostColumns = 60;

/** Runs of the screen in which enough lines write. */
function writtenZones(lines: readonly Shown[], most: number): Zone[] {
  const width = lines.reduce((most, { blank }) => Math.max(most, blank.length), 0);
  const written = new Uint32Array(width + 1);
  for (const { blank } of lines)
    for (let i = 0; i < blank.length; i++) if (!blank[i]) written[i] = (written[i] ?? 0) + 1;
  const zones: Zone[] = [];
  for (let left = 0; left < width; ) {
    let right = left;
    while (right < width && (written[right] ?? 0) > most) right++;
    if (right > left) zones.push({ left, right });
    left = right + 1;
  }
  return zones;
}

/** The longest run of blanks that touches a gap; undefined where the line writes all through it. */
export function blankIn({ blank }: Shown, { left, right }: Zone): Zone | undefined {
  let best: Zone | undefined;
  for (let at = left; at < right; at++) {
    if (at >= blank.length) return best ?? { left: at, right: Math.max(right, at + 1) };
    if (!blank[at]) continue;
    let [from, to] = [at, at];
    while (from > 0 && blank[from - 1]) from--;
    while (to < blank.length && blank[to]) to++;
    if (best === undefined || to - from > best.right - best.left) best = { left: from, right: to };
    at = to;
  }
  return best;
}

/** A gap counts where most lines have two blanks in it, or nothing on one side. */
function isGap(lines: readonly Shown[], gap: Zone): boolean {
  let clear = 0;
  for (const line of lines) {
    const found = blankIn(line, gap);
    if (found === undefined) continue;
    if (found.right - found.left >= 2 || found.left === 0 || found.right >= line.blank.length) clear++;
  }
  return clear >= lines.length * wide;
}

/** The columns of these lines; undefined where there are not two, or too many. */
export function zonesOf(lines: readonly Shown[]): Zone[] | undefined {
  for (const most of lines.length >= 8 ? [0, Math.floor(lines.length * overflow)] : [0]) {
    const [first, ...written] = writtenZones(lines, most);
    if (first === undefined) return undefined;
    const zones = [first];
    for (const zone of written) {
      const last = zones.at(-1) ?? first;
      if (isGap(lines, { left: last.right, right: zone.left })) zones.push(zone);
      else zones[zones.length - 1] = { left: last.left, right: zone.right };
    }
    if (zones.length >= 2 && zones.length <= mostColumns) return zones;
  }
  return undefined;
}

/**
 * Cells of a line in the zones; undefined where its words run through a gap.
 *
 * @param start The column of the screen to begin at.
 */
export function cellsIn(shown: Shown, zones: readonly Zone[], start = 0): Piece[] | undefined {
  const { line, index } = shown;
  const at = (column: number): number => index[Math.min(column, index.length - 1)] ?? line.text.length;
  const cells: Piece[] = [];
  let from = start;
  for (const [i, zone] of zones.entries()) {
    const next = zones[i + 1];
    if (next === undefined) {
      cells.push(pieceOf(line, at(from), line.text.length));
      break;
    }
    const gap = blankIn(shown, { left: zone.right, right: next.left });
    if (gap === undefined) return undefined;
    const to = Math.max(from, Math.min(gap.right, Math.max(gap.left, next.left)));
    cells.push(pieceOf(line, at(from), at(to)));
    from = to;
  }
  return cells;
}

/** The part of the cells of a column that begin, end or are centred at one place of the screen. */
export function alignment(lines: readonly Shown[], cells: readonly (Piece | undefined)[]): number {
  const counts: Map<number, number>[] = [new Map(), new Map(), new Map(), new Map()];
  let said = 0;
  for (const [i, cell] of cells.entries()) {
    const shown = lines[i];
    if (cell === undefined || shown === undefined || cell.value === '') continue;
    said++;
    const start = cell.span.start - shown.line.start;
    const end = cell.span.end - shown.line.start;
    const [left, right] = [shown.index.indexOf(start), shown.index.indexOf(end)];
    // Of a figure, the last digit and the decimal point: brackets and signs hang over.
    const digits = cell.value.replace(/[)%*†‡]+$/, '').length;
    const point = /^[^.]*/.exec(cell.value)?.[0].length ?? 0;
    for (const [k, place] of [
      left,
      right - (cell.value.length - digits),
      left + point,
      Math.round((left + right) / 2),
    ].entries())
      counts[k]?.set(place, (counts[k]?.get(place) ?? 0) + 1);
  }
  return said === 0 ? 1 : Math.max(...counts.flatMap((places) => [...places.values()])) / said;
}
