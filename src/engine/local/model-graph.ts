/**
 * @file Whole-model graphs. Training in one graph keeps every activation inside the runtime: nothing is recomputed and
 * nothing is copied out but gradients. Prefill returns the keys and values of all layers for the decoder.
 */
import type { BatchShape } from './attention.ts';
import { block, feedForward, layerInputs, projectHeads, ropeInputs } from './block.ts';
import { type Dim, Graph, type Value } from './graph.ts';
import { head } from './head.ts';
import { isAdapterTensor } from './lora.ts';
import type { ModelConfig } from './model-config.ts';
import { rmsNorm } from './ops.ts';
import { layerWeight, projection } from './projection.ts';

/** Name of the output projection among the parameters. */
export const projectionKey = (config: ModelConfig): 'embedding' | 'head' => (config.tied ? 'embedding' : 'head');

/** Forward pass of a packed batch up to the head. */
function forward(graph: Graph, config: ModelConfig, shape: BatchShape) {
  const { hiddenSize: d, vocabSize, layers } = config;
  const embedding = graph.input('embedding', [vocabSize, d]);
  const unembedding = config.tied ? embedding : graph.input('head', [vocabSize, d]);
  const norm = graph.input('finalNorm', [d]);
  let x = graph.gather(embedding, graph.input('tokens', ['N'], 'int32'));
  const stack = Array.from({ length: layers }, (_, layer) => {
    const built = block(graph, config, x, layerInputs(graph, config, `layer${layer}`), {
      ...shape,
      promptOutput: layer < layers - 1,
    });
    x = built.y;
    return built;
  });
  const h = graph.gather(x, graph.input('headRows', ['Nh'], 'int32'));
  const top = head(graph, config, h, { norm, embedding: unembedding });
  graph.output(top.logp, 'logp');
  return { stack, top };
}

/** Forward pass of a packed batch. Inputs as for training, without those of the loss. Output: `logp`. */
export function buildScoring(config: ModelConfig, shape: BatchShape): Graph {
  const graph = new Graph();
  forward(graph, config, shape);
  return graph;
}

/**
 * Forward, loss and backward of a packed batch. Inputs: parameters by key, `tokens`, the index inputs of attention.ts,
 * `headRows` (which of the M output rows predict a token), `headRowOf` (its inverse, -1 for none), and those of head.ts.
 * Outputs: `logp`, `entropy`, `targetRows` [Nh, d], `dx` [N, d] (gradient of the token embeddings), `gradient.<key>`. With
 * an adapter the only gradients are its own; what only the others need is pruned away.
 */
export function buildTraining(config: ModelConfig, shape: BatchShape): Graph {
  const graph = new Graph();
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
  if (full) graph.output(dy, 'dx');
  return graph;
}

/**
 * Forward pass of prompts (kind `dense`). Outputs `keys<l>` and `values<l>` [KV, NG, P, hd] of every layer, all that the
 * decoder needs: the last layer's queries and feed-forward are pruned away.
 */
export function buildPrefill(config: ModelConfig, chunks: number): Graph {
  const graph = new Graph();
  let x = graph.gather(
    graph.input('embedding', [config.vocabSize, config.hiddenSize]),
    graph.input('tokens', ['N'], 'int32'),
  );
  for (let layer = 0; layer < config.layers; layer++) {
    const weights = layerInputs(graph, config, `layer${layer}`);
    const built = block(graph, config, x, weights, { kind: 'dense', chunks, promptOutput: true });
    graph.output(built.promptKeys, `keys${layer}`);
    graph.output(built.promptValues, `values${layer}`);
    x = built.y;
  }
  return graph;
}

/**
 * One step of decoding for B = NG G rows, G rollouts of each of NG prompts. Inputs: `tokens` [B], `rowPositions` [B, 1];
 * for each layer the prompt's keys and values `promptKeys<l>` [KV, NG, P, hd] and the rollouts' own so far, `ownKeys<l>`
 * [KV, B, T, hd] (T is the capacity); `prompt.padding` and `own.padding` [1, 1, 1, T] mask what is not there.
 * Outputs: `probabilities` [B, V] of softmax(logits / temperature), `rawProbabilities` at temperature 1, and `cache`
 * [layers, 2, KV, B, hd], the new keys and values, which the caller writes into its buffers (outputs are copies, so a
 * graph that returned the whole cache would pay for it at every step).
 */
