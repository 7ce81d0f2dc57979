/**
 * @file P1 for a user's own documents, second half: texts become the documents that a build can use. Dossiers ask about parts of a few
 * hundred words, readings quote long runs and whole conversations, and language models are given each text whole.
 */

import { InputError } from '../errors.ts';
import { catchwords } from './catchwords.ts';
import { findTurns, type Turn } from './conversation/turns.ts';
import { cutWork, partSize } from './cut-works.ts';
import type { Document, DocumentKind } from './document.ts';
import { findNames } from './facts/names.ts';
import type { Selection } from './filter.ts';
import { isLabel, makeDocument, textWords } from './make-document.ts';
import { type OwnText, readOwnTexts } from './own-texts.ts';
import { partRecord, partText } from './part-record.ts';
import { selectDocuments, usable, usableForReadings } from './select.ts';
import { hasEnglishHeads } from './structure/english-heads.ts';
import { documentForm } from './structure/form/form.ts';
import { languageOf, languagesOf } from './structure/language.ts';
import { findSections, titleIn } from './structure/sections.ts';

/**
 * What they are for. `dossiers`: English, with records, parts of some 600 words. `readings`: Chinese too, conversations whole, other texts in
 * parts of up to 6,000 words. `questions`: Chinese too, every text whole, long ones by chapters. `whole`: Chinese too, every text one document, of any length.
 */
export type DocumentPurpose = 'dossiers' | 'readings' | 'questions' | 'whole';

/** How a user's texts become documents. */
export interface OwnDocumentOptions {
  /** SPDX identifier of texts that state no licence themselves. Without it: `unknown`. */
  readonly licence?: string;
  /** Default `dossiers`. */
  readonly purpose?: DocumentPurpose;
}

/**
 * Words that a part of a dossier holds: eight of the longest fill the shortest length bin. Of a small folder the parts are shorter, since
 * a dossier takes five to eight of them, and both splits need more than that.
 */
const dossierWords = { most: 600, least: 100, parts: 80 };
/** Longer runs keep more of a text's course; but both splits need several parts. */
const readingWords = { most: 6000, least: 600, parts: 40 };
/** A conversation is longer than any prompt, or one of at least four. */
const dialogueWords = { most: 90_000, least: 1000, parts: 4 };
/** What a title may take of a prompt. */
const titleLength = 80;

interface Whole extends OwnText {
  readonly language: Document['language'];
  /** Whether some of its paragraphs are in another language. */
  readonly mixed: boolean;
  readonly words: number;
  /** Where it is a conversation and is wanted as one. */
  readonly turns: readonly Turn[];
  readonly kind: DocumentKind;
}

function wholeOf(text: OwnText, purpose: DocumentPurpose): Whole {
  const { language: told, parts } = languagesOf(text.text);
  // Figures and names say nothing of a language; the headings of their columns do.
  const language = told === 'und' && hasEnglishHeads(text.text) ? 'en' : told;
  const turns = purpose === 'readings' ? findTurns(text.text) : [];
  const form = documentForm(text.text, { sections: [], tables: [], turns });
  const spoken = form === 'conversation' || form === 'play' ? form : undefined;
  return {
    ...text,
    language,
    mixed: parts.length > 1,
    words: textWords(text.text, language),
    turns: spoken === undefined ? [] : turns,
    kind: spoken ?? 'chapter',
  };
}

/**
 * Paragraphs gathered into parts of at least `least` words; a short remainder joins the last part. Chinese books mostly have a
 * line a paragraph and no blank ones.
 */
function cutParts(text: string, language: Document['language'], least: number): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let words = 0;
  for (const paragraph of text.split(language === 'zh' ? /\n+/ : /\n{2,}/)) {
    open.push(paragraph);
    words += textWords(paragraph, language);
    if (words < least) continue;
    parts.push(open.join('\n\n'));
    open = [];
    words = 0;
  }
  if (open.length === 0) return parts;
  const rest = open.join('\n\n');
  const last = parts.at(-1);
  return last === undefined || words >= least / 2 ? [...parts, rest] : [...parts.slice(0, -1), `${last}\n\n${rest}`];
}

/** Runs of whole turns of at least `least` words. What stands before the first turn is no conversation. */
function cutTurns({ text, turns, language }: Whole, least: number): string[] {
  const parts: string[] = [];
  let start: number | undefined;
  let words = 0;
  for (const { span } of turns) {
    start ??= span.start;
    words += textWords(text.slice(span.start, span.end), language);
    if (words < least) continue;
    parts.push(text.slice(start, span.end));
    [start, words] = [undefined, 0];
  }
  const rest = start === undefined ? '' : text.slice(start).trimEnd();
  return rest === '' ? parts : [...parts, rest];
}

