/**
 * @file Keys and values of decoding, for prompts and for rollouts' own tokens. They live in plain arrays that are fed to
 * every step in place; a step returns only the new token's, because the runtime copies its outputs.
 */
import type { TensorData } from '../graph/graph.ts';
import { masked } from '../train/segment-index.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { arrayName, arraysOf, type SlotOptions, Slots } from './slots.ts';

/** The keys or values of a sequence for a head: `data` [count, hd], or with a `stride`, in which `count` tokens lie, [hd, stride]. */
export interface HeadRows {
  readonly data: Float32Array;
  readonly count: number;
  readonly stride?: number | undefined;
}

const copyRow = (source: Float32Array, from: number, target: Float32Array, to: number, count: number): void =>
  target.set(source.subarray(from, from + count), to);

/**
 * Slots [n, KV, length, hd] of keys and of values for some layers. With `turned` values are [n, KV, hd, length] and keys
 * [n, KV, hd + 1, length], as products of few rows with long prompts read them fastest: the last row of the keys masks what is not
 * there, when a query ends with a one. Turned slots are filled whole: nothing is appended to them.
 */
export class KeyValueCache extends Slots {
  private capacity = 0;
  private readonly turned: boolean;
  private readonly kvHeads: number;
  private readonly headDim: number;
  /** By number; those of other layers are absent. */
  private readonly arrays: Map<number, Float32Array>;
  /** The inputs of the graph, as long as they stay the same. */
  private inputs: Record<string, TensorData> | undefined;

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
    const before = this.lengths.length;
    const slots = before + lengths.length;
    if (slots > this.capacity || length > this.length) this.resize(length, Math.max(slots, this.capacity));
    this.lengths.push(...lengths);
    this.maskFrom(before);
  }

  /** The last slot takes its place. */
  remove(slot: number): void {
    const last = this.lengths.length - 1;
    const used = this.lengths[last] as number;
    if (slot < last) {
      this.lengths[slot] = used;
      for (const [index, array] of this.arrays)
        array.copyWithin(this.at(index, slot), this.at(index, last), this.at(index, last + 1));
    }
    this.lengths.length = last;
    this.inputs = undefined;
    if (last === 0) this.resize(0, 0);
  }

  /** Changes the room of every slot, which must hold what is there; more than the bound is never made. */
  resize(room: number, capacity = this.capacity): void {
    const { kvHeads, headDim } = this;
    const length = this.held(room);
    for (const [index, array] of this.arrays) {
      const width = this.width(index);
      const out = new Float32Array(capacity * kvHeads * length * width);
      for (const [slot, used] of this.lengths.entries()) {
        for (let head = 0; head < kvHeads; head++) {
          const from = this.at(index, slot, head);
          const to = (slot * kvHeads + head) * length * width;
          const held = this.held(used);
          if (!this.turned) out.set(array.subarray(from, from + held * headDim), to);
          else for (let i = 0; i < headDim; i++) copyRow(array, from + i * this.length, out, to + i * length, held);
        }
      }
      this.arrays.set(index, out);
    }
    this.length = length;
    this.capacity = capacity;
    this.maskFrom(0);
  }

  /** Writes all tokens of a slot for one array and head. Arrays of other layers are passed over. */
  write(at: { slot: number; array: number; head: number }, { data, count, stride }: HeadRows): void {
    const array = this.arrays.get(at.array);
    if (!array) return;
    const { headDim, length } = this;
    const first = Math.max(0, count - this.bound);
    const to = this.at(at.array, at.slot, at.head);
    if (stride === undefined) this.writeTokens(data.subarray(first * headDim, count * headDim), array, to);
    else for (let i = 0; i < headDim; i++) copyRow(data, i * stride + first, array, to + i * length, count - first);
  }

  /** `values` [count, hd] into `array` at `to`. */
  private writeTokens(values: Float32Array, array: Float32Array, to: number): void {
    const { headDim, length } = this;
    if (!this.turned) {
      array.set(values, to);
      return;
    }
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
        const place = this.place(used) * headDim;
        for (let head = 0; head < kvHeads; head++, from += headDim) {
          if (ended.has(slot)) continue;
          const to = this.at(index, slot, head) + place;
          for (let i = 0; i < headDim; i++) array[to + i] = values[from + i] as number;
        }
      }
    }
    this.advance(ended);
  }

  /** Inputs of the decoding graph: the same objects until slots come, go or grow. */
  feeds(name: 'prompt' | 'own'): Record<string, TensorData> {
    this.inputs ??= Object.fromEntries(
      [...this.arrays].map(([index, array]) => [
        arrayName(name, index),
        array.subarray(0, this.at(index, this.lengths.length)),
      ]),
    );
    return this.inputs;
  }

  /** Masks the unused room of the slots from `first` on. */
  private maskFrom(first: number): void {
    this.inputs = undefined;
    if (!this.turned) return;
    for (const [index, array] of this.arrays) {
      if (index % 2 === 1) continue;
      for (let slot = first; slot < this.lengths.length; slot++) {
        const held = this.held(this.lengths[slot] as number);
        for (let head = 0; head < this.kvHeads; head++) {
          const row = this.at(index, slot, head) + this.headDim * this.length;
          array.fill(0, row, row + held).fill(masked, row + held, row + this.length);
        }
      }
    }
  }

  /** Numbers of a token in an array. */
  private width(array: number): number {
    return this.turned && array % 2 === 0 ? this.headDim + 1 : this.headDim;
  }

  /** Where a slot's head begins in an array. */
  private at(array: number, slot: number, head = 0): number {
    return (slot * this.kvHeads + head) * this.length * this.width(array);
  }
}
