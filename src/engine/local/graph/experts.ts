/**
 * @file A feed-forward part that is a choice of experts (Qwen3-MoE): a router's softmax names the best `perToken` experts of a
 * row, each expert computes the rows that chose it, gathered, and a row gathers its results and adds them with the router's weights.
 *
 * With p_k the chosen probabilities and s their sum (1 where weights are not normalised), the weights are w_k = p_k / s. From
 * dw_k, the dot product of dy and result k: dp_k = (dw_k - sum(w dw)) / s, or dw_k without normalisation, and the softmax's own
 * derivative follows. The choice itself has no gradient, as in transformers.
 */

import type { ModelConfig } from '../weights/model-config.ts';
import type { Graph, Value } from './graph.ts';
import { gated } from './ops.ts';
import { type LayerWeights, layerWeight, type Projection } from './projection.ts';

/** Which experts a row has, and with which weights. */
interface Routing {
  /** [N, k]: weights, and int64 numbers of experts. */
  readonly weights: Value;
  readonly best: Value;
  /** [N, k, E]: one where choice k is expert e. */
  readonly oneHot: Value;
  /** [N, E]: one where the row has the expert. */
  readonly choice: Value;
  /** From the gradient [N, k] of the weights. */
  backward(dWeights: Value): { dx: Value; dRouter: Value };
}

function route(graph: Graph, config: ModelConfig, x: Value, router: Value): Routing {
  const { count = 1, perToken = 1, normalised = false } = config.experts ?? {};
  const p = graph.op('Softmax', [graph.matmul(x, router, { transB: true })], { axis: -1 });
  const [chosen, best] = graph.multi('TopK', [p, graph.integers([perToken])], 2, { axis: -1 }) as [Value, Value];
  const offOn = graph.concat([graph.float(0, [1]), graph.float(1, [1])], 0);
  const oneHot = graph.op('OneHot', [best, graph.integers([count]), offOn], { axis: -1 });
  const total = normalised ? graph.reduceSum(chosen, -1) : undefined;
  const weights = total ? graph.op('Div', [chosen, total]) : chosen;
  return {
    weights,
    best,
    oneHot,
    choice: graph.reduceSum(oneHot, 1, false),
    backward(dWeights) {
      const centred = () => graph.sub(dWeights, graph.reduceSum(graph.mul(weights, dWeights), -1));
      const dChosen = total ? graph.op('Div', [centred(), total]) : dWeights;
      const spread = graph.matmul(graph.reshape(dChosen, [-1, 1, perToken]), oneHot);
      const dp = graph.reshape(spread, [-1, count]);
      const dLogits = graph.mul(p, graph.sub(dp, graph.reduceSum(graph.mul(dp, p), -1)));
      return { dx: graph.matmul(dLogits, router), dRouter: graph.matmul(dLogits, x, { transA: true }) };
    },
  };
}

/**
 * Where the rows of each expert stand: `rows[e]` names them, and at the end a row of zeros (-1), so that no expert is without
 * any; `places` [N, k] says where in all experts' rows, one expert after the other, a row's choices are.
 */
function arrange(graph: Graph, config: ModelConfig, { best, choice }: Routing): { rows: Value[]; places: Value } {
  const { count = 1 } = config.experts ?? {};
  const columns = graph.split(choice, 1, new Array(count).fill(1));
  const none = graph.integers([-1]);
  const rows = columns.map((column) => {
    const found = graph.op('NonZero', [graph.reshape(column, [-1])]);
    return graph.concat([graph.reshape(found, [-1]), none], 0);
  });
  const rank = graph.op('CumSum', [choice, graph.integers([0])], { exclusive: 1 });
  const held = graph.add(graph.reduceSum(choice, 0), graph.float(1));
  const first = graph.op('CumSum', [held, graph.integers([1])], { exclusive: 1 });
  const at = graph.op('GatherElements', [graph.add(rank, first), best], { axis: 1 });
  return { rows, places: graph.op('Cast', [at], { to: 7 }) };
}

/** Rows x [N, d] through the experts; `load` [E] counts the rows of each. */
export function experts(
  graph: Graph,
  config: ModelConfig,
  x: Value,
  layer: LayerWeights,
): Projection & { readonly load: Value } {
  const { count = 1, perToken = 1 } = config.experts ?? {};
  const { hiddenSize: d, activation } = config;
  const routing = route(graph, config, x, layerWeight(layer, 'router'));
  const { rows, places } = arrange(graph, config, routing);
  const withZeros = (value: Value, width: number) => graph.concat([value, graph.float(0, [1, width])], 0);
  const padded = withZeros(x, d);
  const parts = rows.map((index, expert) => {
    const weight = (tensor: 'Gate' | 'Up' | 'Down') => layerWeight(layer, `expert${tensor}.${expert}`);
    const [gate, up, down] = [weight('Gate'), weight('Up'), weight('Down')];
    const own = graph.gather(padded, index);
    const active = gated(
      graph,
      graph.matmul(own, gate, { transB: true }),
      graph.matmul(own, up, { transB: true }),
      activation,
    );
    return { index, own, active, gate, up, down, y: graph.matmul(active.y, down, { transB: true }) };
  });
  /** What the experts gave to each row's choices: [N, k, d]. */
  const byRow = (values: readonly Value[]): Value => graph.gather(graph.concat(values, 0), places);
  const results = byRow(parts.map((part) => part.y));
  const y = graph.matmul(graph.reshape(routing.weights, [-1, 1, perToken]), results);
  return {
    y: graph.reshape(y, [-1, d]),
    load: graph.reduceSum(routing.choice, 0, false),
    backward(dy) {
      const dWeights = graph.reshape(graph.matmul(results, graph.reshape(dy, [-1, d, 1])), [-1, perToken]);
      const { dx: dxRouter, dRouter } = routing.backward(dWeights);
      const shares = graph.matmul(graph.reshape(routing.weights, [-1, 1, perToken]), routing.oneHot);
      const columns = graph.split(withZeros(graph.reshape(shares, [-1, count]), count), 1, new Array(count).fill(1));
      const dyPadded = withZeros(dy, d);
      const gradients: LayerWeights = { router: dRouter };
      const dxParts = parts.map(({ index, own, active, gate, up, down }, expert) => {
        const dOut = graph.mul(graph.gather(dyPadded, index), graph.gather(columns[expert] as Value, index));
        const { dGate, dUp } = active.backward(graph.matmul(dOut, down));
        gradients[`expertDown.${expert}`] = graph.matmul(dOut, active.y, { transA: true });
        gradients[`expertGate.${expert}`] = graph.matmul(dGate, own, { transA: true });
        gradients[`expertUp.${expert}`] = graph.matmul(dUp, own, { transA: true });
        return graph.add(graph.matmul(dGate, gate), graph.matmul(dUp, up));
      });
      return { dx: graph.add(dxRouter, graph.reduceSum(byRow(dxParts), 1, false)), gradients };
    },
  };
}
