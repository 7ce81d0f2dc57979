/**
 * @file Weights, moments and gradients on the device, a tensor for each of the model's. The host's arrays are where they come from
 * and where a checkpoint is written from; between `fromHost` and `toHost` they are stale.
 */
import type { OptimizerState } from '../train/optimizer.ts';
import type { Parameters, Slot } from '../weights/parameters.ts';
import type { Device } from './device.ts';
import { storeWeight } from './device-storage.ts';
import { type DeviceTensor, disposeAll } from './device-tensor.ts';
import { addOver, allFiniteOn, zerosOf } from './tensor-programs.ts';

/** Tensors by key. */
export type DeviceTensors = Map<string, DeviceTensor>;

/** What the host holds of a model: all weights by key, and of what is trained the layout and the moments. */
export interface HostState {
  /** Frozen tensors; with an adapter the model's. */
  readonly frozen: readonly Slot[];
  readonly frozenViews: Parameters['views'];
  readonly trained: readonly Slot[];
  readonly trainedFlat: Float32Array;
  readonly optimizer: OptimizerState;
}

/** See the head of this file. */
export class DeviceState {
  readonly weights: DeviceTensors = new Map();
  readonly gradients: DeviceTensors = new Map();
  /** Of the batch at hand. */
  private readonly fresh: DeviceTensors = new Map();
  readonly m: DeviceTensors = new Map();
  readonly v: DeviceTensors = new Map();
  readonly host: HostState;
  private readonly device: Device;

  private constructor(device: Device, host: HostState) {
    this.device = device;
    this.host = host;
  }

  static async open(device: Device, host: HostState): Promise<DeviceState> {
    const state = new DeviceState(device, host);
    for (const { key, shape } of host.frozen) {
      state.weights.set(key, await storeWeight(device, host.frozenViews[key] as Float32Array, { key, shape }));
    }
    await state.fromHost();
    return state;
  }

  /** All weights as programs take them. */
  get feeds(): Readonly<Record<string, DeviceTensor>> {
    return Object.fromEntries(this.weights);
  }

  /** Copies what is trained, and its moments, to the device. */
  async fromHost(): Promise<void> {
    const { trained, trainedFlat, optimizer } = this.host;
    const parts = [
      [this.weights, trainedFlat],
      [this.m, optimizer.m],
      [this.v, optimizer.v],
    ] as const;
    for (const { key, shape, offset, size } of trained) {
      for (const [tensors, flat] of parts) {
        // Before the first update the moments are zeros, which need not travel.
        const zeros = flat !== trainedFlat && optimizer.step === 0;
        const fresh = zeros
          ? await zerosOf(this.device, shape)
          : await this.device.upload(flat.subarray(offset, offset + size), shape);
        this.replace(tensors, key, fresh);
      }
    }
  }

  /** Copies what is trained, and its moments, to the host. */
  async toHost(): Promise<void> {
    const { trained, trainedFlat, optimizer } = this.host;
    for (const { key, offset } of trained) {
      trainedFlat.set(await this.device.download(this.weights.get(key) as DeviceTensor), offset);
      optimizer.m.set(await this.device.download(this.m.get(key) as DeviceTensor), offset);
      optimizer.v.set(await this.device.download(this.v.get(key) as DeviceTensor), offset);
    }
  }

  /** The accumulated gradient of a tensor on the host; zeros where there is none yet. */
  async gradient(key: string, size: number): Promise<Float32Array> {
    const tensor = this.gradients.get(key);
    return tensor ? this.device.download(tensor) : new Float32Array(size);
  }

  replace(tensors: DeviceTensors, key: string, tensor: DeviceTensor): void {
    tensors.get(key)?.dispose();
    tensors.set(key, tensor);
  }

  /** Adds a gradient of the batch at hand, which is then the state's to dispose of. */
  async addGradient(key: string, gradient: DeviceTensor): Promise<void> {
    await this.addTo(this.fresh, key, gradient);
  }

  /** The batch's gradients join those of the batches before. */
  async keepGradients(): Promise<void> {
    for (const [key, gradient] of this.fresh) {
      this.fresh.delete(key);
      await this.addTo(this.gradients, key, gradient);
    }
  }

  private async addTo(tensors: DeviceTensors, key: string, gradient: DeviceTensor): Promise<void> {
    const before = tensors.get(key);
    tensors.set(key, before ? await addOver(this.device, before, gradient) : gradient);
  }

  /** Forgets the batch's gradients. */
  dropGradients(): void {
    disposeAll(this.fresh.values());
    this.fresh.clear();
  }

  /** The key of a gradient of the batch that is not finite; undefined where all are. */
  async brokenGradient(): Promise<string | undefined> {
    if (await allFiniteOn(this.device, this.fresh.values())) return undefined;
    for (const [key, gradient] of this.fresh) if (!(await allFiniteOn(this.device, [gradient]))) return key;
    return undefined;
  }

  clearGradients(): void {
    disposeAll(this.gradients.values());
    this.gradients.clear();
  }

  release(): void {
    for (const tensors of [this.weights, this.gradients, this.fresh, this.m, this.v]) {
      disposeAll(tensors.values());
      tensors.clear();
    }
  }
}
