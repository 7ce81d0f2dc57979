/**
 * @file P1: what becomes the corpus: documents that pass the metadata filter and do not repeat one another, and the list of
 * the others with their reasons.
 */
import { allCounts, countKeys } from '../format.ts';
import { printable } from '../printable.ts';
import type { Document } from './document.ts';
import { type DocumentFilter, filterDocuments, type Refusal, refusalCriteria, type Selection } from './filter.ts';
import { withoutNearDuplicates } from './near-duplicates.ts';
import { languageName } from './structure/language.ts';

/**
 * The languages and lengths that dossiers can use: their questions are English, fewer words are no evidence (P2 asks for
 * as many), and more do not fit the longest prompt, 128K tokens at 1.35 a word.
 */
export const usable = { languages: ['en'], minWords: 40, maxWords: 97_000 } as const satisfies DocumentFilter;

/** Chinese documents too: for readings, whose questions are asked in the language of the documents. */
export const usableForReadings = { ...usable, languages: ['en', 'zh'] } as const satisfies DocumentFilter;

/**
 * The documents that a filter lets through, near duplicates removed; the others with the reason.
 *
 * @param refused Documents that their reader has turned away already.
 */
export function selectDocuments(
  documents: readonly Document[],
  filter: DocumentFilter,
  refused: readonly Refusal[] = [],
): Selection {
  const fitting = filterDocuments(documents, filter);
  const distinct = withoutNearDuplicates(fitting.kept);
  return { kept: distinct.kept, refused: [...refused, ...fitting.refused, ...distinct.refused] };
}

/** `Japanese 14, Russian 2`. */
const languagesOf = (refused: readonly Refusal[]): string =>
  allCounts(countKeys(refused.map(({ found = 'und' }) => languageName(found))));

/** Refused documents that are named one by one. */
const shownRefusals = 20;

/** The selection as lines for a terminal or a log. */
export function selectionLines({ kept, refused }: Selection): string[] {
  const counts = refusalCriteria.map((criterion) => {
    const own = refused.filter((refusal) => refusal.criterion === criterion);
    return `${criterion} ${own.length}${criterion === 'language' && own.length > 0 ? ` (${languagesOf(own)})` : ''}`;
  });
  const lines = [
    `${kept.length} of ${kept.length + refused.length} documents kept; refused by ${counts.join(', ')}`,
    ...refused.slice(0, shownRefusals).map(({ id, reason }) => printable(`  ${id}: ${reason}`)),
  ];
  return refused.length > shownRefusals ? [...lines, `  and ${refused.length - shownRefusals} more`] : lines;
}
