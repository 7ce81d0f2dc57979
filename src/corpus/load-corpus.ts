/**
 * @file P1: the corpus of the quickstart, real documents that install with the package.
 */
import type { Document } from './document.ts';
import type { Selection } from './filter.ts';
import { selectDocuments, usable } from './select.ts';
import { readFactbookPages } from './sources/factbook.ts';
import { readMobyDick } from './sources/moby-dick.ts';
import { readStateOfTheUnion } from './sources/sotu.ts';

/** Every kind of document is welcome; the licences let anyone train on them and pass them on. */
const packagedFilter = { ...usable, licences: ['public-domain', 'CC0-1.0'] } as const;

let packaged: Selection | undefined;

/**
 * The World Factbook, the State of the Union messages and Moby-Dick through the metadata filter: about 600 documents, 3 M
 * words, always in the same order; and what was refused. Read once for the whole process: what is found out about a document is kept by
 * the document itself.
 *
 * @throws InputError when a data package is missing or damaged.
 */
export function selectPackagedDocuments(): Selection {
  packaged ??= readPackagedDocuments();
  return packaged;
}

function readPackagedDocuments(): Selection {
  const factbook = readFactbookPages();
  const documents = [...factbook.kept, ...readStateOfTheUnion(), ...readMobyDick()];
  return selectDocuments(documents, packagedFilter, factbook.refused);
}

/**
 * The documents of the quickstart.
 *
 * @throws InputError when a data package is missing or damaged.
 */
export function loadCorpus(): readonly Document[] {
  return selectPackagedDocuments().kept;
}
