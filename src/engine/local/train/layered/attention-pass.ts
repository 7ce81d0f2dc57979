/**
 * @file Attention of a whole sequence with tails, block by block: memory for scores is that of one block, whatever the
 * length. Forward joins the blocks of a query by their log-sum-exp; backward adds up.
 */
import type { ModelConfig } from '../../weights/model-config.ts';
import { masked, type Span } from '../segment-index.ts';
import type { AttentionPlan } from './attention-plan.ts';
import { gather, longest, makePerHead, mergeAttention, type PerHead, scatterAdd } from './per-head.ts';
import type { LayeredPrograms } from './programs.ts';

/** Queries, keys and values of a layer, positions already turned in. */
export interface Heads {
  /** [H, N, hd] */
  readonly q: PerHead;
  /** [KV, N, hd] */
  readonly k: PerHead;
  readonly v: PerHead;
}

/** What attention gives, and what its backward pass needs. */
export interface Attended {
  /** [H, N, hd] */
  readonly o: PerHead;
  /** [H, N, 1]: log of the sum of the exponentials of each query's scores. */
  readonly lse: PerHead;
}

/** Zeros [H, N, width]. */
export const queryRows = (config: ModelConfig, rows: number, width = config.headDim): PerHead =>
  makePerHead({ kvHeads: config.kvHeads, group: config.heads / config.kvHeads, rows, width });
/** Zeros [KV, N, hd]. */
export const keyRows = (config: ModelConfig, rows: number): PerHead =>
  makePerHead({ kvHeads: config.kvHeads, group: 1, rows, width: config.headDim });

const sizesOf = (queries: readonly Span[], keys: readonly Span[]) => ({
  B: queries.length,
  S: longest(queries),
  A: longest(keys),
});

const masks = new Map<string, { mask: Float32Array; maskT: Float32Array }>();

/**
 * 0 where query i of S may look at key j of A, `offset` + i - j tokens before it: not after itself, and within the window;
 * [S, A] and its transpose. The last few sizes are kept.
 */
function blockMasks(S: number, A: number, offset: number, window: number) {
  const key = `${S} ${A} ${offset} ${window}`;
  const known = masks.get(key);
  if (known) return known;
  const [mask, maskT] = [new Float32Array(S * A), new Float32Array(A * S)];
  for (let i = 0; i < S; i++) {
    for (let j = 0; j < A; j++) {
      const distance = offset + i - j;
      if (distance >= 0 && distance < window) continue;
      mask[i * A + j] = masked;
      maskT[j * S + i] = masked;
    }
  }
  if (masks.size >= 32) masks.delete(masks.keys().next().value as string);
  masks.set(key, { mask, maskT });
  return { mask, maskT };
}

/** Runs the blocks of a plan and joins them; queries that no block holds stay 0. */
export async function attentionForward(
  config: ModelConfig,
  programs: LayeredPrograms,
  plan: AttentionPlan,
  { q, k, v, window = Number.POSITIVE_INFINITY }: Heads & { window?: number | undefined },
): Promise<Attended> {
  const total = { o: queryRows(config, q.rows), lse: queryRows(config, q.rows, 1) };
  total.lse.data.fill(Number.NEGATIVE_INFINITY);
  const merge = (queries: readonly Span[], { o, lse }: Record<string, Float32Array>) =>
    mergeAttention(total, queries, { o: o as Float32Array, lse: lse as Float32Array });
  for (const { queries, keys, offset } of plan.masked) {
    const sizes = sizesOf(queries, keys);
    const { mask } = blockMasks(sizes.S, sizes.A, offset, window);
    const feeds = { q: gather(q, queries), k: gather(k, keys), v: gather(v, keys), mask };
    merge(queries, await programs.run('attention-masked', sizes, feeds));
  }
  for (const { keys, queries } of plan.full) {
    const shared = { k: gather(k, keys), v: gather(v, keys) };
    for (const spans of queries) {
      const feeds = { ...shared, q: gather(q, spans) };
      merge(spans, await programs.run('attention', sizesOf(spans, keys), feeds));
    }
  }
  return total;
}

/** Gradients of `Heads`, in its shapes; `attentionBackward` adds to them. */
export interface AttentionGradients {
  readonly dq: PerHead;
  readonly dk: PerHead;
  readonly dv: PerHead;
}

/** Adds the gradients to `into`. `delta` [H, N, 1] is the sum of dO o over each head. */
export async function attentionBackward(
  config: ModelConfig,
  programs: LayeredPrograms,
  plan: AttentionPlan,
  {
    q,
    k,
    v,
    lse,
    dO,
    delta,
    into,
    window = Number.POSITIVE_INFINITY,
  }: Heads & {
    lse: PerHead;
    dO: PerHead;
    delta: PerHead;
    into: AttentionGradients;
    window?: number | undefined;
  },
): Promise<void> {
  const queryFeeds = (spans: readonly Span[]) => ({
    q: gather(q, spans),
    dO: gather(dO, spans),
    lse: gather(lse, spans),
    delta: gather(delta, spans),
  });
  for (const { queries, keys, offset } of plan.masked) {
    const sizes = sizesOf(queries, keys);
    const { maskT } = blockMasks(sizes.S, sizes.A, offset, window);
    const feeds = { ...queryFeeds(queries), k: gather(k, keys), v: gather(v, keys), maskT };
    const result = await programs.run('attention-masked-backward', sizes, feeds);
    scatterAdd(into.dq, queries, result.dq as Float32Array);
    scatterAdd(into.dk, keys, result.dk as Float32Array);
    scatterAdd(into.dv, keys, result.dv as Float32Array);
  }
  for (const { keys, queries } of plan.full) {
    const shared = { k: gather(k, keys), v: gather(v, keys) };
    const size = config.kvHeads * keys.length * longest(keys) * config.headDim;
    let dk: Float32Array = new Float32Array(size);
    let dv: Float32Array = new Float32Array(size);
    for (const spans of queries) {
      // The sums over query blocks go through the graph: they cost nothing beside the copy of its outputs.
      const feeds = { ...queryFeeds(spans), ...shared, dkSoFar: dk, dvSoFar: dv };
      const result = await programs.run('attention-backward', sizesOf(spans, keys), feeds);
      scatterAdd(into.dq, spans, result.dq as Float32Array);
      [dk, dv] = [result.dk as Float32Array, result.dv as Float32Array];
    }
    scatterAdd(into.dk, keys, dk);
    scatterAdd(into.dv, keys, dv);
  }
}
