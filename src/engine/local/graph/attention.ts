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

import { attentionScale, type ModelConfig } from '../weights/model-config.ts';
import type { Dim, Graph, Value } from './graph.ts';

/** Whether prompts are shared by the rollouts of their groups. */
export const batchKinds = ['dense', 'shared'] as const;
/** See the head of this file. */
export type BatchKind = (typeof batchKinds)[number];

/** What a graph is built for. */
export interface BatchShape {
  readonly kind: BatchKind;
  /** Into how many chunks the prompt segment's queries are cut. */
  readonly chunks: number;
}

/** One chunk for short prompts, four for longer ones: each number in use is a program of its own. */
export const chunksFor = (promptLength: number): number => (promptLength < 96 ? 1 : 4);

/** The same for a forward pass alone, whose programs are small: half of a chunk's last block is masked, so the narrower the block the better. */
export const forwardChunks = (promptLength: number): number => (promptLength < 256 ? chunksFor(promptLength) : 8);

type Segment = 'prompt' | 'tail';

interface SegmentDims {
  readonly sequences: string;
  /** Queries of a chunk, and tokens of a sequence: [chunks, query]. */
  readonly query: string;
  readonly chunks: number;
  readonly rows: string;
}

const dimsOf = (segment: Segment, chunks: number): SegmentDims =>
  segment === 'prompt'
    ? { sequences: 'NG', query: 'Q', chunks, rows: 'Np' }
    : { sequences: 'B', query: 'S', chunks: 1, rows: 'Nt' };

interface Heads {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
}

/** Index inputs of a segment; segment-index.ts fills them. */
function segmentInputs(graph: Graph, config: ModelConfig, segment: Segment, dims: SegmentDims) {
  const { sequences, query, chunks, rows } = dims;
  const { kvHeads, heads } = config;
  const index = (name: string, size: readonly (number | string)[]) =>
    graph.input(`${segment}.${name}`, [size], 'int32');
  return {
    queries: (chunk: number) => index(`queries${chunk}`, [heads, sequences, query]),
    queryGradients: (chunk: number) => index(`queryGradients${chunk}`, [heads, sequences, query]),
    keys: () => index('keys', [kvHeads, sequences, chunks, query]),
    queryRows: () => index('queryRows', [heads, rows]),
    keyRows: () => index('keyRows', [kvHeads, rows]),
    /** Of a windowed layer: also nothing before the window. */
    causal: (chunk: number, windowed: boolean) =>
      graph.input(`${segment}.${windowed ? 'windowed' : 'causal'}${chunk}`, [query, [chunk + 1, query]]),
  };
}

/** Rows of heads with one more column. */
const withOnes = (graph: Graph, v: Value): Value =>
  graph.op('Pad', [v, graph.integers([0, 0, 0, 0, 0, 0, 0, 1]), graph.float(1)], { mode: 'constant' });

/**
 * Gradient of the scores, p (dO v^T - sum of dO o), with that sum and with ones behind the values: the subtraction is part of the
 * product, since a pass of its own over the scores takes about as long.
 */
function scoreGradient(graph: Graph, { p, dO, sum, vOnes }: { p: Value; dO: Value; sum: Value; vOnes: Value }): Value {
  const extended = graph.concat([dO, graph.op('Neg', [sum])], 3);
  return graph.mul(p, graph.matmul(extended, vOnes, { heads: true, transB: true }));
}

/** Keys and values, and values with ones. */
interface ScoredKeys {
  readonly k: Value;
  readonly v: Value;
  readonly vOnes: Value;
}

/** One chunk of a segment against its first `length` keys: q [KV, B, Gq Q, hd]; k, v [KV, B, length, hd]. */
function chunkAttention(
  graph: Graph,
  config: ModelConfig,
  { q, k, v, vOnes }: { q: Value } & ScoredKeys,
  { sequences, query, length, causal }: { sequences: string; query: string; length: Dim; causal: Value },
) {
  const { kvHeads, heads } = config;
  const group = heads / kvHeads;
  const alpha = attentionScale(config);
  const scores = graph.reshape(graph.matmul(q, k, { heads: true, transB: true, alpha }), [
    [heads, sequences],
    query,
    length,
  ]);
  const masked = graph.reshape(graph.add(scores, causal), [kvHeads, sequences, [group, query], length]);
  const p = graph.op('Softmax', [masked], { axis: -1 });
  const o = graph.matmul(p, v);
  return {
    o,
    backward(dO: Value): Heads {
      const sum = graph.reduceSum(graph.mul(dO, o), -1);
      const dScores = scoreGradient(graph, { p, dO, sum, vOnes });
      return {
        q: graph.matmul(dScores, k, { heads: true, alpha }),
        k: graph.matmul(dScores, q, { heads: true, transA: true, alpha }),
        v: graph.matmul(p, dO, { heads: true, transA: true }),
      };
    },
  };
}

