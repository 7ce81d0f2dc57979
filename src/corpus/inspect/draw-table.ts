/** @file A table drawn for a terminal: as many columns as fit, the first rows, sums marked. */
import type { Table, TableRow } from '../tables/table.ts';
import { fitted, pad, widthOf } from './columns.ts';

/** Columns of text that a column of the table takes at least and, where others need room too, at most. */
const narrowest = 5;
const widest = 40;
const gap = ' | ';

/** Widths that fit together; the widest columns give way first. Fewer than the columns where not all find room. */
function widthsWithin(natural: readonly number[], room: number): number[] {
  const most = Math.max(1, Math.floor((room + gap.length) / (narrowest + gap.length)));
  const widths = natural.slice(0, most).map((width) => Math.min(width, widest));
  const total = (): number => widths.reduce((sum, width) => sum + width + gap.length, -gap.length);
  while (total() > room) {
    const largest = Math.max(...widths);
    if (largest <= narrowest) break;
    const next = Math.max(narrowest, ...widths.filter((width) => width < largest));
    const share = Math.ceil((total() - room) / widths.filter((width) => width === largest).length);
    for (const [i, width] of widths.entries())
      if (width === largest) widths[i] = Math.max(next === largest ? narrowest : next, largest - share);
  }
  return widths;
}

/** `USD, x 1000000` */
export function unitOfColumn({ unit, scale }: Table['columns'][number]): string {
  return [unit, scale === undefined || scale === 1 ? undefined : `x ${scale}`]
    .filter((part) => part !== undefined)
    .join(', ');
}

const noteOf = ({ total, heading }: TableRow): string => (heading ? ' (heading)' : total ? ' (total)' : '');

function units({ columns }: Table, width: number): string[] {
  const named = columns.filter((column) => unitOfColumn(column) !== '');
  const all = [...new Set(named.map(unitOfColumn))];
  if (named.length === 0) return [];
  const same = all.length === 1 ? `${all[0]} in ${named.length} of ${columns.length} columns` : undefined;
  return [
    fitted(`units: ${same ?? named.map((column) => `${column.header} ${unitOfColumn(column)}`).join('; ')}`, width),
  ];
}

/** Nested headings in lines of their own; a heading stands above the first of its columns. */
function headLines(columns: Table['columns']): string[][] {
  const paths = columns.map(({ header }) => header.split(' / '));
  const depth = Math.max(1, ...paths.map((path) => path.length));
  const outer = (i: number, level: number): string => paths[i]?.slice(0, level + 1).join(' / ') ?? '';
  return Array.from({ length: depth }, (_, level) =>
    paths.map((path, i) => {
      const goesOn = level < path.length - 1 && i > 0 && outer(i, level) === outer(i - 1, level);
      return goesOn ? '' : (path[level] ?? '');
    }),
  );
}

/** @param most Rows that are drawn. */
export function drawTable(table: Table, width: number, most: number): string[] {
  const { caption, columns, rows } = table;
  const shown = rows.slice(0, most);
  const heads = headLines(columns);
  const lines = [...heads, ...shown.map((row) => columns.map((_, i) => row.cells[i]?.value ?? ''))];
  const natural = columns.map((_, i) => Math.max(1, ...lines.map((line) => widthOf(fitted(line[i] ?? '', widest)))));
  const noteWidth = Math.max(0, ...shown.map((row) => noteOf(row).length));
  const widths = widthsWithin(natural, width - noteWidth);
  const draw = (cells: readonly string[], head: boolean): string =>
    widths
      .map((own, i) => pad(fitted(cells[i] ?? '', own), own, columns[i]?.type === 'number' && !head ? 'start' : 'end'))
      .join(gap);
  const hidden = columns.length - widths.length;
  return [
    ...(caption === undefined ? [] : [fitted(caption.text, width)]),
    ...heads.map((line) => draw(line, true).trimEnd()),
    widths.map((own) => '-'.repeat(own)).join('-+-'),
    ...shown.map((row, i) => `${draw(lines[heads.length + i] ?? [], false)}${noteOf(row)}`.trimEnd()),
    ...(rows.length > shown.length ? [`... ${rows.length - shown.length} more rows`] : []),
    ...(hidden > 0 ? [`... ${hidden} more columns`] : []),
    ...units(table, width),
  ];
}
