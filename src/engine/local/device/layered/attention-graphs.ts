/**
 * @file Attention of a block of queries to a block of keys on the device, forward and backward, as the tiles of FlashAttention-2 (Dao
 * 2023). Blocks are cut out of the whole sequence inside the graph, and what other blocks gave comes in and goes out with the
 * block's own added, so that nothing travels and nothing is copied between.
 */
import { Graph, type Value } from '../../graph/graph.ts';
import { masked } from '../../train/segment-index.ts';
import { attentionScale, type ModelConfig } from '../../weights/model-config.ts';
import type { ProgramSpec } from '../device-program.ts';

/** What a block's graph is for; a window is in the mask. */
export interface BlockGraph {
  readonly masked: boolean;
  readonly backward: boolean;
  readonly window: number | undefined;
}

interface Parts {
  readonly graph: Graph;
  readonly config: ModelConfig;
}

/** Rows q0 to q1 of a value by head [H, M, width], as [KV, 1, Gq S, width]. */
function queries({ graph, config }: Parts, name: string, width: number): Value {
  const whole = graph.input(name, undefined);
  const rows = graph.op('Slice', [whole, graph.shape(['q0']), graph.shape(['q1']), graph.integers([1])]);
  return graph.reshape(rows, [config.kvHeads, 1, [config.heads / config.kvHeads, 'S'], width]);
}

/** Rows k0 to k1 of keys or values [KV, N, hd], as [KV, 1, A, hd]. */
function keys({ graph, config }: Parts, name: string): Value {
  const whole = graph.input(name, [config.kvHeads, 'N', config.headDim]);
  const rows = graph.op('Slice', [whole, graph.shape(['k0']), graph.shape(['k1']), graph.integers([1])]);
  return graph.reshape(rows, [config.kvHeads, 1, 'A', config.headDim]);
}

/** Scores [KV, 1, Gq S, A]. A key is seen if it is the prompt's or of the query's own tail, not after it, and in its window. */
function scoresOf(parts: Parts, q: Value, k: Value, { masked: isMasked, window }: BlockGraph): Value {
  const { graph, config } = parts;
  const { heads, kvHeads } = config;
  const scores = graph.matmul(q, k, { heads: true, transB: true, alpha: attentionScale(config) });
  if (!isMasked) return scores;
  const [qSegment, qPosition] = [graph.input('qSegment', ['S', 1]), graph.input('qPosition', ['S', 1])];
  const [kSegment, kPosition] = [graph.input('kSegment', [1, 'A']), graph.input('kPosition', [1, 'A'])];
  // Zero where the key's segment is 0 or the query's.
  const foreign = graph.mul(kSegment, graph.sub(kSegment, qSegment));
  const distance = graph.sub(qPosition, kPosition);
  const inside = [
    graph.op('Equal', [foreign, graph.float(0)]),
    graph.op('GreaterOrEqual', [distance, graph.float(0)]),
    ...(window === undefined ? [] : [graph.op('LessOrEqual', [distance, graph.float(window - 1)])]),
  ].reduce((a, b) => graph.op('And', [a, b]));
  const mask = graph.op('Where', [inside, graph.float(0), graph.float(masked)]);
  const byHead = graph.add(graph.reshape(scores, [heads, 'S', 'A']), mask);
  return graph.reshape(byHead, [kvHeads, 1, [heads / kvHeads, 'S'], 'A']);
}

/** -> `o` [H, S, hd] and `lse` [H, S, 1], joined to `oSoFar` and `lseSoFar`. */
function buildForward(config: ModelConfig, options: BlockGraph): Graph {
  const graph = new Graph('webgpu');
  const parts = { graph, config };
  const { heads, headDim } = config;
  const scores = scoresOf(parts, queries(parts, 'q', headDim), keys(parts, 'k'), options);
  const p = graph.op('Softmax', [scores], { axis: -1 });
  const o = graph.reshape(graph.op('MatMul', [p, keys(parts, 'v')]), [heads, 'S', headDim]);
  const largest = (x: Value) => graph.op('ReduceMax', [x], { axes: [-1], keepdims: 1 });
  const lse = graph.reshape(graph.sub(largest(scores), graph.op('Log', [largest(p)])), [heads, 'S', 1]);
  const [oSoFar, lseSoFar] = [graph.input('oSoFar', [heads, 'S', headDim]), graph.input('lseSoFar', [heads, 'S', 1])];
  const difference = graph.sub(lse, lseSoFar);
  // Beyond 80 the other part counts nothing; an exponential that overflows is undefined in WGSL.
  const share = graph.op('Sigmoid', [graph.op('Clip', [difference, graph.float(-80), graph.float(80)])]);
  graph.output(graph.add(oSoFar, graph.mul(share, graph.sub(o, oSoFar))), 'o');
  const rest = graph.op('Exp', [graph.op('Neg', [graph.op('Abs', [difference])])]);
  graph.output(graph.add(graph.op('Max', [lse, lseSoFar]), graph.op('Log', [graph.add(rest, graph.float(1))])), 'lse');
  return graph;
}

/** -> `dq` [H, S, hd], `dk` and `dv` [KV, A, hd], each added to what is `SoFar`. */
function buildBackward(config: ModelConfig, options: BlockGraph): Graph {
  const graph = new Graph('webgpu');
  const parts = { graph, config };
  const { heads, kvHeads, headDim } = config;
  const alpha = attentionScale(config);
  const [q, dO] = [queries(parts, 'q', headDim), queries(parts, 'dO', headDim)];
  const [k, v] = [keys(parts, 'k'), keys(parts, 'v')];
  const p = graph.op('Exp', [graph.sub(scoresOf(parts, q, k, options), queries(parts, 'lse', 1))]);
  const dP = graph.matmul(dO, v, { heads: true, transB: true });
  const dScores = graph.mul(p, graph.sub(dP, queries(parts, 'delta', 1)));
  const sum = (name: string, value: Value, shape: readonly (string | number)[]) => {
    const soFar = graph.input(`${name}SoFar`, shape);
    graph.output(graph.add(soFar, graph.reshape(value, shape)), name);
  };
  sum('dq', graph.matmul(dScores, k, { heads: true, alpha }), [heads, 'S', headDim]);
  sum('dk', graph.matmul(dScores, q, { heads: true, transA: true, alpha }), [kvHeads, 'A', headDim]);
  sum('dv', graph.matmul(p, dO, { heads: true, transA: true }), [kvHeads, 'A', headDim]);
  return graph;
}

/** The program of a kind of block. */
export const blockProgram = (config: ModelConfig, options: BlockGraph): ProgramSpec => ({
  key: `block-attention ${options.masked} ${options.backward} ${options.masked ? options.window : ''}`,
  build: () => (options.backward ? buildBackward(config, options) : buildForward(config, options)),
});
