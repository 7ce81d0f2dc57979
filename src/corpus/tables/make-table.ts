/** @file A table as it was cut out becomes one with types: cells, columns with their units, totals, groups. */
import { isYear, typedCell } from './cell-values.ts';
import type { Cell, Column, RawTable, Table } from './table.ts';
import { markRows } from './totals.ts';
import { headingMeasure, type Measure, measureOf, partMeasures, tableMeasure } from './units.ts';

const yearHeading = /\b(?:year|fiscal|fy)\b|^(?:年|年份|年度)$/i;

/** A column of years holds dates: under such a heading, or as the first one. */
function yearsOf(header: string, column: number, cells: readonly Cell[]): boolean {
  const said = cells.filter(({ type }) => type !== 'empty');
  if (said.length === 0 || !said.every(({ value }) => isYear(value))) return false;
  return yearHeading.test(header) || (column === 0 && said.length > 1);
}

const asYear = ({ value, span, type }: Cell): Cell =>
  type === 'empty' ? { value, span, type } : { value, span, type: 'date', iso: value };

function typeOf(cells: readonly Cell[]): Column['type'] {
  const types = new Set(cells.map(({ type }) => type));
  types.delete('empty');
  const [only] = types;
  return types.size === 0 ? 'text' : types.size > 1 || only === undefined || only === 'empty' ? 'mixed' : only;
}

/** The one unit that all numbers of a column carry. */
function sharedUnit(cells: readonly Cell[]): string | undefined {
  const numbers = cells.filter(({ type }) => type === 'number');
  const units = new Set(numbers.flatMap(({ unit }) => unit ?? []));
  const [unit] = units;
  // The sign of money often stands in the first row and in totals alone.
  const all = numbers.every((cell) => cell.unit === unit) || /^[$€£¥￥]$/.test(unit ?? '');
  return units.size === 1 && all ? unit : undefined;
}

function columnOf(header: string, cells: readonly Cell[], whole: Measure | undefined): Column {
  const type = typeOf(cells);
  const ranges = type === 'text' && cells.every((cell) => cell.type === 'empty' || /^[≥≤<>~约±]? ?\d/.test(cell.value));
  if (type !== 'number' && type !== 'mixed' && !ranges) return { header, type };
  const own = headingMeasure(header);
  const shared = sharedUnit(cells);
  // What the caption says is of money or counts; a share is none of it.
  const share = own?.unit === '%' || shared === '%';
  const stated = own ?? (share ? undefined : whole);
  const unit = stated?.unit ?? shared;
  return {
    header,
    ...(unit === undefined ? {} : { unit }),
    ...(stated?.scale === undefined ? {} : { scale: stated.scale }),
    type,
  };
}

/** The corner over the names of the rows says what the figures are in: `(in thousands)`, `£ million`, `万元`. */
function cornerMeasure(corner: string, rows: readonly (readonly Cell[])[]): Measure | undefined {
  if (/^[(（]|^in /i.test(corner)) return headingMeasure(corner);
  const named = rows.every(([first]) => first === undefined || first.type === 'text' || first.type === 'empty');
  return named ? measureOf(corner) : undefined;
}

/**
 * @param above What a line between caption and table says: `(in thousands)`.
 */
export function makeTable(raw: RawTable, above: string): Table {
  const { header, caption, span } = raw;
  const typed = raw.rows.map((row) => row.map(typedCell));
  const years = header.map((name, column) =>
    yearsOf(
      name,
      column,
      typed.flatMap((row) => row[column] ?? []),
    ),
  );
  const rows = markRows(
    header,
    years.includes(true) ? typed.map((row) => row.map((cell, column) => (years[column] ? asYear(cell) : cell))) : typed,
  );
  const whole =
    tableMeasure(above) ??
    measureOf(above) ??
    tableMeasure(caption?.text ?? '') ??
    cornerMeasure(header[0] ?? '', typed);
  const parts = [above, caption?.text ?? ''].flatMap(partMeasures);
  const data = rows.filter(({ heading }) => !heading);
  const columns = header.map((name, column) =>
    columnOf(
      name,
      // The words of a total may run over the columns of figures.
      data.flatMap(({ cells, total }) => (total && cells[column]?.type === 'text' ? [] : (cells[column] ?? []))),
      parts.find((part) => name.toLowerCase().includes(part.name))?.measure ?? whole,
    ),
  );
  return { ...(caption === undefined ? {} : { caption }), columns, rows, span };
}
