/**
 * @file The same for a windowed layer: a block of queries meets the keys from its first query's window on, so that the work
 * grows with the tokens and not with their square.
 */
import type { Span } from '../segment-index.ts';
import type { AttentionPlan, BlockSizes, FullBlocks, MaskedBlocks, SequenceRows } from './attention-plan.ts';

/** Rows that stand one after the other, from a position on. */
interface Stream {
  readonly span: Span;
  readonly position: number;
}

interface Piece {
  readonly queries: Span;
  readonly keys: Span;
  /** Position of the first query minus that of the first key. */
  readonly offset: number;
}

/** Shorter blocks cost more in runs than they save in scores. */
const shortestBlock = 64;

/** Blocks of the queries, each with the keys that any of its queries sees, these in parts of at most `sizes.keys`. */
function pieces(queries: Stream, keys: Stream, window: number, sizes: BlockSizes): Piece[] {
  const block = Math.min(sizes.queries, Math.max(window, shortestBlock));
  const out: Piece[] = [];
  for (let start = 0; start < queries.span.length; start += block) {
    const length = Math.min(block, queries.span.length - start);
    const first = queries.position + start;
    const from = Math.max(keys.position, first - window + 1);
    const to = Math.min(keys.position + keys.span.length, first + length);
    for (let at = from; at < to; at += sizes.keys) {
      out.push({
        queries: { start: queries.span.start + start, length },
        keys: { start: keys.span.start + at - keys.position, length: Math.min(sizes.keys, to - at) },
        offset: first - at,
      });
    }
  }
  return out;
}

/** Whether every query of a piece sees every key. */
const sees = ({ queries, keys, offset }: Piece, window: number): boolean =>
  offset - (keys.length - 1) >= 0 && offset + queries.length - 1 < window;

/** Pieces of one shape side by side, as many as `scores` allows. */
function sideBySide(all: readonly Piece[], { scores }: BlockSizes): Piece[][] {
  const open = new Map<string, Piece[]>();
  const out: Piece[][] = [];
  for (const piece of all) {
    const { queries, keys, offset } = piece;
    const key = `${queries.length} ${keys.length} ${offset}`;
    const most = Math.max(1, Math.floor(scores / (queries.length * keys.length)));
    const group = open.get(key);
    if (group && group.length < most) {
      group.push(piece);
      continue;
    }
    const started = [piece];
    open.set(key, started);
    out.push(started);
  }
  return out;
}

/** @param mainQueries false when nothing reads main's output: its rows are keys only then. */
export function planWindow(
  { main, tails }: SequenceRows,
  { mainQueries, sizes, window }: { mainQueries: boolean; sizes: BlockSizes; window: number },
): AttentionPlan {
  const prompt = { span: main, position: 0 };
  const streams = tails.map((span): Stream => ({ span, position: main.length }));
  const all = [
    ...(mainQueries ? pieces(prompt, prompt, window, sizes) : []),
    ...streams.flatMap((tail) => [...pieces(tail, prompt, window, sizes), ...pieces(tail, tail, window, sizes)]),
  ];
  const spans = (group: readonly Piece[], side: 'queries' | 'keys') => group.map((piece) => piece[side]);
  const masked = sideBySide(
    all.filter((piece) => !sees(piece, window)),
    sizes,
  ).map(
    (group): MaskedBlocks => ({
      queries: spans(group, 'queries'),
      keys: spans(group, 'keys'),
      offset: group[0]?.offset ?? 0,
    }),
  );
  const full = sideBySide(
    all.filter((piece) => sees(piece, window)),
    sizes,
  ).map((group): FullBlocks => ({ keys: spans(group, 'keys'), queries: [spans(group, 'queries')] }));
  return { masked, full };
}
