/**
 * @file One transformer layer, forward and backward: norm, rotary grouped-query attention, norm, residual, norm, feed-forward
 * part, norm, residual. Which of the norms there are is up to the model's shape. Rows are packed tokens; see attention.ts.
 */

import { type LayerKind, layerKind } from '../weights/layer-kind.ts';
import { adapterShapes } from '../weights/lora.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { layerShapes } from '../weights/parameters.ts';
import { attention, type BatchShape } from './attention.ts';
import { attentionOutput, feedForward } from './feed-forward.ts';
import { type Dim, Graph, type Value } from './graph.ts';
import { layerNorm } from './norm.ts';
import { type RopeInputs, rope } from './ops.ts';
import { type LayerWeights, projection } from './projection.ts';

/** Declares the weights of a layer of a kind, with those of its adapter, as graph inputs named `prefix.tensor`. */
export function layerInputs(graph: Graph, config: ModelConfig, prefix: string, kind: LayerKind): LayerWeights {
  const entries = Object.entries({ ...layerShapes(config, kind), ...adapterShapes(config, kind) }).map(
    ([tensor, shape]) => [tensor, graph.input(`${prefix}.${tensor}`, shape)] as const,
  );
  return Object.fromEntries(entries);
}

/** Declares the graph's inputs for a layer's rotary embedding, or none; asking twice gives the same ones. */
export function ropeInputs(
  graph: Graph,
  config: ModelConfig,
  kind: LayerKind,
  positions: Value = graph.input('positions', ['N', 1], 'int64'),
): RopeInputs | undefined {
  if (kind.rope === 'none') return undefined;
  const half = config.headDim / 2;
  const [cos, sin] = kind.rope === 'local' ? ['localCos', 'localSin'] : ['cos', 'sin'];
  return {
    positions,
    cos: graph.input(cos, [config.maxContext, half]),
    sin: graph.input(sin, [config.maxContext, half]),
  };
}

/** Query or key heads of rows: projection, norm (of each head, or of all), rotation. Returns single-head rows [rows heads, hd]. */
export function projectHeads(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  weights: LayerWeights,
  options: {
    tensor: 'query' | 'key';
    rows: Dim;
    positions: RopeInputs | undefined;
    fewRows?: boolean;
  },
) {
  const { tensor, rows, positions, fewRows = false } = options;
  const { headDim, queryKeyNorm } = config;
  const heads = tensor === 'query' ? config.heads : config.kvHeads;
  const projected = projection(graph, config, x, { weights, tensor, fewRows });
  const width = heads * headDim;
  const normWidth = queryKeyNorm === 'heads' ? width : headDim;
  const asNormed = (value: Value): Value => (queryKeyNorm === 'head' ? graph.reshape(value, [-1, headDim]) : value);
  const asRows = (value: Value): Value => (queryKeyNorm === 'head' ? graph.reshape(value, [rows, width]) : value);
  const norm = layerNorm(graph, config, asNormed(projected.y), { weights, tensor: `${tensor}Norm`, width: normWidth });
  const normed = asRows(norm.y);
  const turned = positions && rope(graph, normed, positions, { heads, headDim, rows });
  return {
    y: graph.reshape(turned?.y ?? normed, [-1, headDim]),
    backward(dy: Value): { dx: Value; gradients: LayerWeights } {
      const dRows = graph.reshape(dy, [rows, width]);
      const dNorm = norm.backward(asNormed(turned?.backward(dRows) ?? dRows));
      const { dx, gradients } = projected.backward(asRows(dNorm.dx));
      return { dx, gradients: { ...gradients, ...dNorm.gradients } };
    },
  };
}

/**
 * A layer over x [N, d]. With `promptOutput: false` (the last layer of a shared batch) the prompt contributes keys and
 * values only, and y has the Nt rows of the tails.
 */
