/** @file The norms of a layer, forward and backward. A layer without one passes its rows on. */

import type { ModelConfig } from '../weights/model-config.ts';
import type { Graph, Value } from './graph.ts';
import { rmsNorm } from './ops.ts';
import type { LayerWeights } from './projection.ts';

type NormTensor = 'attentionNorm' | 'attentionPostNorm' | 'feedNorm' | 'feedPostNorm' | 'queryNorm' | 'keyNorm';

/** What a norm multiplies by: its weight, or 1 + w (Gemma). */
export const normFactor = (graph: Graph, { normFromOne }: ModelConfig, weight: Value): Value =>
  normFromOne ? graph.add(weight, graph.float(1)) : weight;

/** Rows [N, width] through the layer's norm `tensor`. */
export function layerNorm(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  { weights, tensor, width = config.hiddenSize }: { weights: LayerWeights; tensor: NormTensor; width?: number },
) {
  const weight = weights[tensor];
  if (weight === undefined) return { y: x, backward: (dy: Value) => ({ dx: dy, gradients: {} as LayerWeights }) };
  const norm = rmsNorm(graph, x, normFactor(graph, config, weight), { epsilon: config.normEpsilon, width });
  return {
    y: norm.y,
    backward(dy: Value): { dx: Value; gradients: LayerWeights } {
      const { dx, dWeight } = norm.backward(dy);
      return { dx, gradients: { [tensor]: dWeight } };
    },
  };
}
