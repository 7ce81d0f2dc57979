/**
 * @file Differentiable operations: each appends its forward nodes to a graph and returns the result with a `backward` that
 * appends the vector-Jacobian product. Rows come first: `x` is [N, width]. The pack has no training operators
 * (SoftmaxGrad and the like are not in the published build), so every derivative is written out here.
 */
import type { Activation } from '../weights/model-config.ts';
import type { Dim, Graph, Value } from './graph.ts';

/**
 * RMSNorm over the last axis: y = w x / sqrt(mean(x^2) + eps).
 * With r = 1 / sqrt(..), z = dy * x: dw = sum over rows of r z, dx = r (w dy - x r^2 (z . w) / width).
 */
export function rmsNorm(graph: Graph, x: Value, weight: Value, options: { epsilon: number; width: number }) {
  const { width } = options;
  const [y, inverse] = normalise(graph, x, weight, options);
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

/** Rows and 1 / sqrt(mean(x^2) + eps) of each: the operator's second output, which WebGPU's provider does not write. */
function normalise(
  graph: Graph,
  x: Value,
  weight: Value,
  { epsilon, width }: { epsilon: number; width: number },
): [y: Value, inverse: Value] {
  const attributes = { axis: -1, epsilon: { float: epsilon } };
  const outputs = graph.target === 'webgpu' ? 1 : 2;
  const [y, inverse] = graph.multi('SimplifiedLayerNormalization', [x, weight], outputs, attributes) as [Value, Value];
  if (outputs === 2) return [y, inverse];
  const mean = graph.mul(graph.reduceSum(graph.mul(x, x), -1), graph.float(1 / width));
  return [y, graph.op('Reciprocal', [graph.op('Sqrt', [graph.add(mean, graph.float(epsilon))])])];
}

/** The gate's function with its derivative. silu' = s + silu (1 - s), s the sigmoid. */
function activate(graph: Graph, x: Value, activation: Activation): { y: Value; slope: () => Value } {
  if (activation === 'silu') {
    const sigmoid = graph.op('Sigmoid', [x]);
    const silu = graph.mul(x, sigmoid);
    return { y: silu, slope: () => graph.add(sigmoid, graph.sub(silu, graph.mul(silu, sigmoid))) };
  }
  const { share, density } = activation === 'gelu' ? normalShare(graph, x) : tanhShare(graph, x);
  return { y: graph.mul(x, share), slope: () => graph.add(share, graph.mul(x, density())) };
}

/** The normal distribution's share below x, and its density: gelu(x) = x share(x). */
function normalShare(graph: Graph, x: Value): { share: Value; density: () => Value } {
  const erf = graph.op('Erf', [graph.mul(x, graph.float(Math.SQRT1_2))]);
  const share = graph.mul(graph.add(erf, graph.float(1)), graph.float(0.5));
  const bell = () => graph.op('Exp', [graph.mul(graph.mul(x, x), graph.float(-0.5))]);
  return { share, density: () => graph.mul(bell(), graph.float(1 / Math.sqrt(2 * Math.PI))) };
}

/** The same by a hyperbolic tangent (Hendrycks and Gimpel 2016): t = tanh(c (x + 0.044715 x^3)), share = (1 + t) / 2. */
function tanhShare(graph: Graph, x: Value): { share: Value; density: () => Value } {
  const [c, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
  const square = graph.mul(x, x);
  const one = graph.float(1);
  const inner = graph.mul(x, graph.add(graph.mul(square, graph.float(c * cubic)), graph.float(c)));
  const t = graph.op('Tanh', [inner]);
  const density = () => {
    const slope = graph.add(graph.mul(square, graph.float(1.5 * c * cubic)), graph.float(0.5 * c));
    return graph.mul(graph.sub(one, graph.mul(t, t)), slope);
  };
  return { share: graph.mul(graph.add(t, one), graph.float(0.5)), density };
}

/** y = f(gate) up. */
export function gated(graph: Graph, gate: Value, up: Value, activation: Activation = 'silu') {
  const active = activate(graph, gate, activation);
  return {
    y: graph.mul(active.y, up),
    backward(dy: Value): { dGate: Value; dUp: Value } {
      const slope = active.slope();
      return { dGate: graph.mul(graph.mul(dy, up), slope), dUp: graph.mul(dy, active.y) };
    },
  };
}

/** x times a constant, or x where that is 1 or absent. */
export const scaled = (graph: Graph, x: Value, factor: number | undefined): Value =>
  factor === undefined || factor === 1 ? x : graph.mul(x, graph.float(factor));

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
