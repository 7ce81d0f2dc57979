/**
 * @file Which blocks of queries meet which blocks of keys in a sequence with tails: a `main` sequence (a group's prompt, or
 * a plain sequence) that attends to itself, and `tails` (its rollouts), each of which attends to all of main and to itself.
 *
 * A causal triangle of n rows is two smaller triangles and the rectangle between them, so it ends in triangles of one
 * block, the only masked ones, and rectangles, of which many have one size: those are computed side by side.
 */
import { cutRows, type Span } from '../segment-index.ts';

/** Token rows: main first, then the tails, one after the other. */
export interface SequenceRows {
  readonly main: Span;
  readonly tails: readonly Span[];
  readonly count: number;
}

/** How large the pieces of attention are. */
export interface BlockSizes {
  /** Query rows of a block. */
  readonly queries: number;
  /** Key rows of a block; `queries` times a power of two. */
  readonly keys: number;
  /** Scores of a head that are computed side by side, about. */
  readonly scores: number;
}

/** Memory for scores grows with all three; see docs/engine.md for what was measured. */
export const defaultBlockSizes: BlockSizes = { queries: 256, keys: 2048, scores: 256 * 2048 };

/** Blocks of like lengths side by side: row i of `queries[b]` stands `offset` + i - j tokens after row j of `keys[b]`. */
export interface MaskedBlocks {
  readonly queries: readonly Span[];
  readonly keys: readonly Span[];
  readonly offset: number;
}

/**
 * Rectangles side by side: all rows of `queries[i][b]` see all of `keys[b]`. Keys are of one length; query blocks `i`
 * follow one another.
 */
export interface FullBlocks {
  readonly keys: readonly Span[];
  readonly queries: readonly (readonly Span[])[];
}

/** All pairs of a query and a key that may meet, each in exactly one block. */
export interface AttentionPlan {
  readonly masked: readonly MaskedBlocks[];
  readonly full: readonly FullBlocks[];
}

const end = (span: Span): number => span.start + span.length;

const cut = (span: Span, size: number): Span[] => cutRows(span.start, end(span), size);

interface Rectangle {
  readonly keys: Span;
  readonly queries: Span;
}

/** The triangles of one block and the rectangles of a causal triangle. */
function splitTriangle(span: Span, block: number): { triangles: Span[]; rectangles: Rectangle[] } {
  if (span.length <= block) return { triangles: [span], rectangles: [] };
  let size = block;
  while (size * 2 < span.length) size *= 2;
  const keys = { start: span.start, length: size };
  const queries = { start: span.start + size, length: span.length - size };
  const [first, second] = [splitTriangle(keys, block), splitTriangle(queries, block)];
  return {
    triangles: [...first.triangles, ...second.triangles],
    rectangles: [...first.rectangles, { keys, queries }, ...second.rectangles],
  };
}

/** Groups of at most `limit(item)` items, in order; a group's items are alike by `kind`. */
function groupAlike<T>(items: readonly T[], kind: (item: T) => number, limit: (item: T) => number): T[][] {
  const out: T[][] = [];
  for (const item of [...items].sort((a, b) => kind(b) - kind(a))) {
    const [first] = out.at(-1) ?? [];
    const room = first !== undefined && (out.at(-1) as T[]).length < limit(first);
    if (first !== undefined && room && kind(first) === kind(item)) (out.at(-1) as T[]).push(item);
    else out.push([item]);
  }
  return out;
}

/** Triangles side by side, of like lengths (to an eighth of a block, so that little is padding). */
function sideBySide(triangles: readonly Span[], { queries, scores }: BlockSizes): MaskedBlocks[] {
  const step = Math.max(1, queries >> 3);
  const padded = (span: Span) => Math.ceil(span.length / step);
  const sorted = [...triangles].sort((a, b) => b.length - a.length);
  const groups = groupAlike(sorted, padded, (span) => Math.max(1, Math.floor(scores / span.length ** 2)));
  return groups.map((spans) => ({ queries: spans, keys: spans, offset: 0 }));
}

function rectangleBlocks(rectangles: readonly Rectangle[], sizes: BlockSizes): FullBlocks[] {
  const small = rectangles.filter(({ keys }) => keys.length <= sizes.keys);
  const large = rectangles.filter(({ keys }) => keys.length > sizes.keys);
  const fits = ({ keys }: Rectangle) => Math.max(1, Math.floor(sizes.scores / (keys.length * sizes.queries)));
  const together = groupAlike(small, ({ keys }) => keys.length, fits).flatMap((group): FullBlocks[] => {
    const blocks = group.map(({ queries }) => cut(queries, sizes.queries));
    const least = Math.min(...blocks.map((list) => list.length));
    const keys = group.map((rectangle) => rectangle.keys);
    const common = Array.from({ length: least }, (_, i) => blocks.map((list) => list[i] as Span));
    // Only the last rectangle of a sequence is shorter than its size: what the others have more follows by itself.
    const rest = blocks.flatMap((list, b) =>
      list.length > least ? [{ keys: [keys[b] as Span], queries: list.slice(least).map((span) => [span]) }] : [],
    );
    return [{ keys, queries: common }, ...rest];
  });
  const alone = large.flatMap(({ keys, queries }) =>
    cut(keys, sizes.keys).map(
      (block): FullBlocks => ({ keys: [block], queries: cut(queries, sizes.queries).map((span) => [span]) }),
    ),
  );
  return [...together, ...alone];
}

/** @param mainQueries false when nothing reads main's output: its rows are keys only then. */
export function planAttention(
  { main, tails }: SequenceRows,
  { mainQueries, sizes }: { mainQueries: boolean; sizes: BlockSizes },
): AttentionPlan {
  const spans = [...(mainQueries ? [main] : []), ...tails].filter((span) => span.length > 0);
  const parts = spans.map((span) => splitTriangle(span, sizes.queries));
  const tailRows = { start: end(main), length: tails.reduce((sum, tail) => sum + tail.length, 0) };
  const queries = cut(tailRows, sizes.queries).map((span) => [span]);
  const toMain = queries.length > 0 ? cut(main, sizes.keys).map((keys): FullBlocks => ({ keys: [keys], queries })) : [];
  return {
    masked: sideBySide(
      parts.flatMap((part) => part.triangles),
      sizes,
    ),
    full: [
      ...rectangleBlocks(
        parts.flatMap((part) => part.rectangles),
        sizes,
      ),
      ...toMain,
    ],
  };
}