export function block(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  weights: LayerWeights,
  options: BatchShape & { readonly promptOutput: boolean; readonly layer: LayerKind },
) {
  const { heads, kvHeads, headDim } = config;
  const { kind, chunks, promptOutput, layer } = options;
  const positions = ropeInputs(graph, config, layer);
  const tailOnly = kind === 'shared' && !promptOutput;
  const tailOf = (value: Value): Value => (tailOnly ? (graph.split(value, 0, ['Nt', 'Np'])[0] as Value) : value);

  const norm1 = layerNorm(graph, config, x, { weights, tensor: 'attentionNorm' });
  // WebGPU's operators do not cut int64: the tails' positions are an input of their own there.
  const tailPositions = (all: Value): Value =>
    graph.target === 'webgpu' ? graph.input('tailPositions', ['Nt', 1], 'int64') : tailOf(all);
  const queryPositions =
    tailOnly && positions ? { ...positions, positions: tailPositions(positions.positions) } : positions;
  const q = projectHeads(graph, config, tailOf(norm1.y), weights, {
    tensor: 'query',
    rows: tailOnly ? 'Nt' : 'N',
    positions: queryPositions,
  });
  const k = projectHeads(graph, config, norm1.y, weights, { tensor: 'key', rows: 'N', positions });
  const v = projection(graph, config, norm1.y, { weights, tensor: 'value' });
  const heads4 = { q: q.y, k: k.y, v: graph.reshape(v.y, [-1, headDim]) };
  const attended = attention(graph, config, heads4, {
    kind,
    chunks,
    promptQueries: !tailOnly,
    windowed: layer.windowed,
  });
  const attendedRows = graph.reshape(attended.y, [-1, heads * headDim]);
  const output = attentionOutput(graph, config, attendedRows, { weights });
  const middle = graph.add(tailOf(x), output.y);

  const feed = feedForward(graph, config, middle, { weights });

  return {
    y: graph.add(middle, feed.y),
    load: feed.load,
    promptKeys: attended.promptKeys,
    promptValues: attended.promptValues,
    backward(dy: Value): { dx: Value; gradients: LayerWeights } {
      const dFeed = feed.backward(dy);
      const dMiddle = graph.add(dy, dFeed.dx);
      const dOutput = output.backward(dMiddle);
      const dHeads = attended.backward(graph.reshape(dOutput.dx, [-1, headDim]));
      const dq = q.backward(dHeads.q);
      const dk = k.backward(dHeads.k);
      const dv = v.backward(graph.reshape(dHeads.v, [-1, kvHeads * headDim]));
      const dKeysValues = graph.add(dk.dx, dv.dx);
      const addTail = (all: Value, tail: Value): Value => {
        if (!tailOnly) return graph.add(all, tail);
        const [head, rest] = graph.split(all, 0, ['Nt', 'Np']) as [Value, Value];
        return graph.concat([graph.add(head, tail), rest], 0);
      };
      const dNorm1 = norm1.backward(addTail(dKeysValues, dq.dx));
      return {
        dx: addTail(dNorm1.dx, dMiddle),
        gradients: {
          ...dNorm1.gradients,
          ...dq.gradients,
          ...dk.gradients,
          ...dv.gradients,
          ...dOutput.gradients,
          ...dFeed.gradients,
        },
      };
    },
  };
}

/** A graph of the first layer: x -> y, or with `backward` also dy -> dx and `gradient.*`. Weights are inputs `layer.*`. */
export function buildBlock(config: ModelConfig, options: BatchShape & { readonly backward: boolean }): Graph {
  const graph = new Graph();
  const x = graph.input('x', ['N', config.hiddenSize]);
  const kind = layerKind(config, 0);
  const weights = layerInputs(graph, config, 'layer', kind);
  const layer = block(graph, config, x, weights, { ...options, promptOutput: true, layer: kind });
  graph.output(layer.y, 'y');
  if (options.backward) {
    const { dx, gradients } = layer.backward(graph.input('dy', ['N', config.hiddenSize]));
    graph.output(dx, 'dx');
    for (const [tensor, gradient] of Object.entries(gradients)) graph.output(gradient, `gradient.${tensor}`);
  }
  return graph;
}
