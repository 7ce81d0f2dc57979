/**
 * @file P1 for a user's own documents: plain text and Markdown files, each cut into parts that can serve the nine tasks.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import type { Document } from './document.ts';
import { countWords, isLabel, makeDocument, maxLabelLength, normaliseWhitespace } from './make-document.ts';
import { partRecord, partText } from './part-record.ts';
import { stripBoilerplate } from './structure/boilerplate.ts';
import { findNames } from './structure/names.ts';

/** Extensions that are read as plain text. */
export const textExtensions = ['.txt', '.md'] as const;

/** Words a part holds at least, so that it is worth a question and eight of them fill the shortest length bin. */
const partWords = 600;

export interface TextFileOptions {
  /** SPDX identifier of the texts' licence. Without it: `unknown`. */
  readonly licence?: string;
}

function readUtf8(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new InputError('document-unreadable', `${file}: cannot be read`, 'Check the path and its permissions.', {
      cause,
    });
  }
  const hint = `Expected UTF-8 text (${textExtensions.join(', ')}). Convert it first, or remove it from the folder.`;
  if (bytes.includes(0)) throw new InputError('document-binary', `${file}: got binary data, expected plain text`, hint);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError('document-binary', `${file}: got bytes that are not UTF-8, expected plain text`, hint, {
      cause,
    });
  }
}

/** Paragraphs gathered into parts of at least `partWords` words; a short remainder joins the last part. */
function cutParts(text: string): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let words = 0;
  for (const paragraph of text.split(/\n{2,}/)) {
    open.push(paragraph);
    words += countWords(paragraph);
    if (words < partWords) continue;
    parts.push(open.join('\n\n'));
    open = [];
    words = 0;
  }
  if (open.length === 0) return parts;
  const rest = open.join('\n\n');
  const last = parts.at(-1);
  return last === undefined || words >= partWords / 2
    ? [...parts, rest]
    : [...parts.slice(0, -1), `${last}\n\n${rest}`];
}

/**
 * A file's name as a label: ASCII, without an article, two words at most. A longer name would make a question that repeats
 * it look like half a summary to ROUGE-L.
 */
function labelOf(file: string): string {
  const words = path
    .basename(file, path.extname(file))
    .replace(/[^A-Za-z0-9' -]+/g, ' ')
    .trim()
    .split(/ +/);
  const kept = words.length > 1 && /^(?:the|an?)$/i.test(words[0] ?? '') ? words.slice(1, 3) : words.slice(0, 2);
  return kept
    .join(' ')
    .slice(0, maxLabelLength - ' 9999'.length)
    .trim();
}

interface WholeText {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** @throws InputError when the file cannot be read, is empty, or is not UTF-8 text. */
function readWhole(file: string, id: string): WholeText {
  const text = stripBoilerplate(normaliseWhitespace(readUtf8(file)));
  if (text === '')
    throw new InputError('document-empty', `${file}: the document is empty`, 'Remove it, or give it text.');
  return { id, label: labelOf(file), text };
}

/** The text's most mentioned names, in order of the alphabet. */
function recurringNames(text: string): string[] {
  return findNames(text)
    .map((found) => found.name)
    .filter(isLabel)
    .slice(0, 12);
}

function partDocuments(whole: WholeText, names: readonly string[], options: TextFileOptions): Document[] {
  return cutParts(whole.text).map((body, i) => {
    const number = i + 1;
    const key = `${whole.label} ${number}`.trim();
    const part = partText({ unit: 'Part', number, body });
    return makeDocument({
      id: `${whole.id}#${number}`,
      title: key,
      source: whole.id,
      licence: options.licence ?? 'unknown',
      language: 'en',
      kind: 'chapter',
      text: part.text,
      record: partRecord(part, { family: 'parts', key, unit: 'part', number, names }),
    });
  });
}

/** Parts of several texts are asked about together, so `first named` chooses among the names of all of them. */
function documentsOf(texts: readonly WholeText[], options: TextFileOptions): Document[] {
  const names = [...new Set(texts.flatMap((whole) => recurringNames(whole.text)))].sort();
  return texts.flatMap((whole) => partDocuments(whole, names, options));
}

/**
 * One plain text, as one document a part of about 600 words, each with its record: number, length, last word, and which of
 * the text's recurring names comes first.
 *
 * @throws InputError when the file cannot be read, is empty, or is not UTF-8 text.
 */
export function readTextFile(file: string, options: TextFileOptions = {}): Document[] {
  return documentsOf([readWhole(file, path.basename(file))], options);
}

/**
 * Every `.txt` and `.md` file under a folder, in order of path.
 *
 * @throws InputError when the folder is missing, holds no such file, or one of them cannot be used.
 */
export function readTextFolder(directory: string, options: TextFileOptions = {}): Document[] {
  let entries: string[];
  try {
    entries = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch (cause) {
    throw new InputError('folder-unreadable', `${directory}: is not a folder that can be read`, 'Check --docs.', {
      cause,
    });
  }
  const files = entries
    .filter((name) => textExtensions.some((extension) => name.toLowerCase().endsWith(extension)))
    .sort();
  if (files.length === 0) {
    throw new InputError(
      'folder-empty',
      `${directory}: holds no document, expected ${textExtensions.join(' or ')} files`,
    );
  }
  const texts = files.map((name) => readWhole(path.join(directory, name), name.replaceAll(path.sep, '/')));
  const twin = texts.find((whole, i) => texts.findIndex((other) => other.label === whole.label) !== i);
  if (twin !== undefined) {
    const message = `${directory}: two files would both be called "${twin.label}" in questions, one is ${twin.id}`;
    throw new InputError('document-duplicate', message, 'Rename one of them: their first two words must differ.');
  }
  return documentsOf(texts, options);
}