/** The text's most mentioned names, in order of the alphabet. */
function recurringNames(text: string): string[] {
  return findNames(text)
    .map((found) => found.name)
    .filter(isLabel)
    .slice(0, 12);
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** Words of a part, from all that there is. */
function partSizes(texts: readonly Whole[], purpose: DocumentPurpose): { prose: number; dialogue: number } {
  const wordsOf = (of: readonly Whole[]): number => of.reduce((sum, { words }) => sum + words, 0);
  const dialogues = texts.filter(({ turns }) => turns.length > 0);
  const all = wordsOf(texts);
  if (purpose === 'whole') return { prose: Number.POSITIVE_INFINITY, dialogue: Number.POSITIVE_INFINITY };
  const prose = purpose === 'dossiers' ? dossierWords : readingWords;
  return {
    prose: clamp(all / prose.parts, prose.least, prose.most),
    dialogue: clamp(wordsOf(dialogues) / dialogueWords.parts, dialogueWords.least, dialogueWords.most),
  };
}

/** Every text whole; long ones, or few, as runs of their chapters. */
function questionDocuments(own: readonly OwnText[], licence: string | undefined): Document[] {
  const texts = own.map((text) => wholeOf(text, 'questions'));
  const most = partSize(
    texts.length,
    texts.reduce((sum, { words }) => sum + words, 0),
  );
  const titles = new Set<string>();
  return texts.flatMap((whole) => {
    const { id, label, language, text } = whole;
    const parts = cutWork(text, language, most);
    return parts.map(({ text: body, heading }, i) => {
      const named = parts.length === 1 ? undefined : (heading ?? i + 1);
      const work = wholeWords(whole.title ?? headTitle(text) ?? firstLine(text) ?? label);
      const title = free(named === undefined ? work : `${work}: ${wholeWords(String(named))}`, i + 1, titles);
      const about = {
        source: id,
        licence: whole.licence ?? licence ?? 'unknown',
        language,
        kind: 'chapter',
        work: id,
      } as const;
      return makeDocument({ ...about, id: parts.length === 1 ? id : `${id}#${i + 1}`, title, text: body });
    });
  });
}

/** What a question may name a document by. */
const longestTitle = 160;

/** A heading that numbers a part: `Chapter 1`, `5.65.21 (2026-02-07)`, `[Unreleased]`, `第一回`. */
const isNumber =
  /^(?:(?:chapter|part|book|section|act|scene|letter|volume)\s+(?:\d+|[ivxlc]+)\.?|(?:(?:version|release) )?\[?v?\d+(?:\.\d+)+[\w.+-]*\]?(?:[\s–—/-]+\(?\d{4}[-./]\d\d.{0,9})?|\[?unreleased\]?|第[一二三四五六七八九十百\d]+[章回节卷场幕]|总则|目录|前言|序言?|引言|name|contents|foreword|preface|introduction|abstract|characters|dramatis personae|persons of the play|\d{4}-\d\d(?:-\d\d)?)$/i;

const opensWithChapter = /^[ #]*第[一1][章回][^\n]*/m;

/** The first heading that could be a title: one that only numbers a part is none. */
function headTitle(text: string): string | undefined {
  const title = titleIn(findSections(text));
  if (title === undefined || isNumber.test(title.trim())) return undefined;
  // The title of the first chapter, with which a book without its own begins, is none of the book.
  return opensWithChapter.exec(text.slice(0, 600))?.[0].includes(title) ? undefined : title;
}

/**
 * The first line, where it stands alone and is no sentence, no speech and no row: a file's name is no title. Undefined otherwise.
 */
function firstLine(text: string): string | undefined {
  const [line = ''] = text.split('\n', 1);
  const alone = /^[^\n]+\n(?:\([^\n]*\)\n)?\s*\n/.test(text);
  const hasAuthor = /^[^\n]+\n\s*\n(?:by\s|作者|著者)/i.test(text);
  const words = /\p{Script=Han}{4}/u.test(line) || line.split(' ').length > 1 || hasAuthor;
  const label = /^[^:：]{1,40}[:：]/.exec(line)?.[0];
  const isSaid = label !== undefined && text.includes(`\n${label}`);
  const fits =
    /^[\p{Lu}\p{Script=Han}《“]/u.test(line) && line.length <= 120 && !/[.!?,;。！？，；:：]$|[|\t<>{}[\]=]/.test(line);
  return alone && words && fits && !isSaid && !opensWithChapter.test(line) && !/\d:\d\d/.test(line) ? line : undefined;
}

/** A title on one line, cut behind a word where it is too long. */
function wholeWords(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestTitle / 2)).trim()} …`;
}

/** A title that no other document has. */
function free(title: string, number: number, taken: Set<string>): string {
  const own = taken.has(title) ? `${title} (${number})` : title;
  const last = taken.has(own) ? `${own} (${taken.size + 1})` : own;
  taken.add(last);
  return last;
}

/** Parts of several texts are asked about together, so `first named` chooses among the names of all of them. */
function documentsOf(own: readonly OwnText[], { purpose = 'dossiers', licence }: OwnDocumentOptions): Document[] {
  const texts = own.map((text) => wholeOf(text, purpose));
  const sizes = partSizes(texts, purpose);
  const records = purpose !== 'whole';
  const names = records ? [...new Set(texts.flatMap(({ text }) => recurringNames(text)))].sort() : [];
  const numbers = new Map<string, number>();
  const titles = new Set<string>();
  const cut = texts.map((whole) =>
    whole.turns.length > 0 ? cutTurns(whole, sizes.dialogue) : cutParts(whole.text, whole.language, sizes.prose),
  );
  const words = purpose === 'dossiers' ? catchwords(cut.flat(), names) : [];
  return texts.flatMap((whole, w) => {
    const { id, label, turns } = whole;
    const isDialogue = turns.length > 0;
    const bodies = cut[w] ?? [];
    return bodies.map((body, i) => {
      const language = whole.mixed && bodies.length > 1 ? languageOf(body) : whole.language;
      const number = (numbers.get(label) ?? 0) + 1;
      numbers.set(label, number);
      const plain = `${label} ${number}`.trim();
      const key = words.shift() ?? plain;
      const title = titleOf(whole, bodies.length > 1 ? i + 1 : undefined, plain, titles);
      const about = {
        id: `${id}#${i + 1}`,
        title,
        source: id,
        licence: whole.licence ?? licence ?? 'unknown',
        language,
        kind: whole.kind,
        work: id,
      } as const;
      // Records are asked about in English.
      if (language !== 'en' || isDialogue || !records) return makeDocument({ ...about, text: body });
      const part = partText({ unit: 'Part', number, body });
      const record = partRecord(part, { family: 'parts', key, unit: 'part', number, names });
      return makeDocument({ ...about, text: part.text, record });
    });
  });
}

