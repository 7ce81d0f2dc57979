/**
 * @file P1: keeps the documents whose metadata fit (licence, language, kind, length) and says why it refuses the others.
 */

import { isUnknownLicence } from '../samples/licence.ts';
import type { Document, DocumentKind } from './document.ts';
import { textWords } from './make-document.ts';
import { languageName } from './structure/language.ts';

/** What a document can be refused for: its metadata, being a copy, or not being a text at all. */
export const refusalCriteria = ['file', 'licence', 'language', 'kind', 'length', 'duplicate'] as const;

/** A document that was turned away. */
export interface Refusal {
  readonly id: string;
  readonly criterion: (typeof refusalCriteria)[number];
  /** What was found, e.g. `12 words`. */
  readonly reason: string;
  /** The licence, language or kind that does not fit. */
  readonly found?: string;
}

/** Documents sorted by a filter; together they are all that were given. */
export interface Selection {
  /** In the order given. */
  readonly kept: readonly Document[];
  readonly refused: readonly Refusal[];
}

/** What documents must have; what is left out is not asked for. Bounds of words are inclusive. */
export interface DocumentFilter {
  /** Allowed licences. Default: any but `unknown`. */
  readonly licences?: readonly string[];
  readonly languages?: readonly string[];
  readonly kinds?: readonly DocumentKind[];
  readonly minWords?: number;
  readonly maxWords?: number;
}

/** Why the filter turns a document away; undefined when it does not. */
function objection({ id, text, ...metadata }: Document, filter: DocumentFilter): Refusal | undefined {
  const { minWords = 0, maxWords = Number.POSITIVE_INFINITY } = filter;
  const allowed = { licence: filter.licences, language: filter.languages, kind: filter.kinds } as const;
  if (filter.licences === undefined && isUnknownLicence(metadata.licence))
    return { id, criterion: 'licence', reason: 'licence unknown' };
  for (const criterion of ['licence', 'language', 'kind'] as const) {
    const found: string = metadata[criterion];
    const values: readonly string[] = allowed[criterion] ?? [found];
    if (values.includes(found)) continue;
    const [named, expected] =
      criterion === 'language' ? [languageName(found), values.map(languageName)] : [found, values];
    return { id, criterion, found, reason: `${criterion} ${named}, expected ${expected.join(' or ')}` };
  }
  const words = textWords(text, metadata.language);
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
