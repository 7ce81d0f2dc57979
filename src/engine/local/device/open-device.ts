/** @file A device for an engine: tried first, then opened. */
import type { ComputeDevice, ComputeOptions, ModelState } from '../compute.ts';
import { parameterLayout } from '../weights/parameters.ts';
import { Device } from './device.ts';
import { DeviceCompute } from './device-compute.ts';
import { largestTensor, requireTensors } from './device-limits.ts';
import { requireFaster } from './faster.ts';
import { selfTest } from './self-test.ts';

/**
 * @param options.device with `auto` a device that is slower than the processor is refused
 * @throws EngineError `device-*`; see `selfTest` and `requireFaster`
 */
export async function openDevice(
  state: ModelState,
  { threads, decodeText, device }: ComputeOptions & { device: ComputeDevice },
): Promise<DeviceCompute> {
  const storage = device === 'webgpu-fp16' ? 'fp16' : 'fp32';
  if (device === 'auto') await requireFaster(threads);
  const opened = new Device({ storage });
  const largest = await largestTensor(opened);
  requireTensors(state.config, parameterLayout(state.config).slots, { device: opened, largest });
  const tested = await selfTest(state, { threads, storage });
  const info = largest === undefined ? tested : { ...tested, largestTensor: largest };
  return DeviceCompute.open(opened, state, { decodeText, info });
}