/** The title that the file states, with the number of the part; otherwise, or where it is taken, the key. */
function titleOf({ title }: Whole, part: number | undefined, key: string, taken: Set<string>): string {
  const line = title?.replace(/\s+/g, ' ').trim().slice(0, titleLength);
  const wanted = line === undefined ? key : part === undefined ? line : `${line} (${part})`;
  const free = taken.has(wanted) ? `${wanted} (${key})` : wanted;
  taken.add(free);
  return free;
}

/** Lengths have no bound where a language model reads the text: its endpoint has. */
const filters = {
  dossiers: usable,
  readings: usableForReadings,
  questions: { ...usableForReadings, maxWords: Number.POSITIVE_INFINITY },
  whole: { ...usableForReadings, maxWords: Number.POSITIVE_INFINITY },
} as const;

/**
 * A user's own documents: one file of any format that is read, a folder of them, a pattern or a corpus, without those that P1 refuses.
 *
 * @throws InputError when there is nothing to read, or when every document is refused.
 */
export async function selectOwnDocuments(target: string, options: OwnDocumentOptions = {}): Promise<Selection> {
  const { purpose = 'dossiers' } = options;
  const found = await readOwnTexts(target);
  const documents =
    purpose === 'questions' ? questionDocuments(found.texts, options.licence) : documentsOf(found.texts, options);
  // Their owner may use them under any licence; what is unknown stays marked as such on every sample.
  const licences = [...new Set(documents.map(({ licence }) => licence))];
  const selection = selectDocuments(documents, { ...filters[purpose], licences }, found.refused);
  if (selection.kept.length > 0) return selection;
  const [first] = selection.refused;
  const message = `${target}: none of ${selection.refused.length} documents can be used; ${first?.id}: ${first?.reason}`;
  const others = purpose === 'dossiers' ? '; Chinese documents serve mixtures (--preset)' : ', or Chinese';
  throw new InputError(
    'no-documents',
    message,
    `Expected English prose of at least ${usable.minWords} words${others}.`,
  );
}
