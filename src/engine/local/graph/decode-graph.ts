/**
 * @file One step of decoding as a graph. Rows are rollouts; each attends to its prompt's keys and values, which the
 * rollouts of a group share, and to its own. The two parts are normalised apart and merged by their log-sum-exps, so the
 * scores on the prompt, the largest tensor of a step, are neither moved nor joined.
 *
 * Measured on two cores, and why it is built this way: a product with one row (alpha 1) reads its second operand in place,
 * so the queries are scaled beforehand; any other product packs it, so projections are computed as (W x^T)^T.
 */

import { layerKind } from '../weights/layer-kind.ts';
import { attentionScale, type ModelConfig } from '../weights/model-config.ts';
import { projectionKey } from '../weights/parameters.ts';
import { layerInputs, projectHeads, ropeInputs } from './block.ts';
import { type DrawKind, drawTokens } from './draw.ts';
import { attentionOutput, feedForward } from './feed-forward.ts';
import { type Dim, Graph, type Value } from './graph.ts';
import { embed } from './model-graph.ts';
import { layerNorm, normFactor } from './norm.ts';
import { rmsNorm, scaled } from './ops.ts';
import { projection } from './projection.ts';

/** What the output projection is called where it is fixed: rows of tokens are read from a tied one too, as an input. */
const fixedHead = 'fixedHead';

/**
 * Sizes: B rows, NG prompts of P slots, T slots of a row's own, G the most rows of a prompt.
 * Inputs: `tokens` [B], `rowPositions` [B, 1]; for each layer `promptKeys<l>`, `promptValues<l>` [NG, KV, P, hd] (on the processor
 * values are [NG, KV, hd, P] and keys [NG, KV, hd + 1, P], the last row a mask: a product of few rows reads them in order there)
 * and `ownKeys<l>`, `ownValues<l>` [B, KV, T, hd]; `prompt.padding` [NG, P] and `own.padding` [B, T] mask what is not there;
 * in windowed layers PW and TW stand for P and T, and `prompt.bounded` [NG, G, PW] and `own.bounded` [B, TW] mask.
 * `promptRows` [NG KV G] names the row (times KV, plus the head) in each place of the prompts' attention, `rowPlaces`
 * [B KV] is its inverse.
 * Outputs: `probabilities` [B, V] of softmax(logits / temperature), if `tempered` also `rawProbabilities` at temperature 1,
 * and `cache` [layers, 2, B, KV, hd], the new keys and values, which the caller writes into its buffers (outputs are
 * copies, so a graph that returned the whole cache would pay for it at every step).
 *
 * With `draw` it is built for a device, where both stay: the outputs are those of draw.ts, and the rows' own keys and values with the
 * new ones written in, `newKeys<l>` and `newValues<l>`, to the places that `own.places` [B, 1] names (in windowed layers
 * `own.boundedPlaces`).
 */
export function buildDecode(
  config: ModelConfig,
  { tempered, draw, fixed = false }: { tempered: boolean; draw?: DrawKind | undefined; fixed?: boolean },
): Graph {
  const graph = new Graph(draw === undefined ? 'cpu' : 'webgpu');
  const { hiddenSize: d, vocabSize, heads, headDim, normEpsilon: epsilon } = config;
  const embedding = graph.input('embedding', [vocabSize, d]);
  const rowPositions = graph.input('rowPositions', ['B', 1], 'int64');
  let x = embed(graph, config, embedding, 'B');
  const fewRows = !fixed;
  const cache: Value[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const kind = layerKind(config, layer);
    const weights = layerInputs(graph, config, `layer${layer}`, kind);
    const norm = layerNorm(graph, config, x, { weights, tensor: 'attentionNorm' }).y;
    const positions = ropeInputs(graph, config, kind, rowPositions);
    const turned = (tensor: 'query' | 'key'): Value =>
      projectHeads(graph, config, norm, weights, { tensor, rows: 'B', positions, fewRows }).y;
    const [q, k] = [turned('query'), turned('key')];
    const v = projection(graph, config, norm, { weights, tensor: 'value', fewRows }).y;
    if (draw === undefined) cache.push(graph.reshape(k, [-1]), graph.reshape(v, [-1]));
    else
      for (const [name, value] of [
        ['Keys', k],
        ['Values', v],
      ] as const)
        writeOwn(graph, config, { name, value, layer });
    const o = decodeAttention(graph, config, { q, k, v }, layer);
    const attended = graph.reshape(o, [-1, heads * headDim]);
    x = graph.add(x, attentionOutput(graph, config, attended, { weights, fewRows }).y);
    x = graph.add(x, feedForward(graph, config, x, { weights, fewRows }).y);
  }
  const finalNorm = normFactor(graph, config, graph.input('finalNorm', [d]));
  const norm = scaled(graph, rmsNorm(graph, x, finalNorm, { epsilon, width: d }).y, config.multipliers?.logits);
  const unembedding = graph.input(fixed ? fixedHead : projectionKey(config), [vocabSize, d]);
  const logits =
    fewRows && graph.target === 'cpu'
      ? graph.op('Transpose', [graph.matmul(unembedding, norm, { transB: true })], { perm: [1, 0] })
      : graph.matmul(norm, unembedding, { transB: true });
  const softmax = (values: Value): Value => graph.op('Softmax', [values], { axis: -1 });
  const cooled = tempered ? graph.mul(logits, graph.input('inverseTemperature', [1])) : logits;
  if (draw !== undefined) {
    const p = softmax(cooled);
    drawTokens(graph, { p, raw: tempered ? softmax(logits) : p }, { kind: draw, vocabSize });
    return graph;
  }
  graph.output(softmax(cooled), 'probabilities');
  if (tempered) graph.output(softmax(logits), 'rawProbabilities');
  graph.output(graph.concat(cache, 0), 'cache');
  return graph;
}

