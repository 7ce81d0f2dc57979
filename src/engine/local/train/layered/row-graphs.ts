/**
 * @file A transformer layer cut at its attention into two graphs over token rows: `layer-input` (norm, projections,
 * rotation) before it and `layer-output` (output projection, residual, feed-forward) after it, and their backward passes,
 * which compute the forward pass again. What lies between is attention-pass.ts.
 *
 * Heads lie first in what passes between the parts, [H, N, hd], so that the rows of a head are contiguous.
 */
import { layerInputs, projectHeads, ropeInputs } from '../../graph/block.ts';
import { attentionOutput, feedForward } from '../../graph/feed-forward.ts';
import { type Dim, Graph, type GraphTarget, type Value } from '../../graph/graph.ts';
import { layerNorm } from '../../graph/norm.ts';
import { projection } from '../../graph/projection.ts';
import type { LayerKind } from '../../weights/layer-kind.ts';
import { isAdapterTensor } from '../../weights/lora.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import { cutRows, type Span } from '../segment-index.ts';

/** [N heads, hd] as [heads, N, hd], and back. */
const headsFirst = (graph: Graph, rows: Value, heads: number, headDim: number): Value =>
  graph.op('Transpose', [graph.reshape(rows, ['N', heads, headDim])], { perm: [1, 0, 2] });
const rowsFirst = (graph: Graph, x: Value, last: Dim): Value =>
  graph.reshape(graph.op('Transpose', [x], { perm: [1, 0, 2] }), ['N', last]);

function outputGradients(graph: Graph, config: ModelConfig, gradients: Readonly<Record<string, Value>>): void {
  for (const [tensor, gradient] of Object.entries(gradients)) {
    if (config.lora === undefined || isAdapterTensor(tensor)) graph.output(gradient, `gradient.${tensor}`);
  }
}

/** What a model has by key of one layer, under the keys of the graphs here. */
export function ofLayer<T>(all: Readonly<Record<string, T>>, layer: number): Readonly<Record<string, T>> {
  const prefix = `layer${layer}.`;
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [`layer.${key.slice(prefix.length)}`, value]));
}

/** The rows of a sequence in blocks for `layer-input`: those before `first` without queries. */
export const inputBlocks = (first: number, count: number, size: number): { rows: Span; queries: boolean }[] => [
  ...cutRows(0, first, size).map((rows) => ({ rows, queries: false })),
  ...cutRows(first, count, size).map((rows) => ({ rows, queries: true })),
];

/** Which of the variants of `layer-input` to build. */
export interface LayerInputOptions {
  /** Without queries: rows that nothing attends from, as a prompt's in the last layer. */
  readonly queries: boolean;
  /** Then also inputs `dk`, `dv`, with queries `dq` and `dMiddle`; outputs `dx` and `gradient.*` instead of q, k, v. */
  readonly backward: boolean;
  readonly target?: GraphTarget;
}

/** x [N, d] -> `q` [H, N, hd], `k` and `v` [KV, N, hd]; weights are inputs `layer.*`. */
export function buildLayerInput(config: ModelConfig, kind: LayerKind, options: LayerInputOptions): Graph {
  const graph = new Graph(options.target);
  const { queries, backward } = options;
  const { hiddenSize: d, heads, kvHeads, headDim } = config;
  const x = graph.input('x', ['N', d]);
  const weights = layerInputs(graph, config, 'layer', kind);
  const positions = ropeInputs(graph, config, kind);
  const norm = layerNorm(graph, config, x, { weights, tensor: 'attentionNorm' });
  const project = (tensor: 'query' | 'key') =>
    projectHeads(graph, config, norm.y, weights, { tensor, rows: 'N', positions });
  const q = queries ? project('query') : undefined;
  const k = project('key');
  const v = projection(graph, config, norm.y, { weights, tensor: 'value' });
  if (!backward) {
    if (q) graph.output(headsFirst(graph, q.y, heads, headDim), 'q');
    graph.output(headsFirst(graph, k.y, kvHeads, headDim), 'k');
    graph.output(headsFirst(graph, v.y, kvHeads, headDim), 'v');
    return graph;
  }
  const rows = (name: string, count: number): Value =>
    rowsFirst(graph, graph.input(name, [count, 'N', headDim]), count * headDim);
  const parts = [
    ...(q ? [q.backward(graph.reshape(rows('dq', heads), [-1, headDim]))] : []),
    k.backward(graph.reshape(rows('dk', kvHeads), [-1, headDim])),
    v.backward(rows('dv', kvHeads)),
  ];
  const dNorm = norm.backward(parts.map((part) => part.dx).reduce((a, b) => graph.add(a, b)));
  graph.output(q ? graph.add(dNorm.dx, graph.input('dMiddle', ['N', d])) : dNorm.dx, 'dx');
  const gradients = Object.assign({}, ...parts.map((part) => part.gradients));
  outputGradients(graph, config, { ...dNorm.gradients, ...gradients });
  return graph;
}

/**
 * x [N, d] and the attention's result `o` [H, N, hd] -> `y` [N, d]. Backward: also `dy`; outputs `dMiddle` [N, d], the
 * gradient at the first residual, `dO` [H, N, hd], `delta` [H, N] (the sum of dO o over a head) and `gradient.*`.
 */
export function buildLayerOutput(
  config: ModelConfig,
  kind: LayerKind,
  { backward, target }: { backward: boolean; target?: GraphTarget },
): Graph {
  const graph = new Graph(target);
  const { hiddenSize: d, heads, headDim } = config;
  const x = graph.input('x', ['N', d]);
  const weights = layerInputs(graph, config, 'layer', kind);
  const o = graph.input('o', [heads, 'N', headDim]);
  const output = attentionOutput(graph, config, rowsFirst(graph, o, heads * headDim), { weights });
  const middle = graph.add(x, output.y);
  const feed = feedForward(graph, config, middle, { weights });
  if (backward && feed.load !== undefined) graph.output(feed.load, 'expertLoad');
  if (!backward) {
    graph.output(graph.add(middle, feed.y), 'y');
    return graph;
  }
  const dy = graph.input('dy', ['N', d]);
  const dFeed = feed.backward(dy);
  const dMiddle = graph.add(dy, dFeed.dx);
  const dOutput = output.backward(dMiddle);
  const dO = headsFirst(graph, dOutput.dx, heads, headDim);
  graph.output(dMiddle, 'dMiddle');
  graph.output(dO, 'dO');
  graph.output(graph.reduceSum(graph.mul(dO, o), -1, false), 'delta');
  outputGradients(graph, config, { ...dFeed.gradients, ...dOutput.gradients });
  return graph;
}
