/** @file A linear projection of a layer, forward and backward: y = x W^T + b. The bias is there when the layer has one. */
import type { Graph, Value } from './graph.ts';
import type { LayerTensor, LinearTensor } from './parameters.ts';

/** Tensors of a layer as graph values. */
export type LayerWeights = Partial<Record<LayerTensor, Value>>;

export function layerWeight(weights: LayerWeights, tensor: LayerTensor): Value {
  const value = weights[tensor];
  if (value === undefined) throw new Error(`Layer has no tensor "${tensor}".`);
  return value;
}

const biasOf = (tensor: LinearTensor) =>
  tensor === 'query' || tensor === 'key' || tensor === 'value' || tensor === 'output'
    ? (`${tensor}Bias` as const)
    : undefined;

export interface Projection {
  /** [N, out] */
  readonly y: Value;
  backward(dy: Value): { dx: Value; gradients: LayerWeights };
}

/** The projection `tensor` of x [N, in]. */
export function projection(
  graph: Graph,
  x: Value,
  { weights, tensor }: { weights: LayerWeights; tensor: LinearTensor },
): Projection {
  const weight = layerWeight(weights, tensor);
  const biasTensor = biasOf(tensor);
  const bias = biasTensor && weights[biasTensor];
  const product = graph.matmul(x, weight, { transB: true });
  return {
    y: bias === undefined ? product : graph.add(product, bias),
    backward(dy) {
      const gradients: LayerWeights = { [tensor]: graph.matmul(dy, x, { transA: true }) };
      if (bias !== undefined && biasTensor) gradients[biasTensor] = graph.reduceSum(dy, 0, false);
      return { dx: graph.matmul(dy, weight), gradients };
    },
  };
}
