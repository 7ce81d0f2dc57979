/**
 * @file Gate g1: reads a rendered prompt back, by its marks alone. Nothing here sees the context that the prompt was made of.
 */
import type { Slots } from '../reading/phrase.ts';
import type { QuestionLanguage } from './language.ts';

/** A document as the prompt shows it. */
export interface ShownDocument {
  readonly title: string;
  readonly text: string;
}

/** What a solver may look at. */
export interface ShownPrompt {
  readonly language: QuestionLanguage;
  readonly documents: readonly ShownDocument[];
  /** Of the question as it was said. */
  readonly slots: Slots;
}

/** The document of a title; undefined where there is none. */
export const documentCalled = (
  documents: readonly ShownDocument[],
  title: string | undefined,
): ShownDocument | undefined => documents.find((document) => document.title === title);

const head = /^=== (?:Document|文档) \d+(?:: |：)(.*) ===$/;

/** The documents before or behind the question, each under its `=== Document 1: Title ===`. */
export function readDocuments(context: string): ShownDocument[] {
  const documents: { title: string; lines: string[] }[] = [];
  for (const line of context.split('\n')) {
    const title = head.exec(line)?.[1];
    if (title !== undefined) documents.push({ title, lines: [] });
    else documents.at(-1)?.lines.push(line);
  }
  return documents.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() }));
}
