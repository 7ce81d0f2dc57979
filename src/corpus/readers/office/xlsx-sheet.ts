/** @file The cells of one worksheet of an XLSX, read as events: a sheet has millions of elements. Hidden rows and columns are left out. */

import { readXml } from '../packed/xml.ts';
import type { GridCell } from './grid.ts';
import { fillMerged, type MergedRange } from './sheet-regions.ts';
import type { ShowNumber } from './xlsx-styles.ts';

/** What the sheets of a workbook share. */
export interface WorkbookValues {
  readonly strings: readonly string[];
  readonly show: ShowNumber;
}

/** The visible cells of a sheet, and what it holds beside them. */
export interface Worksheet {
  readonly cells: Map<number, Map<number, GridCell>>;
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
  /** Formulas that no program has worked out: the file holds no value of them. */
  readonly formulasWithoutValue: number;
}

const mostColumns = 16_384;

/** @example cellPlace('AB12') // { x: 28, y: 12 } */
function cellPlace(reference: string): { x: number; y: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let x = 0;
  for (const letter of letters) x = 26 * x + letter.charCodeAt(0) - 64;
  return { x, y: Number(digits) };
}

function mergedRange(reference: string): MergedRange[] {
  const [from, to] = reference.split(':').map(cellPlace);
  return from === undefined || to === undefined ? [] : [{ top: from.y, left: from.x, bottom: to.y, right: to.x }];
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

/** A cell while it is read. */
interface OpenCell {
  readonly x: number;
  readonly y: number;
  readonly type: string;
  readonly style: number;
  value: string;
  formula: boolean;
}

function shown(cell: OpenCell, { strings, show }: WorkbookValues): string {
  const { type, value, style } = cell;
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
  if (type !== 'n' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? show(number, style) : value;
}

/** Where the rows and columns that are seen come to stand when the others are taken out. */
function closed(cells: Worksheet['cells'], rows: ReadonlySet<number>, columns: ReadonlySet<number>) {
  if (rows.size === 0 && columns.size === 0) return cells;
  const before = (hidden: ReadonlySet<number>) => {
    const sorted = [...hidden].sort((a, b) => a - b);
    let at = 0;
    return (place: number): number => {
      while (at > 0 && (sorted[at - 1] ?? 0) >= place) at--;
      while (at < sorted.length && (sorted[at] ?? 0) < place) at++;
      return place - at;
    };
  };
  const [newRow, newColumn] = [before(rows), before(columns)];
  const kept = new Map<number, Map<number, GridCell>>();
  for (const [y, row] of cells) {
    if (rows.has(y)) continue;
    const line = new Map<number, GridCell>();
    for (const [x, cell] of row) if (!columns.has(x)) line.set(newColumn(x), cell);
    kept.set(newRow(y), line);
  }
  return kept;
}

/** @throws QuarantineError for XML without end, and merged cells that cover too much */
export async function readWorksheet(xml: string, values: WorkbookValues): Promise<Worksheet> {
  const cells = new Map<number, Map<number, GridCell>>();
  const ranges: MergedRange[] = [];
  const [hiddenRows, hiddenColumns] = [new Set<number>(), new Set<number>()];
  let [x, y, formulasWithoutValue] = [0, 0, 0];
  let cell: OpenCell | undefined;
  let taken = false;
  /** Depth of phonetic readings, which are no part of the text. */
  let aside = 0;
  const put = (done: OpenCell): void => {
    if (done.formula && done.value === '') formulasWithoutValue++;
    const text = shown(done, values);
    if (text.trim() === '') return;
    const row = cells.get(done.y) ?? new Map<number, GridCell>();
    cells.set(done.y, row);
    row.set(done.x, { text });
  };
  await readXml(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        y = Number(attributes.r ?? y + 1) || y + 1;
        x = 0;
        if (isOn(attributes.hidden)) hiddenRows.add(y);
      } else if (name === 'c') {
        const place = cellPlace(attributes.r ?? '') ?? { x: x + 1, y };
        x = place.x;
        cell = { ...place, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '', formula: false };
      } else if (name === 'f' && cell !== undefined) cell.formula = true;
      else if (name === 'rPh') aside++;
      else if (name === 'v' || name === 't') taken = cell !== undefined && aside === 0;
      else if (name === 'mergeCell') ranges.push(...mergedRange(attributes.ref ?? ''));
      else if (name === 'col' && isOn(attributes.hidden))
        for (let at = Number(attributes.min); at <= Math.min(Number(attributes.max), mostColumns); at++)
          hiddenColumns.add(at);
    },
    close: (name) => {
      if (name === 'v' || name === 't') taken = false;
      else if (name === 'rPh') aside--;
      else if (name === 'c' && cell !== undefined) {
        put(cell);
        cell = undefined;
      }
    },
    text: (text) => {
      if (taken && cell !== undefined) cell.value += text;
    },
  });
  fillMerged(cells, ranges);
  const seen = closed(cells, hiddenRows, hiddenColumns);
  const withCells = [...hiddenRows].filter((row) => cells.has(row)).length;
  const columns = new Set<number>();
  for (const row of cells.values()) for (const column of row.keys()) if (hiddenColumns.has(column)) columns.add(column);
  return { cells: seen, hiddenRows: withCells, hiddenColumns: columns.size, formulasWithoutValue };
}

/** The texts that the cells of all sheets share. @throws QuarantineError */
export async function sharedStrings(xml: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  let [inText, aside] = [false, 0];
  if (xml === undefined) return strings;
  await readXml(xml, {
    open: (name) => {
      if (name === 'si') strings.push('');
      else if (name === 'rPh') aside++;
      else if (name === 't') inText = aside === 0;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') aside--;
    },
    text: (text) => {
      if (inText && strings.length > 0) strings[strings.length - 1] += text;
    },
  });
  return strings;
}
