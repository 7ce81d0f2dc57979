/**
 * @file One step of decoding as a graph. Rows are rollouts; each attends to its prompt's keys and values, which the
 * rollouts of a group share, and to its own. The two parts are normalised apart and merged by their log-sum-exps, so the
 * scores on the prompt, the largest tensor of a step, are neither moved nor joined.
 *
 * Measured on two cores, and why it is built this way: a product with one row (alpha 1) reads its second operand in place,
 * so the queries are scaled beforehand; any other product packs it, so projections are computed as (W x^T)^T.
 */

import type { LinearTensor } from '../weights/lora-config.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { layerInputs, ropeInputs } from './block.ts';
import { Graph, type Value } from './graph.ts';
import { type RopeInputs, rmsNorm, rope, swiglu } from './ops.ts';
import { type LayerWeights, layerWeight, projection } from './projection.ts';

/**
 * Sizes: B rows, NG prompts of P slots, T slots of a row's own, G the most rows of a prompt.
 * Inputs: `tokens` [B], `rowPositions` [B, 1]; for each layer `promptKeys<l>`, `promptValues<l>` [NG, KV, P, hd] and
 * `ownKeys<l>`, `ownValues<l>` [B, KV, T, hd]; `prompt.padding` [NG, P] and `own.padding` [B, T] mask what is not there;
 * `promptRows` [NG KV G] names the row (times KV, plus the head) in each place of the prompts' attention, `rowPlaces`
 * [B KV] is its inverse.
 * Outputs: `probabilities` [B, V] of softmax(logits / temperature), if `tempered` also `rawProbabilities` at temperature 1,
 * and `cache` [layers, 2, B, KV, hd], the new keys and values, which the caller writes into its buffers (outputs are
 * copies, so a graph that returned the whole cache would pay for it at every step).
 */
export function buildDecode(config: ModelConfig, { tempered }: { tempered: boolean }): Graph {
  const graph = new Graph();
  const { hiddenSize: d, vocabSize, heads, headDim, normEpsilon: epsilon } = config;
  const embedding = graph.input('embedding', [vocabSize, d]);
  const positions = { ...ropeInputs(graph, config), positions: graph.input('rowPositions', ['B', 1], 'int64') };
  let x = graph.gather(embedding, graph.input('tokens', ['B'], 'int32'));
  const cache: Value[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const weights = layerInputs(graph, config, `layer${layer}`);
    const linear = (rows: Value, tensor: LinearTensor): Value =>
      projection(graph, config, rows, { weights, tensor, fewRows: true }).y;
    const norm = rmsNorm(graph, x, layerWeight(weights, 'attentionNorm'), { epsilon, width: d }).y;
    const q = turnedHeads(graph, config, linear(norm, 'query'), { weights, tensor: 'query', positions });
    const k = turnedHeads(graph, config, linear(norm, 'key'), { weights, tensor: 'key', positions });
    const v = linear(norm, 'value');
    cache.push(graph.reshape(k, [-1]), graph.reshape(v, [-1]));
    const o = decodeAttention(graph, config, { q, k, v }, layer);
    x = graph.add(x, linear(graph.reshape(o, [-1, heads * headDim]), 'output'));
    const fed = rmsNorm(graph, x, layerWeight(weights, 'feedNorm'), { epsilon, width: d }).y;
    x = graph.add(x, linear(swiglu(graph, linear(fed, 'gate'), linear(fed, 'up')).y, 'down'));
  }
  const norm = rmsNorm(graph, x, graph.input('finalNorm', [d]), { epsilon, width: d }).y;
  const unembedding = config.tied ? embedding : graph.input('head', [vocabSize, d]);
  const logits = graph.op('Transpose', [graph.matmul(unembedding, norm, { transB: true })], { perm: [1, 0] });
  const softmax = (values: Value): Value => graph.op('Softmax', [values], { axis: -1 });
  const scaled = tempered ? graph.mul(logits, graph.input('inverseTemperature', [1])) : logits;
  graph.output(softmax(scaled), 'probabilities');
  if (tempered) graph.output(softmax(logits), 'rawProbabilities');
  graph.output(graph.concat(cache, 0), 'cache');
  return graph;
}

