/**
 * @file ODT: headings, lists with their numbers, tables, captions, notes behind the text; without deletions, comments and indexes
 * (OASIS OpenDocument 1.3, part 3).
 */

import { attribute, child, descendants, elements, type XmlElement } from '../packed/xml.ts';
import type { Reader } from '../reader.ts';
import { type Block, blocksText, headingText, typedItem } from './blocks.ts';
import { countLabel } from './count-label.ts';
import { gridOf, gridText } from './grid.ts';
import { cellTextOf, inGroups, type OdfParts, odfText, openOdf } from './odf.ts';

/** What all parts of a document share while it is laid out. */
interface OdtContext {
  readonly parts: OdfParts;
  readonly notes: XmlElement[];
  /** The counts of lists that others go on with, by their identifier. */
  readonly counts: Map<string, number>;
}

/** Where a list stands while it is laid out. */
interface OpenList {
  readonly level: number;
  readonly style: XmlElement | undefined;
}

/** The names of a paragraph's style and of those that it builds on. */
function styleNames(parts: OdfParts, name: string | undefined): string[] {
  const names: string[] = [];
  for (let at = name; at !== undefined && !names.includes(at) && names.length < 20; )
    at = attribute(parts.styles.get(names[names.push(at) - 1] ?? ''), 'parent-style-name');
  return names;
}

const isStyle = (names: readonly string[], form: RegExp): boolean =>
  names.some((name) => form.test(name.replaceAll('_20_', ' ')));

function inline(element: XmlElement, context: OdtContext): { text: string; behind: Block[] } {
  const frames: XmlElement[] = [];
  const onNote = (note: XmlElement): string => `[^${context.notes.push(note)}]`;
  const text = odfText(element, onNote, (frame) => frames.push(frame)).trim();
  const behind = frames.flatMap((frame) =>
    frame.name === 'table' ? tableBlocks(frame, context) : bodyBlocks(frame, context),
  );
  return { text, behind };
}

function paragraphBlocks(element: XmlElement, context: OdtContext): Block[] {
  const { text, behind } = inline(element, context);
  const names = styleNames(context.parts, attribute(element, 'style-name'));
  if (text === '') return behind;
  const caption = isStyle(names, /^(?:Caption|Table|Illustration|Drawing|Figure)$/);
  if (caption) return [{ kind: 'caption', text }, ...behind];
  return [...behind, typedItem(text) ?? { kind: 'paragraph', text }];
}

function headingBlocks(element: XmlElement, context: OdtContext): Block[] {
  const { text, behind } = inline(element, context);
  const level = Number(attribute(element, 'outline-level') ?? 1) || 1;
  return text === '' ? behind : [{ kind: 'heading', text: headingText(level, text) }, ...behind];
}

/** What stands before an item at a level of a list. */
function labelOf({ level, style }: OpenList, count: number): string {
  const rule = elements(style).find((found) => Number(attribute(found, 'level')) === level + 1);
  if (rule === undefined || rule.name === 'list-level-style-bullet') return '-';
  const format = attribute(rule, 'num-format') ?? '1';
  if (format === '') return '-';
  const suffix = attribute(rule, 'num-suffix') ?? '.';
  return `${attribute(rule, 'num-prefix') ?? ''}${countLabel(count, format)}${suffix}`.trim();
}

function listBlocks(list: XmlElement, context: OdtContext, outer?: OpenList): Block[] {
  const name = attribute(list, 'style-name');
  const style = name === undefined ? outer?.style : context.parts.listStyles.get(name);
  const open: OpenList = { level: outer === undefined ? 0 : outer.level + 1, style };
  const before = attribute(list, 'continue-list');
  const goesOn = attribute(list, 'continue-numbering') === 'true' ? name : undefined;
  let count = context.counts.get(before ?? goesOn ?? '') ?? 0;
  const blocks: Block[] = [];
  for (const item of elements(list)) {
    if (item.name === 'list-item') count = Number(attribute(item, 'start-value') ?? count + 1) || count + 1;
    let label = item.name === 'list-item' ? `${labelOf(open, count)} ` : '';
    for (const part of elements(item)) {
      const found = part.name === 'list' ? listBlocks(part, context, open) : partBlocks(part, context);
      for (const block of found) {
        const listed = part.name !== 'list' && block.kind === 'paragraph';
        const text = listed ? `${'  '.repeat(open.level)}${label}${block.text.replace(/\n/g, ' ')}` : block.text;
        blocks.push(listed ? { kind: 'item', text } : block);
        if (listed) label = '';
      }
    }
  }
  for (const key of [attribute(list, 'id'), name]) if (key !== undefined) context.counts.set(key, count);
  return blocks;
}

