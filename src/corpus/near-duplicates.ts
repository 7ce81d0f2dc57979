/**
 * @file P1: leaves out documents that mostly repeat another one (the two halves of one territory, a text filed twice), so
 * that no split can put one on each side. Compared by whole lines, which is exact and cheap; the n-gram check of the
 * refinement stage stands behind it.
 */
import type { Document } from './document.ts';
import type { Refusal, Selection } from './filter.ts';

/** Shorter lines (`Airports: 1`) coincide by chance. */
const leastLine = 40;

/** Share of a document's long lines, by characters, that one earlier document may hold. */
const mostShared = 1 / 3;

/** Refuses documents that mostly repeat an earlier one. */
export function withoutNearDuplicates(documents: readonly Document[]): Selection {
  const holders = new Map<string, Document[]>();
  const refused: Refusal[] = [];
  const kept = documents.filter((document) => {
    const lines = new Set(document.text.split('\n').filter((line) => line.length >= leastLine));
    const shared = new Map<Document, number>();
    let all = 0;
    for (const line of lines) {
      all += line.length;
      for (const other of holders.get(line) ?? []) shared.set(other, (shared.get(other) ?? 0) + line.length);
    }
    const [twin] = [...shared].sort((a, b) => b[1] - a[1]);
    if (twin !== undefined && twin[1] > mostShared * all) {
      refused.push({ id: document.id, criterion: 'duplicate', reason: `mostly repeats ${twin[0].id}` });
      return false;
    }
    for (const line of lines) holders.set(line, [...(holders.get(line) ?? []), document]);
    return true;
  });
  return { kept, refused };
}
