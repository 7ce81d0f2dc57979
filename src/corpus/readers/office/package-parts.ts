/** @file The parts of an Open Packaging archive (DOCX, XLSX, PPTX) and how they point at one another. */
import path from 'node:path';
import { collectBytes } from '../../../records/bytes.ts';
import { QuarantineError } from '../../../records/reader.ts';
import { unpackArchive } from '../packed/archive.ts';
import { attribute, child, decodeXml, descendants, elements, textOf, type XmlElement, xmlTree } from '../packed/xml.ts';
import type { RawDocument, ReaderInput } from '../reader.ts';

/** Where a part points to. */
export interface Relationship {
  readonly id: string;
  /** The last word of its type: `styles`, `worksheet`, `slide`. */
  readonly type: string;
  /** Name of the part. */
  readonly target: string;
}

/** An archive of parts. */
export interface PackageParts {
  /** The text of a part; undefined where there is none of that name. */
  readonly text: (name: string) => Promise<string | undefined>;
  /** What a part points to, outside targets left out. */
  readonly relationships: (name: string) => Promise<readonly Relationship[]>;
  /** The part that all others hang on. */
  readonly main: string;
}

/** `../media/a.xml` of `word/document.xml` as a name in the archive. */
const resolved = (from: string, target: string): string =>
  target.startsWith('/') ? target.slice(1) : path.posix.normalize(path.posix.join(path.posix.dirname(from), target));

/** @throws QuarantineError `corrupt` where the archive is none of the format, and as `unpackArchive` */
export async function openPackage({ bytes, limits }: ReaderInput, format: string): Promise<PackageParts> {
  const packed = await collectBytes(bytes, limits);
  const entries = await unpackArchive(packed, limits, (name) => /\.(?:xml|rels)$/i.test(name));
  const text = async (name: string): Promise<string | undefined> => {
    const found = entries.get(name);
    return found === undefined ? undefined : await decodeXml(found);
  };
  const relationships = async (name: string): Promise<Relationship[]> => {
    const { dir, base } = path.posix.parse(name);
    const xml = await text(path.posix.join(dir, '_rels', `${base}.rels`));
    if (xml === undefined) return [];
    return elements(child(await xmlTree(xml), 'Relationships'), 'Relationship')
      .filter((element) => attribute(element, 'TargetMode') !== 'External')
      .map((element) => ({
        id: attribute(element, 'Id') ?? '',
        type: (attribute(element, 'Type') ?? '').replace(/^.*\//, ''),
        target: resolved(name, attribute(element, 'Target') ?? ''),
      }));
  };
  const main = (await relationships('')).find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined || !entries.has(main))
    throw new QuarantineError('corrupt', `the archive is no ${format}: it names no main part`);
  return { text, relationships, main };
}

/** The tree of a part that may be missing. */
export async function partTree(parts: PackageParts, name: string | undefined): Promise<XmlElement | undefined> {
  const xml = name === undefined ? undefined : await parts.text(name);
  return xml === undefined ? undefined : await xmlTree(xml);
}

/** The first part of a type that one points to. */
export async function relatedPart(parts: PackageParts, type: string): Promise<string | undefined> {
  return (await parts.relationships(parts.main)).find((relationship) => relationship.type === type)?.target;
}

/** What writers put there who were told nothing. */
const noTitle =
  /^\W*(?:untitled.*|document\d*|word document|powerpoint presentation|presentation\d*|slide \d+|book\d*|.*\.\w{2,5})\W*$/i;

/** Title, author and the like as the file states them. */
export async function statedProperties(parts: PackageParts): Promise<Pick<RawDocument, 'title' | 'metadata'>> {
  const target = (await parts.relationships('')).find(({ type }) => type === 'core-properties')?.target;
  const tree = await partTree(parts, target);
  const stated = (name: string): string | undefined => textOf(descendants(tree, name)[0]).trim() || undefined;
  const title = stated('title');
  const fields = { author: stated('creator'), declaredLanguage: stated('language'), date: stated('created') };
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) metadata[name] = value;
  return { metadata, ...(title === undefined || noTitle.test(title) ? {} : { title }) };
}
