/**
 * @file The index tensors with which attention.ts gathers packed rows into padded segments and back, and its masks.
 */
import type { TensorData } from './graph.ts';
import type { ModelConfig } from './model-config.ts';

/** Masked scores. Finite, so that a row of padding still has a softmax. */
const masked = -1e9;

/** A slot of a padded segment: where its rows start, and how many there are. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * Index tensors of a segment (see attention.ts). Padding reads row 0 in the forward pass (finite, and masked or dropped)
 * and the row of zeros, -1, in the backward pass.
 */
export function segmentIndex(
  name: string,
  spans: readonly Span[],
  config: ModelConfig,
  options: { length: number; firstRow: number },
): Record<string, TensorData> {
  const { heads, kvHeads } = config;
  const { length, firstRow } = options;
  const sequences = spans.length;
  const group = heads / kvHeads;
  const rows = spans.reduce((sum, span) => sum + span.length, 0);
  const queries = new Int32Array(heads * sequences * length);
  const queryGradients = new Int32Array(heads * sequences * length).fill(-1);
  const keys = new Int32Array(kvHeads * sequences * length);
  const queryRows = new Int32Array(rows * heads);
  const keyRows = new Int32Array(rows * kvHeads);
  for (let kv = 0; kv < kvHeads; kv++) {
    for (const [b, span] of spans.entries()) {
      const slot = (kv * sequences + b) * length;
      for (let i = 0; i < span.length; i++) {
        const row = span.start + i;
        keys[slot + i] = row * kvHeads + kv;
        keyRows[(row - firstRow) * kvHeads + kv] = slot + i;
        for (let g = 0; g < group; g++) {
          const at = slot * group + g * length + i;
          const headRow = row * heads + kv * group + g;
          queries[at] = headRow;
          queryGradients[at] = headRow;
          queryRows[headRow - firstRow * heads] = at;
        }
      }
    }
  }
  return {
    [`${name}.queries`]: queries,
    [`${name}.queryGradients`]: queryGradients,
    [`${name}.keys`]: keys,
    [`${name}.queryRows`]: queryRows,
    [`${name}.keyRows`]: keyRows,
    [`${name}.causal`]: causalMask(length),
  };
}

const causalMasks = new Map<number, Float32Array>();

/** [S, S]: 0 where a query may look, a large negative number where it may not. The last few sizes are kept. */
function causalMask(length: number): Float32Array {
  const known = causalMasks.get(length);
  if (known) return known;
  const mask = new Float32Array(length * length);
  for (let i = 0; i < length; i++) mask.fill(masked, i * length + i + 1, (i + 1) * length);
  if (causalMasks.size >= 32) causalMasks.delete(causalMasks.keys().next().value as number);
  causalMasks.set(length, mask);
  return mask;
}

/** [NG, P]: masks the padding of prompts. */
export function paddingMask(lengths: readonly number[], length: number): Float32Array {
  const mask = new Float32Array(lengths.length * length);
  for (const [g, valid] of lengths.entries()) mask.fill(masked, g * length + valid, (g + 1) * length);
  return mask;
}
