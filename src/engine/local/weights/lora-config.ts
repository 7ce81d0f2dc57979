/**
 * @file What an adapter is of: rank, scale, and the projections that it stands beside. Apart from `lora.ts`, since the shape of a model
 * holds it.
 */

/** The projections of a layer, which an adapter can extend. */
export const linearTensors = ['query', 'key', 'value', 'output', 'gate', 'up', 'down'] as const;
export type LinearTensor = (typeof linearTensors)[number];
export type AdapterTensor = `${LinearTensor}Lora${'A' | 'B'}`;

export interface LoraConfig {
  readonly rank: number;
  /** The adapter's product is scaled by alpha / rank. */
  readonly alpha: number;
  /** In the order of `linearTensors`. */
  readonly targets: readonly LinearTensor[];
}
