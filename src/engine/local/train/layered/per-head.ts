/**
 * @file Arrays that hold a row of `width` numbers for every head and token, [H, N, width], and their blocks
 * [KV, B, Gq, S, width]: spans of token rows side by side, padded with zeros to S.
 */
import type { Span } from '../segment-index.ts';

/** [H, N, width]; H is a multiple of `kvHeads`. */
export interface PerHead {
  readonly data: Float32Array;
  readonly kvHeads: number;
  /** Gq: heads for each key head. */
  readonly group: number;
  readonly rows: number;
  readonly width: number;
}

/** Zeros of a shape. */
export function makePerHead(shape: Omit<PerHead, 'data'>): PerHead {
  return { ...shape, data: new Float32Array(shape.kvHeads * shape.group * shape.rows * shape.width) };
}

/** S of a block: its longest span. */
export const longest = (spans: readonly Span[]): number => Math.max(...spans.map((span) => span.length));

/** Calls `visit` for every contiguous run: where it starts in the array and in the block, and its numbers. */
function eachRun(
  { kvHeads, group, rows, width }: PerHead,
  spans: readonly Span[],
  visit: (inRows: number, inBlock: number, count: number) => void,
): void {
  const padded = longest(spans);
  for (let kv = 0; kv < kvHeads; kv++) {
    for (const [b, { start, length }] of spans.entries()) {
      for (let g = 0; g < group; g++) {
        const inRows = ((kv * group + g) * rows + start) * width;
        const inBlock = ((kv * spans.length + b) * group + g) * padded * width;
        visit(inRows, inBlock, length * width);
      }
    }
  }
}

/** Rows to a block [KV, B, Gq, S, width]. Where they lie together already it is a view, not a copy. */
export function gather(source: PerHead, spans: readonly Span[]): Float32Array {
  const { data, kvHeads, group, width, rows } = source;
  const [only] = spans;
  // All rows, or rows of the only head, lie together already.
  if (only && spans.length === 1 && (only.length === rows || kvHeads * group === 1)) {
    return data.subarray(only.start * width, only.start * width + kvHeads * group * only.length * width);
  }
  const block = new Float32Array(kvHeads * spans.length * group * longest(spans) * width);
  eachRun(source, spans, (from, to, count) => block.set(data.subarray(from, from + count), to));
  return block;
}

/** Writes a block back; padding is left out. */
export function scatter(target: PerHead, spans: readonly Span[], block: Float32Array): void {
  eachRun(target, spans, (to, from, count) => target.data.set(block.subarray(from, from + count), to));
}

/** The reverse of `gather`: adds a block to the rows that it came from; padding is left out. */
export function scatterAdd(target: PerHead, spans: readonly Span[], block: Float32Array): void {
  const { data } = target;
  eachRun(target, spans, (to, from, count) => {
    for (let i = 0; i < count; i++) (data[to + i] as number) += block[from + i] as number;
  });
}

/**
 * Joins a part of the attention of some queries to what other keys gave: o and lse as after a softmax over all of them.
 * Queries that have seen no key yet have lse -Infinity.
 */
export function mergeAttention(
  total: { readonly o: PerHead; readonly lse: PerHead },
  spans: readonly Span[],
  part: { readonly o: Float32Array; readonly lse: Float32Array },
): void {
  const { width } = total.o;
  const [o, lse] = [total.o.data, total.lse.data];
  eachRun(total.lse, spans, (to, from, count) => {
    for (let i = 0; i < count; i++) {
      const [before, added] = [lse[to + i] as number, part.lse[from + i] as number];
      const [toRow, fromRow] = [(to + i) * width, (from + i) * width];
      const largest = Math.max(before, added);
      const joined = largest + Math.log(Math.exp(before - largest) + Math.exp(added - largest));
      const [keep, take] = [Math.exp(before - joined), Math.exp(added - joined)];
      lse[to + i] = joined;
      for (let j = 0; j < width; j++) {
        o[toRow + j] = keep * (o[toRow + j] as number) + take * (part.o[fromRow + j] as number);
      }
    }
  });
}
