/**
 * @file Causal grouped-query attention over packed rows, forward and backward, with the prompt of a group shared.
 *
 * Tokens lie in packed rows without padding, so every matrix product outside attention works on real tokens only. Inside,
 * a gather brings rows into padded segments [KV, B, Gq S, hd] (KV key heads, B sequences, Gq query heads for a key head)
 * and another one brings results back; it also stands in for the transposes.
 *
 * Two kinds of batch:
 * - `dense`: one segment, `prompt`: B sequences of up to P tokens.
 * - `shared`: segment `tail` (G rollouts of each of NG groups, up to S tokens, rows 0..Nt) attends to itself and to its
 *   group's part of segment `prompt` (NG prompts, up to P tokens, rows Nt..N). All rollouts of a group stand in the M
 *   dimension of one product with the prompt's keys, and the backward pass yields dK, dV of the prompt summed over rollouts.
 */
import type { Dim, Graph, Value } from './graph.ts';
import type { ModelConfig } from './model-config.ts';

export const batchKinds = ['dense', 'shared'] as const;
export type BatchKind = (typeof batchKinds)[number];

type Segment = 'prompt' | 'tail';

interface SegmentDims {
  readonly sequences: string;
  readonly length: string;
  readonly rows: string;
}

const segmentDims: Record<Segment, SegmentDims> = {
  prompt: { sequences: 'NG', length: 'P', rows: 'Np' },
  tail: { sequences: 'B', length: 'S', rows: 'Nt' },
};

interface Heads {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
}

/** Index inputs of a segment; `segmentIndex` in packing.ts fills them. */
function segmentInputs(graph: Graph, config: ModelConfig, segment: Segment) {
  const { sequences, length, rows } = segmentDims[segment];
  const { kvHeads, heads } = config;
  const index = (name: string, dims: readonly (number | string)[]) =>
    graph.input(`${segment}.${name}`, [dims], 'int32');
  return {
    queries: () => index('queries', [heads, sequences, length]),
    queryGradients: () => index('queryGradients', [heads, sequences, length]),
    keys: () => index('keys', [kvHeads, sequences, length]),
    queryRows: () => index('queryRows', [heads, rows]),
    keyRows: () => index('keyRows', [kvHeads, rows]),
    causal: () => graph.input(`${segment}.causal`, [length, length]),
  };
}

/** Attention of a segment to itself. q [KV, B, Gq S, hd]; k, v [KV, B, S, hd]. */
function selfAttention(graph: Graph, config: ModelConfig, segment: Segment, { q, k, v }: Heads) {
  const { kvHeads, heads, headDim } = config;
  const { sequences, length } = segmentDims[segment];
  const group = heads / kvHeads;
  const alpha = 1 / Math.sqrt(headDim);
  const scores = graph.reshape(graph.matmul(q, k, { transB: true, alpha }), [[heads, sequences], length, length]);
  const masked = graph.add(scores, segmentInputs(graph, config, segment).causal());
  const p = graph.op('Softmax', [graph.reshape(masked, [kvHeads, sequences, [group, length], length])], { axis: -1 });
  const o = graph.matmul(p, v);
  return {
    o,
    backward(dO: Value): Heads {
      const sum = graph.reduceSum(graph.mul(dO, o), -1);
      const dScores = graph.mul(p, graph.sub(graph.matmul(dO, v, { transB: true }), sum));
      return {
        q: graph.matmul(dScores, k, { alpha }),
        k: graph.matmul(dScores, q, { transA: true, alpha }),
        v: graph.matmul(p, dO, { transA: true }),
      };
    },
  };
}

/** Attention of the tails to their prompt and to themselves. Prompt k, v [KV, NG, P, hd]. */
function prefixAttention(graph: Graph, config: ModelConfig, own: Heads, prompt: { k: Value; v: Value }) {
  const { kvHeads, heads, headDim } = config;
  const group = heads / kvHeads;
  const alpha = 1 / Math.sqrt(headDim);
  const merge = (x: Value, last: Dim): Value => graph.reshape(x, [kvHeads, 'NG', ['G', group, 'S'], last]);
  const separate = (x: Value, last: Dim): Value => graph.reshape(x, [kvHeads, 'B', [group, 'S'], last]);
  const q = merge(own.q, headDim);
  const promptScores = graph.add(
    graph.matmul(q, prompt.k, { transB: true, alpha }),
    graph.input('prompt.padding', [1, 'NG', 1, 'P']),
  );
  const ownScores = graph.add(
    graph.reshape(graph.matmul(own.q, own.k, { transB: true, alpha }), [[heads, 'B'], 'S', 'S']),
    segmentInputs(graph, config, 'tail').causal(),
  );
  const p = graph.op('Softmax', [graph.concat([promptScores, merge(ownScores, 'S')], 3)], { axis: -1 });
  const [pPrompt, pMerged] = graph.split(p, 3, ['P', 'S']) as [Value, Value];
  const pOwn = separate(pMerged, 'S');
  const o = graph.add(graph.matmul(pPrompt, prompt.v), merge(graph.matmul(pOwn, own.v), headDim));
  return {
    o: separate(o, headDim),
    backward(dOwn: Value): Heads & { promptK: Value; promptV: Value } {
      const dO = merge(dOwn, headDim);
      const sum = graph.reduceSum(graph.mul(dO, o), -1);
      const dOwnScores = graph.mul(pOwn, graph.sub(graph.matmul(dOwn, own.v, { transB: true }), separate(sum, 1)));
      const dPromptScores = graph.mul(pPrompt, graph.sub(graph.matmul(dO, prompt.v, { transB: true }), sum));
      return {
        q: graph.add(
          graph.matmul(dOwnScores, own.k, { alpha }),
          separate(graph.matmul(dPromptScores, prompt.k, { alpha }), headDim),
        ),
        k: graph.matmul(dOwnScores, own.q, { transA: true, alpha }),
        v: graph.matmul(pOwn, dOwn, { transA: true }),
        promptK: graph.matmul(dPromptScores, q, { transA: true, alpha }),
        promptV: graph.matmul(pPrompt, dO, { transA: true }),
      };
    },
  };
}

