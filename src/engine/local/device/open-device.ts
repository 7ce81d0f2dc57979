/** @file A device for an engine: tried first, then opened. */
import type { ComputeOptions, ModelState } from '../compute.ts';
import { Device } from './device.ts';
import { DeviceCompute } from './device-compute.ts';
import { requireFaster } from './faster.ts';
import { selfTest } from './self-test.ts';

/**
 * @param options.faster whether a device that is slower than the processor is refused
 * @throws EngineError `device-*`; see `selfTest` and `requireFaster`
 */
export async function openDevice(
  state: ModelState,
  { threads, decodeText, faster }: ComputeOptions & { faster: boolean },
): Promise<DeviceCompute> {
  if (faster) await requireFaster(threads);
  const info = await selfTest(state, threads);
  return DeviceCompute.open(new Device(), state, { decodeText, info });
}
