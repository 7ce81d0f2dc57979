/**
 * @file P1 for a user's own documents: files of the eight formats, each text cut into parts that can serve the nine tasks. Plain text
 * and Markdown are read here; the other formats come through the streaming readers, a row of a table as a text of its own.
 */
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import type { Document } from './document.ts';
import type { Refusal, Selection } from './filter.ts';
import { isLabel, makeDocument, maxLabelLength, normaliseWhitespace, textWords } from './make-document.ts';
import { partRecord, partText } from './part-record.ts';
import { formats } from './readers/formats.ts';
import { isGlob } from './readers/glob.ts';
import { inputFiles } from './readers/input-files.ts';
import { readFile } from './readers/read-file.ts';
import { selectDocuments, usable, usableForReadings } from './select.ts';
import { stripBoilerplate } from './structure/boilerplate.ts';
import { hasHan } from './structure/chinese.ts';
import { detectLanguage } from './structure/language.ts';
import { findNames } from './structure/names.ts';

/** Extensions that are read as plain text. */
const textExtensions = ['.txt', '.md'] as const;

/** Words a part holds at least, so that it is worth a question and eight of them fill the shortest length bin. */
const partWords = 600;

export interface TextFileOptions {
  /** SPDX identifier of texts that state no licence themselves. Without it: `unknown`. */
  readonly licence?: string;
  /** Chinese documents are kept too: readings ask in their language, dossiers only in English. */
  readonly chinese?: boolean;
}

const hint = `Expected UTF-8 text (${textExtensions.join(', ')}). Convert it first, or remove it from the folder.`;

function readUtf8(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    const help = 'Check the path and its permissions.';
    throw new InputError('document-unreadable', `${file}: cannot be read${why}`, help, { cause });
  }
  if (bytes.includes(0)) throw new InputError('document-binary', `${file}: got binary data, expected plain text`, hint);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const message = `${file}: got bytes that are not UTF-8, expected plain text`;
    throw new InputError('document-binary', message, hint, { cause });
  }
}

/**
 * Paragraphs gathered into parts of at least `partWords` words; a short remainder joins the last part. Chinese books mostly have a
 * line a paragraph and no blank ones.
 */
function cutParts(text: string, language: Document['language']): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let words = 0;
  for (const paragraph of text.split(language === 'zh' ? /\n+/ : /\n{2,}/)) {
    open.push(paragraph);
    words += textWords(paragraph, language);
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
  const name = path.basename(file, path.extname(file));
  // Chinese documents have no records, so that no question names them.
  if (hasHan(name)) return name;
  const words = name
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
  /** Of its file: rows of a file share it, and their parts are numbered through. */
  readonly label: string;
  readonly file: string;
  readonly text: string;
  readonly licence?: string;
}

/** @throws InputError when the file cannot be read, is empty, or is not UTF-8 text. */
function readWhole(file: string, id: string): WholeText {
  const text = stripBoilerplate(normaliseWhitespace(readUtf8(file)));
  if (text === '')
    throw new InputError('document-empty', `${file}: the document is empty`, 'Remove it, or give it text.');
  return { id, label: labelOf(file), file: id, text };
}

/** The text's most mentioned names, in order of the alphabet. */
function recurringNames(text: string): string[] {
  return findNames(text)
    .map((found) => found.name)
    .filter(isLabel)
    .slice(0, 12);
}

/** @param first Number of the first part. */
function partDocuments(
  whole: WholeText,
  first: number,
  names: readonly string[],
  options: TextFileOptions,
): Document[] {
  const language = detectLanguage(whole.text);
  return cutParts(whole.text, language).map((body, i) => {
    const number = first + i;
    const key = `${whole.label} ${number}`.trim();
    const about = {
      id: `${whole.id}#${i + 1}`,
      title: key,
      source: whole.id,
      licence: whole.licence ?? options.licence ?? 'unknown',
      language,
      kind: 'chapter',
    } as const;
    // Records are asked about in English.
    if (language === 'zh') return makeDocument({ ...about, text: body });
    const part = partText({ unit: 'Part', number, body });
    return makeDocument({
      ...about,
      text: part.text,
      record: partRecord(part, { family: 'parts', key, unit: 'part', number, names }),
    });
  });
}

/** Parts of several texts are asked about together, so `first named` chooses among the names of all of them. */
function documentsOf(texts: readonly WholeText[], options: TextFileOptions): Document[] {
  const names = [...new Set(texts.flatMap((whole) => recurringNames(whole.text)))].sort();
  const counts = new Map<string, number>();
  return texts.flatMap((whole) => {
    const before = counts.get(whole.file) ?? 0;
    const parts = partDocuments(whole, before + 1, names, options);
    counts.set(whole.file, before + parts.length);
    return parts;
  });
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

interface Listing {
  readonly files: string[];
  readonly refused: Refusal[];
}

/** Adds the text files below `folder`; one that may not be listed is refused, and the rest is listed. */
function list(directory: string, folder: string, { files, refused }: Listing): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(path.join(directory, folder), { withFileTypes: true });
  } catch (cause) {
    const found = existsSync(directory) ? 'is not a folder that can be read' : 'there is no such file or folder';
    const help = 'Check the path and its permissions.';
    if (folder === '') throw new InputError('folder-unreadable', `${directory}: ${found}`, help, { cause });
    refused.push({ id: folder, criterion: 'file', reason: found });
    return;
  }
  for (const entry of entries) {
    const id = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) list(directory, id, { files, refused });
    else if (textExtensions.some((end) => entry.name.toLowerCase().endsWith(end))) files.push(id);
  }
}

