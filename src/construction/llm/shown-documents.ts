/**
 * @file Documents as prompts of the LLM track show them: in their own words and layout, each under one line that numbers and names it, as
 * the programmatic track does. Every prompt about the same documents begins with the same characters, so that a provider that keeps
 * prefixes reads them once.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { parseStructure, type Structure } from '../../corpus/structure/structure.ts';
import type { QuestionLanguage } from '../questions/language.ts';
import { headOf } from '../questions/render-prompt.ts';

/** A document with what is shown of it. */
export interface ShownDocument {
  readonly document: Document;
  readonly title: string;
  readonly text: string;
  /** Where `text` begins in `document.text`. */
  readonly offset: number;
}

const shown = new WeakMap<Document, ShownDocument>();

/** Without lines that a reader of packaged data put before the work's own words. */
export function shownOf(document: Document): ShownDocument {
  const known = shown.get(document);
  if (known !== undefined) return known;
  const { title, text, own } = document;
  const raw = text.slice(own?.start ?? 0);
  const offset = (own?.start ?? 0) + raw.length - raw.trimStart().length;
  const made = { document, title: own?.title ?? title, text: raw.trim(), offset };
  shown.set(document, made);
  return made;
}

const structures = new WeakMap<Document, Structure>();

/** What rules find in the text that is shown; spans are in characters of it. */
export function structureOf(document: Document): Structure {
  const known = structures.get(document) ?? parseStructure(shownOf(document).text);
  structures.set(document, known);
  return known;
}

/** A place in what is shown, in characters of the document. */
export const inDocument = ({ offset }: ShownDocument, { start, end }: Span): Span => ({
  start: start + offset,
  end: end + offset,
});

/** The language of prompts about a document. */
export const languageOf = ({ language }: Pick<Document, 'language'>): QuestionLanguage =>
  language === 'zh' ? 'zh' : 'en';

/** The documents one after another, in the order given. */
export const renderDocuments = (documents: readonly Document[], language: QuestionLanguage): string =>
  documents
    .map(shownOf)
    .map(({ title, text }, i) => `${headOf(language, i + 1, title)}\n\n${text}`)
    .join('\n\n');
