/**
 * @file The decoder's keys and values. They live in plain arrays that are fed to every step in place; a step returns only
 * the new token's, because the runtime copies its outputs.
 */
import type { TensorData } from './graph.ts';
import type { ModelConfig } from './model-config.ts';

/** Slots by which a rollout's own cache grows. */
export const cacheStep = 32;

/** Keys and values of a batch, a pair for each layer. Prompt: [KV, NG, P, hd]; own: [KV, B, T, hd]. */
export interface Cache {
  groups: number;
  rows: number;
  promptLength: number;
  capacity: number;
  prompt: Float32Array[];
  own: Float32Array[];
}

/** Copies blocks of `size` between arrays [KV, from, size] and [KV, to, size]; `order[i]` is the old index of i. */
function reorder(source: Float32Array, kvHeads: number, size: number, order: readonly number[]): Float32Array {
  const from = source.length / (kvHeads * size);
  const out = new Float32Array(kvHeads * order.length * size);
  for (let kv = 0; kv < kvHeads; kv++) {
    for (const [i, old] of order.entries()) {
      if (old < 0) continue;
      const start = (kv * from + old) * size;
      out.set(source.subarray(start, start + size), (kv * order.length + i) * size);
    }
  }
  return out;
}

/** Keeps the given groups and rows: `old...[i]` is the old index of i, -1 for an empty row. */
export function shrinkCache(
  cache: Cache,
  config: ModelConfig,
  { oldGroups, oldRows }: { oldGroups: readonly number[]; oldRows: readonly number[] },
): void {
  const { kvHeads, headDim } = config;
  if (oldGroups.length < cache.groups) {
    cache.prompt = cache.prompt.map((values) => reorder(values, kvHeads, cache.promptLength * headDim, oldGroups));
  }
  cache.own = cache.own.map((values) => reorder(values, kvHeads, cache.capacity * headDim, oldRows));
  cache.groups = oldGroups.length;
  cache.rows = oldRows.length;
}

/** Makes room for `by` more tokens of each rollout. */
export function growCache(cache: Cache, config: ModelConfig, by: number): void {
  const { kvHeads, headDim } = config;
  const before = cache.capacity * headDim;
  cache.capacity += by;
  const after = cache.capacity * headDim;
  cache.own = cache.own.map((values) => {
    const out = new Float32Array(kvHeads * cache.rows * after);
    for (let i = 0; i < kvHeads * cache.rows; i++) out.set(values.subarray(i * before, (i + 1) * before), i * after);
    return out;
  });
}

/** Writes the new keys and values, [layers, 2, KV, B, hd], into slot `step`. */
export function writeCache(cache: Cache, config: ModelConfig, values: Float32Array, step: number): void {
  const { headDim } = config;
  const blocks = config.kvHeads * cache.rows;
  const stride = cache.capacity * headDim;
  let from = 0;
  for (const target of cache.own) {
    for (let i = 0; i < blocks; i++) {
      const to = i * stride + step * headDim;
      for (let j = 0; j < headDim; j++) target[to + j] = values[from++] as number;
    }
  }
}

/** The cache as inputs of the decoding graph. */
export function cacheFeeds(cache: Cache): Record<string, TensorData> {
  const name = (prefix: string, index: number) => `${prefix}${index % 2 === 0 ? 'Keys' : 'Values'}${index >> 1}`;
  return Object.fromEntries([
    ...cache.prompt.map((values, index) => [name('prompt', index), values] as const),
    ...cache.own.map((values, index) => [name('own', index), values] as const),
  ]);
}
