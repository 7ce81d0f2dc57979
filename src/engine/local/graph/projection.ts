/**
 * @file A linear projection of a layer, forward and backward: y = x W^T + b, and with an adapter (LoRA, Hu et al. 2021)
 * also (alpha / rank) (x A^T) B^T. Bias and adapter are there when the layer has their tensors.
 */

import type { AdapterTensor, LinearTensor } from '../weights/lora-config.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { ByLayerTensor, LayerTensor } from '../weights/parameters.ts';
import type { Graph, Value } from './graph.ts';

/** Tensors of a layer as graph values. */
export type LayerWeights = ByLayerTensor<Value> & Partial<Record<AdapterTensor, Value>>;

/** The value of a tensor that the layer must have. @throws Error where it has none: a fault of the graph's builder. */
export function layerWeight(weights: LayerWeights, tensor: LayerTensor): Value {
  const value = weights[tensor];
  if (value === undefined) throw new Error(`Layer has no tensor "${tensor}".`);
  return value;
}

const biasOf = (tensor: LinearTensor) => `${tensor}Bias` as const;

/** The low-rank part: y = scale (x A^T) B^T, A [rank, in], B [out, rank]. */
function adapter(graph: Graph, x: Value, [a, b]: readonly [Value, Value], scale: number) {
  const inner = graph.matmul(x, a, { transB: true });
  return {
    y: graph.matmul(inner, b, { transB: true, alpha: scale }),
    backward(dy: Value): { dx: Value; dA: Value; dB: Value } {
      const dInner = graph.matmul(dy, b, { alpha: scale });
      return {
        dx: graph.matmul(dInner, a),
        dA: graph.matmul(dInner, x, { transA: true }),
        dB: graph.matmul(dy, inner, { transA: true, alpha: scale }),
      };
    },
  };
}

/** A part of a layer by rows: `backward` takes dL/dy [N, out] and gives dL/dx [N, in] and the gradients of the part's tensors. */
export interface Projection {
  /** [N, out] */
  readonly y: Value;
  backward(dy: Value): { dx: Value; gradients: LayerWeights };
}

/**
 * The projection `tensor` of x [N, in]. With `fewRows` it is computed as (W x^T)^T: a product packs its second operand,
 * which is then the smaller one.
 */
export function projection(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  { weights, tensor, fewRows = false }: { weights: LayerWeights; tensor: LinearTensor; fewRows?: boolean },
): Projection {
  const weight = layerWeight(weights, tensor);
  const biasTensor = biasOf(tensor);
  const bias = weights[biasTensor];
  const [a, b] = [weights[`${tensor}LoraA`], weights[`${tensor}LoraB`]];
  const { rank = 1, alpha = 1 } = config.lora ?? {};
  const low = a !== undefined && b !== undefined ? adapter(graph, x, [a, b], alpha / rank) : undefined;
  let y =
    fewRows && graph.target === 'cpu'
      ? graph.op('Transpose', [graph.matmul(weight, x, { transB: true })], { perm: [1, 0] })
      : graph.matmul(x, weight, { transB: true });
  if (bias !== undefined) y = graph.add(y, bias);
  if (low) y = graph.add(y, low.y);
  return {
    y,
    backward(dy) {
      const gradients: LayerWeights = { [tensor]: graph.matmul(dy, x, { transA: true }) };
      if (bias !== undefined) gradients[biasTensor] = graph.reduceSum(dy, 0, false);
      let dx = graph.matmul(dy, weight);
      if (low) {
        const dLow = low.backward(dy);
        dx = graph.add(dx, dLow.dx);
        gradients[`${tensor}LoraA`] = dLow.dA;
        gradients[`${tensor}LoraB`] = dLow.dB;
      }
      return { dx, gradients };
    },
  };
}
