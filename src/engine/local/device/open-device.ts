/** @file A device for an engine: tried first, then opened. */
import type { ComputeOptions, ModelState } from '../compute.ts';
import { Device } from './device.ts';
import { DeviceCompute } from './device-compute.ts';
import { selfTest } from './self-test.ts';

/** @throws EngineError `device-*`; see `selfTest` */
export async function openDevice(state: ModelState, { threads, decodeText }: ComputeOptions): Promise<DeviceCompute> {
  const info = await selfTest(state, threads);
  return DeviceCompute.open(new Device(), state, { decodeText, info });
}
