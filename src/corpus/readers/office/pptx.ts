/**
 * @file PPTX (and PPTM): every slide is a section, with its texts, lists and tables, and the speaker's notes behind them (ECMA-376, part 1).
 * Hidden slides are left out and counted.
 */

import { attribute, child, descendants, elements, type XmlElement } from '../packed/xml.ts';
import type { Reader } from '../reader.ts';
import { type Block, blocksText, headingText } from './blocks.ts';
import { countLabel } from './count-label.ts';
import { gridOf, gridText } from './grid.ts';
import { openPackage, type PackageParts, partTree, statedProperties } from './package-parts.ts';

/** Placeholders that stand on every slide. */
const running = new Set(['dt', 'ftr', 'hdr', 'sldNum', 'sldImg']);
const titles = new Set(['title', 'ctrTitle']);

const placeholder = (shape: XmlElement): string | undefined => {
  const found = elements(shape).find(({ name }) => name.startsWith('nv'));
  const mark = child(found, 'nvPr', 'ph');
  return mark === undefined ? undefined : (attribute(mark, 'type') ?? 'body');
};

/** The text of a paragraph; line ends within it are `\n`. */
function paragraphText(paragraph: XmlElement): string {
  let text = '';
  for (const part of elements(paragraph)) {
    if (part.name === 'br') text += '\n';
    else if (part.name === 'r' || part.name === 'fld') text += child(part, 't')?.children.join('') ?? '';
    else if (part.name === 'AlternateContent' || part.name === 'm')
      for (const inner of descendants(part, 't')) text += inner.children.join('');
  }
  return text.trim();
}

const paragraphsOf = (body: XmlElement | undefined): XmlElement[] => elements(body, 'p');

/** Paragraphs of a body with more than one are the items of its list, unless they say otherwise. */
function bodyBlocks(body: XmlElement | undefined, listed: boolean): Block[] {
  const paragraphs = paragraphsOf(body).filter((paragraph) => paragraphText(paragraph) !== '');
  const counts: number[] = [];
  return paragraphs.map((paragraph): Block => {
    const properties = child(paragraph, 'pPr');
    const level = Math.min(8, Number(attribute(properties, 'lvl') ?? 0) || 0);
    const numbered = child(properties, 'buAutoNum');
    counts.length = Math.min(counts.length, level + 1);
    counts[level] = numbered === undefined ? 0 : (counts[level] ?? 0) + 1;
    const bullet = child(properties, 'buChar') !== undefined;
    const none = child(properties, 'buNone') !== undefined;
    const text = paragraphText(paragraph);
    const indent = '  '.repeat(level);
    const item = text.replace(/\s*\n\s*/g, ' ');
    if (numbered !== undefined)
      return { kind: 'item', text: `${indent}${autoNumber(counts[level] ?? 1, numbered)} ${item}` };
    if (bullet || (listed && paragraphs.length > 1 && !none)) return { kind: 'item', text: `${indent}- ${item}` };
    return { kind: 'paragraph', text };
  });
}

/** @example autoNumber(2, alphaLcParenR) // 'b)' */
function autoNumber(count: number, element: XmlElement): string {
  const type = attribute(element, 'type') ?? 'arabicPeriod';
  const start = Number(attribute(element, 'startAt') ?? 1) || 1;
  const forms = { alphaLc: 'lowerLetter', alphaUc: 'upperLetter', romanLc: 'lowerRoman', romanUc: 'upperRoman' };
  const format = Object.entries(forms).find(([form]) => type.startsWith(form))?.[1] ?? 'decimal';
  const label = countLabel(start + count - 1, format);
  if (type.endsWith('ParenBoth')) return `(${label})`;
  return `${label}${type.endsWith('ParenR') ? ')' : '.'}`;
}

const span = (cell: XmlElement, name: string): number => Number(attribute(cell, name) ?? 1) || 1;

