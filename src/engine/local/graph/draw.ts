/**
 * @file The choice of a token inside a graph, so that a device gives back tokens and not distributions. The inverse of the cumulative
 * distribution as decode/sampler.ts has it: first which block of the vocabulary, by the blocks' sums, then which token of it.
 */
import type { Graph, Value } from './graph.ts';

/** How a request's tokens are chosen: the largest, by a uniform draw, or by the caller from the likeliest ones. */
export const drawKinds = ['greedy', 'inverse', 'candidates'] as const;
/** See above. */
export type DrawKind = (typeof drawKinds)[number];

/** Candidates that come back of a row. */
export const candidateCount = (vocabSize: number): number => Math.min(256, vocabSize);

/** Tokens of a block of the vocabulary. */
const blockWidth = (vocabSize: number): number => Math.max(4, 4 * Math.ceil(Math.sqrt(vocabSize) / 4));

/** Blocks of the vocabulary, for the input `rowBlocks`. */
export const blockCount = (vocabSize: number): number => Math.ceil(vocabSize / blockWidth(vocabSize));

/** The largest float32 below 1, so that a draw never lies beyond the last token that has any probability. */
const below = 1 - 2 ** -23;

const asInteger = (graph: Graph, x: Value): Value => graph.op('Cast', [x], { to: 6 });
const asFloat = (graph: Graph, x: Value): Value => graph.op('Cast', [x], { to: 1 });

/** Column `index` (int32 [B, 1]) of each row. */
const columnAt = (graph: Graph, x: Value, index: Value): Value => graph.op('GatherElements', [x, index], { axis: 1 });

/** The first column of x [B, n], none negative, where the sum exceeds `target` [B, 1], as int32; and the sum before it. */
function firstBeyond(graph: Graph, x: Value, target: Value, count: number): { index: Value; before: Value } {
  const sums = graph.op('CumSum', [x, graph.integers([1])]);
  const total = graph.op('Slice', [sums, graph.integers([count - 1]), graph.integers([count]), graph.integers([1])]);
  const bounded = graph.op('Min', [target, graph.mul(total, graph.float(below))]);
  const passed = asFloat(graph, graph.op('LessOrEqual', [sums, bounded]));
  const index = asInteger(graph, graph.op('Min', [graph.reduceSum(passed, 1), graph.float(count - 1)]));
  const zero = graph.mul(total, graph.float(0));
  return { index, before: columnAt(graph, graph.concat([zero, sums], 1), index) };
}

/** The first of the largest of each row, as int32 [B, 1]. ArgMax gives int64, which WebGPU's provider casts on the processor. */
function largest(graph: Graph, p: Value, vocabSize: number): Value {
  const most = graph.op('ReduceMax', [p], { axes: [1], keepdims: 1 });
  const fromEnd = graph.floats(Float32Array.from({ length: vocabSize }, (_, i) => vocabSize - i));
  const marked = graph.mul(asFloat(graph, graph.op('Equal', [p, most])), fromEnd);
  const first = graph.op('ReduceMax', [marked], { axes: [1], keepdims: 1 });
  return asInteger(graph, graph.sub(graph.float(vocabSize), first));
}

/** Tokens [B, 1] (int32) by the draws `u` [B, 1]; `rowBlocks` [B, 1] is the row times the number of blocks. */
function inverse(graph: Graph, p: Value, vocabSize: number): Value {
  const width = blockWidth(vocabSize);
  const count = blockCount(vocabSize);
  const padded = graph.op('Pad', [p, graph.integers([0, 0, 0, count * width - vocabSize])], { mode: 'constant' });
  const sums = graph.reduceSum(graph.reshape(padded, [-1, count, width]), 2, false);
  const u = graph.input('u', ['B', 1]);
  const block = firstBeyond(graph, sums, u, count);
  const row = graph.add(graph.input('rowBlocks', ['B', 1], 'int32'), block.index);
  const inBlock = graph.gather(graph.reshape(padded, [-1, width]), graph.reshape(row, [-1]));
  const place = firstBeyond(graph, inBlock, graph.sub(u, block.before), width);
  const first = graph.mul(asFloat(graph, block.index), graph.float(width));
  return asInteger(graph, graph.add(first, asFloat(graph, place.index)));
}

/**
 * Outputs `token` and `probability` [B, 1], the latter of `raw`; or `candidates`, `candidateTokens`, `candidateRaw` [B, k], the
 * likeliest first, and `probabilities` and `rawProbabilities` for where these do not suffice.
 */
export function drawTokens(
  graph: Graph,
  { p, raw }: { p: Value; raw: Value },
  { kind, vocabSize }: { kind: DrawKind; vocabSize: number },
): void {
  if (kind === 'candidates') {
    const k = candidateCount(vocabSize);
    const [values, index] = graph.multi('TopK', [p, graph.integers([k])], 2, { axis: -1 }) as [Value, Value];
    graph.output(values, 'candidates');
    graph.output(graph.op('GatherElements', [raw, index], { axis: 1 }), 'candidateRaw');
    graph.output(index, 'candidateTokens', 'int64');
    graph.output(p, 'probabilities');
    graph.output(raw, 'rawProbabilities');
    return;
  }
  const token = kind === 'greedy' ? largest(graph, p, vocabSize) : inverse(graph, p, vocabSize);
  graph.output(asFloat(graph, token), 'token');
  graph.output(columnAt(graph, raw, token), 'probability');
}
