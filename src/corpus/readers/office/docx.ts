/** @file DOCX (and DOCM, whose macros are not looked at): the text of the body with its notes behind it (ECMA-376, part 1). */
import { QuarantineError } from '../../../records/reader.ts';
import { attribute, child, descendants, elements, type XmlElement, xmlTree } from '../packed/xml.ts';
import type { Reader } from '../reader.ts';
import { type Block, blocksText } from './blocks.ts';
import { bodyBlocks, type DocxContext, droppedParts } from './docx-body.ts';
import { Numbering } from './docx-numbering.ts';
import { Styles } from './docx-styles.ts';
import { openPackage, type PackageParts, partTree, relatedPart, statedProperties } from './package-parts.ts';

/** The notes of a kind by their key in the context. */
async function notesOf(parts: PackageParts, kind: 'footnote' | 'endnote'): Promise<Map<string, XmlElement>> {
  const name = await relatedPart(parts, `${kind}s`);
  const xml = name === undefined ? undefined : await parts.text(name);
  const tree = xml === undefined ? undefined : await xmlTree(xml, droppedParts);
  return new Map(
    elements(child(tree, `${kind}s`), kind).map((element) => [`${kind} ${attribute(element, 'id')}`, element]),
  );
}

/** Behind the text, in the order of their marks; a note may refer to another. */
async function noteBlocks(parts: PackageParts, context: DocxContext): Promise<Block[]> {
  if (context.notes.length === 0) return [];
  const notes = new Map([...(await notesOf(parts, 'footnote')), ...(await notesOf(parts, 'endnote'))]);
  const blocks: Block[] = [];
  for (let at = 0; at < context.notes.length; at++) {
    const note = notes.get(context.notes[at] ?? '');
    if (note === undefined) continue;
    const text = bodyBlocks(note, context).map((block) => block.text.replace(/\s+/g, ' ').trim());
    blocks.push({ kind: 'note', text: `[^${at + 1}]: ${text.join(' ')}` });
  }
  return blocks;
}

/** A file is one document. @throws QuarantineError when it is damaged, encrypted or too large. */
export const readDocx: Reader = async function* (input) {
  const parts = await openPackage(input, 'DOCX');
  const xml = await parts.text(parts.main);
  const body = child(await xmlTree(xml ?? '', droppedParts), 'document', 'body');
  if (body === undefined) throw new QuarantineError('corrupt', 'the archive is no DOCX: its main part has no body');
  const styles = new Styles(await partTree(parts, await relatedPart(parts, 'styles')));
  const titles = elements(body, 'p').filter((paragraph) => styles.of(child(paragraph, 'pPr')).name === 'title');
  const context: DocxContext = {
    styles,
    numbering: new Numbering(await partTree(parts, await relatedPart(parts, 'numbering'))),
    notes: [],
  };
  const blocks = bodyBlocks(body, context);
  for (const block of await noteBlocks(parts, context)) blocks.push(block);
  const { title, metadata } = await statedProperties(parts);
  const own = titles.length === 1 ? titleText(titles[0]) : undefined;
  const stated = own ?? title;
  yield {
    type: 'document',
    id: input.id,
    text: blocksText(blocks),
    metadata,
    ...(stated === undefined ? {} : { title: stated }),
  };
};

const titleText = (paragraph: XmlElement | undefined): string | undefined =>
  descendants(paragraph, 't')
    .map(({ children }) => children.join(''))
    .join('')
    .trim() || undefined;
