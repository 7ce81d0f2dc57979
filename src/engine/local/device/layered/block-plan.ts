/**
 * @file Which blocks of queries meet which blocks of keys on the device: rows as they lie, cut at fixed sizes. Unlike the
 * processor's plan (train/layered/attention-plan.ts), which gathers equal rectangles, blocks may mix a prompt and tails: a mask
 * costs little here, and moving rows much.
 */
import type { SequenceRows } from '../../train/layered/attention-plan.ts';
import { cutRows, type Span } from '../../train/segment-index.ts';

/** Rows of a block of attention, and rows that pass through a row graph together. */
export interface DeviceBlockSizes {
  readonly queries: number;
  readonly keys: number;
  readonly rows: number;
}

/** Scores of a block: 4 MB for a head. */
export const defaultDeviceBlocks: DeviceBlockSizes = { queries: 512, keys: 2048, rows: 1024 };

/** A block of keys that some query of a block sees; masked where another does not see some key. */
export interface KeyBlock extends Span {
  readonly masked: boolean;
}

/** A block of queries with its blocks of keys. */
export interface QueryBlock extends Span {
  readonly keys: readonly KeyBlock[];
}

/** Of each row: 0 for the prompt, n for tail n, and its position. */
export interface RowPlaces {
  readonly segments: Float32Array;
  readonly positions: Float32Array;
}

/** The tails of a sequence and its main part by number. */
export function rowPlaces({ main, tails, count }: SequenceRows, positions: BigInt64Array): RowPlaces {
  const segments = new Float32Array(count);
  for (const [n, { start, length }] of [main, ...tails].entries()) segments.fill(n, start, start + length);
  return { segments, positions: Float32Array.from(positions, Number) };
}

interface Piece {
  readonly segment: number;
  readonly first: number;
  readonly last: number;
}

/** Stretches of one segment in a span: positions rise by one within. */
function pieces({ segments, positions }: RowPlaces, { start, length }: Span): Piece[] {
  const out: Piece[] = [];
  let from = start;
  for (let row = start + 1; row <= start + length; row++) {
    if (row < start + length && segments[row] === segments[from]) continue;
    out.push({
      segment: segments[from] as number,
      first: positions[from] as number,
      last: positions[row - 1] as number,
    });
    from = row;
  }
  return out;
}

/** Whether some, and whether all, queries of a piece see keys of another. */
function seen(query: Piece, key: Piece, window: number): { some: boolean; all: boolean } {
  if (key.segment !== 0 && key.segment !== query.segment) return { some: false, all: false };
  return {
    some: key.first <= query.last && query.first - key.last < window,
    all: key.last <= query.first && query.last - key.first < window,
  };
}

/** Queries from row `first`, each with the keys that it may see; a window counts the query itself. */
export function planBlocks(
  places: RowPlaces,
  {
    first,
    sizes,
    window = Number.POSITIVE_INFINITY,
  }: { first: number; sizes: DeviceBlockSizes; window?: number | undefined },
): QueryBlock[] {
  const count = places.segments.length;
  const keys = cutRows(0, count, sizes.keys).map((span) => ({ span, parts: pieces(places, span) }));
  return cutRows(first, count, sizes.queries).map((span) => {
    const queries = pieces(places, span);
    const blocks = keys.flatMap((block): KeyBlock[] => {
      const pairs = queries.flatMap((query) => block.parts.map((part) => seen(query, part, window)));
      return pairs.some(({ some }) => some) ? [{ ...block.span, masked: !pairs.every(({ all }) => all) }] : [];
    });
    return { ...span, keys: blocks };
  });
}