/** The names of a layer's room for own tokens: its size, and its inputs of masks and places. */
const ownNames = (config: ModelConfig, layer: number) =>
  layerKind(config, layer).windowed
    ? ({ room: 'TW', mask: 'own.bounded', places: 'own.boundedPlaces', slots: 'own.boundedSlots' } as const)
    : ({ room: 'T', mask: 'own.padding', places: 'own.places', slots: 'own.slots' } as const);

/** `new<Name><layer>`: the layer's own keys or values with `value` [B KV, hd] in the place of each row. */
function writeOwn(
  graph: Graph,
  config: ModelConfig,
  { name, value, layer }: { name: 'Keys' | 'Values'; value: Value; layer: number },
): void {
  const { kvHeads, headDim } = config;
  const { room, places, slots } = ownNames(config, layer);
  const before = graph.input(`own${name}${layer}`, ['B', kvHeads, room, headDim]);
  const here = graph.op('Equal', [
    graph.input(slots, [1, 1, room, 1], 'int32'),
    graph.input(places, ['B', 1, 1, 1], 'int32'),
  ]);
  graph.output(
    graph.op('Where', [here, graph.reshape(value, [-1, kvHeads, 1, headDim]), before]),
    `new${name}${layer}`,
  );
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
  const queries = graph.mul(q, graph.float(attentionScale(config)));
  const prompt = promptAttention(graph, config, queries, layer);

  const rows = graph.reshape(queries, [-1, kvHeads, group, headDim]);
  const [key, value] = [k, v].map((x) => graph.reshape(x, [-1, kvHeads, 1, headDim])) as [Value, Value];
  const { room, mask } = ownNames(config, layer);
  const ownShape = ['B', kvHeads, room, headDim];
  const ownScores = graph.add(
    graph.matmul(rows, graph.input(`ownKeys${layer}`, ownShape), { heads: true, transB: true }),
    graph.input(mask, ['B', 1, 1, room]),
  );
  const newScores = graph.reduceSum(graph.mul(rows, key), -1);
  const own = normalised(graph, graph.concat([ownScores, newScores], 3));
  const [pOwn, pNew] = graph.split(own.p, 3, [room, 1]) as [Value, Value];
  const o = graph.add(graph.matmul(pOwn, graph.input(`ownValues${layer}`, ownShape)), graph.mul(pNew, value));
  const promptShare = graph.op('Sigmoid', [graph.sub(prompt.logSum, own.logSum)]);
  return graph.add(o, graph.mul(promptShare, graph.sub(prompt.o, o)));
}

/** Scaled queries against the prompts. o [B, KV, Gq, hd], logSum [B, KV, Gq, 1]. */
function promptAttention(graph: Graph, config: ModelConfig, q: Value, layer: number): { o: Value; logSum: Value } {
  const { heads, kvHeads, headDim } = config;
  const group = heads / kvHeads;
  const { windowed } = layerKind(config, layer);
  const length = windowed ? 'PW' : 'P';
  const places = graph.input('promptRows', [['NG', kvHeads, 'G']], 'int32');
  const byPrompt = graph.gather(graph.reshape(q, [-1, group * headDim]), places);
  const raw = promptScores(graph, config, graph.reshape(byPrompt, ['NG', kvHeads, ['G', group], headDim]), layer);
  const { p, logSum } = normalised(graph, windowed ? windowedScores(graph, config, raw) : raw);
  const turned = graph.target === 'cpu';
  const values = graph.input(
    `promptValues${layer}`,
    turned ? ['NG', kvHeads, headDim, length] : ['NG', kvHeads, length, headDim],
  );
  const o = graph.matmul(p, values, { heads: true, transB: turned });
  const rowPlaces = graph.input('rowPlaces', [['B', kvHeads]], 'int32');
  const byRow = (x: Value, width: number): Value =>
    graph.reshape(graph.gather(graph.reshape(x, [-1, group * width]), rowPlaces), [-1, kvHeads, group, width]);
  return { o: byRow(o, headDim), logSum: byRow(logSum, 1) };
}

/** Scores [NG, KV, G Gq, P] of q [NG, KV, G Gq, hd], with padding masked: on the processor by the keys' last row. */
function promptScores(graph: Graph, config: ModelConfig, q: Value, layer: number): Value {
  const { kvHeads, headDim } = config;
  const { windowed } = layerKind(config, layer);
  const length = windowed ? 'PW' : 'P';
  const keys = (shape: Dim[]): Value => graph.input(`promptKeys${layer}`, ['NG', kvHeads, ...shape]);
  if (graph.target === 'cpu') {
    const withOne = graph.op('Pad', [q, graph.integers([0, 0, 0, 0, 0, 0, 0, 1]), graph.float(1)], {
      mode: 'constant',
    });
    return graph.matmul(withOne, keys([headDim + 1, length]));
  }
  const raw = graph.matmul(q, keys([length, headDim]), { heads: true, transB: true });
  return windowed ? raw : graph.add(raw, graph.input('prompt.padding', ['NG', 1, 1, 'P']));
}

/** Scores [NG, KV, G Gq, PW] with what a row has left behind masked. */
function windowedScores(graph: Graph, { heads, kvHeads }: ModelConfig, scores: Value): Value {
  const group = heads / kvHeads;
  const byRow = graph.reshape(scores, ['NG', kvHeads, 'G', group, 'PW']);
  const mask = graph.input('prompt.bounded', ['NG', 1, 'G', 1, 'PW']);
  return graph.reshape(graph.add(byRow, mask), ['NG', kvHeads, ['G', group], 'PW']);
}
