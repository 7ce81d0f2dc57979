/** @file ODS: every sheet is a document with its tables as shown; hidden sheets are set aside by name (OASIS OpenDocument 1.3, part 3). */
import { printable } from '../../../printable.ts';
import { QuarantineError } from '../../../records/reader.ts';
import { attribute, elements, type XmlElement } from '../packed/xml.ts';
import type { Reader, ReadItem } from '../reader.ts';
import type { GridCell } from './grid.ts';
import { cellTextOf, inGroups, type OdfParts, openOdf, repeated } from './odf.ts';
import { fillMerged, type MergedRange, sheetText } from './sheet-regions.ts';
import { hidden, sheetItem } from './xlsx.ts';

/** Copies of a filled cell or row that a file may say it has: Excel and Calc end at some million rows. */
const mostCopies = 1_000_000;

const rowGroups = ['table-header-rows', 'table-rows', 'table-row-group'];
const columnGroups = ['table-header-columns', 'table-columns', 'table-column-group'];
const isHidden = (element: XmlElement): boolean =>
  ['collapse', 'filter'].includes(attribute(element, 'visibility') ?? '');

/** Runs of hidden columns that are looked at for each cell. */
const mostRuns = 200;

/** The columns that are hidden, as runs. */
function hiddenColumns(sheet: XmlElement): { from: number; to: number }[] {
  let at = 1;
  const runs: { from: number; to: number }[] = [];
  for (const column of inGroups(sheet, 'table-column', columnGroups)) {
    const from = at;
    at += repeated(column, 'number-columns-repeated');
    const last = runs.at(-1);
    if (!isHidden(column)) continue;
    if (last?.to === from - 1) last.to = at - 1;
    else runs.push({ from, to: at - 1 });
  }
  return runs.slice(0, mostRuns);
}

const tooMany = (): QuarantineError =>
  new QuarantineError('too-large', `the sheet repeats filled cells more than ${mostCopies} times`);

/** The text of a cell as shown; files that were made without an office program may have the value only. */
const shownText = (cell: XmlElement): string =>
  cellTextOf(cell) ||
  (attribute(cell, 'date-value') ?? attribute(cell, 'string-value') ?? attribute(cell, 'value') ?? '');

interface SheetParts {
  readonly cells: Map<number, Map<number, GridCell>>;
  readonly ranges: MergedRange[];
  hiddenRows: number;
}

/** The cells of a row at `y`; its filled cells by column. */
function rowCells(
  row: XmlElement,
  y: number,
  columns: readonly { from: number; to: number }[],
  { ranges }: SheetParts,
) {
  const cells = new Map<number, GridCell>();
  let [x, taken] = [1, 0];
  for (const cell of elements(row)) {
    const count = repeated(cell, 'number-columns-repeated');
    const text = cell.name === 'table-cell' ? shownText(cell) : '';
    if (text !== '' && count > mostCopies) throw tooMany();
    const [down, right] = [repeated(cell, 'number-rows-spanned'), repeated(cell, 'number-columns-spanned')];
    for (let at = x; text !== '' && at < x + count; at++) {
      const left = columns.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(at - 1, to) - from + 1), 0);
      const seen = !columns.some(({ from, to }) => at >= from && at <= to);
      if (seen) cells.set(at - left, { text });
      if (seen && ++taken > mostCopies) throw tooMany();
      if (seen && (down > 1 || right > 1))
        ranges.push({ top: y, left: at - left, bottom: y + down - 1, right: at - left + right - 1 });
    }
    x += count;
  }
  return cells;
}

/** @throws QuarantineError `too-large` for repetitions and spans without end */
function sheetParts(sheet: XmlElement): SheetParts {
  const parts: SheetParts = { cells: new Map(), ranges: [], hiddenRows: 0 };
  const columns = hiddenColumns(sheet);
  let [y, copies] = [1, 0];
  for (const row of inGroups(sheet, 'table-row', rowGroups)) {
    const count = repeated(row, 'number-rows-repeated');
    const cells = rowCells(row, y, columns, parts);
    if (isHidden(row)) {
      parts.hiddenRows += cells.size > 0 ? count : 0;
      continue;
    }
    for (let at = y; cells.size > 0 && at < y + count; at++) {
      copies += cells.size;
      if (copies > 4 * mostCopies || count > mostCopies) throw tooMany();
      parts.cells.set(at, new Map(cells));
    }
    y += count;
  }
  fillMerged(parts.cells, parts.ranges);
  return parts;
}

function isShown(sheet: XmlElement, { styles }: OdfParts): boolean {
  const style = styles.get(attribute(sheet, 'style-name') ?? '');
  return elements(style, 'table-properties').every((found) => attribute(found, 'display') !== 'false');
}

/** A sheet is one document. @throws QuarantineError when the file is damaged, encrypted or too large. */
export const readOds: Reader = async function* (input) {
  const parts = await openOdf(input, 'spreadsheet');
  let found = 0;
  for (const sheet of elements(parts.body, 'table')) {
    const title = attribute(sheet, 'name') ?? '';
    const id = printable(`${input.id}#${title}`);
    const read = async (): Promise<ReadItem | undefined> => {
      const { cells, hiddenRows } = sheetParts(sheet);
      const text = sheetText(cells);
      const metadata = { ...parts.stated.metadata, ...(hiddenRows === 0 ? {} : { hiddenRows }) };
      return text === '' ? undefined : { type: 'document', id, text, title, metadata };
    };
    const item = isShown(sheet, parts) ? await sheetItem(id, read) : hidden(id);
    if (item === undefined) continue;
    found++;
    yield item;
  }
  if (found === 0) throw new QuarantineError('empty', 'no sheet has anything in it');
};
