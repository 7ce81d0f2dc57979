/**
 * @file What an adapter is of: rank, scale, and the projections that it stands beside. Apart from `lora.ts`, since the shape of a model
 * holds it.
 */

/** The projections of a layer, which an adapter can extend. */
export const linearTensors = ['query', 'key', 'value', 'output', 'gate', 'up', 'down'] as const;
/** One of the seven projections. */
export type LinearTensor = (typeof linearTensors)[number];
/** A [rank, in] and B [out, rank] of a projection. */
export type AdapterTensor = `${LinearTensor}Lora${'A' | 'B'}`;

/** An adapter of all layers: rank and scale are the same in each. */
export interface LoraConfig {
  readonly rank: number;
  /** The adapter's product is scaled by alpha / rank. */
  readonly alpha: number;
  /** In the order of `linearTensors`. */
  readonly targets: readonly LinearTensor[];
}
