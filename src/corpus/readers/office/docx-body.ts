/**
 * @file The body of a DOCX as blocks of text: headings, lists with their numbers, tables, captions, text boxes; without what was deleted or
 * hidden, without running heads and tables of contents.
 */

import { attribute, child, descendants, elements, type XmlElement } from '../packed/xml.ts';
import { type Block, headingText, typedItem } from './blocks.ts';
import type { Numbering } from './docx-numbering.ts';
import type { Styles } from './docx-styles.ts';
import { gridOf, gridText, type SpannedCell } from './grid.ts';

/** Elements that hold nothing which a reader of the document sees. */
export const droppedParts: ReadonlySet<string> = new Set([
  'del',
  'moveFrom',
  'instrText',
  'delText',
  'delInstrText',
  'rt',
  'rFonts',
  'tblPrEx',
  'sectPr',
  'tblBorders',
  'tcBorders',
  'shd',
  'spPr',
  'annotationRef',
]);

/** What all parts of a document share while it is laid out. */
export interface DocxContext {
  readonly styles: Styles;
  readonly numbering: Numbering;
  /** Notes in the order in which the text refers to them: `footnote 2`. */
  readonly notes: string[];
}

const isOn = (element: XmlElement | undefined): boolean =>
  element !== undefined && !['0', 'false', 'off'].includes(attribute(element, 'val') ?? '');

/** The text of runs, and the boxes that hang on them. */
function inlineText(element: XmlElement, context: DocxContext, boxes: XmlElement[]): string {
  switch (element.name) {
    case 't':
      return element.children.filter((part) => typeof part === 'string').join('');
    case 'tab':
    case 'ptab':
      return '\t';
    case 'br':
    case 'cr':
      return attribute(element, 'type') === undefined || attribute(element, 'type') === 'textWrapping' ? '\n' : '';
    case 'noBreakHyphen':
      return '-';
    case 'sym':
      return symbol(attribute(element, 'char'));
    case 'footnoteReference':
    case 'endnoteReference': {
      const key = `${element.name === 'footnoteReference' ? 'footnote' : 'endnote'} ${attribute(element, 'id')}`;
      if (!context.notes.includes(key)) context.notes.push(key);
      return `[^${context.notes.indexOf(key) + 1}]`;
    }
    case 'txbxContent':
      boxes.push(element);
      return '';
    case 'pPr':
    case 'rPr':
    case 'sdtPr':
      return '';
    case 'AlternateContent': {
      const choice = child(element, 'Choice') ?? child(element, 'Fallback');
      return choice === undefined ? '' : inlineChildren(choice, context, boxes);
    }
    case 'r':
      return isOn(child(element, 'rPr', 'vanish')) ? '' : inlineChildren(element, context, boxes);
    default:
      return inlineChildren(element, context, boxes);
  }
}

function inlineChildren(element: XmlElement, context: DocxContext, boxes: XmlElement[]): string {
  let text = '';
  for (const inner of elements(element)) text += inlineText(inner, context, boxes);
  return text;
}

/** Fonts of symbols use a private range of characters, which mean nothing elsewhere. */
function symbol(code: string | undefined): string {
  const value = Number.parseInt(code ?? '', 16);
  return Number.isNaN(value) || (value >= 0xe000 && value <= 0xf8ff) || value > 0xffff
    ? ''
    : String.fromCharCode(value);
}

/** The level of a heading, from 1; undefined for text, and for the title of the document, which is no section of it. */
const headingLevel = (name: string, outline: number | undefined): number | undefined =>
  outline === undefined || outline > 8 || name === 'title' ? undefined : outline + 1;

function paragraphBlocks(element: XmlElement, context: DocxContext): Block[] {
  const properties = child(element, 'pPr');
  const { name, outline, numId, level: listLevel } = context.styles.of(properties);
  const boxes: XmlElement[] = [];
  const text = inlineChildren(element, context, boxes).trim();
  const label = numId === undefined || numId === '0' ? undefined : context.numbering.next(numId, listLevel ?? 0);
  const behind = boxes.flatMap((box) => bodyBlocks(box, context));
  if (text === '' || /^toc \d|^toc heading$/.test(name)) return behind;
  const level = headingLevel(name, outline);
  if (level !== undefined) {
    const number = label === undefined || label.text === '-' ? '' : `${label.text} `;
    return [{ kind: 'heading', text: headingText(level, `${number}${text}`) }, ...behind];
  }
  // Styles for inner lists are lists of their own.
  const inner = Number(/^list \w+ ([2-5])$/.exec(name)?.[1] ?? 1) - 1;
  if (label !== undefined)
    return [
      { kind: 'item', text: `${'  '.repeat(Math.max(label.level, inner))}${label.text} ${text.replace(/\n/g, ' ')}` },
      ...behind,
    ];
  return [typedItem(text) ?? { kind: name === 'caption' ? 'caption' : 'paragraph', text }, ...behind];
}

