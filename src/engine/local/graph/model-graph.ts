/**
 * @file Whole-model graphs. Training in one graph keeps every activation inside the runtime: nothing is recomputed and
 * nothing is copied out but gradients. Prefill returns the keys and values of all layers for the decoder.
 */

import { layerKind } from '../weights/layer-kind.ts';
import { isAdapterTensor } from '../weights/lora.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { projectionKey } from '../weights/parameters.ts';
import type { BatchShape } from './attention.ts';
import { block, layerInputs } from './block.ts';
import { Graph, type GraphTarget, type Value } from './graph.ts';
import { head } from './head.ts';
import { scaled } from './ops.ts';

/** Rows of the tokens: the embedding's, times a factor that some models have. */
export const embed = (graph: Graph, { multipliers }: ModelConfig, embedding: Value, rows: string): Value =>
  scaled(graph, graph.gather(embedding, graph.input('tokens', [rows], 'int32')), multipliers?.embedding);

/** Forward pass of a packed batch up to the head. */
function forward(graph: Graph, config: ModelConfig, shape: BatchShape) {
  const { hiddenSize: d, vocabSize, layers } = config;
  const embedding = graph.input('embedding', [vocabSize, d]);
  const unembedding = graph.input(projectionKey(config), [vocabSize, d]);
  const norm = graph.input('finalNorm', [d]);
  let x = embed(graph, config, embedding, 'N');
  const stack = Array.from({ length: layers }, (_, layer) => {
    const kind = layerKind(config, layer);
    const built = block(graph, config, x, layerInputs(graph, config, `layer${layer}`, kind), {
      ...shape,
      promptOutput: layer < layers - 1,
      layer: kind,
    });
    x = built.y;
    return built;
  });
  const h = graph.gather(x, graph.input('headRows', ['Nh'], 'int32'));
  const top = head(graph, config, h, { norm, embedding: unembedding });
  graph.output(top.logp, 'logp');
  return { stack, top };
}

/**
 * Forward pass of a packed batch. Inputs as for training, without those of the loss. Output: `logp`, with `top` also
 * `topTokens` and `topLogprobs` of every row that predicts.
 */
export function buildScoring(
  config: ModelConfig,
  shape: BatchShape,
  { top = false, target }: { top?: boolean; target?: GraphTarget } = {},
): Graph {
  const graph = new Graph(target);
  const { top: head } = forward(graph, config, shape);
  if (top) for (const [name, value] of Object.entries(head.top())) graph.output(value, name);
  return graph;
}

/**
 * Forward, loss and backward of a packed batch. Inputs: parameters by key, `tokens`, the index inputs of attention.ts,
 * `headRows` (which of the M output rows predict a token), `headRowOf` (its inverse, -1 for none), and those of head.ts.
 * Outputs: `logp`, `entropy`, `targetRows` [Nh, d], `dx` [N, d] (gradient of the token embeddings), `gradient.<key>`, and
 * with experts `expertLoad` [layers with experts, count], the rows of each. With
 * an adapter the only gradients are its own; what only the others need is pruned away.
 */
export function buildTraining(config: ModelConfig, shape: BatchShape, target?: GraphTarget): Graph {
  const graph = new Graph(target);
  const { hiddenSize: d, layers } = config;
  const { stack, top } = forward(graph, config, shape);
  const outputRows = shape.kind === 'shared' ? 'Nt' : 'N';
  graph.output(top.entropy, 'entropy');
  const { dh, dNorm, dEmbedding, targetRows } = top.backward();
  const full = config.lora === undefined;
  if (full) {
    graph.output(targetRows, 'targetRows');
    graph.output(dNorm, 'gradient.finalNorm');
    graph.output(dEmbedding, `gradient.${projectionKey(config)}`);
  }
  const padded = graph.concat([dh, graph.float(0, [1, d])], 0);
  let dy: Value = graph.gather(padded, graph.input('headRowOf', [outputRows], 'int32'));
  for (let layer = layers - 1; layer >= 0; layer--) {
    const { dx, gradients } = (stack[layer] as (typeof stack)[number]).backward(dy);
    for (const [tensor, gradient] of Object.entries(gradients)) {
      if (full || isAdapterTensor(tensor)) graph.output(gradient, `gradient.layer${layer}.${tensor}`);
    }
    dy = dx;
  }
  if (full) graph.output(scaled(graph, dy, config.multipliers?.embedding), 'dx');
  const loads = stack.flatMap(({ load }) => (load === undefined ? [] : [load]));
  if (loads.length > 0) graph.output(graph.concat(loads, 0), 'expertLoad');
  return graph;
}

/**
 * Forward pass of prompts (kind `dense`). Outputs `keys<l>` and `values<l>` [KV, NG, P, hd] of every layer, on the processor
 * [KV, NG, hd, P]: all that the decoder needs. The last layer's queries and feed-forward are pruned away.
 */
export function buildPrefill(config: ModelConfig, chunks: number, target?: GraphTarget): Graph {
  const graph = new Graph(target);
  let x = embed(graph, config, graph.input('embedding', [config.vocabSize, config.hiddenSize]), 'N');
  for (let layer = 0; layer < config.layers; layer++) {
    const kind = layerKind(config, layer);
    const weights = layerInputs(graph, config, `layer${layer}`, kind);
    const built = block(graph, config, x, weights, { kind: 'dense', chunks, promptOutput: true, layer: kind });
    const kept = (value: Value): Value =>
      graph.target === 'cpu' ? graph.op('Transpose', [value], { perm: [0, 1, 3, 2] }) : value;
    graph.output(kept(built.promptKeys), `keys${layer}`);
    graph.output(kept(built.promptValues), `values${layer}`);
    x = built.y;
  }
  return graph;
}
