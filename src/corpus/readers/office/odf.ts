/** @file What OpenDocument files (ODT, ODS) share: their parts, properties and the text of a paragraph (OASIS OpenDocument 1.3). */
import { collectBytes } from '../../../records/bytes.ts';
import { QuarantineError } from '../../../records/reader.ts';
import { unpackArchive } from '../packed/archive.ts';
import { attribute, child, decodeXml, descendants, elements, textOf, type XmlElement, xmlTree } from '../packed/xml.ts';
import type { RawDocument, ReaderInput } from '../reader.ts';

/** Elements that a reader of the document does not see: deletions, comments, pictures' descriptions, scripts. */
const dropped: ReadonlySet<string> = new Set([
  'tracked-changes',
  'annotation',
  'annotation-end',
  'scripts',
  'binary-data',
  'ruby-text',
  'title',
  'desc',
  'event-listeners',
  'forms',
  'calculation-settings',
]);

/** A document in its parts. */
export interface OdfParts {
  /** Under `office:body`: `text` or `spreadsheet`. */
  readonly body: XmlElement;
  /** Styles of the content and of the file, by name. */
  readonly styles: ReadonlyMap<string, XmlElement>;
  /** List styles by name. */
  readonly listStyles: ReadonlyMap<string, XmlElement>;
  readonly stated: Pick<RawDocument, 'title' | 'metadata'>;
}

function statedOf(meta: XmlElement | undefined): OdfParts['stated'] {
  const inner = child(meta, 'document-meta', 'meta');
  const value = (name: string): string | undefined => textOf(child(inner, name)).trim() || undefined;
  const fields = { author: value('creator') ?? value('initial-creator'), declaredLanguage: value('language') };
  const metadata: Record<string, string> = {};
  for (const [name, text] of Object.entries(fields)) if (text !== undefined) metadata[name] = text;
  const title = value('title');
  return { metadata, ...(title === undefined ? {} : { title }) };
}

/** Encrypted files keep their directory readable. */
function checkEncryption(manifest: string | undefined): void {
  if (manifest !== undefined && /<(?:\w+:)?encryption-data[\s/>]/.test(manifest))
    throw new QuarantineError('encrypted', 'the file is encrypted; save it without a password to read it');
}

/** @throws QuarantineError `corrupt` where the archive is none of the format, `encrypted`, and as `unpackArchive` */
export async function openOdf({ bytes, limits }: ReaderInput, kind: 'text' | 'spreadsheet'): Promise<OdfParts> {
  const names = ['content.xml', 'styles.xml', 'meta.xml', 'META-INF/manifest.xml'];
  const entries = await unpackArchive(await collectBytes(bytes, limits), limits, (name) => names.includes(name));
  const text = async (name: string): Promise<string | undefined> => {
    const found = entries.get(name);
    return found === undefined ? undefined : await decodeXml(found);
  };
  checkEncryption(await text('META-INF/manifest.xml'));
  const tree = async (name: string, left = dropped) => xmlTree((await text(name)) ?? '', left);
  const content = child(await tree('content.xml'), 'document-content');
  const body = child(content, 'body', kind);
  if (body === undefined) throw new QuarantineError('corrupt', `the archive is no OpenDocument ${kind}`);
  const shared = child(await tree('styles.xml'), 'document-styles');
  const holders = [child(shared, 'styles'), child(shared, 'automatic-styles'), child(content, 'automatic-styles')];
  const byName = (name: string) =>
    new Map(
      holders.flatMap((holder) => elements(holder, name)).map((style) => [attribute(style, 'name') ?? '', style]),
    );
  const stated = statedOf(await tree('meta.xml', new Set()));
  return { body, styles: byName('style'), listStyles: byName('list-style'), stated };
}

/** Blanks that one element may stand for. */
const mostBlanks = 100;

/** The text of a paragraph; notes are told to `onNote`, which gives their mark, and frames to `onFrame`. */
export function odfText(
  parent: XmlElement,
  onNote: (note: XmlElement) => string = () => '',
  onFrame: (frame: XmlElement) => void = () => undefined,
): string {
  let text = '';
  for (const part of parent.children) {
    // Line ends and runs of blanks of the file are one blank.
    if (typeof part === 'string') text += part.replace(/\s+/g, ' ');
    else if (part.name === 's') text += ' '.repeat(Math.min(mostBlanks, Number(attribute(part, 'c') ?? 1) || 1));
    else if (part.name === 'tab') text += '\t';
    else if (part.name === 'line-break') text += '\n';
    else if (part.name === 'note') text += onNote(part);
    else if (part.name === 'text-box' || part.name === 'table') onFrame(part);
    else text += odfText(part, onNote, onFrame);
  }
  return text;
}

/** Texts that several elements may repeat, as the file counts them. */
export const repeated = (element: XmlElement, name: string): number => {
  const count = Number(attribute(element, name) ?? 1);
  return Number.isFinite(count) && count > 1 ? count : 1;
};

/** All elements of a name, also those in groups and header rows. */
export const inGroups = (parent: XmlElement, name: string, groups: readonly string[]): XmlElement[] =>
  elements(parent).flatMap((inner) =>
    inner.name === name ? [inner] : groups.includes(inner.name) ? inGroups(inner, name, groups) : [],
  );

/** The paragraphs of a cell, one a line. */
export const cellTextOf = (cell: XmlElement): string =>
  [...descendants(cell, 'h'), ...descendants(cell, 'p')].length === 0
    ? ''
    : paragraphsIn(cell)
        .map((paragraph) => odfText(paragraph).trim())
        .filter(Boolean)
        .join('\n');

const paragraphsIn = (parent: XmlElement): XmlElement[] =>
  elements(parent).flatMap((inner) => (inner.name === 'p' || inner.name === 'h' ? [inner] : paragraphsIn(inner)));