function tableBlock(table: XmlElement): Block {
  const rows = elements(table, 'tr').map((row) =>
    elements(row, 'tc')
      // Those are covered by a cell to the left of them or above.
      .filter((cell) => attribute(cell, 'hMerge') === undefined && attribute(cell, 'vMerge') === undefined)
      .map((cell) => ({
        text: paragraphsOf(child(cell, 'txBody')).map(paragraphText).filter(Boolean).join('\n'),
        rowSpan: span(cell, 'rowSpan'),
        columnSpan: span(cell, 'gridSpan'),
      })),
  );
  return { kind: 'table', text: gridText(gridOf(rows)) };
}

/** Shapes of a slide in their order, groups opened. */
function shapeBlocks(tree: XmlElement | undefined): Block[] {
  return elements(tree).flatMap((shape) => {
    const kind = placeholder(shape);
    if (shape.name === 'grpSp') return shapeBlocks(shape);
    if (shape.name === 'AlternateContent') return shapeBlocks(child(shape, 'Choice') ?? child(shape, 'Fallback'));
    if (shape.name === 'graphicFrame') return descendants(shape, 'tbl').map(tableBlock);
    if (shape.name !== 'sp' || (kind !== undefined && (running.has(kind) || titles.has(kind)))) return [];
    return bodyBlocks(child(shape, 'txBody'), kind !== undefined && kind !== 'subTitle');
  });
}

function titleOf(tree: XmlElement | undefined): string {
  const shape = descendants(tree, 'sp').find((found) => titles.has(placeholder(found) ?? ''));
  return paragraphsOf(child(shape, 'txBody')).map(paragraphText).filter(Boolean).join(' ');
}

/** The title of the first slide is that of the document where its layout is the one for titles. */
const isOpening = (tree: XmlElement | undefined): boolean =>
  descendants(tree, 'sp').some((shape) => placeholder(shape) === 'ctrTitle');

async function notesBlocks(parts: PackageParts, slide: string): Promise<Block[]> {
  const target = (await parts.relationships(slide)).find(({ type }) => type === 'notesSlide')?.target;
  const tree = child(await partTree(parts, target), 'notes', 'cSld', 'spTree');
  const shapes = descendants(tree, 'sp').filter((shape) => placeholder(shape) === 'body');
  const texts = shapes.flatMap((shape) => paragraphsOf(child(shape, 'txBody')).map(paragraphText)).filter(Boolean);
  return texts.map((text, i): Block => ({ kind: 'paragraph', text: i === 0 ? `Notes: ${text}` : text }));
}

/** A file is one document. @throws QuarantineError when it is damaged, encrypted or too large. */
export const readPptx: Reader = async function* (input) {
  const parts = await openPackage(input, 'PPTX');
  const list = child(await partTree(parts, parts.main), 'presentation', 'sldIdLst');
  const targets = new Map((await parts.relationships(parts.main)).map(({ id, target }) => [id, target]));
  const blocks: Block[] = [];
  let [number, hiddenSlides] = [0, 0];
  let own: string | undefined;
  for (const entry of elements(list, 'sldId')) {
    const name = targets.get(Object.entries(entry.attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '');
    const slide = child(await partTree(parts, name), 'sld');
    number++;
    if (slide === undefined || name === undefined) continue;
    if (['0', 'false'].includes(attribute(slide, 'show') ?? '')) {
      hiddenSlides++;
      continue;
    }
    const tree = child(slide, 'cSld', 'spTree');
    const found = [...shapeBlocks(tree), ...(await notesBlocks(parts, name))];
    const title = titleOf(tree);
    if (title === '' && found.length === 0) continue;
    const opening = blocks.length === 0 && isOpening(tree) && title !== '';
    if (opening) blocks.push({ kind: 'paragraph', text: title });
    else blocks.push({ kind: 'heading', text: headingText(1, title === '' ? `Slide ${number}` : title) });
    if (opening) own = title;
    for (const block of found) blocks.push(block);
  }
  const { title = own, metadata } = await statedProperties(parts);
  const counted = hiddenSlides === 0 ? metadata : { ...metadata, hiddenSlides };
  const text = blocksText(blocks);
  yield { type: 'document', id: input.id, text, metadata: counted, ...(title === undefined ? {} : { title }) };
};
