/**
 * @file P1 for a user's own documents, first half: the texts behind what `--docs` names, a file of any format, a folder, a pattern, or
 * a corpus that `data corpus` wrote.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { type InputFile, inputFiles } from '../records/input-files.ts';
import type { Quarantined } from '../records/reader.ts';
import { hasHan } from './facts/chinese.ts';
import type { Refusal } from './filter.ts';
import { maxLabelLength, normaliseWhitespace, sha256 } from './make-document.ts';
import { formats } from './readers/formats.ts';
import { readFile } from './readers/read-file.ts';
import type { RawDocument } from './readers/reader.ts';
import { stripBoilerplate } from './structure/boilerplate.ts';

/** A user's text before it is cut into documents. */
export interface OwnText {
  readonly id: string;
  /** What questions call its file: the texts of one label are numbered through. */
  readonly label: string;
  readonly text: string;
  /** As the file states it. */
  readonly title?: string;
  readonly licence?: string;
}

/** The texts that a build holds, and those that could not be used or held. */
export interface OwnTexts {
  readonly texts: readonly OwnText[];
  readonly refused: readonly Refusal[];
}

/** Characters of text that a build holds in memory: fifty million tokens, 200 of the longest prompts. */
export const heldCharacters = 200e6;

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

/** A corpus that `data corpus` wrote is read for its documents, without its notes. */
function targetOf(named: string): string {
  const documents = path.join(named, 'documents.jsonl');
  return existsSync(documents) && existsSync(path.join(named, 'refused.jsonl')) ? documents : named;
}

/** How far the held texts may outgrow their bound before the highest hashes are let go. */
const slack = 1.25;

/** The texts that are held when there are too many: those of the lowest hashes, whatever order they come in. */
class HeldTexts {
  private readonly held: { readonly rank: string; readonly place: number; readonly text: OwnText }[] = [];
  private characters = 0;
  private bound: string | undefined;
  private readonly most: number;
  seen = 0;

  constructor(most: number) {
    this.most = most;
  }

  add(text: OwnText): void {
    const rank = sha256(`held ${text.id} ${text.text.slice(0, 200)}`);
    const place = this.seen++;
    if (this.bound !== undefined && rank >= this.bound) return;
    this.held.push({ rank, place, text });
    this.characters += text.text.length;
    // Sorting at every text that is one too many would take longer than reading.
    if (this.characters > slack * this.most) this.shrink();
  }

  private shrink(): void {
    this.held.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    while (this.characters > this.most && this.held.length > 1) {
      const last = this.held.pop();
      this.characters -= last?.text.text.length ?? 0;
      this.bound = last?.rank;
    }
  }

  /** In the order in which they came. */
  texts(): OwnText[] {
    if (this.characters > this.most) this.shrink();
    return this.held.sort((a, b) => a.place - b.place).map(({ text }) => text);
  }
}

function textOf({ id, title, licence, metadata, text }: RawDocument, file: string): OwnText {
  // What `data corpus` wrote has the names of the files that it read.
  const written =
    path.basename(file) === 'documents.jsonl' && typeof metadata.id === 'string' ? metadata.id : undefined;
  return {
    id: written ?? id,
    label: labelOf((written?.replace(/#[^/]*$/, '') ?? file).replace(/\.gz$/i, '')),
    text: stripBoilerplate(normaliseWhitespace(text)),
    ...(title === undefined || title.trim() === '' ? {} : { title }),
    ...(licence === undefined ? {} : { licence }),
  };
}

const hint = `Expected documents of ${formats.join(', ')}, each also as .gz. Convert it first, or remove it from the folder.`;

/** @throws InputError when nothing can be used. */
function checkTexts(target: string, texts: number, quarantined: readonly Quarantined[]): void {
  if (texts > 0) return;
  const [first] = quarantined;
  if (first === undefined) {
    const message = `${target}: holds no document, expected files of ${formats.join(', ')}`;
    throw new InputError('folder-empty', message, 'Give another folder, or one file.');
  }
  if (quarantined.length === 1 && first.id === path.basename(target))
    throw new InputError(`document-${first.code}`, `${target}: ${first.reason}`, hint);
  const message = `${target}: none of ${quarantined.length} files can be used; ${first.id}: ${first.reason}`;
  throw new InputError('folder-unusable', message, hint);
}

/**
 * Every text, in order of path. A file that cannot be used is refused, so that one bad scan among a thousand texts does not stop the rest.
 *
 * @throws InputError when there is nothing at `named`, or nothing that can be used.
 */
export async function readOwnTexts(named: string, most = heldCharacters): Promise<OwnTexts> {
  const target = targetOf(named);
  const held = new HeldTexts(most);
  const quarantined: Quarantined[] = [];
  const setAside = (id: string): void =>
    void quarantined.push({ type: 'quarantined', id, code: 'empty', reason: 'the document is empty' });
  for await (const input of inputFiles(target) as AsyncGenerator<InputFile | Quarantined>) {
    if (input.type === 'quarantined') {
      quarantined.push(input);
      continue;
    }
    for await (const item of readFile(input.file, input.id)) {
      if (item.type === 'quarantined') quarantined.push(item);
      else {
        const text = textOf(item, input.file);
        if (text.text === '') setAside(item.id);
        else held.add(text);
      }
    }
  }
  const texts = held.texts();
  checkTexts(target, texts.length, quarantined);
  const refused: Refusal[] = quarantined.map(({ id, reason }) => ({ id, criterion: 'file', reason }));
  const left = held.seen - texts.length;
  const reason = `${left} of ${held.seen} texts are left out, by their hash: a build holds ${most / 1e6} MB of text`;
  return { texts, refused: left === 0 ? refused : [{ id: target, criterion: 'length', reason }, ...refused] };
}
