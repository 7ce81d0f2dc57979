/**
 * @file EPUB 2 and 3: the chapters of the spine in reading order. The archive is unpacked in memory, never to disk, after
 * its directory has shown that it fits; entries that point outside the archive set the whole book aside.
 */
import { messageOf } from '../../errors.ts';
import { checkExpansion, checkSize, collectBytes, decodeUtf8 } from '../../records/bytes.ts';
import { optionalPackage } from '../../records/optional-package.ts';
import { QuarantineError, type ReadLimits } from '../../records/reader.ts';
import { htmlText } from './html-text.ts';
import type { Reader } from './reader.ts';

const leavesArchive = (name: string): boolean => /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/.test(name);

/** The text entries of the archive. @throws QuarantineError `unsafe-path`, `too-large`, `expands-too-far` or `corrupt`. */
async function unpack(packed: Uint8Array, limits: ReadLimits): Promise<Record<string, Uint8Array>> {
  const { unzipSync } = await optionalPackage('fflate', () => import('fflate'));
  let total = 0;
  try {
    // fflate unpacks each entry into a buffer of the size that the directory states, so a false size cannot exceed it.
    return unzipSync(packed, {
      filter: ({ name, originalSize }) => {
        if (leavesArchive(name)) throw new QuarantineError('unsafe-path', `the archive has an entry called "${name}"`);
        if (!/\.(?:x?html?|xml|opf|ncx)$/i.test(name)) return false;
        total += originalSize;
        checkExpansion(packed.length, total, limits);
        checkSize(total, limits);
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof QuarantineError) throw cause;
    const why = messageOf(cause);
    throw new QuarantineError('corrupt', `not readable as a zip archive: ${why}`, { cause });
  }
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];
const tags = (xml: string, name: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? [];
const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<dc:${name}\\b[^>]*>([^<]*)</dc:${name}>`).exec(xml)?.[1]?.trim() || undefined;

/** `href` of the manifest as a name in the archive. */
function entryName(packageFile: string, href: string): string {
  const folder = packageFile.includes('/') ? packageFile.slice(0, packageFile.lastIndexOf('/') + 1) : '';
  return decodeURIComponent(new URL(href.split('#')[0] ?? '', `zip:///${folder}`).pathname).slice(1);
}

/** The names of the chapters' entries, in reading order. */
function readingOrder(packageFile: string, opf: string): string[] {
  const items = new Map(tags(opf, 'item').map((tag) => [attribute(tag, 'id'), attribute(tag, 'href')]));
  return tags(opf, 'itemref').flatMap((tag) => {
    const href = items.get(attribute(tag, 'idref'));
    return href === undefined ? [] : [entryName(packageFile, href)];
  });
}

/** A book is one document, its chapters in reading order. @throws QuarantineError when the archive is no EPUB. */
export const readEpub: Reader = async function* ({ id, bytes, limits }) {
  const entries = await unpack(await collectBytes(bytes, limits), limits);
  const entry = (name: string): string | undefined => {
    const found = entries[name];
    return found === undefined ? undefined : decodeUtf8(found);
  };
  const container = entry('META-INF/container.xml') ?? '';
  const packageFile = attribute(tags(container, 'rootfile')[0] ?? '', 'full-path');
  const opf = packageFile === undefined ? undefined : entry(packageFile);
  if (packageFile === undefined || opf === undefined)
    throw new QuarantineError('corrupt', 'the archive is no EPUB: META-INF/container.xml names no package file');
  const chapters: string[] = [];
  for (const name of readingOrder(packageFile, opf)) {
    const html = entry(name);
    if (html !== undefined) chapters.push((await htmlText(html, false)).text);
  }
  const metadata: Record<string, string> = {};
  const stated = {
    author: element(opf, 'creator'),
    declaredLanguage: element(opf, 'language'),
    date: element(opf, 'date'),
  };
  for (const [name, value] of Object.entries(stated)) if (value !== undefined) metadata[name] = value;
  const title = element(opf, 'title');
  const licence = element(opf, 'rights');
  yield {
    type: 'document',
    id,
    text: chapters.join('\n\n'),
    metadata,
    ...(title === undefined ? {} : { title }),
    ...(licence === undefined ? {} : { licence }),
  };
};
