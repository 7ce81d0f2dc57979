/**
 * @file Keys and values of decoding, for prompts and for rollouts' own tokens. They live in plain arrays that are fed to
 * every step in place; a step returns only the new token's, because the runtime copies its outputs.
 */
import type { TensorData } from '../graph/graph.ts';
import type { ModelConfig } from '../weights/model-config.ts';

/**
 * Slots [n, KV, length, hd] of keys and of values for some layers, packed: a slot that goes is replaced by the last one. With a
 * `bound`, for windowed layers, a slot keeps its last `bound` tokens: token t stands in place t mod `bound` when it is appended,
 * and the last tokens of what is written at once stand in order.
 */
export class KeyValueCache {
  /** Tokens in each slot, with those that the bound has dropped. */
  readonly lengths: number[] = [];
  /** Room of each slot, in tokens. */
  length = 0;
  private capacity = 0;
  private readonly kvHeads: number;
  private readonly headDim: number;
  private readonly bound: number;
  /** By array of the model: keys of layer 0, its values, keys of layer 1, ...; those of other layers are absent. */
  private arrays: Map<number, Float32Array>;

  constructor(
    { kvHeads, headDim }: Pick<ModelConfig, 'kvHeads' | 'headDim'>,
    { layers, bound = Number.POSITIVE_INFINITY }: { layers: readonly number[]; bound?: number | undefined },
  ) {
    this.kvHeads = kvHeads;
    this.headDim = headDim;
    this.bound = bound;
    this.arrays = new Map(layers.flatMap((layer) => [2 * layer, 2 * layer + 1]).map((n) => [n, new Float32Array(0)]));
  }

  /** Tokens that a slot still holds. */
  private held(used: number): number {
    return Math.min(used, this.bound);
  }

  /** Tokens that each slot still holds. */
  get heldLengths(): number[] {
    return this.lengths.map((used) => this.held(used));
  }

  /** Makes slots that hold `lengths` tokens; their contents are still to be written. */
  add(lengths: readonly number[]): void {
    // An empty slot still has room for one token, masked: no tensor is empty.
    const length = Math.max(1, this.length, ...lengths.map((used) => this.held(used)));
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
      for (const array of this.arrays.values()) {
        for (let head = 0; head < this.kvHeads; head++) {
          const from = this.at(last, head, 0);
          array.copyWithin(this.at(slot, head, 0), from, from + this.held(used) * this.headDim);
        }
      }
    }
    this.lengths.length = last;
    if (last === 0) this.resize(0, 0);
  }

  /** Changes the room of every slot, which must hold what is there; more than the bound is never made. */
  resize(room: number, capacity = this.capacity): void {
    const { kvHeads, headDim } = this;
    const length = this.held(room);
    for (const [index, array] of this.arrays) {
      const out = new Float32Array(capacity * kvHeads * length * headDim);
      for (const [slot, used] of this.lengths.entries()) {
        for (let head = 0; head < kvHeads; head++) {
          const from = this.at(slot, head, 0);
          const kept = array.subarray(from, from + this.held(used) * headDim);
          out.set(kept, (slot * kvHeads + head) * length * headDim);
        }
      }
      this.arrays.set(index, out);
    }
    this.length = length;
    this.capacity = capacity;
  }

  /** Writes all tokens of a slot: `values` [count, hd] of one array and head. Arrays of other layers are passed over. */
  write(at: { slot: number; array: number; head: number }, values: Float32Array): void {
    const array = this.arrays.get(at.array);
    if (!array) return;
    const dropped = Math.max(0, values.length / this.headDim - this.bound);
    array.set(values.subarray(dropped * this.headDim), this.at(at.slot, at.head, 0));
  }

  /** Appends a token to every slot but those in `ended`: `values` [layers, 2, n, KV, hd]. There must be room. */
  append(values: Float32Array, ended: ReadonlySet<number>): void {
    const { headDim, kvHeads } = this;
    for (const [index, array] of this.arrays) {
      let from = index * this.lengths.length * kvHeads * headDim;
      for (const [slot, used] of this.lengths.entries()) {
        const place = Number.isFinite(this.bound) ? used % this.bound : used;
        for (let head = 0; head < kvHeads; head++, from += headDim) {
          if (ended.has(slot)) continue;
          const to = this.at(slot, head, place);
          for (let i = 0; i < headDim; i++) array[to + i] = values[from + i] as number;
        }
      }
    }
    for (const slot of this.lengths.keys())
      if (!ended.has(slot)) this.lengths[slot] = (this.lengths[slot] as number) + 1;
  }

  /** Inputs of the decoding graph: `promptKeys0`, ... */
  feeds(name: 'prompt' | 'own'): Record<string, TensorData> {
    const size = this.at(this.lengths.length, 0, 0);
    const entries = [...this.arrays].map(
      ([index, array]) =>
        [`${name}${index % 2 === 0 ? 'Keys' : 'Values'}${index >> 1}`, array.subarray(0, size)] as const,
    );
    return Object.fromEntries(entries);
  }

  private at(slot: number, head: number, token: number): number {
    return ((slot * this.kvHeads + head) * this.length + token) * this.headDim;
  }
}
