/** @file A tensor that lies on the device. It is freed by `dispose`, not by the garbage collector's leisure. */
import type * as Ort from 'onnxruntime-common';

/** Tensors of a device that are not disposed of yet. */
export type LiveTensors = Set<DeviceTensor>;

/** Float32 or float16 on the device; nothing writes to it once it is there. */
export class DeviceTensor {
  readonly value: Ort.Tensor;
  private readonly live: LiveTensors;

  constructor(value: Ort.Tensor, live: LiveTensors) {
    this.value = value;
    this.live = live;
    live.add(this);
  }

  get dims(): readonly number[] {
    return this.value.dims;
  }

  get halved(): boolean {
    return this.value.type === 'float16';
  }

  /** Twice is once. */
  dispose(): void {
    if (this.live.delete(this)) this.value.dispose();
  }
}

/** Disposes of whatever is there. */
export function disposeAll(tensors: Iterable<DeviceTensor | undefined>): void {
  for (const tensor of tensors) tensor?.dispose();
}
