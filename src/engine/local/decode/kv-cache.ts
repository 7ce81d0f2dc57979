/**
 * @file Keys and values of decoding, for prompts and for rollouts' own tokens. They live in plain arrays that are fed to
 * every step in place; a step returns only the new token's, because the runtime copies its outputs.
 */
import type { TensorData } from '../graph/graph.ts';
import { paddingMask } from '../train/segment-index.ts';
import type { ModelConfig } from '../weights/model-config.ts';

/** Slots [n, KV, length, hd] of keys and of values for each layer, packed: a slot that goes is replaced by the last one. */
export class KeyValueCache {
  /** Tokens in each slot. */
  readonly lengths: number[] = [];
  /** Room of each slot, in tokens. */
  length = 0;
  private capacity = 0;
  private readonly kvHeads: number;
  private readonly headDim: number;
  /** Keys and values of layer 0, of layer 1, ... */
  private arrays: Float32Array[];

  constructor({ kvHeads, headDim, layers }: ModelConfig) {
    this.kvHeads = kvHeads;
    this.headDim = headDim;
    this.arrays = Array.from({ length: 2 * layers }, () => new Float32Array(0));
  }

  /** Makes slots that hold `lengths` tokens; their contents are still to be written. */
  add(lengths: readonly number[]): void {
    // An empty slot still has room for one token, masked: no tensor is empty.
    const length = Math.max(1, this.length, ...lengths);
    const slots = this.lengths.length + lengths.length;
    if (slots > this.capacity || length > this.length) this.resize(length, Math.max(slots, this.capacity));
    this.lengths.push(...lengths);
  }

  /** The last slot takes its place. */
  remove(slot: number): void {
    const last = this.lengths.length - 1;
    const used = this.lengths[last] as number;
    if (slot < last) {
      this.lengths[slot] = used;
      for (const array of this.arrays) {
        for (let head = 0; head < this.kvHeads; head++) {
          const from = this.at(last, head, 0);
          array.copyWithin(this.at(slot, head, 0), from, from + used * this.headDim);
        }
      }
    }
    this.lengths.length = last;
    if (last === 0) this.resize(0, 0);
  }

  /** Changes the room of every slot, which must hold what is there. */
  resize(length: number, capacity = this.capacity): void {
    const { kvHeads, headDim } = this;
    this.arrays = this.arrays.map((array) => {
      const out = new Float32Array(capacity * kvHeads * length * headDim);
      for (const [slot, used] of this.lengths.entries()) {
        for (let head = 0; head < kvHeads; head++) {
          const from = this.at(slot, head, 0);
          out.set(array.subarray(from, from + used * headDim), (slot * kvHeads + head) * length * headDim);
        }
      }
      return out;
    });
    this.length = length;
    this.capacity = capacity;
  }

  /** Writes tokens from position `start` on: `values` [count, hd] of one array and head. */
  write(at: { slot: number; array: number; head: number; start: number }, values: Float32Array): void {
    (this.arrays[at.array] as Float32Array).set(values, this.at(at.slot, at.head, at.start));
  }

  /** Appends a token to every slot but those in `ended`: `values` [layers, 2, n, KV, hd]. There must be room. */
  append(values: Float32Array, ended: ReadonlySet<number>): void {
    const { headDim, kvHeads } = this;
    let from = 0;
    for (const array of this.arrays) {
      for (const [slot, used] of this.lengths.entries()) {
        for (let head = 0; head < kvHeads; head++, from += headDim) {
          if (ended.has(slot)) continue;
          const to = this.at(slot, head, used);
          for (let i = 0; i < headDim; i++) array[to + i] = values[from + i] as number;
        }
      }
    }
    for (const slot of this.lengths.keys())
      if (!ended.has(slot)) this.lengths[slot] = (this.lengths[slot] as number) + 1;
  }

  /** Inputs of the decoding graph: `promptKeys0`, ..., `prompt.padding`. */
  feeds(name: 'prompt' | 'own'): Record<string, TensorData> {
    const size = this.at(this.lengths.length, 0, 0);
    const feeds: Record<string, TensorData> = { [`${name}.padding`]: paddingMask(this.lengths, this.length) };
    for (const [index, array] of this.arrays.entries())
      feeds[`${name}${index % 2 === 0 ? 'Keys' : 'Values'}${index >> 1}`] = array.subarray(0, size);
    return feeds;
  }

  private at(slot: number, head: number, token: number): number {
    return ((slot * this.kvHeads + head) * this.length + token) * this.headDim;
  }
}