/** Causal attention of the prompt segment to itself. q: its chunks; k, v [KV, NG, P, hd]. */
function promptAttention(
  graph: Graph,
  config: ModelConfig,
  q: readonly Value[],
  { k, v, vOnes, windowed }: ScoredKeys & { windowed: boolean },
) {
  const chunks = q.length;
  const dims = dimsOf('prompt', chunks);
  const { sequences, query } = dims;
  const inputs = segmentInputs(graph, config, 'prompt', dims);
  const firstKeys = (x: Value, chunk: number): Value =>
    chunk === chunks - 1
      ? x
      : graph.op('Slice', [x, graph.integers([0]), graph.shape([[chunk + 1, query]]), graph.integers([2])]);
  const parts = q.map((value, chunk) =>
    chunkAttention(
      graph,
      config,
      { q: value, k: firstKeys(k, chunk), v: firstKeys(v, chunk), vOnes: firstKeys(vOnes, chunk) },
      { sequences, query, length: [chunk + 1, query], causal: inputs.causal(chunk, windowed) },
    ),
  );
  const widened = (x: Value, chunk: number): Value =>
    chunk === chunks - 1
      ? x
      : graph.op('Pad', [x, graph.shape([0, 0, 0, 0, 0, 0, [chunks - 1 - chunk, query], 0])], { mode: 'constant' });
  const total = (values: readonly Value[]): Value =>
    values.length === 1 ? (values[0] as Value) : graph.op('Sum', values.map(widened));
  return {
    o: parts.map((part) => part.o),
    backward(dO: readonly Value[]): { q: Value[]; k: Value; v: Value } {
      const gradients = parts.map((part, chunk) => part.backward(dO[chunk] as Value));
      return {
        q: gradients.map((gradient) => gradient.q),
        k: total(gradients.map((gradient) => gradient.k)),
        v: total(gradients.map((gradient) => gradient.v)),
      };
    },
  };
}

/** Attention of the tails to their prompt and to themselves. Prompt k, v [KV, NG, P, hd]. */
function prefixAttention(
  graph: Graph,
  config: ModelConfig,
  own: Heads,
  prompt: ScoredKeys & { length: readonly (number | string)[]; windowed: boolean },
) {
  const { kvHeads, heads, headDim } = config;
  const group = heads / kvHeads;
  const alpha = attentionScale(config);
  const merge = (x: Value, last: Dim): Value => graph.reshape(x, [kvHeads, 'NG', ['G', group, 'S'], last]);
  const separate = (x: Value, last: Dim): Value => graph.reshape(x, [kvHeads, 'B', [group, 'S'], last]);
  const q = merge(own.q, headDim);
  const rawScores = graph.matmul(q, prompt.k, { heads: true, transB: true, alpha });
  const promptScores = prompt.windowed
    ? windowedScores(graph, config, rawScores, prompt.length)
    : graph.add(rawScores, graph.input('prompt.padding', [1, 'NG', 1, prompt.length]));
  const ownScores = graph.add(
    graph.reshape(graph.matmul(own.q, own.k, { heads: true, transB: true, alpha }), [[heads, 'B'], 'S', 'S']),
    segmentInputs(graph, config, 'tail', dimsOf('tail', 1)).causal(0, prompt.windowed),
  );
  const p = graph.op('Softmax', [graph.concat([promptScores, merge(ownScores, 'S')], 3)], { axis: -1 });
  const [pPrompt, pMerged] = graph.split(p, 3, [prompt.length, 'S']) as [Value, Value];
  const pOwn = separate(pMerged, 'S');
  const o = graph.add(graph.matmul(pPrompt, prompt.v), merge(graph.matmul(pOwn, own.v), headDim));
  return {
    o: separate(o, headDim),
    backward(dOwn: Value): Heads & { promptK: Value; promptV: Value } {
      const dO = merge(dOwn, headDim);
      const sum = graph.reduceSum(graph.mul(dO, o), -1);
      const dOwnScores = graph.mul(
        pOwn,
        graph.sub(graph.matmul(dOwn, own.v, { heads: true, transB: true }), separate(sum, 1)),
      );
      const dPromptScores = scoreGradient(graph, { p: pPrompt, dO, sum, vOnes: prompt.vOnes });
      return {
        q: graph.add(
          graph.matmul(dOwnScores, own.k, { heads: true, alpha }),
          separate(graph.matmul(dPromptScores, prompt.k, { heads: true, alpha }), headDim),
        ),
        k: graph.matmul(dOwnScores, own.q, { heads: true, transA: true, alpha }),
        v: graph.matmul(pOwn, dOwn, { heads: true, transA: true }),
        promptK: graph.matmul(dPromptScores, q, { heads: true, transA: true, alpha }),
        promptV: graph.matmul(pPrompt, dO, { heads: true, transA: true }),
      };
    },
  };
}

