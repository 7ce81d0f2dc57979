/**
 * @file One transformer layer, forward and backward: RMSNorm, rotary grouped-query attention (qwen3: with normalised query
 * and key heads), residual, RMSNorm, SwiGLU, residual. Rows are packed tokens; see attention.ts.
 */

import { adapterShapes } from '../weights/lora.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { layerShapes } from '../weights/parameters.ts';
import { attention, type BatchShape } from './attention.ts';
import { type Dim, Graph, type Value } from './graph.ts';
import { type RopeInputs, rmsNorm, rope, swiglu } from './ops.ts';
import { type LayerWeights, layerWeight, projection } from './projection.ts';

/** Declares a layer's weights, with those of its adapter, as graph inputs named `prefix.tensor`. */
export function layerInputs(graph: Graph, config: ModelConfig, prefix: string): LayerWeights {
  const entries = Object.entries({ ...layerShapes(config), ...adapterShapes(config) }).map(
    ([tensor, shape]) => [tensor, graph.input(`${prefix}.${tensor}`, shape)] as const,
  );
  return Object.fromEntries(entries);
}

/** Declares the graph's inputs for the rotary embedding; asking twice gives the same ones. */
export function ropeInputs(graph: Graph, config: ModelConfig): RopeInputs {
  const half = config.headDim / 2;
  return {
    positions: graph.input('positions', ['N', 1], 'int64'),
    cos: graph.input('cos', [config.maxContext, half]),
    sin: graph.input('sin', [config.maxContext, half]),
  };
}

/** Query or key heads of rows: projection, norm of each head (qwen3), rotation. Returns single-head rows [rows heads, hd]. */
export function projectHeads(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  weights: LayerWeights,
  options: { tensor: 'query' | 'key'; heads: number; rows: Dim; positions: RopeInputs },
) {
  const { tensor, heads, rows, positions } = options;
  const { headDim } = config;
  const projected = projection(graph, config, x, { weights, tensor });
  const headNorm = weights[tensor === 'query' ? 'queryNorm' : 'keyNorm'];
  const norm =
    headNorm === undefined
      ? undefined
      : rmsNorm(graph, graph.reshape(projected.y, [-1, headDim]), headNorm, {
          epsilon: config.normEpsilon,
          width: headDim,
        });
  const width = heads * headDim;
  const normed = norm ? graph.reshape(norm.y, [rows, width]) : projected.y;
  const turned = rope(graph, normed, positions, { heads, headDim, rows });
  return {
    y: graph.reshape(turned.y, [-1, headDim]),
    backward(dy: Value): { dx: Value; gradients: LayerWeights } {
      const dTurned = turned.backward(graph.reshape(dy, [rows, width]));
      const dNorm = norm?.backward(graph.reshape(dTurned, [-1, headDim]));
      const dProjection = dNorm ? graph.reshape(dNorm.dx, [rows, width]) : dTurned;
      const { dx, gradients } = projected.backward(dProjection);
      if (dNorm) gradients[tensor === 'query' ? 'queryNorm' : 'keyNorm'] = dNorm.dWeight;
      return { dx, gradients };
    },
  };
}

/** RMSNorm and SwiGLU of rows, without the residual. */
export function feedForward(graph: Graph, config: ModelConfig, x: Value, weights: LayerWeights) {
  const norm = rmsNorm(graph, x, layerWeight(weights, 'feedNorm'), {
    epsilon: config.normEpsilon,
    width: config.hiddenSize,
  });
  const gate = projection(graph, config, norm.y, { weights, tensor: 'gate' });
  const up = projection(graph, config, norm.y, { weights, tensor: 'up' });
  const gated = swiglu(graph, gate.y, up.y);
  const down = projection(graph, config, gated.y, { weights, tensor: 'down' });
  return {
    y: down.y,
    backward(dy: Value): { dx: Value; gradients: LayerWeights } {
      const dDown = down.backward(dy);
      const { dGate, dUp } = gated.backward(dDown.dx);
      const [dg, du] = [gate.backward(dGate), up.backward(dUp)];
      const dNorm = norm.backward(graph.add(dg.dx, du.dx));
      return {
        dx: dNorm.dx,
        gradients: { feedNorm: dNorm.dWeight, ...dg.gradients, ...du.gradients, ...dDown.gradients },
      };
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
  options: BatchShape & { readonly promptOutput: boolean },
) {
  const { hiddenSize: d, heads, kvHeads, headDim, normEpsilon: epsilon } = config;
  const { kind, chunks, promptOutput } = options;
  const positions = ropeInputs(graph, config);
  const tailOnly = kind === 'shared' && !promptOutput;
  const tailOf = (value: Value): Value => (tailOnly ? (graph.split(value, 0, ['Nt', 'Np'])[0] as Value) : value);

  const norm1 = rmsNorm(graph, x, layerWeight(weights, 'attentionNorm'), { epsilon, width: d });
  const queryPositions = tailOnly
    ? { ...positions, positions: graph.split(positions.positions, 0, ['Nt', 'Np'])[0] as Value }
    : positions;
  const q = projectHeads(graph, config, tailOf(norm1.y), weights, {
    tensor: 'query',
    heads,
    rows: tailOnly ? 'Nt' : 'N',
    positions: queryPositions,
  });
  const k = projectHeads(graph, config, norm1.y, weights, { tensor: 'key', heads: kvHeads, rows: 'N', positions });
  const v = projection(graph, config, norm1.y, { weights, tensor: 'value' });
  const heads4 = { q: q.y, k: k.y, v: graph.reshape(v.y, [-1, headDim]) };
  const attended = attention(graph, config, heads4, { kind, chunks, promptQueries: !tailOnly });
  const attendedRows = graph.reshape(attended.y, [-1, heads * headDim]);
  const output = projection(graph, config, attendedRows, { weights, tensor: 'output' });
  const middle = graph.add(tailOf(x), output.y);

  const feed = feedForward(graph, config, middle, weights);

  return {
    y: graph.add(middle, feed.y),
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
          attentionNorm: dNorm1.dWeight,
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

/** A graph of one layer: x -> y, or with `backward` also dy -> dx and `gradient.*`. Weights are inputs `layer.*`. */
export function buildBlock(config: ModelConfig, options: BatchShape & { readonly backward: boolean }): Graph {
  const graph = new Graph();
  const x = graph.input('x', ['N', config.hiddenSize]);
  const layer = block(graph, config, x, layerInputs(graph, config, 'layer'), { ...options, promptOutput: true });
  graph.output(layer.y, 'y');
  if (options.backward) {
    const { dx, gradients } = layer.backward(graph.input('dy', ['N', config.hiddenSize]));
    graph.output(dx, 'dx');
    for (const [tensor, gradient] of Object.entries(gradients)) graph.output(gradient, `gradient.${tensor}`);
  }
  return graph;
}
