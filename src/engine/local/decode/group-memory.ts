/** @file What a group takes in memory while its gradient is computed: one graph of the whole model, or the layered pass. */
import { layeredBytes } from '../train/layered/memory.ts';
import { wholeBytes } from '../train/packing-cost.ts';
import { activationBudget, unitBudget } from '../train/units.ts';
import type { ModelConfig } from '../weights/model-config.ts';

/** Tokens of the prompt, rollouts, tokens of each. */
export interface GroupSize {
  readonly prompt: number;
  readonly rollouts: number;
  readonly response: number;
}

/** Bytes beside weights, gradients and moments; rough, and rather too many. `budget` is what one graph of a group may take. */
export function groupBytes(
  widths: Pick<ModelConfig, 'layers' | 'hiddenSize' | 'intermediateSize' | 'heads' | 'kvHeads' | 'headDim'>,
  { prompt, rollouts, response }: GroupSize,
  budget = unitBudget(),
): number {
  const rows = prompt + rollouts * response;
  const scores = widths.heads * (rollouts * response * (prompt + response) + prompt * prompt);
  const whole = wholeBytes(widths, { tokens: rows, scores });
  // Small groups are packed together until they fill the budget of a micro-batch.
  return whole <= budget ? Math.max(activationBudget, whole) : layeredBytes(rows, widths);
}
