/**
 * @file EPUB 2 and 3: the chapters of the spine in reading order. Everything is read as XML; a chapter without a heading takes the one that
 * the table of contents has for it.
 */
import { collectBytes } from '../../../records/bytes.ts';
import { htmlText } from '../html-text.ts';
import { headingText } from '../office/blocks.ts';
import { unpackArchive } from '../packed/archive.ts';
import { decodeXml } from '../packed/xml.ts';
import type { Reader } from '../reader.ts';
import { type Book, type Entries, openBook } from './book.ts';
import { xhtmlAsHtml } from './xhtml.ts';

const isText = (name: string): boolean => /\.(?:x?html?|xml|opf|ncx)$/i.test(name) || !/\.\w+$/.test(name);

async function chapterText(name: string, entries: Entries, { titles }: Book): Promise<string | undefined> {
  const bytes = entries.get(name);
  if (bytes === undefined) return undefined;
  const { text } = await htmlText(await xhtmlAsHtml(await decodeXml(bytes)), false);
  const title = titles.get(name);
  if (title === undefined || text === '' || /^#{1,6} /m.test(text)) return text;
  // Books set their titles as plain paragraphs too.
  const first = text.split('\n', 1)[0] ?? '';
  const rest = first.trim().toLowerCase() === title.title.toLowerCase() ? text.slice(first.length).trimStart() : text;
  return `${headingText(title.depth, title.title)}\n\n${rest}`;
}

/** `## Chapter the Third` above `# In which a clock is stopped`: one heading, whose number is set smaller. */
const labelAbove =
  /^(#{2,6}) ((?:Book|Part|Chapter) (?:\d{1,3}|[IVXLC]+|(?:the )?\p{L}+)|第[\p{Script=Han}\d]{1,5}[章回卷部])\n+(#{1,5}) (?=\S)/iu;
const joined = (whole: string, small: string, label: string, large: string): string =>
  large.length < small.length ? `${large} ${label}${/^第/.test(label) ? ' ' : '. '}` : whole;

/** A book is one document, its chapters in reading order. @throws QuarantineError when the archive is no EPUB, or protected. */
export const readEpub: Reader = async function* ({ id, bytes, limits }) {
  const entries = await unpackArchive(await collectBytes(bytes, limits), limits, isText);
  const book = await openBook(entries);
  const chapters: string[] = [];
  for (const name of book.chapters) {
    const text = await chapterText(name, entries, book);
    if (text !== undefined && text !== '') chapters.push(text.replace(labelAbove, joined));
  }
  const { title, licence, ...others } = book.stated;
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(others)) if (value !== undefined) metadata[name] = value;
  yield {
    type: 'document',
    id,
    text: chapters.join('\n\n'),
    metadata,
    ...(title === undefined ? {} : { title }),
    ...(licence === undefined ? {} : { licence }),
  };
};
