/** @file What a layer computes of each row by itself: norm, gated projections or experts, norm. Without the residual. */

import type { LinearTensor } from '../weights/lora-config.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { experts } from './experts.ts';
import type { Graph, Value } from './graph.ts';
import { layerNorm } from './norm.ts';
import { gated, scaled } from './ops.ts';
import { type LayerWeights, layerWeight, type Projection, projection } from './projection.ts';

/** The same for few rows, forward alone: rows stay columns between the products, and only the result is turned. */
function turnedProjections(graph: Graph, { activation }: ModelConfig, x: Value, weights: LayerWeights): Value {
  const [gate, up] = (['gate', 'up'] as const).map((tensor) =>
    graph.matmul(layerWeight(weights, tensor), x, { transB: true }),
  ) as [Value, Value];
  const active = gated(graph, gate, up, activation).y;
  return graph.op('Transpose', [graph.matmul(layerWeight(weights, 'down'), active)], { perm: [1, 0] });
}

/** Whether a part of a layer is its matrices alone. */
const isPlain = (weights: LayerWeights, tensors: readonly LinearTensor[]): boolean =>
  tensors.every((tensor) => weights[`${tensor}Bias`] === undefined && weights[`${tensor}LoraA`] === undefined);

/** down(f(gate(x)) up(x)); `fewRows` as in projection.ts. */
function gatedProjections(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  { weights, fewRows }: { weights: LayerWeights; fewRows: boolean },
): Projection {
  const linear = (rows: Value, tensor: LinearTensor) => projection(graph, config, rows, { weights, tensor, fewRows });
  const [gate, up] = [linear(x, 'gate'), linear(x, 'up')];
  const active = gated(graph, gate.y, up.y, config.activation);
  const down = linear(active.y, 'down');
  const turned = fewRows && graph.target === 'cpu' && isPlain(weights, ['gate', 'up', 'down']);
  return {
    y: turned ? turnedProjections(graph, config, x, weights) : down.y,
    backward(dy) {
      const dDown = down.backward(dy);
      const { dGate, dUp } = active.backward(dDown.dx);
      const [dg, du] = [gate.backward(dGate), up.backward(dUp)];
      return {
        dx: graph.add(dg.dx, du.dx),
        gradients: { ...dg.gradients, ...du.gradients, ...dDown.gradients },
      };
    },
  };
}

/** What the feed-forward part of a layer adds to rows x [N, d], and with experts the `load` of each [count]. */
export function feedForward(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  { weights, fewRows = false }: { weights: LayerWeights; fewRows?: boolean },
): Projection & { readonly load?: Value | undefined } {
  const before = layerNorm(graph, config, x, { weights, tensor: 'feedNorm' });
  const inner =
    weights.router === undefined
      ? { ...gatedProjections(graph, config, before.y, { weights, fewRows }), load: undefined }
      : experts(graph, config, before.y, weights);
  const after = layerNorm(graph, config, inner.y, { weights, tensor: 'feedPostNorm' });
  const factor = config.multipliers?.residual;
  return {
    y: scaled(graph, after.y, factor),
    load: inner.load,
    backward(dy) {
      const dAfter = after.backward(scaled(graph, dy, factor));
      const dInner = inner.backward(dAfter.dx);
      const dBefore = before.backward(dInner.dx);
      return { dx: dBefore.dx, gradients: { ...dBefore.gradients, ...dInner.gradients, ...dAfter.gradients } };
    },
  };
}

/** What the attention of a layer adds: output projection of `o` [N, H hd], norm. */
export function attentionOutput(
  graph: Graph,
  config: ModelConfig,
  o: Value,
  { weights, fewRows = false }: { weights: LayerWeights; fewRows?: boolean },
): Projection {
  const output = projection(graph, config, o, { weights, tensor: 'output', fewRows });
  const after = layerNorm(graph, config, output.y, { weights, tensor: 'attentionPostNorm' });
  const factor = config.multipliers?.residual;
  return {
    y: scaled(graph, after.y, factor),
    backward(dy) {
      const dAfter = after.backward(scaled(graph, dy, factor));
      const dOutput = output.backward(dAfter.dx);
      return { dx: dOutput.dx, gradients: { ...dAfter.gradients, ...dOutput.gradients } };
    },
  };
}
