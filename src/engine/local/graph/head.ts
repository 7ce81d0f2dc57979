/**
 * @file The language-model head with the policy-gradient loss, forward and backward, on the rows that predict a token.
 *
 * A row has K targets, one but for soft targets. For target y of a row: logit gradient = dlogp (onehot(y) - p), p = softmax(h E^T), so with s = p E
 *   dh = dlogp (E_y - s),  dE = scatter(y, dlogp h) - p^T (dlogp h),  entropy = logsumexp - h . s,
 * summed over the targets, and the [rows, vocab] matrix is passed over only by the softmax and three products. The scatter is left to the caller.
 *
 * dlogp = scale clip(ratio, floor, ceiling) if low <= ratio <= high, else 0, with ratio = exp(logp - old): every loss in
 * losses.ts has this form, so one forward pass is enough (losses.ts derives the five numbers of each token). A KL term adds
 * klConstant + klLinear d + klExponential exp(d), d = reference - logp; without one these are zero.
 */

import type { ModelConfig } from '../weights/model-config.ts';
import { projectionKey } from '../weights/parameters.ts';
import { Graph, type GraphTarget, leastNormal, type Value } from './graph.ts';
import { normFactor } from './norm.ts';
import { rmsNorm, scaled } from './ops.ts';

/** Inputs of the loss, each [Nh, K]: one number for every target of a row. */
export const gateInputs = [
  'old',
  'scale',
  'low',
  'high',
  'floor',
  'ceiling',
  'reference',
  'klConstant',
  'klLinear',
  'klExponential',
] as const;

/** Ratios are kept finite: exp(30) is 1e13, far outside every bound. */
const largestLogRatio = 30;

function logpGradient(graph: Graph, logp: Value): Value {
  const gate = Object.fromEntries(gateInputs.map((name) => [name, graph.input(name, ['Nh', 'K'])])) as Record<
    (typeof gateInputs)[number],
    Value
  >;
  const bound = graph.float(largestLogRatio);
  const cut = (difference: Value): Value => graph.op('Clip', [difference, graph.op('Neg', [bound]), bound]);
  const ratio = graph.op('Exp', [cut(graph.sub(logp, gate.old))]);
  const clipped = graph.op('Min', [graph.op('Max', [ratio, gate.floor]), gate.ceiling]);
  const open = graph.op('And', [
    graph.op('GreaterOrEqual', [ratio, gate.low]),
    graph.op('LessOrEqual', [ratio, gate.high]),
  ]);
  const policy = graph.op('Where', [open, graph.mul(gate.scale, clipped), graph.float(0)]);
  const toReference = cut(graph.sub(gate.reference, logp));
  const linear = graph.add(gate.klConstant, graph.mul(gate.klLinear, toReference));
  return graph.add(policy, graph.add(linear, graph.mul(gate.klExponential, graph.op('Exp', [toReference]))));
}

/** The head over h [Nh, d]; `embedding` [V, d] is the output projection. */
export function head(graph: Graph, config: ModelConfig, h: Value, weights: { norm: Value; embedding: Value }) {
  const { hiddenSize: width, normEpsilon: epsilon } = config;
  const target = graph.input('target', ['Nh', 'K'], 'int32');
  const norm = rmsNorm(graph, h, normFactor(graph, config, weights.norm), { epsilon, width });
  // A factor of the logits is one of the rows that they are made of.
  const factor = config.multipliers?.logits;
  const rows = scaled(graph, norm.y, factor);
  const logits = graph.matmul(rows, weights.embedding, { transB: true });
  const p = graph.op('Softmax', [logits], { axis: -1 });
  // A probability below the normal numbers reads as the least of them: its logarithm stays finite, its gradient uses p itself.
  const targetP = graph.op('Max', [graph.op('GatherElements', [p, target], { axis: 1 }), graph.float(leastNormal)]);
  const logp = graph.op('Log', [targetP]);
  const expected = graph.matmul(p, weights.embedding);
  // The same from every target but one whose probability was raised, which is then too small.
  const fromTargets = graph.sub(graph.op('GatherElements', [logits, target], { axis: 1 }), logp);
  const logSumExp = graph.op('ReduceMax', [fromTargets], { axes: [1], keepdims: 1 });
  const entropy = graph.sub(logSumExp, graph.reduceSum(graph.mul(rows, expected), -1));
  return {
    logits,
    logp,
    entropy,
    /** The T most likely tokens of each row, the likeliest first, as floats, and their log-probabilities: [Nh, T] each. */
    top(): { topTokens: Value; topLogprobs: Value } {
      const [values, tokens] = graph.multi('TopK', [logits, graph.shape(['T'])], 2, { axis: -1 }) as [Value, Value];
      return { topTokens: graph.op('Cast', [tokens], { to: 1 }), topLogprobs: graph.sub(values, logSumExp) };
    },
    backward(): { dh: Value; dNorm: Value; dEmbedding: Value; targetRows: Value } {
      const dlogp = logpGradient(graph, logp);
      const each = graph.reshape(dlogp, ['Nh', 'K', 1]);
      const total = graph.reduceSum(dlogp, 1);
      const targetEmbedding = graph.gather(weights.embedding, target);
      const pulled = graph.reduceSum(graph.mul(targetEmbedding, each), 1, false);
      const targetRows = graph.reshape(graph.mul(graph.reshape(rows, ['Nh', 1, width]), each), [['Nh', 'K'], width]);
      const dRows = graph.sub(pulled, graph.mul(expected, total));
      const { dx, dWeight } = norm.backward(scaled(graph, dRows, factor));
      const negated = graph.matmul(p, graph.mul(rows, total), { transA: true, alpha: -1 });
      return { dh: dx, dNorm: dWeight, dEmbedding: negated, targetRows };
    },
  };
}

/** A graph of the head alone: h -> logp [Nh, K], entropy [Nh, 1], and with the gate inputs dh, `gradient.*` and targetRows [Nh K, d]. */
export function buildHead(
  config: ModelConfig,
  { backward = true, top = false, target }: { backward?: boolean; top?: boolean; target?: GraphTarget } = {},
): Graph {
  const graph = new Graph(target);
  const h = graph.input('h', ['Nh', config.hiddenSize]);
  const weights = {
    norm: graph.input('finalNorm', [config.hiddenSize]),
    embedding: graph.input(projectionKey(config), [config.vocabSize, config.hiddenSize]),
  };
  const result = head(graph, config, h, weights);
  graph.output(result.logp, 'logp');
  graph.output(result.entropy, 'entropy');
  if (top) for (const [name, value] of Object.entries(result.top())) graph.output(value, name);
  if (!backward) return graph;
  const { dh, dNorm, dEmbedding, targetRows } = result.backward();
  graph.output(dh, 'dh');
  // An adapter leaves the head as it is.
  if (config.lora) return graph;
  graph.output(dNorm, 'gradient.finalNorm');
  graph.output(dEmbedding, `gradient.${projectionKey(config)}`);
  graph.output(targetRows, 'targetRows');
  return graph;
}
