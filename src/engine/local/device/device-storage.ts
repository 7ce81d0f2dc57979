/** @file What a device may store in half precision: matrices that are not trained. Norms and biases are small and stay as they are. */
import { EngineError } from '../../../errors.ts';
import { fromFloat16, largestFloat16, toFloat16 } from '../weights/half-floats.ts';
import type { Parameters, Slot } from '../weights/parameters.ts';
import type { Device } from './device.ts';
import type { DeviceTensor } from './device-tensor.ts';

/** Whether a weight that is not trained is in the device's storage. */
export const isStored = ({ shape }: Pick<Slot, 'shape'>): boolean => shape.length > 1;

/** A weight that is not trained, in the device's storage. @throws EngineError `device-range` for what fp16 cannot hold */
export function storeWeight(
  device: Device,
  view: Float32Array,
  { key, shape }: Pick<Slot, 'key' | 'shape'>,
): Promise<DeviceTensor> {
  const stored = isStored({ shape });
  const large =
    stored && device.storage === 'fp16' ? view.find((value) => Math.abs(value) > largestFloat16) : undefined;
  if (large !== undefined)
    throw new EngineError(
      'device-range',
      `The weight ${key} holds ${large}, and fp16 ends at ${largestFloat16}.`,
      'Take `device: webgpu`, which stores single precision.',
    );
  return device.upload(view, shape, { stored });
}

/** Rounds weights as a device with half precision stores them. */
export function roundStored({ views }: Parameters, slots: readonly Slot[]): void {
  for (const slot of slots) {
    const view = views[slot.key] as Float32Array;
    if (isStored(slot)) fromFloat16(toFloat16(view), view);
  }
}