/**
 * Attention of a packed batch. q [M H, hd], k and v [N KV, hd] are rows of single heads; M is N, or Nt when the prompt's
 * queries are left out (the last layer of a shared batch: nothing reads the prompt's output there).
 */
export function attention(
  graph: Graph,
  config: ModelConfig,
  rows: Heads,
  options: { kind: BatchKind; promptQueries: boolean },
) {
  const { kvHeads, heads, headDim } = config;
  const { kind, promptQueries } = options;
  const segments: readonly Segment[] = kind === 'dense' ? ['prompt'] : ['tail', 'prompt'];
  const queried = promptQueries ? segments : segments.filter((segment) => segment === 'tail');
  const group = heads / kvHeads;
  const asQueries = (segment: Segment, x: Value, index: Value): Value => {
    const { sequences, length } = segmentDims[segment];
    return graph.reshape(graph.gather(x, index), [kvHeads, sequences, [group, length], headDim]);
  };
  const asKeys = (segment: Segment, x: Value): Value => {
    const { sequences, length } = segmentDims[segment];
    const index = segmentInputs(graph, config, segment).keys();
    return graph.reshape(graph.gather(x, index), [kvHeads, sequences, length, headDim]);
  };
  const flat = (x: Value): Value => graph.reshape(x, [-1, headDim]);
  const join = (parts: Value[]): Value => (parts.length === 1 ? (parts[0] as Value) : graph.concat(parts, 0));

  const keys = { tail: '', prompt: '' };
  const values = { tail: '', prompt: '' };
  for (const segment of segments) {
    keys[segment] = asKeys(segment, rows.k);
    values[segment] = asKeys(segment, rows.v);
  }
  const core = {
    prompt: () => {
      const q = asQueries('prompt', rows.q, segmentInputs(graph, config, 'prompt').queries());
      return selfAttention(graph, config, 'prompt', { q, k: keys.prompt, v: values.prompt });
    },
    tail: () => {
      const q = asQueries('tail', rows.q, segmentInputs(graph, config, 'tail').queries());
      const own = { q, k: keys.tail, v: values.tail };
      return prefixAttention(graph, config, own, { k: keys.prompt, v: values.prompt });
    },
  };
  const tail = queried.includes('tail') ? core.tail() : undefined;
  const prompt = queried.includes('prompt') ? core.prompt() : undefined;
  const collect = (parts: Partial<Record<Segment, Value>>, index: 'queryRows' | 'keyRows'): Value =>
    join(
      segments.flatMap((segment) => {
        const part = parts[segment];
        return part === undefined ? [] : [graph.gather(flat(part), segmentInputs(graph, config, segment)[index]())];
      }),
    );

  return {
    /** Keys (rotated) and values of the prompt segment, padded: [KV, NG, P, hd]. */
    promptKeys: keys.prompt,
    promptValues: values.prompt,
    /** [M H, hd] */
    y: collect({ tail: tail?.o, prompt: prompt?.o }, 'queryRows'),
    /** dy [M H, hd] */
    backward(dy: Value): Heads {
      // Padding must not leak into keys and values: its output gradient is read from a row of zeros at the end (index -1).
      const padded = graph.concat([dy, graph.float(0, [1, headDim])], 0);
      const dOutput = (segment: Segment) =>
        asQueries(segment, padded, segmentInputs(graph, config, segment).queryGradients());
      const dTail = tail?.backward(dOutput('tail'));
      const dPrompt = prompt?.backward(dOutput('prompt'));
      const sum = (a: Value | undefined, b: Value | undefined) => (a && b ? graph.add(a, b) : (a ?? b));
      return {
        q: collect({ tail: dTail?.q, prompt: dPrompt?.q }, 'queryRows'),
        k: collect({ tail: dTail?.k, prompt: sum(dPrompt?.k, dTail?.promptK) }, 'keyRows'),
        v: collect({ tail: dTail?.v, prompt: sum(dPrompt?.v, dTail?.promptV) }, 'keyRows'),
      };
    },
  };
}
