/** @file What an EPUB says of itself: its package file with title, reading order and protection, and the titles of its table of contents. */
import path from 'node:path';
import { QuarantineError } from '../../../records/reader.ts';
import { attribute, child, decodeXml, descendants, elements, textOf, type XmlElement, xmlTree } from '../packed/xml.ts';

/** The unpacked entries of a book. */
export type Entries = ReadonlyMap<string, Uint8Array>;

/** A book as its package file states it. */
export interface Book {
  /** Names of the chapters' entries in reading order, those beside the line of reading at the end. */
  readonly chapters: readonly string[];
  /** Title and depth, from 1, of the entries that the table of contents leads to. */
  readonly titles: ReadonlyMap<string, { readonly title: string; readonly depth: number }>;
  readonly stated: Readonly<Record<string, string | undefined>>;
}

/** A `%` that encodes nothing stands for itself. */
const decoded = (href: string): string =>
  href.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch (error) {
      if (error instanceof URIError) return run;
      throw error;
    }
  });

/** An `href` as the name of an entry: as it is written, or with its `%20` decoded. */
function entryName(entries: Entries, from: string, href: string): string {
  const [plain = ''] = href.split('#');
  const name = (written: string): string =>
    written.startsWith('/')
      ? written.slice(1)
      : path.posix.normalize(path.posix.join(path.posix.dirname(from), written));
  const found = [plain, decoded(plain)].map(name).find((candidate) => entries.has(candidate));
  return found ?? name(decoded(plain));
}

const tree = async (entries: Entries, name: string | undefined): Promise<XmlElement | undefined> => {
  const bytes = name === undefined ? undefined : entries.get(name);
  return bytes === undefined ? undefined : await xmlTree(await decodeXml(bytes));
};

/** Ways to make fonts unreadable outside of the book; the text is open. */
const fontsOnly = /obfuscation|RC$|mangling/i;

/** @throws QuarantineError `encrypted` where a chapter is */
async function checkProtection(entries: Entries, chapters: readonly string[]): Promise<void> {
  const encryption = await tree(entries, 'META-INF/encryption.xml');
  const locked = descendants(encryption, 'EncryptedData')
    .filter((data) => !fontsOnly.test(attribute(child(data, 'EncryptionMethod'), 'Algorithm') ?? ''))
    .map((data) => decoded(attribute(descendants(data, 'CipherReference')[0], 'URI') ?? ''));
  const names = new Set(chapters);
  const chapter = locked.find((name) => names.has(name));
  if (chapter !== undefined)
    throw new QuarantineError('encrypted', `the book is protected: its chapter ${chapter} is encrypted`);
}

type Titles = Map<string, { title: string; depth: number }>;

/** Lists within lists of an EPUB 3, `navPoint` within `navPoint` of an EPUB 2. The first title of an entry is that of its beginning. */
function collectTitles(
  parent: XmlElement,
  depth: number,
  put: (href: string, title: string, depth: number) => void,
): void {
  for (const inner of elements(parent)) {
    if (inner.name === 'navPoint') {
      const href = attribute(child(inner, 'content'), 'src') ?? '';
      put(href, textOf(child(inner, 'navLabel')), depth + 1);
      collectTitles(inner, depth + 1, put);
    } else if (inner.name === 'a') put(attribute(inner, 'href') ?? '', textOf(inner), Math.max(1, depth));
    else collectTitles(inner, inner.name === 'ol' ? depth + 1 : depth, put);
  }
}

async function titlesOf(entries: Entries, packageFile: string, items: readonly XmlElement[]): Promise<Titles> {
  const titles: Titles = new Map();
  const href = (item: XmlElement | undefined): string | undefined => attribute(item, 'href');
  const navigation = items.find((item) => /\bnav\b/.test(attribute(item, 'properties') ?? ''));
  const ncx = items.find((item) => attribute(item, 'media-type') === 'application/x-dtbncx+xml');
  for (const item of [navigation, ncx]) {
    const written = href(item);
    if (written === undefined || titles.size > 0) continue;
    const name = entryName(entries, packageFile, written);
    const root = await tree(entries, name);
    const contents =
      descendants(root, 'nav').find((nav) => (attribute(nav, 'type') ?? 'toc') === 'toc') ??
      descendants(root, 'navMap')[0];
    if (contents === undefined) continue;
    collectTitles(contents, 0, (target, title, depth) => {
      const entry = entryName(entries, name, target);
      const plain = title.replace(/\s+/g, ' ').trim();
      if (plain !== '' && !target.includes('#') && !titles.has(entry)) titles.set(entry, { title: plain, depth });
    });
  }
  return titles;
}

/** @throws QuarantineError `corrupt` when the archive is no EPUB, `encrypted` when it is protected */
export async function openBook(entries: Entries): Promise<Book> {
  const container = await tree(entries, 'META-INF/container.xml');
  const packageFile = attribute(descendants(container, 'rootfile')[0], 'full-path');
  const opf = child(await tree(entries, packageFile), 'package');
  if (packageFile === undefined || opf === undefined)
    throw new QuarantineError('corrupt', 'the archive is no EPUB: META-INF/container.xml names no package file');
  const items = elements(child(opf, 'manifest'), 'item');
  // The table of contents says nothing that the headings do not.
  const read = items.filter((item) => !/\bnav\b/.test(attribute(item, 'properties') ?? ''));
  const byId = new Map(read.map((item) => [attribute(item, 'id'), attribute(item, 'href')]));
  const references = elements(child(opf, 'spine'), 'itemref');
  const aside = (reference: XmlElement): boolean => attribute(reference, 'linear') === 'no';
  const ordered = [...references.filter((reference) => !aside(reference)), ...references.filter(aside)];
  const names = ordered.flatMap((reference) => {
    const href = byId.get(attribute(reference, 'idref'));
    return href === undefined ? [] : [entryName(entries, packageFile, href)];
  });
  // An entry that stands twice, or by two marks in it, is read once.
  const chapters = [...new Set(names)];
  await checkProtection(entries, chapters);
  const metadata = child(opf, 'metadata');
  const value = (name: string): string | undefined =>
    textOf(child(metadata, name) ?? child(metadata, 'dc-metadata', name))
      .replace(/\s+/g, ' ')
      .trim() || undefined;
  const fields = { title: 'title', author: 'creator', declaredLanguage: 'language', date: 'date', licence: 'rights' };
  const stated = Object.fromEntries(Object.entries(fields).map(([key, name]) => [key, value(name)]));
  return { chapters, titles: await titlesOf(entries, packageFile, items), stated };
}
