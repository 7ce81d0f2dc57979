/** @file The documents that stand around those asked about: in the check of robustness, and in prompts of a length. */
import type { Document } from '../../../corpus/document.ts';
import { random } from '../../../random.ts';
import { estimateTokens } from '../../../tokens.ts';
import type { Slot } from '../draft-context.ts';
import { shownOf } from '../shown-documents.ts';

/** The first of others that come to so many tokens. */
export function surrounding(others: readonly Document[], tokens: number): Document[] {
  const around: Document[] = [];
  let room = tokens;
  for (const other of others) {
    if (room <= 0) break;
    around.push(other);
    room -= estimateTokens(shownOf(other).text);
  }
  return around;
}

/** The documents among others, in an order that the seed draws. */
export function crowded({ documents, others, index }: Slot, seed: number, tokens: number): Document[] {
  return random(seed, 'llm-order', index).shuffle([...documents, ...surrounding(others, tokens)]);
}

/** The documents of the prompt: those asked about, and as many like them as its length wants. */
export function promptDocuments(slot: Slot, seed: number): readonly Document[] {
  if (slot.length === undefined) return slot.documents;
  const own = slot.documents.reduce((sum, document) => sum + estimateTokens(shownOf(document).text), 0);
  return own >= slot.length ? slot.documents : crowded(slot, seed, slot.length - own);
}
