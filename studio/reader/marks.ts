/** @file All marks on a prompt: its evidence, its gold, the passages that a completion quotes, what is searched for. */
import type { GroupDetail } from '../../src/studio/shared/api.ts';
import { findAll } from '../../src/studio/shared/reading/find-all.ts';
import { type Evidence, findEvidence } from '../../src/studio/shared/reading/find-evidence.ts';
import { findQuotes, type Quote } from '../../src/studio/shared/reading/find-quotes.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';

/** What is known of a prompt beside its text. */
export interface ReadingMarks {
  readonly evidence: readonly Evidence[];
  readonly gold: readonly Mark[];
  readonly quotes: readonly Quote[];
  readonly found: readonly Mark[];
  /** All of them, by their starts. */
  readonly all: readonly Mark[];
}

/** Places of one gold line that are marked. */
const mostGold = 60;
/** Shorter gold, a letter or a digit, stands everywhere. */
const shortestGold = 3;

export const evidenceId = (i: number): string => `evidence-${i}`;
export const quoteId = (i: number): string => `quote-${i}`;
export const foundId = (i: number): string => `found-${i}`;

function goldMarks(text: string, gold: readonly string[]): Mark[] {
  return gold.flatMap((line) => {
    if (line.length < shortestGold || line.length > 300) return [];
    const places = findAll(text, line, true).slice(0, mostGold);
    return places.map((place) => ({ ...place, kind: 'gold-mark', id: `gold-${place.start}` }));
  });
}

/** Finding costs a fraction of a second for a million characters; it is done after the text is shown. */
export function readingMarks(
  text: string,
  detail: GroupDetail | undefined,
  completion: string,
  search: string,
): ReadingMarks {
  const group = detail?.group;
  const evidence = findEvidence(text, group?.rationale ?? '', group?.question ?? '');
  const gold = goldMarks(text, group?.gold ?? []);
  const quotes = findQuotes(text, completion);
  const found = findAll(text, search).map((place, i) => ({ ...place, kind: 'found', id: foundId(i) }));
  const all = [
    ...evidence.map(({ start, end, exact }, i) => ({
      start,
      end,
      kind: exact ? 'evidence' : 'evidence guessed',
      id: evidenceId(i),
    })),
    ...gold,
    ...quotes.map(({ start, end }, i) => ({ start, end, kind: 'quote', id: quoteId(i) })),
    ...found,
  ].sort((a, b) => a.start - b.start);
  return { evidence, gold, quotes, found, all };
}

/** The marks of each block, so that a block does not look at all of them. */
export function marksByBlock(
  marks: readonly Mark[],
  blockOf: (offset: number) => number,
): ReadonlyMap<number, readonly Mark[]> {
  const byBlock = new Map<number, Mark[]>();
  for (const mark of marks)
    for (let block = blockOf(mark.start); block <= blockOf(Math.max(mark.start, mark.end - 1)); block++) {
      const list = byBlock.get(block);
      if (list === undefined) byBlock.set(block, [mark]);
      else list.push(mark);
    }
  return byBlock;
}
