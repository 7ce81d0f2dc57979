/**
 * @file A table of a web page as a pipe table: spans resolved, headings nested, its caption before it. A grid that only lays out a page
 * (navigation, boxes of prose, other tables) is none.
 */
import { isPeriod, numberOf } from '../tables/cell-values.ts';
import { renderTable } from '../tables/render-table.ts';
import { attribute, cellText, type DomNode, firstOf, isAllIn, isElement, isHidden, nameOf } from './html-cell.ts';

/** Browsers clip a span of columns to this. */
const mostColumns = 1000;
/** Places of a grid, spans included. */
const mostPlaces = 2_000_000;
/** Characters of a cell of figures or names; and of one in a table that says that it is one. */
const [boxLength, longestCell] = [400, 5000];

interface HtmlCell {
  readonly text: string;
  readonly heading: boolean;
  readonly node: DomNode;
}

interface HtmlRow {
  readonly cells: DomNode[];
  readonly section: 'head' | 'body' | 'foot';
  /** Rows of one section; a span ends with it. */
  readonly group: number;
}

const roleOf = (node: DomNode): string => attribute(node, 'role').toLowerCase();
/** A table, or what a page declares as one. */
export const isTable = (node: DomNode): boolean =>
  nameOf(node) === 'TABLE' || /^(?:table|grid|treegrid)$/.test(roleOf(node));
const isRow = (node: DomNode): boolean => nameOf(node) === 'TR' || roleOf(node) === 'row';
const isCell = (node: DomNode): boolean =>
  /^T[DH]$/.test(nameOf(node)) || /^(?:cell|gridcell|columnheader|rowheader)$/.test(roleOf(node));

const sections: Readonly<Record<string, HtmlRow['section']>> = { THEAD: 'head', TFOOT: 'foot' };

function rowsOf(table: DomNode): HtmlRow[] {
  const rows: HtmlRow[] = [];
  let groups = 0;
  const walk = (node: DomNode, section: HtmlRow['section'], group: number): void => {
    for (const child of node.childNodes) {
      if (!isElement(child) || isHidden(child)) continue;
      if (isRow(child)) {
        const cells = [...child.childNodes].filter((cell) => isElement(cell) && isCell(cell) && !isHidden(cell));
        rows.push({ cells, section, group });
      } else if (/^(?:THEAD|TBODY|TFOOT)$/.test(nameOf(child)) || roleOf(child) === 'rowgroup')
        walk(child, sections[nameOf(child)] ?? 'body', ++groups);
    }
  };
  walk(table, 'body', 0);
  const order = { head: 0, body: 1, foot: 2 } as const;
  return rows.filter(({ cells }) => cells.length > 0).sort((a, b) => order[a.section] - order[b.section]);
}

const spanOf = (cell: DomNode, name: string): number => {
  const stated = Number.parseInt(attribute(cell, name) || attribute(cell, `aria-${name}`), 10);
  return stated >= 0 ? stated : 1;
};

type Grid = (HtmlCell | undefined)[][];

/** Every place of the table with the cell that covers it; undefined where it is too large. */
function gridOf(rows: readonly HtmlRow[]): Grid | undefined {
  const grid: Grid = rows.map(() => []);
  let places = 0;
  const lastOf = new Map<number, number>();
  rows.forEach(({ group }, i) => void lastOf.set(group, i));
  for (const [at, { cells, group }] of rows.entries()) {
    let column = 0;
    for (const node of cells) {
      while (grid[at]?.[column] !== undefined) column++;
      const width = Math.min(Math.max(1, spanOf(node, 'colspan')), mostColumns);
      const stated = spanOf(node, 'rowspan');
      // 0 is to the end of the section.
      const last = stated === 0 ? (lastOf.get(group) ?? at) : Math.min(at + stated - 1, lastOf.get(group) ?? at);
      places += width * (last - at + 1);
      if (places > mostPlaces || column + width > 2 * mostColumns) return undefined;
      const cell = { text: cellText(node), heading: nameOf(node) === 'TH' || roleOf(node) === 'columnheader', node };
      for (let row = at; row <= last; row++) for (let i = 0; i < width; i++) (grid[row] ?? [])[column + i] ??= cell;
      column += width;
    }
  }
  return grid;
}

/** Columns that no row begins a cell in are spans that go beyond the table; those without text are blanks between others. */
function usedColumns(grid: Grid): Grid {
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const used: number[] = [];
  for (let column = 0; column < width; column++)
    if (grid.some((row) => (row[column]?.text ?? '') !== '' && row[column] !== row[column - 1])) used.push(column);
  return grid.map((row) => used.map((column) => row[column]));
}

