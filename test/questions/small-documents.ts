/** @file A context of one document, from its title and words. */
import { factsOf } from '../../src/construction/questions/facts-within.ts';
import type { Context } from '../../src/construction/questions/question.ts';
import { makeDocument } from '../../src/corpus/make-document.ts';

/** All of a document, chosen. */
export function contextOf(title: string, text: string, language: 'en' | 'zh' = 'en'): Context {
  const about = { id: title, title, source: 'test', licence: 'CC0-1.0', kind: 'reference' } as const;
  const document = makeDocument({ ...about, language, text });
  const shown = { document, title, span: { start: 0, end: text.length }, facts: factsOf(document) };
  return { language, documents: [shown], chosen: [0] };
}

/** What a solver found, none being nothing. */
export const reads = (found: readonly string[] | undefined): readonly string[] => found ?? [];