/** Rows behind content controls too, but not those of tables inside of cells. */
const rowsOf = (table: XmlElement): XmlElement[] =>
  elements(table).flatMap((inner) =>
    inner.name === 'tr' ? [inner] : ['sdt', 'sdtContent', 'ins', 'customXml'].includes(inner.name) ? rowsOf(inner) : [],
  );
const cellsOf = (row: XmlElement): XmlElement[] =>
  elements(row).flatMap((inner) =>
    inner.name === 'tc' ? [inner] : ['sdt', 'sdtContent', 'customXml'].includes(inner.name) ? cellsOf(inner) : [],
  );

interface OpenCell {
  text: string;
  rowSpan: number;
  readonly columnSpan: number;
}

const cellText = (cell: XmlElement, context: DocxContext): string =>
  bodyBlocks(cell, context)
    .map(({ text }) => text.replace(/^#+ /, '').trim())
    .join('\n');

const count = (element: XmlElement | undefined): number => Number(attribute(element, 'val') ?? 1) || 1;

/** Cells by rows; a cell that goes on from above makes that one longer. */
function spannedRows(rows: readonly XmlElement[], context: DocxContext): SpannedCell[][] {
  const open = new Map<number, OpenCell>();
  return rows.map((row) => {
    const cells: OpenCell[] = [];
    const before = attribute(child(row, 'trPr', 'gridBefore'), 'val');
    if (before !== undefined) cells.push({ text: '', rowSpan: 1, columnSpan: Number(before) || 1 });
    let column = Number(before ?? 0) || 0;
    for (const cell of cellsOf(row)) {
      const properties = child(cell, 'tcPr');
      const merge = child(properties, 'vMerge');
      const columnSpan = count(child(properties, 'gridSpan'));
      const above = open.get(column);
      if (merge !== undefined && attribute(merge, 'val') !== 'restart' && above !== undefined) above.rowSpan++;
      else {
        const placed = { text: cellText(cell, context), rowSpan: 1, columnSpan };
        open.set(column, placed);
        cells.push(placed);
      }
      column += columnSpan;
    }
    return cells;
  });
}

/** A table of one cell, or with tables in it, lays a page out; its contents are what counts. */
function tableBlocks(table: XmlElement, context: DocxContext): Block[] {
  const rows = rowsOf(table);
  const cells = rows.flatMap(cellsOf);
  if (cells.length <= rows.length || cells.some((cell) => descendants(cell, 'tbl').length > 0))
    return cells.flatMap((cell) => bodyBlocks(cell, context));
  const marked = rows.findIndex((row) => !isOn(child(row, 'trPr', 'tblHeader')));
  const text = gridText(gridOf(spannedRows(rows, context)), { headerRows: Math.max(0, marked) });
  return [{ kind: 'table', text }];
}

/** A table of contents says nothing that the headings do not. */
const isContents = (control: XmlElement): boolean =>
  /table of contents/i.test(attribute(descendants(child(control, 'sdtPr'), 'docPartGallery')[0], 'val') ?? '');

/** The blocks of a body, a cell, a note or a text box. */
export function bodyBlocks(parent: XmlElement, context: DocxContext): Block[] {
  const blocks: Block[] = [];
  for (const element of elements(parent)) {
    // One by one: the arguments of a call are bounded.
    for (const block of elementBlocks(element, context)) blocks.push(block);
  }
  return blocks;
}

const wrappers = ['sdt', 'sdtContent', 'customXml', 'ins', 'moveTo', 'smartTag'];

function elementBlocks(element: XmlElement, context: DocxContext): Block[] {
  if (element.name === 'p') return paragraphBlocks(element, context);
  if (element.name === 'tbl') return tableBlocks(element, context);
  if (element.name === 'AlternateContent')
    return bodyBlocks(child(element, 'Choice') ?? child(element, 'Fallback') ?? element, context);
  return wrappers.includes(element.name) && !isContents(element) ? bodyBlocks(element, context) : [];
}