/** Columns of nothing under a heading that stands over a column beside them are space between figures. */
function withoutBlanks(grid: Grid, heads: number): Grid {
  const width = grid[0]?.length ?? 0;
  const blank = (column: number): boolean =>
    grid.slice(heads).every((row) => (row[column]?.text ?? '') === '') &&
    [-1, 1].some((side) =>
      grid.slice(0, heads).every((row) => (row[column]?.text ?? '') === '' || row[column] === row[column + side]),
    );
  const used = Array.from({ length: width }, (_, column) => column).filter((column) => !blank(column));
  return used.length === width ? grid : grid.map((row) => used.map((column) => row[column]));
}

const distinct = (row: readonly (HtmlCell | undefined)[]): HtmlCell[] =>
  [...new Set(row)].filter((cell) => cell !== undefined);
const said = (row: readonly (HtmlCell | undefined)[]): HtmlCell[] => distinct(row).filter(({ text }) => text !== '');

const strong: ReadonlySet<string> = new Set(['B', 'STRONG', 'TH']);
const links: ReadonlySet<string> = new Set(['A']);
const isFigure = (text: string): boolean =>
  numberOf(text) !== undefined || /^[-–—]$|^[$€£¥]$|^\(?[$€£¥]? ?\(?[\d,.]+%?$/.test(text);

/** Rows of a heading at most, where the page does not say which they are. */
const mostHeads = 4;

/** How many of the first rows are the heading. */
function headRows(grid: Grid, rows: readonly HtmlRow[]): number {
  const stated = rows.filter(({ section }) => section === 'head').length;
  if (stated > 0 && stated < rows.length) return stated;
  const leading = (is: (row: readonly (HtmlCell | undefined)[]) => boolean): number => {
    const end = grid.findIndex((row) => !is(row));
    return end < 0 ? Math.min(1, grid.length) : end;
  };
  const headings = leading((row) => said(row).length > 0 && said(row).every(({ heading }) => heading));
  if (headings > 0) return headings <= mostHeads ? headings : 1;
  const bold = leading((row) => said(row).length > 1 && said(row).every(({ node }) => isAllIn(node, strong)));
  if (bold > 0 && bold <= mostHeads && bold < grid.length) return bold;
  const words = leading(
    (row) => said(row.slice(1)).length > 0 && said(row.slice(1)).every(({ text }) => !isFigure(text) || isPeriod(text)),
  );
  const body = grid.slice(words);
  const figures = body.filter((row) => said(row.slice(1)).some(({ text }) => isFigure(text))).length;
  if (words > 0 && words <= mostHeads && figures > 0 && figures >= body.length / 2) return words;
  return figures === 0 && isNamed(grid) ? 1 : 0;
}

/** A first row of short names, all different, over rows of words. */
function isNamed(grid: Grid): boolean {
  const [first = []] = grid;
  const names = said(first).map(({ text }) => text);
  return (
    grid.length > 2 &&
    first.length > 2 &&
    names.length === first.length &&
    new Set(names).size === names.length &&
    names.every((name) => name.length <= 40)
  );
}

const laidOut = new Set([
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'FORM',
  'INPUT',
  'TEXTAREA',
  'SELECT',
  'PRE',
  'IFRAME',
  'TABLE',
]);

const hint =
  /^\W{0,2}(?:notes?|tips?|hints?|warnings?|cautions?|important|attention|danger|info|example|注意|提示|警告|重要|说明|小心|备注)\W{0,2}$/i;

/** A box with an icon beside a word such as `Note` and its text. */
const isHint = (cells: readonly HtmlCell[]): boolean => cells.length <= 4 && cells.some(({ text }) => hint.test(text));

/** A grid that lays out the page. */
function isLayout(table: DomNode, grid: Grid, heads: number): boolean {
  const cells = grid.flatMap(said);
  const unique = [...new Set(cells)];
  const width = grid[0]?.length ?? 0;
  if (width < 2 || grid.length < 2 || unique.length < 3) return true;
  if (width === 2 && grid.length <= 2 && isHint(unique)) return true;
  const stated = unique.some(({ heading }) => heading) || captionOf(table) !== '';
  if (unique.some(({ text }) => text.length > (stated ? longestCell : 4 * boxLength))) return true;
  if (stated) return false;
  const length = unique.reduce((sum, { text }) => sum + text.length, 0);
  const figures = unique.filter(({ text }) => isFigure(text)).length;
  if (length > unique.length * (boxLength / 2)) return true;
  if (figures === 0 && unique.filter(({ node }) => isAllIn(node, links)).length > unique.length * 0.8) return true;
  // Contents: a link to each part, and its title beside it.
  const linked = grid.every(([first]) => first !== undefined && isAllIn(first.node, links));
  if (figures === 0 && heads === 0 && width === 2 && linked) return true;
  const filled = cells.length / (grid.length * width);
  return figures === 0 && heads === 0 && (grid.length < 3 || filled < 0.8);
}

function captionOf(table: DomNode): string {
  for (const child of table.childNodes)
    if (nameOf(child) === 'CAPTION' && !isHidden(child)) return cellText(child).replaceAll('\n', ' ');
  return '';
}

/** `$`, `(90` and `)` in cells of their own are one figure. */
function joinMarks(rows: readonly (readonly string[])[], heads: number): string[][] {
  const grid = rows.map((row) => [...row]);
  const body = grid.slice(heads);
  const width = grid[0]?.length ?? 0;
  const column = (at: number): string[] => body.map((row) => row[at] ?? '').filter((text) => text !== '');
  const all = (at: number, pattern: RegExp): boolean =>
    column(at).length > 0 && column(at).every((text) => pattern.test(text));
  const dropped = new Set<number>();
  for (let at = 0; at < width; at++) {
    if (at > 0 && all(at, /^(?:\)|%|\)%|%\))$/)) {
      let to = at - 1;
      while (to > 0 && dropped.has(to)) to--;
      for (const row of body) row[to] = `${row[to] ?? ''}${row[at] ?? ''}`;
      dropped.add(at);
    } else if (at + 1 < width && all(at, /^\(?[$€£¥]\(?$|^(?:US|HK)\$$/)) {
      for (const row of body) row[at + 1] = `${row[at] ?? ''}${row[at + 1] ?? ''}`;
      dropped.add(at);
    }
  }
  const heading = (row: readonly string[], at: number): string => row[at] ?? '';
  for (const row of grid.slice(0, heads))
    for (const at of dropped) {
      // A name over the mark alone is that of the figure beside it.
      const beside = [at + 1, at - 1].find((other) => other >= 0 && other < width && !dropped.has(other));
      if (beside !== undefined && heading(row, beside) === '') row[beside] = heading(row, at);
    }
  return grid.map((row) => row.filter((_, at) => !dropped.has(at)));
}

/** The pipe table of a page's table; undefined where that is a layout. */
export function tableText(table: DomNode): string | undefined {
  if (/^(?:presentation|none)$/.test(roleOf(table))) return undefined;
  const rows = rowsOf(table);
  // Before any text is read: of tables within tables, each would be read once for every one around it.
  if (
    rows.some(({ cells }) =>
      cells.some((cell) => firstOf(cell, (inner) => laidOut.has(nameOf(inner)) || isTable(inner)) !== undefined),
    )
  )
    return undefined;
  const full = gridOf(rows);
  if (full === undefined) return undefined;
  const spanned = usedColumns(full);
  const heads = headRows(spanned, rows);
  const grid = withoutBlanks(spanned, heads);
  if (isLayout(table, grid, heads)) return undefined;
  const width = grid[0]?.length ?? 0;
  const missing = grid.reduce((sum, row) => sum + row.filter((cell) => cell === undefined).length, 0);
  if (missing > grid.length * width * 0.4) return undefined;
  const texts = joinMarks(
    grid.map((row) => row.map((cell) => cell?.text ?? '')),
    heads,
  );
  // A first row of one heading over all columns is the title.
  const [first = []] = grid;
  const titled =
    heads > 1 && said(first).length === 1 && first.every((cell) => cell === first[0]) && captionOf(table) === '';
  const caption = titled ? (first[0]?.text ?? '') : captionOf(table);
  return renderTable({ caption, header: texts.slice(titled ? 1 : 0, heads), rows: texts.slice(heads) });
}

/** Longest meaning that stands behind its term in one line. */
const longestMeaning = 300;
const inDepth = /^(?:P|DIV|UL|OL|DL|TABLE|PRE|BLOCKQUOTE|H[1-6])$/;

/** `term: meaning` lines of a list of short terms; undefined where it has paragraphs, lists or code in it. */
export function definitionText(list: DomNode): string | undefined {
  const items = [...list.childNodes].filter((node) => isElement(node) && !isHidden(node));
  const lines: { term: string; meanings: string[] }[] = [];
  for (const item of items) {
    const name = nameOf(item);
    if (name !== 'DT' && name !== 'DD') return undefined;
    if (firstOf(item, (node) => inDepth.test(nameOf(node))) !== undefined) return undefined;
    const text = cellText(item).replaceAll('\n', ' ');
    if (name === 'DT') lines.push({ term: text.replace(/\s*[:：]$/, ''), meanings: [] });
    else lines.at(-1)?.meanings.push(text);
  }
  const fits = lines.every(
    ({ term, meanings }) => term !== '' && meanings.length > 0 && meanings.join('; ').length <= longestMeaning,
  );
  if (lines.length === 0 || !fits) return undefined;
  return lines.map(({ term, meanings }) => `${term}: ${meanings.join('; ')}`).join('\n');
}
