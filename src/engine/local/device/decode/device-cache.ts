/**
 * @file Keys and values on the device. Slots that come, go and grow change a list; before the next step one program for each array
 * moves what must move.
 */
import { CachePair, type Caches } from '../../decode/layer-caches.ts';
import { arrayName, arraysOf, type SlotOptions, Slots } from '../../decode/slots.ts';
import type { TensorData } from '../../graph/graph.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import type { Device } from '../device.ts';
import { type ProgramSpec, programOf } from '../device-program.ts';
import { type DeviceTensor, disposeAll } from '../device-tensor.ts';
import { zerosOf } from '../tensor-programs.ts';

/** Slots `slots` [n] of x [m, KV, L, hd], and places `places` of each. */
const moveSpec: ProgramSpec = {
  ...programOf('move-cache', (graph) => {
    const rows = graph.gather(graph.input('x', undefined), graph.input('slots', ['n'], 'int32'));
    return graph.op('Gather', [rows, graph.input('places', ['L'], 'int32')], { axis: 2 });
  }),
  stored: () => true,
};

/** Slots of x [n, KV, L, hd], or of `fresh` [KV, M, hd], whose rows `places` [count L] make `count` slots after those of x. */
const insertSpec = ({ kvHeads, headDim }: ModelConfig): ProgramSpec => ({
  ...programOf('insert-cache', (graph) => {
    const rows = graph.reshape(graph.input('fresh', undefined), [kvHeads, 'M', headDim]);
    const picked = graph.op('Gather', [rows, graph.input('places', [['count', 'L']], 'int32')], { axis: 1 });
    const slots = graph.op('Transpose', [graph.reshape(picked, [kvHeads, 'count', 'L', headDim])], {
      perm: [1, 0, 2, 3],
    });
    const all = graph.concat([graph.input('x', ['n', kvHeads, 'L', headDim]), slots], 0);
    return graph.gather(all, graph.input('slots', ['n'], 'int32'));
  }),
  stored: () => true,
});

interface CachedModel {
  readonly device: Device;
  readonly config: ModelConfig;
}

/** Arrays of one bound. */
class SlotArrays extends Slots {
  /** Which slot of the tensors each slot is; -1 has nothing yet. */
  private sources: number[] = [];
  private readonly tensors = new Map<number, DeviceTensor>();
  private moved = true;
  private readonly model: CachedModel;
  private readonly arrays: readonly number[];

  constructor(model: CachedModel, { layers, bound }: SlotOptions) {
    super(bound);
    this.model = model;
    this.arrays = arraysOf(layers);
  }

  /** Where the next token of each slot goes. */
  get places(): Int32Array {
    return Int32Array.from(this.lengths, (used) => this.place(used));
  }

  add(lengths: readonly number[]): void {
    this.length = this.roomWith(lengths);
    this.lengths.push(...lengths);
    this.sources.push(...lengths.map(() => -1));
    this.moved = true;
  }

  remove(slot: number): void {
    for (const list of [this.lengths, this.sources]) {
      const last = list.pop() as number;
      if (slot < list.length) list[slot] = last;
    }
    if (this.lengths.length === 0) this.length = 0;
    this.moved = true;
  }

  resize(room: number): void {
    this.length = this.held(room);
    this.moved = true;
  }

  append(ended: ReadonlySet<number>): void {
    this.advance(ended);
  }

  /** Brings the tensors to the slots as they are now. */
  async settle(): Promise<void> {
    if (!this.moved) return;
    const { device, config } = this.model;
    const { kvHeads, headDim } = config;
    const slots = Int32Array.from(this.sources, (source) => Math.max(0, source));
    const fresh = this.sources.every((source) => source < 0);
    for (const array of this.arrays) {
      const x = this.tensors.get(array);
      const last = (x?.dims[2] ?? 1) - 1;
      const places = Int32Array.from({ length: this.length }, (_, i) => Math.min(i, last));
      const next =
        !x || fresh
          ? await zerosOf(device, [slots.length, kvHeads, this.length, headDim], { stored: true })
          : await device.make(moveSpec, { n: slots.length, L: this.length }, { x, slots, places });
      this.set(array, next);
    }
    this.sources = this.lengths.map((_, slot) => slot);
    this.moved = false;
  }

