/**
 * @file P1: keeps the documents whose metadata fit: licence, language, kind, length.
 */
import type { Document, DocumentKind } from './document.ts';
import { countWords } from './make-document.ts';

export interface DocumentFilter {
  /** Allowed licences. Default: any but `unknown`. */
  readonly licences?: readonly string[];
  readonly languages?: readonly Document['language'][];
  readonly kinds?: readonly DocumentKind[];
  readonly minWords?: number;
  readonly maxWords?: number;
}

export interface FilterResult {
  readonly kept: Document[];
  readonly dropped: { readonly id: string; readonly reason: string }[];
}

/** Why the filter turns a document away; undefined when it does not. */
function objection(document: Document, filter: DocumentFilter): string | undefined {
  const { licences, languages, kinds, minWords = 0, maxWords = Number.POSITIVE_INFINITY } = filter;
  if (licences === undefined ? document.licence === 'unknown' : !licences.includes(document.licence)) {
    return `licence ${document.licence}`;
  }
  if (languages !== undefined && !languages.includes(document.language)) return `language ${document.language}`;
  if (kinds !== undefined && !kinds.includes(document.kind)) return `kind ${document.kind}`;
  const words = countWords(document.text);
  return words < minWords || words > maxWords ? `${words} words` : undefined;
}

/** @example filterDocuments(documents, { licences: ['public-domain'], minWords: 300 }).dropped */
export function filterDocuments(documents: readonly Document[], filter: DocumentFilter): FilterResult {
  const result: FilterResult = { kept: [], dropped: [] };
  for (const document of documents) {
    const reason = objection(document, filter);
    if (reason === undefined) result.kept.push(document);
    else result.dropped.push({ id: document.id, reason });
  }
  return result;
}
