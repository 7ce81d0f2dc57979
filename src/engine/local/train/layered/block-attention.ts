/**
 * @file Attention of a block of queries to a block of keys, forward and backward, as the tiles of FlashAttention-2 (Dao
 * 2023): a block knows nothing of the other keys of its queries, and the log-sum-exp of each query joins the parts.
 *
 * B independent pairs of blocks stand side by side: q [KV, B, Gq S, hd], Gq query heads for a key head, S queries; k, v
 * [KV, B, A, hd]. `masked` blocks add a mask, causal or of a window.
 *
 * Backward, with p = exp(s - lse) and delta the sum of dO o:  dv = p^T dO,  ds = p (dO v^T - delta),  dq = ds k,  dk = ds^T q.
 * Both subtractions are folded into the products as one more column, and scores are computed transposed, [A, Gq S]: on
 * this runtime each pass over the scores costs as much as a product, and so does a product with its first factor transposed.
 */
import { type Dim, Graph, type Value } from '../../graph/graph.ts';
import { attentionScale, type ModelConfig } from '../../weights/model-config.ts';

/** Which of the four graphs to build. */
export interface BlockAttentionOptions {
  readonly masked: boolean;
  readonly backward: boolean;
}

/**
 * Forward: `o` [KV, B, Gq S, hd] and `lse` [KV, B, Gq S, 1]; masked, with input `mask` [S, A].
 * Backward: further inputs `dO`, `lse`, `delta` (shaped as o and lse), masked `maskT` [A, 1, S], else `dkSoFar` and
 * `dvSoFar`, which are added; outputs `dq`, `dk`, `dv`.
 */
export function buildBlockAttention(config: ModelConfig, { masked, backward }: BlockAttentionOptions): Graph {
  const graph = new Graph();
  const { heads, kvHeads, headDim } = config;
  const group = heads / kvHeads;
  const alpha = attentionScale(config);
  const queries = (name: string, width: Dim) => graph.input(name, [kvHeads, 'B', [group, 'S'], width]);
  const keys = (name: string) => graph.input(name, [kvHeads, 'B', 'A', headDim]);
  const [q, k, v] = [queries('q', headDim), keys('k'), keys('v')];
  if (!backward) {
    const scores = maskScores(graph, graph.matmul(q, k, { transB: true, alpha }), masked, {
      split: [[kvHeads, 'B', group], 'S', 'A'],
      mask: () => graph.input('mask', ['S', 'A']),
      joined: [kvHeads, 'B', [group, 'S'], 'A'],
    });
    const p = graph.op('Softmax', [scores], { axis: -1 });
    graph.output(graph.matmul(p, v), 'o');
    // lse = max s - log max p: two reading passes, where a log-sum-exp of its own takes several times as long.
    const largest = (x: Value) => graph.op('ReduceMax', [x], { axes: [-1], keepdims: 1 });
    graph.output(graph.sub(largest(scores), graph.op('Log', [largest(p)])), 'lse');
    return graph;
  }
  const dO = queries('dO', headDim);
  const minus = (name: string) => graph.op('Neg', [queries(name, 1)]);
  const ones = graph.op('Expand', [graph.float(1), graph.shape([kvHeads, 'B', 'A', 1])]);
  const qExtended = graph.concat([graph.mul(q, graph.float(alpha)), minus('lse')], 3);
  const logP = maskScores(graph, graph.matmul(graph.concat([k, ones], 3), qExtended, { transB: true }), masked, {
    split: [[kvHeads, 'B'], 'A', group, 'S'],
    mask: () => graph.input('maskT', ['A', 1, 'S']),
    joined: [kvHeads, 'B', 'A', [group, 'S']],
  });
  const p = graph.op('Exp', [logP]);
  const dOExtended = graph.concat([dO, minus('delta')], 3);
  const dScores = graph.mul(p, graph.matmul(graph.concat([v, ones], 3), dOExtended, { transB: true }));
  const [dk, dv] = [graph.matmul(dScores, q, { alpha }), graph.matmul(p, dO)];
  graph.output(graph.matmul(dScores, k, { transA: true, alpha }), 'dq');
  graph.output(masked ? dk : graph.add(dk, keys('dkSoFar')), 'dk');
  graph.output(masked ? dv : graph.add(dv, keys('dvSoFar')), 'dv');
  return graph;
}

function maskScores(
  graph: Graph,
  scores: Value,
  masked: boolean,
  { split, mask, joined }: { split: readonly Dim[]; mask: () => Value; joined: readonly Dim[] },
): Value {
  return masked ? graph.reshape(graph.add(graph.reshape(scores, split), mask()), joined) : scores;
}
