/**
 * @file P1: keeps the documents whose metadata fit (licence, language, kind, length) and says why it refuses the others.
 */
import type { Document, DocumentKind } from './document.ts';
import { countWords } from './make-document.ts';

/** What a document can be refused for: its metadata, being a copy, or not being a text at all. */
export const refusalCriteria = ['file', 'licence', 'language', 'kind', 'length', 'duplicate'] as const;

/** A document that was turned away. */
export interface Refusal {
  readonly id: string;
  readonly criterion: (typeof refusalCriteria)[number];
  /** What was found, e.g. `12 words`. */
  readonly reason: string;
}

export interface Selection {
  /** In the order given. */
  readonly kept: readonly Document[];
  readonly refused: readonly Refusal[];
}

export interface DocumentFilter {
  /** Allowed licences. Default: any but `unknown`. */
  readonly licences?: readonly string[];
  readonly languages?: readonly Document['language'][];
  readonly kinds?: readonly DocumentKind[];
  readonly minWords?: number;
  readonly maxWords?: number;
}

/** Why the filter turns a document away; undefined when it does not. */
function objection(document: Document, filter: DocumentFilter): Refusal | undefined {
  const { id, licence, language, kind, text } = document;
  const { licences, languages, kinds, minWords = 0, maxWords = Number.POSITIVE_INFINITY } = filter;
  if (licences === undefined ? licence === 'unknown' : !licences.includes(licence))
    return { id, criterion: 'licence', reason: `licence ${licence}` };
  if (languages !== undefined && !languages.includes(language))
    return { id, criterion: 'language', reason: `language ${language}` };
  if (kinds !== undefined && !kinds.includes(kind)) return { id, criterion: 'kind', reason: `kind ${kind}` };
  const words = countWords(text);
  return words < minWords || words > maxWords ? { id, criterion: 'length', reason: `${words} words` } : undefined;
}

/** @example filterDocuments(documents, { licences: ['public-domain'], minWords: 300 }).refused */
export function filterDocuments(documents: readonly Document[], filter: DocumentFilter): Selection {
  const kept: Document[] = [];
  const refused: Refusal[] = [];
  for (const document of documents) {
    const refusal = objection(document, filter);
    if (refusal === undefined) kept.push(document);
    else refused.push(refusal);
  }
  return { kept, refused };
}
