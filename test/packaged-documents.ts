/** @file The documents that come with the package, read once for all tests of a process: reading them takes a second. */
import type { Document } from '../src/corpus/document.ts';
import { loadCorpus } from '../src/corpus/load-corpus.ts';

let documents: readonly Document[] | undefined;

export function packagedDocuments(): readonly Document[] {
  documents ??= loadCorpus();
  return documents;
}