/** Scores [KV, NG, G Gq S, P] with what lies before the window of a tail's row masked, and padding: `prompt.window` [NG, S, P]. */
function windowedScores(graph: Graph, { kvHeads, heads }: ModelConfig, scores: Value, length: Dim): Value {
  const group = heads / kvHeads;
  const byRow = graph.reshape(scores, [kvHeads, 'NG', ['G', group], 'S', length]);
  const mask = graph.input('prompt.window', ['NG', 1, 'S', length]);
  return graph.reshape(graph.add(byRow, mask), [kvHeads, 'NG', ['G', group, 'S'], length]);
}

/**
 * Attention of a packed batch. q [M H, hd], k and v [N KV, hd] are rows of single heads; M is N, or Nt when the prompt's
 * queries are left out (the last layer of a shared batch: nothing reads the prompt's output there).
 */
export function attention(
  graph: Graph,
  config: ModelConfig,
  rows: Heads,
  {
    kind,
    chunks,
    promptQueries,
    windowed,
  }: BatchShape & { readonly promptQueries: boolean; readonly windowed: boolean },
) {
  const { kvHeads, heads, headDim } = config;
  const hasTails = kind === 'shared';
  const dims = { tail: dimsOf('tail', 1), prompt: dimsOf('prompt', chunks) };
  const inputs = {
    tail: segmentInputs(graph, config, 'tail', dims.tail),
    prompt: segmentInputs(graph, config, 'prompt', dims.prompt),
  };
  /** The chunks of a segment's queries (or of their gradients) from rows. */
  const gatherQueries = (segment: Segment, x: Value, index: 'queries' | 'queryGradients'): Value[] => {
    const { sequences, query } = dims[segment];
    const shape = [kvHeads, sequences, [heads / kvHeads, query], headDim];
    return Array.from({ length: dims[segment].chunks }, (_, chunk) =>
      graph.reshape(graph.gather(x, inputs[segment][index](chunk)), shape),
    );
  };
  const gatherKeys = (segment: Segment, x: Value): Value => {
    const { sequences, query } = dims[segment];
    const shape = [kvHeads, sequences, [dims[segment].chunks, query], headDim];
    return graph.reshape(graph.gather(x, inputs[segment].keys()), shape);
  };
  const flat = (x: Value): Value => graph.reshape(x, [-1, headDim]);
  const join = (parts: readonly Value[]): Value => (parts.length === 1 ? (parts[0] as Value) : graph.concat(parts, 0));
  const queryRows = (segment: Segment, parts: readonly Value[]): Value =>
    graph.gather(join(parts.map(flat)), inputs[segment].queryRows());
  const keyRows = (segment: Segment, x: Value): Value => graph.gather(flat(x), inputs[segment].keyRows());

  const promptKeys = gatherKeys('prompt', rows.k);
  const promptValues = gatherKeys('prompt', rows.v);
  const keys = { k: promptKeys, v: promptValues, vOnes: withOnes(graph, promptValues), windowed };
  const prompt = promptQueries
    ? promptAttention(graph, config, gatherQueries('prompt', rows.q, 'queries'), keys)
    : undefined;
  const tail = hasTails
    ? prefixAttention(
        graph,
        config,
        {
          q: gatherQueries('tail', rows.q, 'queries')[0] as Value,
          k: gatherKeys('tail', rows.k),
          v: gatherKeys('tail', rows.v),
        },
        { ...keys, length: [chunks, dims.prompt.query] },
      )
    : undefined;
  const joinSegments = (parts: readonly (Value | undefined)[]): Value =>
    join(parts.filter((part): part is Value => part !== undefined));
  const sum = (a: Value | undefined, b: Value | undefined): Value => (a && b ? graph.add(a, b) : ((a ?? b) as Value));

  return {
    /** Keys (rotated) and values of the prompt segment, padded: [KV, NG, P, hd]. */
    promptKeys,
    promptValues,
    /** [M H, hd] */
    y: joinSegments([tail && queryRows('tail', [tail.o]), prompt && queryRows('prompt', prompt.o)]),
    /** dy [M H, hd] */
    backward(dy: Value): Heads {
      // Padding must not leak into keys and values: its output gradient is read from a row of zeros at the end (index -1).
      const padded = graph.concat([dy, graph.float(0, [1, headDim])], 0);
      const dTail = tail?.backward(gatherQueries('tail', padded, 'queryGradients')[0] as Value);
      const dPrompt = prompt?.backward(gatherQueries('prompt', padded, 'queryGradients'));
      return {
        q: joinSegments([dTail && queryRows('tail', [dTail.q]), dPrompt && queryRows('prompt', dPrompt.q)]),
        k: joinSegments([dTail && keyRows('tail', dTail.k), keyRows('prompt', sum(dPrompt?.k, dTail?.promptK))]),
        v: joinSegments([dTail && keyRows('tail', dTail.v), keyRows('prompt', sum(dPrompt?.v, dTail?.promptV))]),
      };
    },
  };
}
