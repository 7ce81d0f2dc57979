/**
 * @file Differentiable operations: each appends its forward nodes to a graph and returns the result with a `backward` that
 * appends the vector-Jacobian product. Rows come first: `x` is [N, width]. The pack has no training operators
 * (SoftmaxGrad and the like are not in the published build), so every derivative is written out here.
 */
import type { Dim, Graph, Value } from './graph.ts';

/**
 * RMSNorm over the last axis: y = w x / sqrt(mean(x^2) + eps).
 * With r = 1 / sqrt(..), z = dy * x: dw = sum over rows of r z, dx = r (w dy - x r^2 (z . w) / width).
 */
export function rmsNorm(graph: Graph, x: Value, weight: Value, options: { epsilon: number; width: number }) {
  const { epsilon, width } = options;
  const attributes = { axis: -1, epsilon: { float: epsilon } };
  const [y, inverse] = graph.multi('SimplifiedLayerNormalization', [x, weight], 2, attributes) as [Value, Value];
  return {
    y,
    backward(dy: Value): { dx: Value; dWeight: Value } {
      const z = graph.mul(dy, x);
      const dWeight = graph.reshape(graph.matmul(inverse, z, { transA: true }), [width]);
      const dot = graph.matmul(z, graph.reshape(weight, [width, 1]), { alpha: 1 / width });
      const coefficient = graph.mul(graph.mul(inverse, inverse), dot);
      const dx = graph.mul(inverse, graph.sub(graph.mul(dy, weight), graph.mul(x, coefficient)));
      return { dx, dWeight };
    },
  };
}

/** y = silu(gate) up. silu' = s + silu (1 - s), s the sigmoid. */
export function swiglu(graph: Graph, gate: Value, up: Value) {
  const sigmoid = graph.op('Sigmoid', [gate]);
  const silu = graph.mul(gate, sigmoid);
  return {
    y: graph.mul(silu, up),
    backward(dy: Value): { dGate: Value; dUp: Value } {
      const slope = graph.add(sigmoid, graph.sub(silu, graph.mul(silu, sigmoid)));
      return { dGate: graph.mul(graph.mul(dy, up), slope), dUp: graph.mul(dy, silu) };
    },
  };
}

/** What `rope` reads beside the rows. */
export interface RopeInputs {
  /** int64 [N, 1]: position of each row (as N sequences of one: the operator refuses sequences beyond the table). */
  readonly positions: Value;
  /** [maxContext, headDim / 2] */
  readonly cos: Value;
  readonly sin: Value;
}

/** Rotary embedding, halves rotated (the Hugging Face convention). x [N, heads headDim]. Its transpose turns back. */
export function rope(
  graph: Graph,
  x: Value,
  inputs: RopeInputs,
  options: { heads: number; headDim: number; rows: Dim },
) {
  const { heads, headDim, rows } = options;
  const attributes = { interleaved: 0, num_heads: heads, rotary_embedding_dim: 0 };
  const turn = (value: Value, sin: Value): Value => {
    const batched = graph.reshape(value, [rows, 1, heads * headDim]);
    const turned = graph.op(
      'RotaryEmbedding',
      [batched, inputs.positions, inputs.cos, sin],
      attributes,
      'com.microsoft',
    );
    return graph.reshape(turned, [rows, heads * headDim]);
  };
  return { y: turn(x, inputs.sin), backward: (dy: Value): Value => turn(dy, graph.op('Neg', [inputs.sin])) };
}
