/** @file What the layered pass needs, before it starts: memory linear in the tokens. */
import type { ModelConfig } from '../../weights/model-config.ts';

/** Bytes for `rows` token rows, forward and backward, beside the model's weights, gradients and moments. */
export function layeredBytes(
  rows: number,
  config: Pick<ModelConfig, 'layers' | 'hiddenSize' | 'heads' | 'kvHeads' | 'headDim'>,
): number {
  const { layers, hiddenSize, heads, kvHeads, headDim } = config;
  const kept = layers * (hiddenSize + heads * headDim + heads);
  // Of the layer at hand: queries, output gradient and query gradient; keys, values and their gradients; dy.
  const current = 3 * heads * headDim + 4 * kvHeads * headDim + 2 * hiddenSize;
  return 4 * rows * (kept + current) + blockBytes;
}

/** Scores and row blocks, whatever the length. */
const blockBytes = 400e6;
