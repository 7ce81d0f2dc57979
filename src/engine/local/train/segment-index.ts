/**
 * @file The index tensors with which attention.ts gathers packed rows into padded segments and back, and its masks.
 */
import type { TensorData } from '../graph/graph.ts';
import type { ModelConfig } from '../weights/model-config.ts';

/** Masked scores: their exponential is 0. Finite, so that a row of padding still has a softmax. */
export const masked = -1e9;

/** A slot of a padded segment: where its rows start, and how many there are. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** Spans of `size` rows from `start` to `end`; the last may be shorter. */
export const cutRows = (start: number, end: number, size: number): Span[] =>
  Array.from({ length: Math.ceil((end - start) / size) }, (_, i) => ({
    start: start + i * size,
    length: Math.min(size, end - start - i * size),
  }));

/**
 * Index tensors of a segment of `chunks` times `query` slots (see attention.ts). Padding reads row 0 in the forward pass
 * (finite, and masked or dropped) and the row of zeros, -1, in the backward pass.
 */
export function segmentIndex(
  name: string,
  spans: readonly Span[],
  config: ModelConfig,
  options: { query: number; chunks: number; firstRow: number },
): Record<string, TensorData> {
  const { heads, kvHeads, window } = config;
  const { query, chunks, firstRow } = options;
  const length = query * chunks;
  const sequences = spans.length;
  const group = heads / kvHeads;
  const rows = spans.reduce((sum, span) => sum + span.length, 0);
  const perChunk = heads * sequences * query;
  const queries = new Int32Array(perChunk * chunks);
  const queryGradients = new Int32Array(perChunk * chunks).fill(-1);
  const keys = new Int32Array(kvHeads * sequences * length);
  const queryRows = new Int32Array(rows * heads);
  const keyRows = new Int32Array(rows * kvHeads);
  for (let kv = 0; kv < kvHeads; kv++) {
    for (const [b, span] of spans.entries()) {
      const sequence = kv * sequences + b;
      for (let i = 0; i < span.length; i++) {
        const row = span.start + i;
        keys[sequence * length + i] = row * kvHeads + kv;
        keyRows[(row - firstRow) * kvHeads + kv] = sequence * length + i;
        const inChunk = i % query;
        const chunkStart = ((i - inChunk) / query) * perChunk;
        for (let g = 0; g < group; g++) {
          const at = chunkStart + (sequence * group + g) * query + inChunk;
          const headRow = row * heads + kv * group + g;
          queries[at] = headRow;
          queryGradients[at] = headRow;
          queryRows[headRow - firstRow * heads] = at;
        }
      }
    }
  }
  const feeds: Record<string, TensorData> = {
    [`${name}.keys`]: keys,
    [`${name}.queryRows`]: queryRows,
    [`${name}.keyRows`]: keyRows,
  };
  for (let chunk = 0; chunk < chunks; chunk++) {
    const [from, to] = [chunk * perChunk, (chunk + 1) * perChunk];
    feeds[`${name}.queries${chunk}`] = queries.subarray(from, to);
    feeds[`${name}.queryGradients${chunk}`] = queryGradients.subarray(from, to);
    feeds[`${name}.causal${chunk}`] = causalMask(query, (chunk + 1) * query);
    if (window !== undefined) feeds[`${name}.windowed${chunk}`] = causalMask(query, (chunk + 1) * query, window);
  }
  return feeds;
}

const causalMasks = new Map<string, Float32Array>();

/**
 * [Q, length] for the last Q of `length` positions: 0 where a query may look, a large negative number where it may not: after
 * itself, and before the last `window` positions. The last few sizes are kept.
 */
function causalMask(query: number, length: number, window = length): Float32Array {
  const key = `${query},${length},${Math.min(window, length)}`;
  const known = causalMasks.get(key);
  if (known) return known;
  const mask = new Float32Array(query * length);
  for (let i = 0; i < query; i++) {
    const own = length - query + i;
    mask.fill(masked, i * length + own + 1, (i + 1) * length);
    if (own >= window) mask.fill(masked, i * length, i * length + own - window + 1);
  }
  if (causalMasks.size >= 64) causalMasks.delete(causalMasks.keys().next().value as string);
  causalMasks.set(key, mask);
  return mask;
}

/** [NG, P]: masks the padding of prompts. */
export function paddingMask(lengths: readonly number[], length: number): Float32Array {
  const mask = new Float32Array(lengths.length * length);
  for (const [g, valid] of lengths.entries()) mask.fill(masked, g * length + valid, (g + 1) * length);
  return mask;
}

/**
 * [n, rows, length]: row i of prompt g stands i tokens after the prompt's end and sees its last
 * `window` - 1 - i tokens. The rest and padding are masked.
 */
function windowMask(
  lengths: readonly number[],
  { length, rows, window }: { length: number; rows: number; window: number },
): Float32Array {
  const mask = new Float32Array(lengths.length * rows * length).fill(masked);
  for (const [g, valid] of lengths.entries()) {
    for (let i = 0; i < rows; i++) {
      const from = Math.max(0, valid + i - window + 1);
      if (from < valid) mask.fill(0, (g * rows + i) * length + from, (g * rows + i) * length + valid);
    }
  }
  return mask;
}

/** Masks of prompts of these lengths for tails of `rows`: `prompt.padding`, and with a window `prompt.window`. */
export function promptMasks(
  lengths: readonly number[],
  { length, rows, window }: { length: number; rows: number; window: number | undefined },
): Record<string, TensorData> {
  const padding = { 'prompt.padding': paddingMask(lengths, length) };
  return window === undefined
    ? padding
    : { ...padding, 'prompt.window': windowMask(lengths, { length, rows, window }) };
}