/** Query or key heads: norm of each head (qwen3), rotation. [B, heads hd] */
function turnedHeads(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  options: { weights: LayerWeights; tensor: 'query' | 'key'; positions: RopeInputs },
): Value {
  const { headDim, normEpsilon } = config;
  const { weights, tensor, positions } = options;
  const heads = tensor === 'query' ? config.heads : config.kvHeads;
  const headNorm = weights[`${tensor}Norm`];
  const rows = headNorm
    ? rmsNorm(graph, graph.reshape(x, [-1, headDim]), headNorm, { epsilon: normEpsilon, width: headDim }).y
    : x;
  return rope(graph, rows, positions, { heads, headDim, rows: 'B' }).y;
}

/** softmax(scores) with the logarithm of its denominator: largest score - log(largest probability). */
function normalised(graph: Graph, scores: Value): { p: Value; logSum: Value } {
  const largest = (x: Value): Value => graph.op('ReduceMax', [x], { axes: [-1], keepdims: 1 });
  const p = graph.op('Softmax', [scores], { axis: -1 });
  return { p, logSum: graph.sub(largest(scores), graph.op('Log', [largest(p)])) };
}

/** q [B, heads hd] against the prompt, the row's own tokens and the new one (k, v [B, KV hd]): [B, KV, Gq, hd]. */
function decodeAttention(
  graph: Graph,
  config: ModelConfig,
  { q, k, v }: { q: Value; k: Value; v: Value },
  layer: number,
): Value {
  const { heads, kvHeads, headDim } = config;
  const group = heads / kvHeads;
  const scaled = graph.mul(q, graph.float(1 / Math.sqrt(headDim)));
  const prompt = promptAttention(graph, config, scaled, layer);

  const rows = graph.reshape(scaled, [-1, kvHeads, group, headDim]);
  const [key, value] = [k, v].map((x) => graph.reshape(x, [-1, kvHeads, 1, headDim])) as [Value, Value];
  const ownShape = ['B', kvHeads, 'T', headDim];
  const ownScores = graph.add(
    graph.matmul(rows, graph.input(`ownKeys${layer}`, ownShape), { transB: true }),
    graph.input('own.padding', ['B', 1, 1, 'T']),
  );
  const newScores = graph.reduceSum(graph.mul(rows, key), -1);
  const own = normalised(graph, graph.concat([ownScores, newScores], 3));
  const [pOwn, pNew] = graph.split(own.p, 3, ['T', 1]) as [Value, Value];
  const o = graph.add(graph.matmul(pOwn, graph.input(`ownValues${layer}`, ownShape)), graph.mul(pNew, value));
  const promptShare = graph.op('Sigmoid', [graph.sub(prompt.logSum, own.logSum)]);
  return graph.add(o, graph.mul(promptShare, graph.sub(prompt.o, o)));
}

/** Scaled queries against the prompts. o [B, KV, Gq, hd], logSum [B, KV, Gq, 1]. */
function promptAttention(graph: Graph, config: ModelConfig, q: Value, layer: number): { o: Value; logSum: Value } {
  const { heads, kvHeads, headDim } = config;
  const group = heads / kvHeads;
  const shape = ['NG', kvHeads, 'P', headDim];
  const places = graph.input('promptRows', [['NG', kvHeads, 'G']], 'int32');
  const byPrompt = graph.gather(graph.reshape(q, [-1, group * headDim]), places);
  const scores = graph.add(
    graph.matmul(
      graph.reshape(byPrompt, ['NG', kvHeads, ['G', group], headDim]),
      graph.input(`promptKeys${layer}`, shape),
      { transB: true },
    ),
    graph.input('prompt.padding', ['NG', 1, 1, 'P']),
  );
  const { p, logSum } = normalised(graph, scores);
  const o = graph.matmul(p, graph.input(`promptValues${layer}`, shape));
  const rowPlaces = graph.input('rowPlaces', [['B', kvHeads]], 'int32');
  const byRow = (x: Value, width: number): Value =>
    graph.reshape(graph.gather(graph.reshape(x, [-1, group * width]), rowPlaces), [-1, kvHeads, group, width]);
  return { o: byRow(o, headDim), logSum: byRow(logSum, 1) };
}