export function buildDecode(config: ModelConfig): Graph {
  const graph = new Graph();
  const { hiddenSize: d, vocabSize, heads, kvHeads, headDim, normEpsilon } = config;
  const embedding = graph.input('embedding', [vocabSize, d]);
  const positions = { ...ropeInputs(graph, config), positions: graph.input('rowPositions', ['B', 1], 'int64') };
  let x = graph.gather(embedding, graph.input('tokens', ['B'], 'int32'));
  const cache: Value[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const weights = layerInputs(graph, config, `layer${layer}`);
    const norm = rmsNorm(graph, x, layerWeight(weights, 'attentionNorm'), { epsilon: normEpsilon, width: d });
    const project = (tensor: 'query' | 'key', count: number): Value =>
      projectHeads(graph, config, norm.y, weights, { tensor, heads: count, rows: 'B', positions }).y;
    const byHead = (value: Value, count: number): Value =>
      graph.op('Transpose', [graph.reshape(value, ['B', kvHeads, count / kvHeads, headDim])], { perm: [1, 0, 2, 3] });
    const q = byHead(project('query', heads), heads);
    const k = byHead(project('key', kvHeads), kvHeads);
    const v = byHead(projection(graph, config, norm.y, { weights, tensor: 'value' }).y, kvHeads);
    cache.push(graph.reshape(k, [-1]), graph.reshape(v, [-1]));
    const o = decodeAttention(graph, config, { q, k, v }, layer);
    const rows = graph.reshape(graph.op('Transpose', [o], { perm: [1, 0, 2, 3] }), [-1, heads * headDim]);
    const middle = graph.add(x, projection(graph, config, rows, { weights, tensor: 'output' }).y);
    x = graph.add(middle, feedForward(graph, config, middle, weights).y);
  }
  const norm = rmsNorm(graph, x, graph.input('finalNorm', [d]), { epsilon: normEpsilon, width: d });
  const unembedding = config.tied ? embedding : graph.input('head', [vocabSize, d]);
  const logits = graph.matmul(norm.y, unembedding, { transB: true });
  const scaled = graph.mul(logits, graph.input('inverseTemperature', [1]));
  graph.output(graph.op('Softmax', [scaled], { axis: -1 }), 'probabilities');
  graph.output(graph.op('Softmax', [logits], { axis: -1 }), 'rawProbabilities');
  graph.output(graph.concat(cache, 0), 'cache');
  return graph;
}

/** q [KV, B, Gq, hd] against the prompt, the own cache and the new token (k, v [KV, B, 1, hd]). */
function decodeAttention(
  graph: Graph,
  config: ModelConfig,
  { q, k, v }: { q: Value; k: Value; v: Value },
  layer: number,
): Value {
  const { heads, kvHeads, headDim } = config;
  const group = heads / kvHeads;
  const alpha = 1 / Math.sqrt(headDim);
  const promptShape = [kvHeads, 'NG', 'P', headDim];
  const ownShape = [kvHeads, 'B', 'T', headDim];
  const merge = (x: Value, last: Dim): Value => graph.reshape(x, [kvHeads, 'NG', ['G', group], last]);
  const separate = (x: Value, last: Dim): Value => graph.reshape(x, [kvHeads, 'B', group, last]);
  const promptScores = graph.add(
    graph.matmul(merge(q, headDim), graph.input(`promptKeys${layer}`, promptShape), { transB: true, alpha }),
    graph.input('prompt.padding', [1, 'NG', 1, 'P']),
  );
  const ownScores = graph.add(
    graph.matmul(q, graph.input(`ownKeys${layer}`, ownShape), { transB: true, alpha }),
    graph.input('own.padding', [1, 1, 1, 'T']),
  );
  const newScores = graph.mul(graph.reduceSum(graph.mul(q, k), -1), graph.float(alpha));
  const p = graph.op('Softmax', [graph.concat([separate(promptScores, 'P'), ownScores, newScores], 3)], { axis: -1 });
  const [pPrompt, pOwn, pNew] = graph.split(p, 3, ['P', 'T', 1]) as [Value, Value, Value];
  const fromPrompt = graph.matmul(merge(pPrompt, 'P'), graph.input(`promptValues${layer}`, promptShape));
  const fromOwn = graph.matmul(pOwn, graph.input(`ownValues${layer}`, ownShape));
  return graph.add(graph.add(separate(fromPrompt, headDim), fromOwn), graph.mul(pNew, v));
}
