/**
 * @file Train and held-out by document: in long contexts leaks happen by document, not by question.
 */
import type { Document } from '../corpus/document.ts';
import { sha256 } from '../corpus/make-document.ts';
import { sampleSchema } from '../samples/sample.ts';

/** `train` and `heldout`, as samples carry them. */
export const splitNames = sampleSchema.shape.split.options;

/** Name of a split. */
export type SplitName = (typeof splitNames)[number];

/** Share of the documents of each family that is held out unless a build says otherwise. */
export const defaultHeldoutShare = 0.25;

/** With fewer works than this, holding whole ones out would leave a split too little to draw from: parts are held out instead. */
export const leastWorks = 8;

/** How many works the documents are parts of. */
export const countWorks = (documents: readonly Document[]): number =>
  new Set(documents.flatMap(({ work }) => (work === undefined ? [] : [work]))).size;

/**
 * Works in order of a hash are held out until they have the share of the characters: parts of one book tell of each other.
 */
function heldoutWorks(documents: readonly Document[], heldoutShare: number): ReadonlySet<string> {
  if (countWorks(documents) < leastWorks) return new Set();
  const sizes = new Map<string, number>();
  for (const { work, text } of documents) if (work !== undefined) sizes.set(work, (sizes.get(work) ?? 0) + text.length);
  const ranked = [...sizes].map(([work, size]) => ({ work, size, rank: sha256(`split ${work}`) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const wanted = heldoutShare * ranked.reduce((sum, { size }) => sum + size, 0);
  const heldout = new Set<string>();
  let held = 0;
  // A work that would overshoot by most of itself is passed over.
  for (const { work, size } of ranked) {
    if (held + size / 2 > wanted) continue;
    heldout.add(work);
    held += size;
  }
  return heldout;
}

/**
 * Splits every family (and the documents without one) by hash of the content: `heldoutShare` of it, rounded, is held out.
 * Neither the order of the documents nor the seed of the build changes the split. Parts of one work stay together where there are
 * `leastWorks` of them.
 */
export function splitByDocument(documents: readonly Document[], heldoutShare: number): Record<SplitName, Document[]> {
  const groups = new Map<string, { rank: string; document: Document }[]>();
  const split: Record<SplitName, Document[]> = { train: [], heldout: [] };
  const works = heldoutWorks(documents, heldoutShare);
  for (const document of documents) {
    if (works.size > 0 && document.work !== undefined) {
      split[works.has(document.work) ? 'heldout' : 'train'].push(document);
      continue;
    }
    const family = document.record?.family ?? '';
    const group = groups.get(family) ?? [];
    group.push({ rank: sha256(`split ${document.id} ${document.sha256}`), document });
    groups.set(family, group);
  }
  for (const family of [...groups.keys()].sort()) {
    const group = (groups.get(family) ?? []).sort((a, b) => (a.rank < b.rank ? -1 : 1));
    const heldout = Math.round(group.length * heldoutShare);
    for (const [i, { document }] of group.entries()) split[i < heldout ? 'heldout' : 'train'].push(document);
  }
  const byId = (a: Document, b: Document): number => (a.id < b.id ? -1 : 1);
  return { train: split.train.sort(byId), heldout: split.heldout.sort(byId) };
}