const span = (cell: XmlElement, name: string): number => Number(attribute(cell, name) ?? 1) || 1;
const rowGroups = ['table-header-rows', 'table-rows', 'table-row-group'];

/** A table of one cell, or with tables in it, lays a page out; its contents are what counts. */
function tableBlocks(table: XmlElement, context: OdtContext): Block[] {
  const rows = inGroups(table, 'table-row', rowGroups);
  const cells = rows.map((row) => elements(row, 'table-cell'));
  const all = cells.flat();
  if (all.length <= rows.length || all.some((cell) => descendants(cell, 'table').length > 0))
    return all.flatMap((cell) => bodyBlocks(cell, context));
  const spanned = cells.map((row) =>
    row.map((cell) => ({
      text: cellTextOf(cell),
      rowSpan: span(cell, 'number-rows-spanned'),
      columnSpan: span(cell, 'number-columns-spanned'),
    })),
  );
  const header = child(table, 'table-header-rows');
  const headerRows = header === undefined ? 0 : inGroups(header, 'table-row', rowGroups).length;
  return [{ kind: 'table', text: gridText(gridOf(spanned), { headerRows }) }];
}

/** Tables of contents and other indexes say nothing that the text does not. */
const isIndex = (name: string): boolean => name === 'bibliography' || /-(?:index|of-content)$/.test(name);
const wrappers = new Set(['section', 'frame', 'text-box', 'g', 'index-body', 'soft-page-break', 'numbered-paragraph']);

function partBlocks(element: XmlElement, context: OdtContext): Block[] {
  if (element.name === 'p') return paragraphBlocks(element, context);
  if (element.name === 'h') return headingBlocks(element, context);
  if (element.name === 'list') return listBlocks(element, context);
  if (element.name === 'table') return tableBlocks(element, context);
  if (isIndex(element.name) || attribute(element, 'display') === 'none') return [];
  return wrappers.has(element.name) ? bodyBlocks(element, context) : [];
}

function bodyBlocks(parent: XmlElement, context: OdtContext): Block[] {
  const blocks: Block[] = [];
  // One by one: the arguments of a call are bounded.
  for (const element of elements(parent)) for (const block of partBlocks(element, context)) blocks.push(block);
  return blocks;
}

function noteBlocks(context: OdtContext): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < context.notes.length; at++) {
    const body = child(context.notes[at], 'note-body');
    const texts = body === undefined ? [] : bodyBlocks(body, context).map(({ text }) => text.replace(/\s+/g, ' '));
    blocks.push({ kind: 'note', text: `[^${at + 1}]: ${texts.join(' ')}` });
  }
  return blocks;
}

/** A file is one document. @throws QuarantineError when it is damaged, encrypted or too large. */
export const readOdt: Reader = async function* (input) {
  const parts = await openOdf(input, 'text');
  const isTitle = (paragraph: XmlElement): boolean =>
    isStyle(styleNames(parts, attribute(paragraph, 'style-name')), /^Title$/);
  const titles = elements(parts.body, 'p').filter(isTitle);
  const context: OdtContext = { parts, notes: [], counts: new Map() };
  const blocks = bodyBlocks(parts.body, context);
  for (const block of noteBlocks(context)) blocks.push(block);
  const own = titles.length === 1 && titles[0] !== undefined ? odfText(titles[0]).trim() : '';
  const title = own === '' ? parts.stated.title : own;
  const text = blocksText(blocks);
  yield {
    type: 'document',
    id: input.id,
    text,
    metadata: parts.stated.metadata,
    ...(title === undefined ? {} : { title }),
  };
};
