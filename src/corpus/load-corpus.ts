/**
 * @file P1: the corpus of the quickstart, real documents that install with the package.
 */
import type { Document } from './document.ts';
import { withoutNearDuplicates } from './near-duplicates.ts';
import { readFactbook } from './sources/factbook.ts';
import { readMobyDick } from './sources/moby-dick.ts';
import { readStateOfTheUnion } from './sources/sotu.ts';

/**
 * The World Factbook, the State of the Union messages and Moby-Dick: about 600 documents, 3 M words, always in the same order.
 *
 * @throws InputError when a data package is missing or damaged.
 */
export function loadCorpus(): Document[] {
  return withoutNearDuplicates([...readFactbook(), ...readStateOfTheUnion(), ...readMobyDick()]);
}