/** The text files under a folder, in order of path. A folder called `x.txt` is a folder. */
function textFilesUnder(directory: string): Listing {
  const listing: Listing = { files: [], refused: [] };
  list(directory, '', listing);
  listing.files.sort();
  return listing;
}

interface Texts {
  readonly texts: readonly WholeText[];
  readonly refused: readonly Refusal[];
}

/** @throws InputError when the folder is missing. */
function readTexts(directory: string): Texts {
  const { files, refused } = textFilesUnder(directory);
  const texts: WholeText[] = [];
  for (const id of files) {
    const file = path.join(directory, id);
    try {
      texts.push(readWhole(file, id));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused.push({ id, criterion: 'file', reason: error.message.slice(`${file}: `.length) });
    }
  }
  return { texts, refused };
}

/** @throws InputError when there is nothing to use, or two files have the same short name. */
function checkTexts(target: string, { texts, refused }: Texts): void {
  if (texts.length + refused.length === 0) {
    const message = `${target}: holds no document, expected files of ${formats.join(', ')}`;
    throw new InputError('folder-empty', message, 'Give another folder, or one file.');
  }
  if (texts.length === 0) {
    const [first] = refused;
    const message = `${target}: none of ${refused.length} files can be used; ${first?.id}: ${first?.reason}`;
    throw new InputError('folder-unusable', message, hint);
  }
  const files = new Map<string, string>();
  for (const { label, file } of texts) {
    const other = files.get(label) ?? file;
    files.set(label, other);
    if (other === file) continue;
    const message = `${target}: two files would both be called "${label}" in questions, one is ${file}`;
    throw new InputError('document-duplicate', message, 'Rename one of them: their first two words must differ.');
  }
}

/**
 * Every `.txt` and `.md` file under a folder, in order of path. A file that cannot be used is refused, so that one bad scan
 * among a thousand texts does not stop the rest.
 *
 * @throws InputError when the folder is missing, holds no such file, none that can be used, or two of the same short name.
 */
export function readTextFolder(directory: string, options: TextFileOptions = {}): Selection {
  const found = readTexts(directory);
  checkTexts(directory, found);
  return { kept: documentsOf(found.texts, options), refused: found.refused };
}

/** Files that are read above, and not by the streaming readers. */
const isPlainText = (file: string): boolean => textExtensions.some((end) => file.toLowerCase().endsWith(end));

/** Texts of the other formats. */
async function readOthers(target: string): Promise<Texts> {
  const texts: WholeText[] = [];
  const refused: Refusal[] = [];
  for await (const input of inputFiles(target)) {
    // What could not be listed is named by the plain texts' own walk.
    if (input.type === 'quarantined' || isPlainText(input.file)) continue;
    for await (const item of readFile(input.file, input.id)) {
      const text = item.type === 'document' ? stripBoilerplate(normaliseWhitespace(item.text)) : '';
      if (item.type === 'quarantined') refused.push({ id: item.id, criterion: 'file', reason: item.reason });
      else if (text === '') refused.push({ id: item.id, criterion: 'file', reason: 'the document is empty' });
      else {
        const { id, licence } = item;
        const label = labelOf(input.file.replace(/\.gz$/i, ''));
        texts.push({ id, label, file: input.id, text, ...(licence === undefined ? {} : { licence }) });
      }
    }
  }
  return { texts, refused };
}

/** The texts behind a file, a folder or a pattern. */
async function readTarget(target: string): Promise<Texts> {
  const kind = statSync(target, { throwIfNoEntry: false });
  if (kind?.isFile() && isPlainText(target)) return { texts: [readWhole(target, path.basename(target))], refused: [] };
  const plain: Texts =
    kind?.isDirectory() || (kind === undefined && !isGlob(target)) ? readTexts(target) : { texts: [], refused: [] };
  const others = await readOthers(target);
  return { texts: [...plain.texts, ...others.texts], refused: [...plain.refused, ...others.refused] };
}

/**
 * A user's own documents: one file of the eight formats, a folder of them, or a pattern, without those that P1 refuses.
 *
 * @throws InputError as the readers do, or when every document is refused.
 */
export async function selectOwnDocuments(target: string, options: TextFileOptions = {}): Promise<Selection> {
  const found = await readTarget(target);
  checkTexts(target, found);
  const documents = documentsOf(found.texts, options);
  // Their owner may use them under any licence; what is unknown stays marked as such on every sample.
  const licences = [...new Set(documents.map(({ licence }) => licence))];
  const filter = options.chinese === true ? usableForReadings : usable;
  const selection = selectDocuments(documents, { ...filter, licences }, found.refused);
  if (selection.kept.length > 0) return selection;
  const [first] = selection.refused;
  const message = `${target}: none of ${selection.refused.length} documents can be used; ${first?.id}: ${first?.reason}`;
  throw new InputError(
    'no-documents',
    message,
    `Expected English prose of at least ${usable.minWords} words${options.chinese === true ? ', or Chinese' : '; Chinese documents serve mixtures (--preset)'}.`,
  );
}
