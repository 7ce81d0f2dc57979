/**
 * @file Which golds an answer states, in its order: F1, NDCG and Pairwise.
 */
import { Recent } from '../recent.ts';
import { type GoldItems, goldItems, type ItemContext, mentions, statedItems } from './gold-items.ts';
import { type ListForm, listForm, readList } from './list.ts';
import { denies } from './text/hedges.ts';
import { wordsOf } from './text/tokens.ts';

interface Prepared {
  readonly items: GoldItems;
  readonly form: ListForm;
}

/** The golds of recent samples: the rollouts of a group share theirs. */
const recent = new Recent<Prepared>(256);

function prepared(gold: readonly string[], context: ItemContext): Prepared {
  const name = JSON.stringify([gold, context.question, context.caseSensitive]);
  return recent.get(name, () => ({ items: goldItems(gold, context), form: listForm(gold) }));
}

/** A piece that no gold is: what it says, so that repeating it counts once. */
export interface Stated {
  /** Index of the gold; -1 for another item. */
  readonly index: number;
  readonly key: string;
}

/** The items that an answer states, in its order. */
export function readOrder(answer: string, gold: readonly string[], context: ItemContext): Stated[] {
  const { items, form } = prepared(gold, context);
  const pieces = readList(answer, form);
  const stated: Stated[] = [];
  for (const piece of pieces) {
    const words = wordsOf(piece, context.caseSensitive);
    if (words.tokens.length === 0) continue;
    const found = statedItems(items, piece, true);
    // A sentence that denies one of its items denies the rest with it.
    if (found.length === 0 && denies(piece) && mentions(items, words).length > 0 && !answer.trim().includes('\n'))
      return [];
    if (found.length === 0) stated.push({ index: -1, key: words.tokens.map(({ key }) => key).join(' ') });
    for (const index of found) stated.push({ index, key: `#${index}` });
  }
  return stated;
}

/** As `readOrder`, the first of equal items. */
export function distinctOrder(answer: string, gold: readonly string[], context: ItemContext): Stated[] {
  const seen = new Set<string>();
  return readOrder(answer, gold, context).filter(({ key }) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