  /**
   * Fills `slots`: `fresh` of an array is [KV, M, hd], or so when its middle axes are one, and `starts` says where in M the tokens of
   * each lie; of more than the bound the last are kept.
   */
  async write(slots: readonly number[], starts: readonly number[], fresh: ReadonlyMap<number, DeviceTensor>) {
    await this.settle();
    const { device, config } = this.model;
    const [n, L, count] = [this.lengths.length, this.length, slots.length];
    const order = Int32Array.from({ length: n }, (_, slot) => slot);
    const places = new Int32Array(count * L);
    for (const [i, slot] of slots.entries()) {
      order[slot] = n + i;
      const used = this.lengths[slot] as number;
      const dropped = Math.max(0, used - this.bound);
      const last = Math.max(0, used - 1);
      for (let j = 0; j < L; j++) places[i * L + j] = (starts[i] as number) + Math.min(dropped + j, last);
    }
    for (const array of this.arrays) {
      const values = fresh.get(array);
      if (!values) continue;
      const M = values.dims.slice(1, -1).reduce((a, b) => a * b, 1);
      const feeds = { x: this.tensors.get(array) as DeviceTensor, fresh: values, places, slots: order };
      this.set(array, await device.make(insertSpec(config), { n, L, M, count }, feeds));
    }
  }

  /** Tensors by the names of the graph's inputs, or with the outputs' `prefix`. */
  named(prefix: string): Record<string, DeviceTensor> {
    const entries = [...this.tensors].map(([array, tensor]) => [arrayName(prefix, array), tensor] as const);
    return Object.fromEntries(entries);
  }

  /** Takes what a step has made of its arrays. */
  take(outputs: Readonly<Record<string, DeviceTensor>>): void {
    for (const array of this.arrays) {
      const tensor = outputs[arrayName('new', array)];
      if (tensor) this.set(array, tensor);
    }
  }

  release(): void {
    disposeAll(this.tensors.values());
    this.tensors.clear();
  }

  private set(array: number, tensor: DeviceTensor): void {
    this.tensors.get(array)?.dispose();
    this.tensors.set(array, tensor);
  }
}

/** The keys and values of all layers; windowed ones keep no more than their window. */
export class DeviceCaches extends CachePair<SlotArrays> implements Caches {
  readonly appendsInStep = true;

  constructor(model: CachedModel) {
    super(model.config, (options) => new SlotArrays(model, options));
  }

  append(_: Float32Array | undefined, ended: ReadonlySet<number>): void {
    for (const arrays of this.both) arrays.append(ended);
  }

  /** Masks, and where new tokens go; the tensors are `tensors`. */
  feeds(name: 'prompt' | 'own'): Record<string, TensorData> {
    const { full, bounded } = this;
    const count = (length: number) => Int32Array.from({ length }, (_, i) => i);
    const places = { 'own.places': full.places, 'own.slots': count(full.length) };
    const inWindow = bounded && { 'own.boundedPlaces': bounded.places, 'own.boundedSlots': count(bounded.length) };
    return { ...this.masks(name), ...(name === 'own' ? { ...places, ...inWindow } : {}) };
  }

  /** Brings what lies on the device to the slots as they are now, and gives it by the names of the graph's inputs. */
  async tensors(name: 'prompt' | 'own'): Promise<Record<string, DeviceTensor>> {
    for (const arrays of this.both) await arrays.settle();
    return Object.assign({}, ...this.both.map((arrays) => arrays.named(name)));
  }

  /** Takes a step's outputs. */
  take(outputs: Readonly<Record<string, DeviceTensor>>): void {
    for (const arrays of this.both) arrays.take(outputs);
  }

  /** Fills slots from arrays of keys and values by number (twice the layer, and one more for values). */
  async write(
    slots: readonly number[],
    starts: readonly number[],
    fresh: ReadonlyMap<number, DeviceTensor>,
  ): Promise<void> {
    for (const arrays of this.both) await arrays.write(slots, starts, fresh);
  }

  release(): void {
    for (const arrays of this.both) arrays.release();
  }
}
