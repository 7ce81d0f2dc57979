/** @file Sequences as token rows without padding, one after the other, and the inputs of graphs over plain ones. */
import { chunksFor } from '../graph/attention.ts';
import type { Sizes, TensorData } from '../graph/graph.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { type Span, segmentIndex } from './segment-index.ts';

/** [N] tokens and their positions, and the rows of each sequence. */
export interface TokenRows {
  readonly tokens: Int32Array;
  readonly positions: BigInt64Array;
  readonly spans: readonly Span[];
}

/** @param firstPosition of sequence n; 0 by default */
export function tokenRows(sequences: readonly Int32Array[], firstPosition = (_: number): number => 0): TokenRows {
  const count = sequences.reduce((sum, { length }) => sum + length, 0);
  const tokens = new Int32Array(count);
  const positions = new BigInt64Array(count);
  let row = 0;
  const spans = sequences.map((sequence, n): Span => {
    tokens.set(sequence, row);
    const first = firstPosition(n);
    for (let i = 0; i < sequence.length; i++) positions[row + i] = BigInt(first + i);
    const span = { start: row, length: sequence.length };
    row += sequence.length;
    return span;
  });
  return { tokens, positions, spans };
}

/** Chunks of a prompt segment, and the queries of each. */
export function promptShape(lengths: readonly number[], chunksOf = chunksFor): { chunks: number; query: number } {
  const length = Math.max(...lengths);
  const chunks = chunksOf(length);
  return { chunks, query: Math.ceil(length / chunks) };
}

/** What a graph of kind `dense` takes, but for the head. */
export interface PlainRows {
  readonly chunks: number;
  readonly query: number;
  readonly sizes: Sizes;
  readonly feeds: Readonly<Record<string, TensorData>> & { readonly tokens: Int32Array };
}

/** Sequences side by side in the segment `prompt`. */
export function plainRows(sequences: readonly Int32Array[], config: ModelConfig, chunksOf = chunksFor): PlainRows {
  const lengths = sequences.map(({ length }) => length);
  const { chunks, query } = promptShape(lengths, chunksOf);
  const { tokens, positions, spans } = tokenRows(sequences);
  const index = segmentIndex('prompt', spans, config, { query, chunks, firstRow: 0 });
  const sizes = { N: tokens.length, Np: tokens.length, NG: sequences.length, Q: query };
  return { chunks, query, sizes, feeds: { tokens, positions, ...index } };
}
