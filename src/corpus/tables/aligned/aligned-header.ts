/** @file The heading of a table that is set out by blanks: its lines are joined by column, and what stands over several columns names each. */

import { pieceOf, type Shown } from '../lines.ts';
import { blankIn, cellsIn, type Zone } from './aligned-columns.ts';

/** Names of the columns; all empty where there is no heading. */
export interface Header {
  readonly names: readonly string[];
}

interface Run extends Zone {
  readonly text: string;
}

/** Words that stand at least two blanks apart, with their places on the screen. */
function runsOf({ line, index, blank }: Shown): Run[] {
  const runs: Run[] = [];
  for (let left = 0; left < blank.length; ) {
    if (blank[left]) {
      left++;
      continue;
    }
    let right = left;
    while (right < blank.length && !(blank[right] && (blank[right + 1] ?? true))) right++;
    runs.push({ left, right, text: pieceOf(line, index[left] ?? 0, index[right] ?? line.text.length).value });
    left = right;
  }
  return runs;
}

/** Columns that a run stands over; of one beside all, the nearest. */
function columnsOf({ left, right }: Zone, zones: readonly Zone[]): number[] {
  const over = zones.flatMap((zone, column) => (zone.left < right && zone.right > left ? [column] : []));
  if (over.length > 0) return over;
  const away = zones.map((zone) => Math.max(zone.left - right, left - zone.right));
  const least = Math.min(...away);
  return least > 12 ? [] : [away.indexOf(least)];
}

interface Part {
  readonly text: string;
  readonly spans: boolean;
}

/** Undefined where two headings of one line claim one column. */
function partsOf(
  shown: Shown,
  zones: readonly Zone[],
  lower: readonly Shown[],
  strokes: readonly Zone[],
): (Part | undefined)[] | undefined {
  const parts: (Part | undefined)[] = zones.map(() => undefined);
  const below = lower.at(0);
  for (const run of runsOf(shown)) {
    const stroke = strokes.find(
      ({ left, right }) => left < run.right && right > run.left && right - left >= run.right - run.left,
    );
    const columns = columnsOf(stroke ?? run, zones);
    const spans =
      columns.length > 1 &&
      below !== undefined &&
      runsOf(below).filter((other) => other.left < run.right && other.right > run.left).length > 1;
    if (columns.length > 1 && !spans && stroke === undefined) {
      const cut = cutRun(shown, run, zones, columns);
      if (cut !== undefined) {
        for (const [i, text] of cut.entries()) {
          const column = columns[i] ?? 0;
          if (parts[column] !== undefined) return undefined;
          parts[column] = { text, spans: false };
        }
        continue;
      }
    }
    for (const column of columns) {
      if (parts[column] !== undefined) return undefined;
      parts[column] = { text: run.text, spans: columns.length > 1 || stroke !== undefined };
    }
  }
  return parts;
}

const strokeRuns = ({ line }: Shown): Zone[] =>
  [...line.text.matchAll(/[-=_─━═]+/g)].map(({ 0: run, index }) => ({ left: index, right: index + run.length }));

/** Headings one blank apart, where that blank stands between the columns. */
function cutRun(shown: Shown, run: Run, zones: readonly Zone[], columns: readonly number[]): string[] | undefined {
  const own = columns.map((column) => zones[column]).filter((zone) => zone !== undefined);
  const clear = own
    .slice(1)
    .every((zone, i) => blankIn(shown, { left: own[i]?.right ?? 0, right: zone.left }) !== undefined);
  if (!clear) return undefined;
  const from = Math.max(0, run.left);
  const part = {
    line: shown.line,
    index: shown.index.slice(0, run.right + 1),
    blank: shown.blank.map((blank, i) => blank || i < from || i >= run.right),
  };
  return cellsIn(part, own, from)?.map(({ value }) => value);
}

/** A heading line, and the strokes right under it, which show what it stands over. */
export interface HeadLine {
  readonly shown: Shown;
  readonly under: Shown | undefined;
}

/** @param lines From the outermost heading to the innermost. */
export function headerOf(lines: readonly HeadLine[], zones: readonly Zone[]): Header | undefined {
  const names = zones.map(() => '');
  const spanning = zones.map(() => false);
  for (const [i, { shown, under }] of lines.entries()) {
    const lower = lines.slice(i + 1).map((line) => line.shown);
    const parts = partsOf(shown, zones, lower, under === undefined ? [] : strokeRuns(under));
    if (parts === undefined) return undefined;
    for (const [column, part] of parts.entries()) {
      if (part === undefined || part.text === '') continue;
      const before = names[column] ?? '';
      names[column] = before === '' ? part.text : `${before}${spanning[column] ? ' / ' : ' '}${part.text}`;
      spanning[column] = part.spans;
    }
  }
  return { names };
}
