/**
 * @file Keys and values of decoding, for prompts and for rollouts' own tokens. They live in plain arrays that are fed to
 * every step in place; a step returns only the new token's, because the runtime copies its outputs.
 */
import type { TensorData } from '../graph/graph.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { arrayName, arraysOf, type SlotOptions, Slots } from './slots.ts';

const copyRow = (source: Float32Array, from: number, target: Float32Array, to: number, count: number): void =>
  target.set(source.subarray(from, from + count), to);

/**
 * Slots [n, KV, length, hd] of keys and of values for some layers; with `turned` values are [n, KV, hd, length], as products of few
 * rows with long prompts read them fastest. Turned slots are filled whole: nothing is appended to them.
 */
export class KeyValueCache extends Slots {
  private capacity = 0;
  private readonly turned: boolean;
  private readonly kvHeads: number;
  private readonly headDim: number;
  /** By number; those of other layers are absent. */
  private readonly arrays: Map<number, Float32Array>;

  constructor(
    { kvHeads, headDim }: Pick<ModelConfig, 'kvHeads' | 'headDim'>,
    { layers, bound, turned = false }: SlotOptions & { readonly turned?: boolean | undefined },
  ) {
    super(bound);
    this.kvHeads = kvHeads;
    this.headDim = headDim;
    this.turned = turned;
    this.arrays = new Map(arraysOf(layers).map((n) => [n, new Float32Array(0)]));
  }

  /** Makes slots that hold `lengths` tokens; their contents are still to be written. */
  add(lengths: readonly number[]): void {
    const length = this.roomWith(lengths);
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
          array.copyWithin(this.at(slot, head, 0), from, from + this.length * this.headDim);
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
          const to = (slot * kvHeads + head) * length * headDim;
          const held = this.held(used);
          if (!this.isTurned(index)) out.set(array.subarray(from, from + held * headDim), to);
          else for (let i = 0; i < headDim; i++) copyRow(array, from + i * this.length, out, to + i * length, held);
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
    const kept = values.subarray(dropped * this.headDim);
    const to = this.at(at.slot, at.head, 0);
    if (this.isTurned(at.array)) this.turn(kept, array, to);
    else array.set(kept, to);
  }

  private isTurned(array: number): boolean {
    return this.turned && array % 2 === 1;
  }

  /** `values` [count, hd] into `array` at `to`, [hd, length]. */
  private turn(values: Float32Array, array: Float32Array, to: number): void {
    const { headDim, length } = this;
    for (let from = 0, token = 0; from < values.length; token++) {
      for (let i = 0; i < headDim; i++) array[to + i * length + token] = values[from++] as number;
    }
  }

  /** Appends a token to every slot but those in `ended`: `values` [layers, 2, n, KV, hd]. There must be room. */
  append(values: Float32Array, ended: ReadonlySet<number>): void {
    const { headDim, kvHeads } = this;
    for (const [index, array] of this.arrays) {
      let from = index * this.lengths.length * kvHeads * headDim;
      for (const [slot, used] of this.lengths.entries()) {
        const place = this.place(used);
        for (let head = 0; head < kvHeads; head++, from += headDim) {
          if (ended.has(slot)) continue;
          const to = this.at(slot, head, place);
          for (let i = 0; i < headDim; i++) array[to + i] = values[from + i] as number;
        }
      }
    }
    this.advance(ended);
  }

  /** Inputs of the decoding graph. */
  feeds(name: 'prompt' | 'own'): Record<string, TensorData> {
    const size = this.at(this.lengths.length, 0, 0);
    const entries = [...this.arrays].map(
      ([index, array]) => [arrayName(name, index), array.subarray(0, size)] as const,
    );
    return Object.fromEntries(entries);
  }

  private at(slot: number, head: number, token: number): number {
    return ((slot * this.kvHeads + head) * this.length + token) * this.headDim;
  }
}
