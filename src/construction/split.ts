/**
 * @file Train and held-out by document: in long contexts leaks happen by document, not by question.
 */
import type { Document } from '../corpus/document.ts';
import { sha256 } from '../corpus/make-document.ts';

export const splitNames = ['train', 'heldout'] as const;
export type SplitName = (typeof splitNames)[number];

/**
 * Splits every family (and the documents without one) by hash of the content: `heldoutShare` of it, rounded, is held out.
 * Neither the order of the documents nor the seed of the build changes the split.
 */
export function splitByDocument(documents: readonly Document[], heldoutShare: number): Record<SplitName, Document[]> {
  const groups = new Map<string, { rank: string; document: Document }[]>();
  for (const document of documents) {
    const family = document.record?.family ?? '';
    const group = groups.get(family) ?? [];
    group.push({ rank: sha256(`split ${document.id} ${document.sha256}`), document });
    groups.set(family, group);
  }
  const split: Record<SplitName, Document[]> = { train: [], heldout: [] };
  for (const family of [...groups.keys()].sort()) {
    const group = (groups.get(family) ?? []).sort((a, b) => (a.rank < b.rank ? -1 : 1));
    const heldout = Math.round(group.length * heldoutShare);
    for (const [i, { document }] of group.entries()) split[i < heldout ? 'heldout' : 'train'].push(document);
  }
  const byId = (a: Document, b: Document): number => (a.id < b.id ? -1 : 1);
  return { train: split.train.sort(byId), heldout: split.heldout.sort(byId) };
}
